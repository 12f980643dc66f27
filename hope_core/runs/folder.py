"""The run folder: all about one run, and the only channel between who trains and who watches."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self, Unpack

import msgspec

from hope_core.config.loading import dump_yaml, read_yaml
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError, RunError
from hope_core.runs.checkpoints import list_checkpoints
from hope_core.runs.command_log import CommandWriter
from hope_core.runs.disk_full import storage_error
from hope_core.runs.event_log import last_segment
from hope_core.runs.finding import claim, find_run
from hope_core.runs.info import WHAT_TO_DO, RunInfo, new_info, read_info
from hope_core.runs.lock import PATIENCE_SECONDS, RunLock
from hope_core.runs.names import runs_root
from hope_core.runs.owner import Owner, this_process
from hope_core.runs.state import LIVE_STATES, Figures, RunState, StateName, known, read_state
from hope_core.runs.storage import (
    remove_quietly,
    sha256,
    sync_folder,
    write_bytes,
    write_json,
)

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.config.run import RunConfig
    from hope_core.runs.checkpoints import CheckpointInfo
    from hope_core.runs.commands import Command

HEARTBEAT_SECONDS = 1.0


class RunFolder:
    """One run on disk. Made by `create` or `open`, never directly.

    Attributes:
        path: the folder, absolute.
        info: what run.json says.
        config: the resolved settings.
        config_sha: SHA-256 of config.yaml, repeated in every checkpoint.
    """

    def __init__(self, path: Path, *, info: RunInfo, config: RunConfig, config_sha: str) -> None:
        self.path = path
        self.info = info
        self.config = config
        self.config_sha = config_sha
        self._written: RunState | None = None
        self._own_segment: int | None = None
        self._beat_at = float("-inf")

    @classmethod
    def create(
        cls,
        config: RunConfig,
        path: Path | None = None,
        *,
        root: Path | None = None,
        name: str | None = None,
        parent: str = "",
    ) -> Self:
        """Makes the folder of a new run.

        Args:
            config: its settings.
            path: the folder itself, not existing yet or empty; else one is made under `root`.
            root: where runs lie; else `runs_root()`.
            name: the run's name; else one is made from the preset and the time, always a new one.
            parent: the id of the run this one was made from.

        Raises:
            RunError: the name cannot be used or is taken, or the folder cannot be written.
        """
        try:
            target = claim(config.name, path=path, root=root, name=name)
        except OSError as error:
            raise storage_error(error, path or root or runs_root()) from error
        try:
            sync_folder(target.parent)
            write_bytes(target / "config.yaml", dump_yaml(config).encode())
            write_json(target / "state.json", RunState(updated=time.time()))
            info = new_info(config, name=target.name, parent=parent)
            write_json(target / "run.json", info)  # last: it makes the folder a run
        except OSError as error:
            remove_quietly(target)
            raise storage_error(error, target) from error
        except BaseException:
            remove_quietly(target)
            raise
        return cls(target, info=info, config=config, config_sha=sha256(target / "config.yaml"))

    @classmethod
    def open(cls, path_or_name: Path | str) -> Self:
        """Opens a run by its folder, or by its name when it lies in `runs_root()`.

        Raises:
            RunError: there is no such run, or its folder is damaged; names the file and what to do.
        """
        path = find_run(path_or_name)
        info = read_info(path)
        file = path / "config.yaml"
        try:
            config = parse_config(read_yaml(file), source=str(file))
            return cls(path, info=info, config=config, config_sha=sha256(file))
        except ConfigError as error:
            raise RunError(f"The run {path} is damaged. {error} {WHAT_TO_DO}") from error
        except OSError as error:
            raise RunError(f"{file} cannot be read ({error.strerror}). {WHAT_TO_DO}") from error

    @property
    def name(self) -> str:
        """The run's name as a person knows it."""
        return self.info.name

    @property
    def state(self) -> RunState:
        """What state.json says now; `effective_state` also looks whether the trainer lives."""
        return read_state(self.path)

    def write_state(
        self, state: StateName, *, reason: str = "", **figures: Unpack[Figures]
    ) -> RunState:
        """Replaces state.json, durably; only for whoever holds the lock.

        Args:
            state: the new state; a live one names this process as the owner.
            reason: why, in words.
            **figures: how far it is.

        Raises:
            RunError: the folder cannot be written.
        """
        before = self._written or read_state(self.path)
        written = msgspec.structs.replace(
            before, state=state, reason=reason, updated=time.time(), owner=None, **known(figures)
        )
        if state in LIVE_STATES:
            written = self._owned(written, before.owner)
        else:
            self._own_segment = None
        write_json(self.path / "state.json", written)
        self._written, self._beat_at = written, time.monotonic()
        return written

    def heartbeat(self, **figures: Unpack[Figures]) -> None:
        """Says that the trainer lives and how far it is; call it often.

        Writes at most once a second and without waiting for the disk. `write_state` comes first: it
        says whose heart beats.

        Args:
            **figures: how far it is.

        Raises:
            RunError: the folder cannot be written.
        """
        now = time.monotonic()
        if now - self._beat_at < HEARTBEAT_SECONDS:
            return
        assert self._written is not None, "write_state comes before the first heartbeat"
        self._beat_at = now
        self._written = msgspec.structs.replace(
            self._written, updated=time.time(), **known(figures)
        )
        write_json(self.path / "state.json", self._written, durable=False)

    def _owned(self, state: RunState, former: Owner | None) -> RunState:
        owner = this_process()
        if owner == former:
            return msgspec.structs.replace(state, owner=owner)
        before = (self._own_segment or last_segment(self.path / "events") + 1) - 1
        return msgspec.structs.replace(state, owner=owner, segment=before)

    def note_segment(self, number: int) -> None:
        """Remembers which segment of events the trainer that uses this object has opened."""
        self._own_segment = number

    def lock(self, *, timeout: float = PATIENCE_SECONDS) -> RunLock:
        """The right to train this run; see `RunLock`."""
        return RunLock(self.path, timeout=timeout)

    def append_command(self, command: Command) -> None:
        """Asks something of the trainer.

        Raises:
            RunError: the folder cannot be written.
        """
        CommandWriter(self.path).write(command)

    def checkpoints(self) -> list[CheckpointInfo]:
        """The whole checkpoints, in order of their steps."""
        return list_checkpoints(self.path)
