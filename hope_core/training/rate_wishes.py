"""What a person asked of the learning rate, so that a resumed run does it again at the same steps.

The events keep it: between the checkpoint to go on from and the step at which a run was broken
off, the rate may have been changed by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.runs.events import LearningRateChanged
from hope_core.runs.reader import EventReader

if TYPE_CHECKING:
    from hope_core.runs.folder import RunFolder


class RateWishes:
    """The changes that earlier segments of a run tell of, until a new wish replaces them.

    Args:
        folder: the run; a trainer has not told of any change yet since it opened it.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._planned: list[LearningRateChanged] = []
        reader = EventReader(folder)
        while chunk := reader.poll_chunk():
            for event in chunk:
                if isinstance(event, LearningRateChanged) and not event.repeated:
                    self._planned = [old for old in self._planned if old.step < event.step]
                    self._planned.append(event)

    def due(self, step: int) -> float | None:
        """The newest factor that was asked for by the end of this step; told once."""
        factor = None
        while self._planned and self._planned[0].step <= step:
            factor = self._planned.pop(0).factor
        return factor

    def forget(self) -> None:
        """A person asks for something else now: what was asked for later on is void."""
        self._planned.clear()
