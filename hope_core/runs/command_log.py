"""Both ends of commands.jsonl: appended by whoever steers, read by the trainer between steps."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hope_core.runs.commands import AnyCommand
from hope_core.runs.disk_full import storage_error
from hope_core.runs.names import path_of
from hope_core.runs.serialise import LineDecoder, encode_json
from hope_core.runs.tail import LineTail

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.runs.commands import Command
    from hope_core.runs.names import HasPath


def commands_path(folder: HasPath | Path) -> Path:
    """The file of a run's commands."""
    path = path_of(folder)
    return path / "commands.jsonl"


class CommandWriter:
    """Appends commands. Several windows and terminals may do so at once.

    Args:
        folder: the run, or its path.
    """

    def __init__(self, folder: HasPath | Path) -> None:
        self._path = commands_path(folder)

    def write(self, command: Command) -> None:
        """Appends one command in a single write, so that two writers never mix their lines.

        Raises:
            RunError: the run folder cannot be written.
        """
        line = encode_json(command) + b"\n"
        try:
            with self._path.open("a+b", buffering=0) as file:
                end = file.seek(0, os.SEEK_END)
                if end:
                    file.seek(end - 1)
                    if file.read(1) != b"\n":  # a writer died within its line
                        line = b"\n" + line
                file.write(line)
        except OSError as error:
            raise storage_error(error, self._path) from error


class CommandReader:
    """Hands the trainer what is new; lines that are no command are counted and passed over.

    Args:
        folder: the run, or its path.
        offset: the byte to begin at; commands before it were meant for an earlier trainer.
    """

    def __init__(self, folder: HasPath | Path, *, offset: int = 0) -> None:
        self._tail = LineTail(commands_path(folder), offset=offset)
        self._decoder: LineDecoder[AnyCommand] = LineDecoder(AnyCommand)

    @property
    def offset(self) -> int:
        """The byte after the last command that was read."""
        return self._tail.offset

    @property
    def damaged(self) -> int:
        """Lines passed over because they are no command this program knows."""
        return self._decoder.damaged + self._decoder.unknown + self._tail.damaged

    def poll(self) -> list[AnyCommand]:
        """The commands since the last call; none costs one look at a file's size."""
        commands: list[AnyCommand] = []
        while data := self._tail.read():
            commands += self._decoder.decode(data)
        return commands


def end_of_commands(folder: HasPath | Path) -> int:
    """Where the commands of the past end: the offset for a trainer about to start."""
    path = commands_path(folder)
    return path.stat().st_size if path.exists() else 0
