"""The helper's open conversations: who answers each of their requests.

Notable: all of them run on one lane, one after the other; a turn that is given up leaves the
conversation as it was before it; small memories are saved after every turn, so that the next
conversation can go on even when the window was closed.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from hope_core.errors import TeachingError
from hope_core.inference.conversation import Conversation
from hope_core.inference.memory_states import owner_of
from hope_core.inference.messages import KEPT
from hope_core.inference.recipe import Outcome, Recipe, follow_recipe, tales_filler
from hope_core.inference.sampling import SamplingSettings
from hope_core.inference.service import GivenUpError
from hope_core.inference.talk import Talk, talk_told
from hope_core.inference.talk_messages import (
    ReadingTold,
    RecipeReply,
    TalkReply,
    TurnReply,
)
from hope_core.inference.teaching import TeachingSettings, mode_of
from hope_core.inference.tell import Batch
from hope_core.inference.threads import writing_threads
from hope_core.inference.writer import load_once
from hope_core.runs.folder import RunFolder
from hope_core.runs.memory_files import LAST_SESSION, memory_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from hope_core.inference.talk_messages import (
        CloseTalkRequest,
        OpenTalkRequest,
        RecipeRequest,
        RollBackRequest,
        TellRequest,
        WriteOnRequest,
    )
    from hope_core.inference.trace import TokenTrace

MOST_TALKS = 4
"""Conversations open at once; the one opened first makes room."""
LONGEST_TURN = 16_384
"""Characters of a text that is told or taught."""
MOST_WRITTEN = 100_000
"""Tokens of one turn."""

_talks: dict[str, Talk] = {}


def talk_of(name: str) -> Talk:
    """The open conversation of this name.

    Raises:
        TeachingError: there is none any more.
    """
    if name not in _talks:
        raise TeachingError("This conversation has ended. Begin a new one.")
    return _talks[name]


def answer_open(request: OpenTalkRequest, check: Callable[[], None]) -> Iterator[TalkReply]:  # noqa: ARG001 - over at once
    """A new conversation, with a fresh memory, the last one's or a saved one.

    Raises:
        HopeError: the run, its checkpoints or the memory cannot be used, or nothing in it learns.
    """
    settings = TeachingSettings(
        mode=mode_of(request.mode),
        learning_rate=request.learning_rate,
        readings=request.readings,
        study_steps=request.study_steps,
        study_rate=request.study_rate,
    )
    run = RunFolder.open(request.run)
    loaded = load_once(run, request.checkpoint)
    conversation = Conversation(loaded.model, loaded.tokenizer, settings)
    talk = Talk(request.id, conversation, owner_of(run, loaded))
    notices = list(loaded.notices)
    if name := LAST_SESSION if request.memory == KEPT else request.memory:
        if request.memory == KEPT and not memory_folder(run.path, LAST_SESSION).exists():
            notices.append("No conversation has left a memory behind yet: this one begins afresh.")
        else:
            notices.extend(talk.load(name, another_document=True))
    for old in list(_talks)[: 1 - MOST_TALKS]:
        _talks.pop(old).keep()
    _talks[talk.name] = talk
    yield TalkReply(id=request.id, talk=talk_told(talk), notices=tuple(notices))


def answer_tell(request: TellRequest, check: Callable[[], None]) -> Iterator[TurnReply]:
    """Each token of a text as it is read; with `teach`, the text is studied as well.

    Raises:
        TeachingError: the text is empty or too long.
    """
    talk = talk_of(request.talk)
    if len(request.text) > LONGEST_TURN:
        raise TeachingError(
            f"The text has {len(request.text):,} characters: tell at most {LONGEST_TURN:,} at once."
        )
    conversation = talk.conversation
    if request.teach:
        traces = conversation.teach(request.text, check=check)
    else:
        traces = conversation.read(request.text)
    yield from _turn(request.id, talk, traces, check)


def answer_write_on(request: WriteOnRequest, check: Callable[[], None]) -> Iterator[TurnReply]:
    """Each token as the model writes it; a given-up text keeps what was written.

    Raises:
        HopeError: a setting is out of range, or the model answers with no numbers.
    """
    talk = talk_of(request.talk)
    settings = SamplingSettings(
        tokens=min(request.tokens, MOST_WRITTEN),
        temperature=request.temperature,
        top_k=request.top_k,
        top_p=request.top_p,
        repetition_penalty=request.repetition_penalty,
        repetition_window=request.repetition_window,
        seed=request.seed,
    )
    yield from _turn(request.id, talk, talk.conversation.write(settings), check)


def answer_recipe(request: RecipeRequest, check: Callable[[], None]) -> Iterator[RecipeReply]:
    """Each reading as it is taken; the conversation is left as it was.

    Raises:
        TeachingError: a text is empty or too long.
    """
    talk = talk_of(request.talk)
    recipe = Recipe(
        fact=request.fact,
        question=request.question,
        answer=request.answer,
        other=request.other,
        filler=tales_filler(),
        filler_tokens=request.filler_tokens[:8],
    )
    steps = follow_recipe(talk.conversation, recipe, check=check)
    try:
        with writing_threads(talk.conversation.model):
            for found in steps:
                if isinstance(found, Outcome):
                    yield _outcome(request.id, found)
                else:
                    told = ReadingTold(found.stage, found.tokens, found.logp)
                    yield RecipeReply(id=request.id, readings=(told,))
    except GivenUpError:
        yield RecipeReply(id=request.id, readings=(), done=True)


def answer_roll_back(request: RollBackRequest, check: Callable[[], None]) -> Iterator[TalkReply]:  # noqa: ARG001 - over at once
    """The conversation as it was after a moment.

    Raises:
        TeachingError: there is no such moment.
    """
    talk = talk_of(request.talk)
    talk.conversation.roll_back(request.moment)
    talk.keep()
    yield TalkReply(id=request.id, talk=talk_told(talk))


def answer_close(request: CloseTalkRequest, check: Callable[[], None]) -> Iterator[TalkReply]:  # noqa: ARG001 - over at once
    """The end of a conversation; its memory is kept for the next one."""
    talk = talk_of(request.talk)
    talk.keep(large=True)
    del _talks[talk.name]
    yield TalkReply(id=request.id, talk=talk_told(talk, still_open=False))


def _turn(
    request: str, talk: Talk, traces: Generator[TokenTrace, None, None], check: Callable[[], None]
) -> Iterator[TurnReply]:
    batch, began, count = Batch(), time.perf_counter(), 0
    conversation = talk.conversation
    moments = len(conversation.moments)
    try:
        with writing_threads(conversation.model):
            for trace in traces:
                check()
                count += 1
                if batch.add(trace):
                    yield TurnReply(id=request, told=batch.take())
    except GivenUpError:
        traces.close()  # what was written so far becomes a moment
        if len(conversation.moments) == moments:
            conversation.roll_back(moments - 1)
    except BaseException:
        conversation.roll_back(moments - 1)
        raise
    talk.keep()
    yield TurnReply(
        id=request,
        told=batch.take(),
        done=True,
        talk=talk_told(talk),
        tokens_per_second=count / (time.perf_counter() - began),
    )


def _outcome(request: str, outcome: Outcome) -> RecipeReply:
    before, back = outcome.logp("before"), outcome.logp("rolled_back")
    return RecipeReply(
        id=request,
        readings=(),
        done=True,
        whole=True,
        surprise=outcome.surprise,
        weights_unchanged=outcome.weights_taught == outcome.weights_before,
        rolled_back_exactly=before == back and outcome.weights_after == outcome.weights_before,
    )
