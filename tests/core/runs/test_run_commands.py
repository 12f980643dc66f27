"""Commands reach the trainer once, in order, from any number of hands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from hope_core.errors import RunError
from hope_core.runs.command_log import CommandReader, CommandWriter, end_of_commands
from hope_core.runs.commands import Continue, Generate, Pause, RunSteps, Stop

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.runs.folder import RunFolder


def test_commands_are_read_once_and_in_order(run: RunFolder) -> None:
    reader = CommandReader(run)
    assert reader.poll() == []
    sent = [Pause(), RunSteps(steps=3), Continue(), Generate(prompt="def \n漢"), Stop(keep=False)]
    for command in sent:
        run.append_command(command)
    assert reader.poll() == sent
    assert reader.poll() == []


def test_commands_of_the_past_are_left_alone(run: RunFolder) -> None:
    run.append_command(Stop())
    reader = CommandReader(run, offset=end_of_commands(run))
    run.append_command(Pause(id="now"))
    assert [command.id for command in reader.poll()] == ["now"]
    assert reader.offset == end_of_commands(run)


def test_many_hands_never_mix_their_lines(run: RunFolder) -> None:
    def steer(hand: int) -> None:
        writer = CommandWriter(run)
        for number in range(50):
            writer.write(Generate(id=f"{hand}-{number}", prompt="x" * 5000))

    with ThreadPoolExecutor(4) as hands:
        list(hands.map(steer, range(4)))
    reader = CommandReader(run)
    assert len({command.id for command in reader.poll()}) == 200
    assert reader.damaged == 0


@pytest.mark.parametrize(
    "junk",
    [
        b'{"kind":"pau',
        b'{"kind":"explode"}\n',
        b'{"kind":"run_steps","steps":"many"}\n',
        b"\x00\xff\n",
        b'{"kind":"generate"}\n',
    ],
)
def test_junk_is_counted_and_the_next_command_heard(run: RunFolder, junk: bytes) -> None:
    (run.path / "commands.jsonl").write_bytes(junk)
    run.append_command(Pause(id="after"))
    reader = CommandReader(run)
    assert [command.id for command in reader.poll()] == ["after"]
    assert reader.damaged == 1


def test_command_to_a_run_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="cannot be written"):
        CommandWriter(tmp_path / "gone").write(Pause())
