"""The lock of a run: held by its trainer while it works, freed by the system when it dies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from filelock import FileLock, Timeout

from hope_core.errors import RunError
from hope_core.runs.disk_full import storage_error

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

LOCK = ".lock"
PATIENCE_SECONDS = 2.0
"""Longer than any look by `is_locked`, so that watchers never keep a trainer from starting."""


class RunLock:
    """The right to train a run: `with folder.lock():`, or `acquire` and `release`.

    It ends with the object at the latest, so keep the object.

    Args:
        path: the run folder.
        timeout: how long to try (s).
    """

    def __init__(self, path: Path, *, timeout: float = PATIENCE_SECONDS) -> None:
        self._path = path
        self._timeout = timeout
        self._lock = FileLock(path / LOCK, thread_local=False)

    def acquire(self) -> None:
        """Takes the lock.

        Raises:
            RunError: somebody else trains this run, or the folder cannot be written.
        """
        try:
            self._lock.acquire(timeout=self._timeout)
        except Timeout as error:
            raise RunError(
                f"The run {self._path} is being trained by another process already. "
                "Watch or stop that one, or start a new run."
            ) from error
        except (OSError, NotImplementedError) as error:
            raise storage_error(error, self._path / LOCK) from error

    def release(self) -> None:
        """Gives the lock back; nothing happens when it is not held."""
        self._lock.release()

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()


def is_locked(path: Path, *, patience: float = 0.0) -> bool | None:
    """Whether some process holds the run's lock; None where the lock cannot be asked.

    Args:
        path: the run folder.
        patience: ask again for this long (s) before saying yes; outlasts the short look of others.
    """
    if not (path / LOCK).exists():
        return False
    probe = FileLock(path / LOCK, thread_local=False)
    try:
        probe.acquire(timeout=patience, poll_interval=0.005)
    except Timeout:
        return True
    except (OSError, NotImplementedError):
        return None
    probe.release()
    return False
