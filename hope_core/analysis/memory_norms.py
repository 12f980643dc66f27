"""How large the memory of each layer and head was at each look: read from the probe files."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.analysis.column import Column
from hope_core.analysis.probes import read_norms
from hope_core.analysis.series import Series
from hope_core.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from hope_core.runs.events import ProbeRecorded

_STATISTICS: dict[str, Callable[[npt.NDArray[Any]], float]] = {
    "smallest": np.min,
    "median": np.median,
    "largest": np.max,
}


class MemoryNorms:
    """One row of norms a probe; `load_some` reads the files a few at a time.

    Probes whose file is gone, damaged, without norms or of another shape are passed over and
    counted in `unread`.

    Args:
        run_path: the run's folder; None reads nothing.
    """

    def __init__(self, run_path: Path | None) -> None:
        self._run_path = run_path
        self.axes = {name: Column() for name in ("step", "tokens", "seconds")}
        self.summary = {
            name: Series(self.axes["step"]) for name in ("smallest", "median", "largest")
        }
        self.layers = 0
        self.heads = 0
        self.unread = 0
        self._norms: Column | None = None
        self._moves: Column | None = None
        self._seen = 0

    @property
    def steps(self) -> Column:
        """The step of each row."""
        return self.axes["step"]

    @property
    def norms(self) -> npt.NDArray[Any]:
        """Norms (N, layers * heads), one row a probe, heads of one layer side by side."""
        return np.empty((0, 0), np.float32) if self._norms is None else self._norms.values

    @property
    def moves(self) -> npt.NDArray[Any]:
        """How far each level moved in the step of each look (N, levels); 0 where it stood still.

        NaN where it was not measured; no levels at all where no look did.
        """
        empty = np.empty((len(self.steps), 0), np.float32)
        return empty if self._moves is None else self._moves.values

    def load_some(
        self,
        probes: Sequence[ProbeRecorded],
        place_of: Callable[[int, str], float],
        *,
        seconds: float = 0.004,
    ) -> bool:
        """Read the probes that were not looked at yet, for at most about this long.

        Args:
            probes: every probe of the run so far.
            place_of: where a step lies on an axis.
            seconds: how long it may take.

        Returns:
            Whether something was read; call again until it is False.
        """
        if self._run_path is None:
            return False
        deadline = time.monotonic() + seconds
        before = self._seen
        while self._seen < len(probes) and time.monotonic() < deadline:
            probe = probes[self._seen]
            self._take(self._run_path / probe.path, probe.step, place_of)
            self._seen += 1
        return self._seen > before

    def forget_after(self, step: int, *, probes_left: int) -> None:
        """Forget the probes past a step; so many are left in the list given to `load_some`."""
        kept = int(np.searchsorted(self.steps.values, step, "right"))
        self._seen = min(self._seen, probes_left)
        for column in self.axes.values():
            column.truncate(kept)
        for series in self.summary.values():
            series.truncate(kept)
        for rows in (self._norms, self._moves):
            if rows is not None:
                rows.truncate(kept)

    def relative(self) -> npt.NDArray[Any]:
        """log10 of each norm over its first, (N, layers * heads); NaN where it has none."""
        norms = self.norms
        if not len(norms):
            return norms
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.log10(norms / norms[0])
        return np.where(np.isfinite(logs), logs, np.float32(np.nan))

    def _take(self, path: Path, step: int, place_of: Callable[[int, str], float]) -> None:
        try:
            norms, moves = read_norms(path)
        except RunError:
            self.unread += 1
            return
        if self._norms is None:
            self.layers, self.heads = norms.shape
            self._norms = Column(np.float32, width=norms.size)
        if norms.shape != (self.layers, self.heads):
            self.unread += 1
            return
        for name, column in self.axes.items():
            column.append(place_of(step, name))
        self._norms.append(norms.reshape(-1))
        self._keep_moves(moves)
        for name, statistic in _STATISTICS.items():
            self.summary[name].extend_values([statistic(norms)])

    def _keep_moves(self, moves: npt.NDArray[Any]) -> None:
        """One row a look; looks after the run, and of other levels, measure none."""
        if self._moves is None and moves.size:
            self._moves = Column(np.float32, width=moves.size)
            self._moves.extend(np.full((len(self._norms or ()) - 1, moves.size), np.nan))
        if self._moves is not None:
            levels = self._moves.values.shape[1]
            self._moves.append(moves if moves.size == levels else np.full(levels, np.nan))
