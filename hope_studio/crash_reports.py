"""Reports of crashes, kept in the user's log folder and sent to nobody: written, found, thinned.

A report tells what crashed, when, with which versions, and where in the program. It holds no text
of the person's: no messages of errors, which may quote one, no prompt, no content of a file.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hope_core.runs.names import runs_root
from hope_core.runs.storage import remove_quietly

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger("hope_studio")

KEPT = 10
"""Reports that are kept; older ones go."""
MOST_A_SESSION = 10
LOG_LINES = 200
LONGEST_TRACE = 20_000
"""Characters of one report's trace."""
OLD_SECONDS = 30 * 24 * 3600
"""A trainer's crash longer ago than this is not told of any more."""

WINDOW, FAULT, TRAINER = "window", "fault", "trainer"
"""What crashed: the window's process, a piece of Python in it, or a trainer."""

BEGAN = time.time()
"""Reports of later moments are of this very process, or of its trainers."""

_SEEN = ".seen"
_WORDS = {
    WINDOW: "The window's process ended in a native crash.",
    FAULT: "The window met a fault of its own and went on.",
    TRAINER: "A trainer's process ended in a native crash.",
}


def log_folder() -> Path:
    """Where the studio keeps its log and the reports of crashes."""
    import platformdirs

    return Path(platformdirs.user_log_dir("hope-studio"))


@dataclass(frozen=True)
class CrashReport:
    """One report on the disk."""

    path: Path
    kind: str
    """window, fault or trainer."""
    moment: float
    """Seconds since 1970, UTC."""
    run: str = ""
    """Name of the run whose trainer crashed."""

    def text(self) -> str:
        """The report as a person reads it."""
        return self.path.read_text(encoding="utf-8", errors="replace").partition("\n")[2]


def frames_of(error: BaseException | None) -> str:
    """Where an error came from, and its type; never its message, which may quote a text."""
    parts: list[str] = []
    while error is not None and len(parts) < 10:
        frames = traceback.extract_tb(error.__traceback__)
        places = [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        parts.append("\n".join([*places, type(error).__qualname__]))
        error = error.__cause__ or error.__context__
    return "\n\ncaused by\n\n".join(parts)


class CrashKeeper:
    """Writes the reports of one process.

    Args:
        folder: where the log lies.
        versions: of the program and its parts, for the report.
    """

    def __init__(self, folder: Path, versions: dict[str, str]) -> None:
        self.folder = folder
        self.versions = versions
        self._told: set[str] = set()

    @property
    def reports_folder(self) -> Path:
        """Where the reports lie."""
        return self.folder / "crashes"

    @property
    def native_trace(self) -> Path:
        """Where a native crash of this process leaves its trace."""
        return self.folder / "native" / f"{os.getpid()}.txt"

    def write(self, kind: str, trace: str, *, run: str = "", moment: float | None = None) -> None:
        """Keep a report; the same trace is told once a session, and not more than a few are."""
        digest = hashlib.sha256(f"{kind}{run}{trace}".encode()).hexdigest()[:8]
        if digest in self._told or len(self._told) >= MOST_A_SESSION:
            return
        self._told.add(digest)
        when = time.time() if moment is None else moment
        facts = {"kind": kind, "moment": when, "run": run}
        stamp = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(when))
        versions = "\n".join(f"{name}: {number}" for name, number in self.versions.items())
        text = "\n\n".join(
            (
                "HOPE Studio: report of a crash",
                f"{stamp}. {_WORDS[kind]}",
                versions,
                f"Where:\n{_anonymous(trace[:LONGEST_TRACE])}",
                f"Last lines of the log:\n{_anonymous(self._last_log_lines())}",
            )
        )
        name = f"{int(when * 1000):015d}-{digest}.txt"
        try:
            self.reports_folder.mkdir(parents=True, exist_ok=True)
            path = self.reports_folder / name
            path.write_text(json.dumps(facts) + "\n" + text + "\n", encoding="utf-8")
        except OSError as error:
            log.warning("A report of a crash cannot be written: %s", error.strerror)
        self.thin()

    def collect(self) -> list[CrashReport]:
        """Look for crashes that could not report themselves; all reports not offered yet.

        Slow on a slow disk: call it in a thread.
        """
        self._collect_windows()
        self._collect_trainers()
        return [report for report in self.reports() if _SEEN not in report.path.suffixes]

    def reports(self) -> list[CrashReport]:
        """Every report there is, the newest first."""
        found = [_read(path) for path in sorted(self.reports_folder.glob("*.txt"), reverse=True)]
        return [report for report in found if report is not None]

    def mark_seen(self) -> None:
        """Offer none of the reports there are again; they stay."""
        for path in self.reports_folder.glob("*.txt"):
            if _SEEN not in path.suffixes:
                path.replace(path.with_suffix(f"{_SEEN}.txt"))

    def thin(self) -> None:
        """Remove all but the newest reports."""
        for path in sorted(self.reports_folder.glob("*.txt"), reverse=True)[KEPT:]:
            remove_quietly(path)

    def _collect_windows(self) -> None:
        """A process that crashed has left a trace; one that was killed, an empty file."""
        for path in (self.folder / "native").glob("*.txt"):
            if path != self.native_trace and not _is_alive(path):
                trace = path.read_text(encoding="utf-8", errors="replace")
                if trace.strip():
                    self.write(WINDOW, trace, moment=path.stat().st_mtime)
                remove_quietly(path)

    def _collect_trainers(self) -> None:
        """Each trainer's traces go into its run's logs; what was told before is remembered."""
        memory = self.folder / "trainers.json"
        told = _remembered(memory)
        found = dict(_trainer_traces())
        for path, (size, moment) in found.items():
            before = told.get(path, 0)
            if size > before:
                trace = _tail(Path(path), before)
                self.write(TRAINER, trace, run=Path(path).parents[1].name, moment=moment)
        if found or told:
            self.folder.mkdir(parents=True, exist_ok=True)
            memory.write_text(json.dumps({path: size for path, (size, _) in found.items()}))

    def _last_log_lines(self) -> str:
        try:
            text = (self.folder / "studio.log").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "(there is none)"
        return "\n".join(text.splitlines()[-LOG_LINES:])


def _read(path: Path) -> CrashReport | None:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            facts = json.loads(file.readline())
        return CrashReport(path, str(facts["kind"]), float(facts["moment"]), str(facts["run"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # whoever writes into this folder by hand is not told of it


def _trainer_traces() -> Iterator[tuple[str, tuple[int, float]]]:
    """The traces of native crashes that trainers left of late: path, size, moment."""
    for path in runs_root().glob("*/logs/fault.log"):
        try:
            status = path.stat()
        except OSError:
            continue
        if status.st_size and time.time() - status.st_mtime < OLD_SECONDS:
            yield str(path), (status.st_size, status.st_mtime)


def _tail(path: Path, before: int) -> str:
    with path.open("rb") as file:
        file.seek(before)
        return file.read(LONGEST_TRACE).decode("utf-8", "replace")


def _remembered(path: Path) -> dict[str, int]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): int(size) for name, size in told.items()} if isinstance(told, dict) else {}


def _is_alive(trace: Path) -> bool:
    """Whether the process that writes this trace still runs; a later one of its number does not."""
    import psutil

    try:
        return psutil.Process(int(trace.stem)).create_time() <= trace.stat().st_mtime + 1.0
    except (psutil.Error, ValueError, OSError):
        return False


def _short(filename: str) -> str:
    """A file of the program by its place in it, others by their name."""
    parts = Path(filename).parts
    for package in ("hope_studio", "hope_core"):
        if package in parts:
            return "/".join(parts[parts.index(package) :])
    return "/".join(parts[-2:])


def _anonymous(text: str) -> str:
    """Without the name of the person's home."""
    return text.replace(str(Path.home()), "~")
