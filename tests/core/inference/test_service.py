"""The helper process answers each question, and models are loaded only when every byte is sound."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from hope_core.config.validation import parse_config
from hope_core.errors import CheckpointError
from hope_core.inference.loading import load_model
from hope_core.inference.messages import (
    AnyReply,
    CancelRequest,
    ErrorReply,
    EstimateReply,
    EstimateRequest,
    GenerateRequest,
    HardwareReply,
    HardwareRequest,
    PreviewReply,
    PreviewRequest,
    TextReply,
    VerifyRequest,
)
from hope_core.runs.folder import RunFolder
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hope_core.config.run import RunConfig
    from hope_core.inference.message_base import Request


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> RunConfig:
    text = tmp_path_factory.mktemp("text") / "text.txt"
    text.write_text("".join(f"This is line {n} of a text.\n" for n in range(200)))
    return parse_config(
        {
            "version": 1,
            "model": {"kind": "hope", "width": 16, "layers": 1, "heads": 2},
            "data": {"source": {"kind": "text", "path": str(text)}, "sequence_length": 16},
            "train": {
                "steps": 4,
                "batch_size": 2,
                "precision": "fp32",
                "threads": 1,
                "sample_prompts": [],
                "checkpoint_every": 2,
                "evaluation_batches": 1,
            },
        },
        source="test",
    )


@pytest.fixture(scope="module")
def run(config: RunConfig, tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    folder = RunFolder.create(config, tmp_path_factory.mktemp("runs") / "run")
    Trainer(folder).run()
    return folder


class Helper:
    """The helper process as the studio uses it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "hope_core.worker", "--serve"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
        self._decoder = msgspec.json.Decoder(AnyReply)

    def send(self, request: Request) -> None:
        assert self._process.stdin
        self._process.stdin.write(msgspec.json.encode(request) + b"\n")
        self._process.stdin.flush()

    def hear(self) -> Any:
        assert self._process.stdout
        return self._decoder.decode(self._process.stdout.readline())

    def ask(self, request: Request) -> Any:
        self.send(request)
        reply = self.hear()
        assert reply.id == request.id
        return reply

    def close(self) -> int:
        self._process.communicate()
        return self._process.returncode


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    process = Helper()
    yield process
    assert process.close() == 0


def test_hardware_is_told_in_a_sentence(helper: Helper) -> None:
    reply = helper.ask(HardwareRequest())
    assert isinstance(reply, HardwareReply)
    assert reply.devices[-1].name == "cpu"
    assert "memory" in reply.sentence


def test_preview_shows_the_packed_batch(helper: Helper, config: RunConfig) -> None:
    reply = helper.ask(PreviewRequest(config=config.model_dump_json(), rows=3, columns=8))
    assert isinstance(reply, PreviewReply)
    assert [len(row) for row in reply.rows] == [8, 8, 8]
    assert reply.vocabulary_used < 40


def test_estimate_has_sizes_and_time(helper: Helper, config: RunConfig) -> None:
    reply = helper.ask(EstimateRequest(config=config.model_dump_json()))
    assert isinstance(reply, EstimateReply)
    assert reply.weight_bytes == 4 * reply.parameters
    assert reply.seconds
    assert reply.tokens_per_second


def test_proofs_come_one_by_one_and_end_with_a_verdict(helper: Helper, config: RunConfig) -> None:
    helper.send(VerifyRequest(config=config.model_dump_json()))
    replies = [helper.hear()]
    while not replies[-1].done:
        replies.append(helper.hear())
    assert [len(reply.checks) for reply in replies] == [*range(1, len(replies)), len(replies) - 1]
    assert replies[-1].passed
    assert "causality" in {check.name for check in replies[-1].checks}


def test_text_comes_in_pieces_and_ends(helper: Helper, run: RunFolder) -> None:
    request = GenerateRequest(run=str(run.path), prompt="This", tokens=6)
    helper.send(request)
    replies = [helper.hear()]
    while not replies[-1].done:
        replies.append(helper.hear())
    assert all(isinstance(reply, TextReply) for reply in replies)
    assert replies[-1].tokens == 6


def test_text_that_is_given_up_gets_its_last_reply(helper: Helper, run: RunFolder) -> None:
    request = GenerateRequest(run=str(run.path), tokens=1_000_000)
    helper.send(request)
    helper.hear()
    helper.send(CancelRequest(target=request.id))
    while not (reply := helper.hear()).done:
        pass
    assert reply.tokens < 1_000_000


def test_mistakes_are_answered_in_words(helper: Helper, tmp_path: Path) -> None:
    reply = helper.ask(GenerateRequest(run=str(tmp_path / "none"), prompt="a"))
    assert isinstance(reply, ErrorReply)
    assert "no run" in reply.message


def test_unknown_setting_is_answered_with_its_name(helper: Helper) -> None:
    reply = helper.ask(EstimateRequest(config='{"version": 1, "sead": 1}'))
    assert isinstance(reply, ErrorReply)
    assert "sead" in reply.message


def test_damaged_checkpoint_is_passed_over_with_a_notice(run: RunFolder) -> None:
    best = next(c for c in run.checkpoints() if c.best)
    weights = best.path / "model.safetensors"
    sound = weights.read_bytes()
    weights.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    loaded = load_model(run)
    weights.write_bytes(sound)
    assert loaded.step != best.step
    assert "damaged" in loaded.notices[0]


def test_checkpoint_outside_the_run_is_refused(run: RunFolder) -> None:
    with pytest.raises(CheckpointError, match="does not lie in the run"):
        load_model(run, "../elsewhere")


def test_run_that_saved_nothing_says_so(config: RunConfig, tmp_path: Path) -> None:
    empty = RunFolder.create(config, tmp_path / "empty")
    with pytest.raises(CheckpointError, match="no whole checkpoint"):
        load_model(empty)
