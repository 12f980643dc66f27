"""The arrays of one look into the memory, read from its safetensors file without torch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import SafetensorError, safe_open

from hope_core.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

GATES = ("theta", "eta", "alpha")
"""Write rate, momentum and forgetting of each token, by their names in a probe file."""
A_HEAD = ("momentum_norm", "stability_bound", "half_life")
"""One number a layer and head, where the memory has it."""
OF_TWISTORS = (
    "mobius",
    "helicity",
    "slots",
    "slot_write",
    "compression_bytes",
    "compression_error",
)
"""What only MT-HOPE measures."""


@dataclass(frozen=True)
class Probe:
    """What the memory did with the probe text.

    Shapes: norms (layers, heads) or empty; surprise (layers, T) or None; each gate
    (layers, heads, T); tokens T texts, or empty when the file does not tell them; momentum_norms,
    stability (safe up to 2) and half_life (tokens), each (layers, heads) or None.
    """

    norms: npt.NDArray[Any]
    surprise: npt.NDArray[Any] | None
    gates: dict[str, npt.NDArray[Any]]
    tokens: tuple[str, ...]
    momentum_norms: npt.NDArray[Any] | None = None
    stability: npt.NDArray[Any] | None = None
    half_life: npt.NDArray[Any] | None = None
    twistors: Twistors | None = None


@dataclass(frozen=True)
class Twistors:
    """What only MT-HOPE has; each None where a part is switched off.

    Shapes: mobius (layers, cycles, 2, 2, channels) complex; helicity (layers, T); slots (K, W) and
    slot_write (K, T): what the slots hold after the text, and who was written to;
    compression_bytes and compression_error (1,): room that the slots take where their phases are
    compressed, and how far that is off, of their length.
    """

    mobius: npt.NDArray[Any] | None
    helicity: npt.NDArray[Any] | None
    slots: npt.NDArray[Any] | None
    slot_write: npt.NDArray[Any] | None
    compression_bytes: npt.NDArray[Any] | None = None
    compression_error: npt.NDArray[Any] | None = None


def read_probe(path: Path) -> Probe:
    """All arrays of a probe file.

    Raises:
        RunError: the file is gone or damaged.
    """
    arrays, words = _read(path, ("memory_norm", "surprise", *GATES, *A_HEAD, *OF_TWISTORS))
    return Probe(
        norms=arrays.get("memory_norm", np.empty((0, 0), np.float32)),
        surprise=arrays.get("surprise"),
        gates={name: arrays[name] for name in GATES if name in arrays},
        tokens=_token_texts(words, path),
        momentum_norms=arrays.get("momentum_norm"),
        stability=arrays.get("stability_bound"),
        half_life=arrays.get("half_life"),
        twistors=_twistors(arrays),
    )


def read_norms(path: Path) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """The norms (layers, heads) of a probe file and how far each level moved (levels,), quickly.

    The second is empty where that was not measured.

    Raises:
        RunError: the file is gone, damaged or holds no norms.
    """
    arrays, _ = _read(path, ("memory_norm", "update_norm"))
    norms = arrays.get("memory_norm")
    if norms is None or norms.ndim != 2:
        raise RunError(f"{path}: this probe holds no memory norms of layers and heads.")
    return norms, arrays.get("update_norm", np.empty(0, np.float32)).reshape(-1)


def _twistors(arrays: dict[str, npt.NDArray[Any]]) -> Twistors | None:
    found = {name: arrays.get(name) for name in OF_TWISTORS}
    if all(value is None for value in found.values()):
        return None
    if found["mobius"] is not None:
        found["mobius"] = found["mobius"][..., 0] + 1j * found["mobius"][..., 1]
    return Twistors(**found)


def _read(
    path: Path, wanted: tuple[str, ...]
) -> tuple[dict[str, npt.NDArray[Any]], dict[str, str]]:
    try:
        with safe_open(path, framework="numpy") as file:
            present = [name for name in wanted if name in file.keys()]  # noqa: SIM118 - no dict
            return {name: file.get_tensor(name) for name in present}, file.metadata() or {}
    except (OSError, SafetensorError) as error:
        raise RunError(
            f"{path}: this probe cannot be read ({error}). Probes are only for looking; "
            "the run itself is not harmed."
        ) from error


def _token_texts(words: dict[str, str], path: Path) -> tuple[str, ...]:
    try:
        texts = json.loads(words.get("tokens", "[]"))
    except json.JSONDecodeError as error:
        raise RunError(f"{path}: the token texts of this probe are damaged ({error}).") from error
    return tuple(str(text) for text in texts) if isinstance(texts, list) else ()
