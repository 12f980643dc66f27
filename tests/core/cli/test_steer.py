"""Steering a run from another terminal."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from hope_core.cli.main import app
from hope_core.config.run import RunConfig
from hope_core.runs.command_log import CommandReader
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import CommandAcknowledged
from hope_core.runs.folder import RunFolder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["stop"], "Stop"),
        (["pause"], "Pause"),
        (["continue"], "Continue"),
        (["save"], "SaveNow"),
    ],
)
def test_wish_reaches_the_trainer_and_its_answer_is_told(
    words: list[str], kind: str, tmp_path: Path
) -> None:
    run = RunFolder.create(RunConfig(), tmp_path / "run")
    heard = threading.Event()
    seen: list[str] = []

    def listen() -> None:
        reader = CommandReader(run)
        with EventWriter(run) as writer:
            while not heard.wait(0.01):
                for command in reader.poll():
                    seen.append(type(command).__name__)
                    writer.write(
                        CommandAcknowledged(id=command.id, command="", step=7, message="It hears.")
                    )
                    heard.set()

    with run.lock():
        run.write_state("running")
        trainer = threading.Thread(target=listen)
        trainer.start()
        answer = CliRunner().invoke(app, [*words, str(run.path)])
        heard.set()
        trainer.join()
    assert answer.exit_code == 0, answer.output
    assert "It hears." in answer.output
    assert seen == [kind]


def test_run_that_nobody_trains_is_not_steered(tmp_path: Path) -> None:
    run = RunFolder.create(RunConfig(), tmp_path / "run")
    answer = CliRunner().invoke(app, ["stop", str(run.path)])
    assert answer.exit_code == 2
    assert not (run.path / "commands.jsonl").exists()
