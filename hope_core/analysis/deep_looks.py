"""The deeper looks of a run, read without torch: matrices, recall, and what became of them.

They come more rarely than the other looks; the newest one at or before a step stands for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from safetensors import SafetensorError, safe_open

from hope_core.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    Array = npt.NDArray[Any]

TRAILS = (
    "effective_rank",
    "memory_change",
    "z",
    "slot_norm",
    "helicity",
    "weight_spread",
    "gradient_spread",
)
"""What is followed over all looks."""


@dataclass(frozen=True)
class RecallCurves:
    """How much each level still tells of a text after so many tokens of filler.

    Shapes: distances (D,), share and cosine (levels, D).
    """

    step: int
    levels: tuple[str, ...]
    distances: Array
    share: Array
    cosine: Array


@dataclass(frozen=True)
class DeepLook:
    """One deeper look, and what there was before it.

    Shapes: matrices and before (layers, heads, rows, columns), singular_values (layers, heads, k),
    surprise_again (layers, T); None where the memory has it not. finest and finest_before are the
    matrices with more rows and columns, kept of the newest looks alone. trails: of each name in
    TRAILS the steps (N,) and the values (N, ...).
    """

    step: int
    matrices: Array | None = None
    before: Array | None = None
    finest: Array | None = None
    finest_before: Array | None = None
    sides: tuple[int, int] | None = None
    """Rows and columns of the memory itself, which may be more than a picture has."""
    singular_values: Array | None = None
    surprise_again: Array | None = None
    recall: RecallCurves | None = None
    parts: tuple[str, ...] = ()
    """Names of the parts of the model, as the trails of weights and gradients count them."""
    trails: dict[str, tuple[Array, Array]] = field(default_factory=dict)


class DeepLooks:
    """Reads the deeper looks of one run; what was read of a file for the trails is kept.

    Args:
        folder: the run's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "probes"
        self._followed: dict[Path, dict[str, Array]] = {}

    def at(self, step: float) -> DeepLook | None:
        """The newest deeper look at or before a step; None when there is none.

        Raises:
            RunError: a file is damaged.
        """
        files = self._files("deep", step)
        if not files:
            return None
        newest, words = _read(files[-1])
        earlier = _read(files[-2])[0] if len(files) > 1 else {}
        return DeepLook(
            step=_step(files[-1]),
            matrices=newest.get("matrices"),
            before=earlier.get("matrices"),
            finest=self._finest(files[-1]),
            finest_before=self._finest(files[-2]) if len(files) > 1 else None,
            sides=_sides(words),
            singular_values=newest.get("singular_values"),
            surprise_again=newest.get("surprise_again"),
            recall=self._recall(step),
            parts=tuple(json.loads(words.get("parts", "[]"))),
            trails=self._trails(),
        )

    def _finest(self, deep: Path) -> Array | None:
        """The finest matrices of the look whose file this is, while they are kept."""
        path = deep.with_name(deep.name.replace("deep-", "finest-"))
        if not path.exists():
            return None
        try:
            return _read(path)[0].get("matrices")
        except RunError:
            if path.exists():
                raise
            return None  # the trainer has put a newer one in its place meanwhile

    def _recall(self, step: float) -> RecallCurves | None:
        files = self._files("recall", step)
        if not files:
            return None
        arrays, words = _read(files[-1])
        levels = tuple(json.loads(words["levels"]))
        curves = (arrays[name] for name in ("distances", "share", "cosine"))
        return RecallCurves(_step(files[-1]), levels, *curves)

    def _trails(self) -> dict[str, tuple[Array, Array]]:
        """Of the whole run, later looks as well."""
        files = self._files("deep", np.inf)
        for path in files:
            if path not in self._followed:
                arrays, _ = _read(path)
                self._followed[path] = {name: arrays[name] for name in TRAILS if name in arrays}
        found = {}
        for name in TRAILS:
            having = [path for path in files if name in self._followed.get(path, {})]
            if having:
                steps = np.array([_step(path) for path in having], np.float64)
                found[name] = steps, np.stack([self._followed[path][name] for path in having])
        return found

    def _files(self, kind: str, step: float) -> list[Path]:
        files = sorted(self._folder.glob(f"{kind}-*.safetensors"))
        return [path for path in files if _step(path) <= step]


def _step(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])


def _read(path: Path) -> tuple[dict[str, Array], dict[str, str]]:
    try:
        with safe_open(path, framework="numpy") as file:
            names = file.keys()
            return {name: file.get_tensor(name) for name in names}, file.metadata() or {}
    except (OSError, SafetensorError) as error:
        raise RunError(
            f"{path}: this deeper look cannot be read ({error}). It is only for looking; "
            "the run itself is not harmed."
        ) from error


def _sides(words: dict[str, str]) -> tuple[int, int] | None:
    told = json.loads(words.get("sides", "[]"))
    return (int(told[0]), int(told[1])) if len(told) == 2 else None


def half_distance(distances: Array, share: Array) -> int | None:
    """Tokens after which less than half is left, None if more is left all the way.

    Shapes: distances, share (D,).
    """
    below = np.flatnonzero(share < 0.5)
    return int(distances[below[0]]) if below.size else None
