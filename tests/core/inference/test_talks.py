"""The helper's conversations: told as they happen, given up cleanly, their memories at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from hope_core.config.validation import parse_config
from hope_core.errors import TeachingError
from hope_core.inference.messages import AnyReply, AnyRequest, GenerateRequest
from hope_core.inference.service import GivenUpError
from hope_core.inference.talk_memories import (
    answer_compare,
    answer_load,
    answer_merge,
    answer_remove,
    answer_save,
)
from hope_core.inference.talk_messages import (
    CloseTalkRequest,
    CompareMemoriesRequest,
    LoadMemoryRequest,
    MergeMemoriesRequest,
    OpenTalkRequest,
    RecipeRequest,
    RemoveMemoryRequest,
    RollBackRequest,
    SaveMemoryRequest,
    TellRequest,
    WriteOnRequest,
)
from hope_core.inference.talks import (
    answer_close,
    answer_open,
    answer_recipe,
    answer_roll_back,
    answer_tell,
    answer_write_on,
)
from hope_core.inference.tell import MOST_TOKENS
from hope_core.inference.writer import answer_generate
from hope_core.runs.folder import RunFolder
from hope_core.runs.memory_files import LAST_SESSION
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.inference.talk_messages import TalkTold


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    text = tmp_path_factory.mktemp("text") / "text.txt"
    text.write_text("".join(f"This is line {n} of a text.\n" for n in range(200)))
    config = parse_config(
        {
            "version": 1,
            "model": {"kind": "hope", "width": 16, "layers": 1, "heads": 2},
            "data": {"source": {"kind": "text", "path": str(text)}, "sequence_length": 16},
            "train": {
                "steps": 1,
                "batch_size": 2,
                "precision": "fp32",
                "threads": 1,
                "sample_prompts": [],
                "evaluation_batches": 1,
            },
        },
        source="test",
    )
    folder = RunFolder.create(config, tmp_path_factory.mktemp("runs") / "run")
    Trainer(folder).run()
    return folder


@pytest.fixture
def talk(run: RunFolder) -> Iterator[str]:
    opened = last(answer_open, OpenTalkRequest(run=str(run.path), study_steps=1)).talk.id
    yield opened
    last(answer_close, CloseTalkRequest(talk=opened))


def replies(
    handler: Callable[..., Iterator[Any]], request: Any, *, patience: int = 10**9
) -> list[Any]:
    """All replies, each of them as it would arrive; the person gives up after so many checks."""
    left = [patience]

    def check() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise GivenUpError

    request = msgspec.json.decode(msgspec.json.encode(request), type=AnyRequest)
    return [
        msgspec.json.decode(msgspec.json.encode(reply), type=AnyReply)
        for reply in handler(request, check)
    ]


def last(handler: Callable[..., Iterator[Any]], request: Any) -> Any:
    return replies(handler, request)[-1]


def tell(talk: str, text: str, *, teach: bool = False) -> TalkTold:
    found: TalkTold = last(answer_tell, TellRequest(talk=talk, text=text, teach=teach)).talk
    return found


def test_each_token_of_a_text_is_told_in_small_replies(talk: str) -> None:
    text = "This is a text. " * 10
    turn = replies(answer_tell, TellRequest(talk=talk, text=text))
    assert "".join(token.text for reply in turn for token in reply.told) == text
    assert all(len(reply.told) <= MOST_TOKENS for reply in turn)
    assert [reply.done for reply in turn] == [False] * (len(turn) - 1) + [True]
    rows = turn[-1].talk.rows
    assert all(len(token.writes) == len(rows) == 2 for reply in turn for token in reply.told)


def test_turn_that_is_given_up_leaves_the_conversation_as_it_was(talk: str) -> None:
    before = tell(talk, "something")
    *_, end = replies(answer_tell, TellRequest(talk=talk, text="else", teach=True), patience=2)
    assert end.done
    assert end.talk.moments == before.moments
    assert end.talk.tokens == before.tokens


def test_text_that_is_stopped_keeps_what_was_written(talk: str) -> None:
    *_, end = replies(answer_write_on, WriteOnRequest(talk=talk, tokens=500), patience=5)
    assert end.talk.moments[-1].kind == "written"
    assert end.talk.tokens < 500


def test_rolling_back_forgets_the_later_moments(talk: str) -> None:
    tell(talk, "one")
    tell(talk, "two", teach=True)
    told = last(answer_roll_back, RollBackRequest(talk=talk, moment=1)).talk
    assert [moment.words for moment in told.moments] == ["", "one"]


def test_recipe_is_told_reading_by_reading_and_changes_nothing(talk: str) -> None:
    before = tell(talk, "one")
    request = RecipeRequest(
        talk=talk, fact="A is B.", question="A is", answer=" B", filler_tokens=(4,)
    )
    found = replies(answer_recipe, request)
    stages = [reading.stage for reply in found for reading in reply.readings]
    assert stages == ["before", "control", "after", "filler", "rolled_back"]
    assert found[-1].weights_unchanged
    assert found[-1].rolled_back_exactly
    assert tell(talk, "two").moments[:-1] == before.moments


def test_memories_are_saved_loaded_merged_compared_and_removed(talk: str) -> None:
    tell(talk, "one")
    last(answer_save, SaveMemoryRequest(talk=talk, name="first"))
    tell(talk, "two")
    merge = MergeMemoriesRequest(talk=talk, first="", second="first", weight=0.5, name="mean")
    told = last(answer_merge, merge).talk
    assert {memory.name for memory in told.memories} >= {"first", "mean"}
    apart = last(answer_compare, CompareMemoriesRequest(talk=talk, first="", second="first"))
    half = last(answer_compare, CompareMemoriesRequest(talk=talk, first="", second="mean"))
    assert half.layers[0].difference == pytest.approx(apart.layers[0].difference / 2, rel=1e-3)
    told = last(answer_load, LoadMemoryRequest(talk=talk, name="first")).talk
    assert told.moments[-1].words == "first"
    told = last(answer_remove, RemoveMemoryRequest(talk=talk, name="mean")).talk
    assert "mean" not in {memory.name for memory in told.memories}


def test_next_conversation_goes_on_with_what_the_last_one_left(run: RunFolder) -> None:
    first = last(answer_open, OpenTalkRequest(run=str(run.path))).talk
    tokens = tell(first.id, "something to remember").tokens
    last(answer_close, CloseTalkRequest(talk=first.id))
    second = last(answer_open, OpenTalkRequest(run=str(run.path), memory="kept")).talk
    assert second.moments[-1].words == LAST_SESSION
    assert second.tokens == tokens + 1
    with pytest.raises(TeachingError, match="has ended"):
        tell(first.id, "more")


def test_text_goes_on_from_a_saved_memory(run: RunFolder, talk: str) -> None:
    tell(talk, "something to remember", teach=True)
    last(answer_save, SaveMemoryRequest(talk=talk, name="first"))
    fresh, remembering = (
        [token.entropy for reply in replies(answer_generate, wish) for token in reply.told]
        for wish in (
            GenerateRequest(run=str(run.path), prompt="a", tokens=20, memory=memory, trace=True)
            for memory in ("", "first")
        )
    )
    assert fresh != remembering


def test_text_tells_each_tokens_surprise_when_asked(run: RunFolder) -> None:
    wish = GenerateRequest(run=str(run.path), prompt="a", tokens=70, trace=True)
    found = replies(answer_generate, wish)
    tokens = [token for reply in found for token in reply.told]
    assert len(tokens) == 70
    assert "".join(token.text for token in tokens) == "".join(reply.text for reply in found)
    assert all(token.surprise >= 0.0 and len(token.alternatives) == 5 for token in tokens)


def test_kept_memory_is_what_the_last_text_left(run: RunFolder) -> None:
    wish = GenerateRequest(run=str(run.path), prompt="abc", tokens=8, memory="kept")
    last(answer_generate, wish)
    again = replies(answer_generate, wish)
    assert not any(reply.notice for reply in again)


def test_overlong_text_is_refused(talk: str) -> None:
    with pytest.raises(TeachingError, match="at most"):
        tell(talk, "x" * 20_000)
