"""The folder of a run that arrives from elsewhere: out of sight until it is whole, then named."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
import psutil

from hope_core.errors import RunError
from hope_core.runs.disk_full import storage_error
from hope_core.runs.folder import RunFolder
from hope_core.runs.names import check_name, made_name, runs_root
from hope_core.runs.storage import remove_quietly, rename, sync_folder, temporary_name, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hope_core.config.run import RunConfig

_TEMPORARY = re.compile(r"\.tmp-(\d+)-[0-9a-f]{8}")
_MANY = 10_000


@contextmanager
def arriving_run(
    config: RunConfig, *, name: str | None, suggestion: str, root: Path | None, parent: str = ""
) -> Iterator[RunFolder]:
    """A new run to fill; it gets its name when the block ends well, else nothing stays of it.

    Args:
        config: its settings.
        name: what the person wants to call it.
        suggestion: what it may be called otherwise, with a number behind when that is taken.
        root: where runs lie; None: `runs_root()`.
        parent: the id it had before, if any.

    Raises:
        RunError: the name cannot be used or is taken, or the folder cannot be written.
    """
    home = (root or runs_root()).expanduser().absolute()
    wanted = check_name(name) if name is not None else _usable(suggestion, config.name)
    if name is not None and (home / wanted).exists():
        raise _taken(home / wanted)
    try:
        home.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(home)
    except OSError as error:
        raise storage_error(error, home) from error
    staging = temporary_name(home)
    try:
        folder = RunFolder.create(config, staging, parent=parent)
        yield folder
        _give_name(folder, home, wanted, may_change=name is None)
    except OSError as error:
        remove_quietly(staging)
        raise storage_error(error, home) from error
    except BaseException:
        remove_quietly(staging)
        raise


def _give_name(folder: RunFolder, home: Path, wanted: str, *, may_change: bool) -> None:
    endings = ["", *(f"-{number}" for number in range(2, _MANY))] if may_change else [""]
    for ending in endings:
        target = home / (wanted + ending)
        if target.exists():
            continue
        info = msgspec.structs.replace(folder.info, name=target.name)
        write_json(folder.path / "run.json", info)
        rename(folder.path, target)
        sync_folder(home)
        folder.path, folder.info = target, info
        return
    raise _taken(home / wanted)


def _usable(suggestion: str, preset: str) -> str:
    """A name from elsewhere, when it is one; else one made from the preset and the time."""
    try:
        return check_name(suggestion)
    except RunError:
        return made_name(preset)


def _taken(path: Path) -> RunError:
    return RunError(f"There is a run {path.name} in {path.parent} already. Choose another name.")


def _remove_abandoned(home: Path) -> None:
    """Clear away what an import left behind whose process was killed."""
    for path in home.glob(".tmp-*"):
        match = _TEMPORARY.fullmatch(path.name)
        if match and not psutil.pid_exists(int(match.group(1))):
            remove_quietly(path)
