"""No room on the disk: recognised however a library says it, told with the megabytes needed."""

from __future__ import annotations

import errno
import shutil
from typing import TYPE_CHECKING

from hope_core.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

RESERVE_BYTES = 200_000_000
"""Room that stays free beside what a checkpoint needs."""

_DISK_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DISK_FULL_WINDOWS = {39, 112}
_DISK_FULL_WORDS = (
    "no space left",
    "disk quota",
    "file too large",
    "inline_container",
    "disk full",
)
_LITTLE = 1 << 20


class DiskFullError(RunError):
    """No room for a file; `megabytes_needed` says how much would do."""

    def __init__(self, message: str, *, megabytes_needed: int) -> None:
        self.megabytes_needed = megabytes_needed
        super().__init__(message)


def ensure_free_space(folder: Path, needed: int) -> None:
    """Refuses early what would not fit.

    Args:
        folder: an existing folder on the disk in question.
        needed: bytes about to be written; some more must stay free.

    Raises:
        DiskFullError: fewer than `needed` bytes and the reserve are free.
    """
    free = shutil.disk_usage(folder).free
    if free < needed + RESERVE_BYTES:
        raise _disk_full(folder, needed + RESERVE_BYTES, free)


def storage_error(error: BaseException, path: Path, *, needed: int = 0) -> RunError:
    """The sentence for a write that failed, whichever library failed and however it said so."""
    if is_disk_full(error, path.parent, needed=needed):
        return _disk_full(path, needed + RESERVE_BYTES, _free_bytes(path.parent))
    reason = getattr(error, "strerror", None) or str(error)
    return RunError(
        f"{path} cannot be written ({reason}). "
        "Check that the folder exists and that you may write there, or choose another run folder."
    )


def is_disk_full(error: BaseException, folder: Path, *, needed: int = 0) -> bool:
    """Whether a write failed for want of room: by number, by words, or by what room is left."""
    if isinstance(error, OSError):
        if error.errno in _DISK_FULL or getattr(error, "winerror", None) in _DISK_FULL_WINDOWS:
            return True
        if error.errno is not None:
            return False
    elif type(error).__name__ not in {"SafetensorError", "RuntimeError"}:
        return False
    if any(word in str(error).lower() for word in _DISK_FULL_WORDS):
        return True
    free = _free_bytes(folder)
    return free is not None and free < max(needed, _LITTLE)


def _free_bytes(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _disk_full(path: Path, needed: int, free: int | None) -> DiskFullError:
    megabytes = max(1, -(-needed // 1_000_000))
    left = "" if free is None else f", {free // 1_000_000} MB are left"
    return DiskFullError(
        f"No space for {path}: about {megabytes} MB are needed{left}. "
        "Free some space on this disk, then go on; nothing that was saved before is lost.",
        megabytes_needed=megabytes,
    )
