"""Sends the processes of the bench out, one after another, and waits no longer than is sensible."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, TypeVar

import msgspec

from hope_core.bench.figures import Claim, Order, PresetFigures
from hope_core.bench.preset import unmeasured
from hope_core.errors import HopeError

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig

PATIENCE_SECONDS = 600.0
T = TypeVar("T", bound=msgspec.Struct)


def preset_figures(
    config: RunConfig, *, quick: bool, threads: int, patience: float = PATIENCE_SECONDS
) -> PresetFigures:
    """A preset's figures; where its process failed or took too long, those of its settings."""
    order = Order(what="preset", config=config.model_dump_json(), quick=quick, threads=threads)
    try:
        return _sent(order, PresetFigures, patience)
    except HopeError as error:
        return unmeasured(config, quick=quick, why=str(error))


def claim_checked(
    key: str,
    config: RunConfig,
    *,
    quick: bool,
    threads: int,
    patience: float = PATIENCE_SECONDS,
) -> Claim:
    """A claim's measurement; what could not be measured says why."""
    order = Order(what=key, config=config.model_dump_json(), quick=quick, threads=threads)
    try:
        return _sent(order, Claim, patience)
    except HopeError as error:
        return Claim(key=key, measured="-", verdict="not measurable here", why=str(error))


def _sent(order: Order, kind: type[T], patience: float) -> T:
    """What the process of an order answers.

    Raises:
        HopeError: it failed or took too long; the message has its last line.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "hope_core.bench.subject"],
            input=msgspec.json.encode(order),
            capture_output=True,
            timeout=patience,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise HopeError(f"It took longer than {patience:.0f} s and was stopped.") from error
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        raise HopeError(
            lines[-1] if lines else f"It ended with code {error.returncode}."
        ) from error
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=kind)
