"""Where a run lies: found by its name or its folder, and claimed for a new one."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from hope_core.errors import RunError
from hope_core.runs.info import WHAT_TO_DO
from hope_core.runs.names import check_name, made_name, runs_root
from hope_core.table import did_you_mean


def find_run(path_or_name: Path | str) -> Path:
    """The folder of a run that is named or pointed at; it holds at least a run.json.

    Raises:
        RunError: there is none.
    """
    given = str(path_or_name)
    if "\0" in given or not given.strip():
        raise RunError(f"{given!r} is not the name or the folder of a run.")
    candidates = [Path(given).expanduser()]
    if isinstance(path_or_name, str) and Path(given).name == given and given not in {".", ".."}:
        candidates.insert(0, runs_root() / given)
    try:
        for path in candidates:
            if (path / "run.json").is_file():
                return path.resolve()
        if candidates[-1].is_dir():
            raise RunError(f"{candidates[-1]} is not a run: it has no run.json. {WHAT_TO_DO}")
        known = [path.parent.name for path in runs_root().glob("*/run.json")]
    except OSError as error:
        raise RunError(f"{given[:200]} cannot be opened ({error.strerror}).") from error
    hint = did_you_mean(given, known) if known else f"There are no runs in {runs_root()} yet."
    raise RunError(f"There is no run '{given[:200]}'. {hint}")


def claim(preset: str, *, path: Path | None, root: Path | None, name: str | None) -> Path:
    """Makes the folder of a new run, so that of any number of makers exactly one gets it.

    Args:
        preset: the name of its preset.
        path: the folder itself, absent or empty; else one is made under `root`.
        root: where runs lie; else `runs_root()`.
        name: the run's name; else one is made that nobody has.

    Raises:
        RunError: the name cannot be used, or the folder is taken.
        OSError: the folder cannot be written.
    """
    if path is not None:
        path = Path(path).expanduser().absolute()
        path.mkdir(parents=True, exist_ok=True)
        return _take(path)
    parent = Path(root or runs_root()).absolute()
    parent.mkdir(parents=True, exist_ok=True)
    if name is not None:
        path = parent / check_name(name)
        path.mkdir(exist_ok=True)
        return _take(path)
    base = made_name(preset)
    endings = ["", *(f"-{number}" for number in range(2, 10))]
    while True:
        path = parent / (base + (endings.pop(0) if endings else f"-{uuid4().hex[:8]}"))
        try:
            path.mkdir()
            (path / "events").mkdir()
        except FileExistsError:
            continue
        return path


def _take(path: Path) -> Path:
    taken = RunError(f"{path} exists already and is not empty. Resume it, or choose another name.")
    if any(path.iterdir()):
        raise taken
    try:
        (path / "events").mkdir()
    except FileExistsError as error:
        raise taken from error
    return path
