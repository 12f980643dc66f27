"""Which process trains a run, told apart from a later process with the same number."""

from __future__ import annotations

import os
import platform
from functools import cache
from pathlib import Path

import msgspec
import psutil

START_TOLERANCE_SECONDS = 2.0


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """A process: its machine, that machine's boot, its number and when it began."""

    host: str
    boot_id: str
    pid: int
    started: float
    """Seconds since 1970 as the system tells it."""


@cache
def this_host() -> str:
    """The name of this machine."""
    return platform.node()


@cache
def boot_id() -> str:
    """What changes when the machine starts anew; empty where the system does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def this_process() -> Owner:
    """The process that asks."""
    pid = os.getpid()
    return Owner(
        host=this_host(), boot_id=boot_id(), pid=pid, started=psutil.Process(pid).create_time()
    )


def is_running(owner: Owner) -> bool:
    """Whether exactly this process still runs; only on its own machine can one know."""
    return owner_process(owner) is not None


def owner_process(owner: Owner) -> psutil.Process | None:
    """The living process behind an owner, safe to send a signal to; None when it is gone."""
    if owner.host != this_host() or owner.boot_id != boot_id():
        return None
    try:
        process = psutil.Process(owner.pid)
        is_same = abs(process.create_time() - owner.started) < START_TOLERANCE_SECONDS
        return process if is_same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.Error:
        return None
