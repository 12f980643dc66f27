"""What each level still tells of a text after more and more filler: a continuum at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hope_core.analysis.deep_looks import half_distance
from hope_studio.memory_views.lines import Line, Lines
from hope_studio.memory_views.part_words import part_words
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from hope_core.analysis.deep_looks import DeepLook


class RecallView(Lines):
    """One colour a level; solid how much is left, dashed how like it still is."""

    def __init__(self) -> None:
        super().__init__("count", "plain", log_x=True)

    def show_deep(self, look: DeepLook) -> bool:
        """Draw the newest recall; False when none was recorded."""
        recall = look.recall
        if recall is None:
            return False
        x = np.maximum(recall.distances.astype(np.float64), 0.5)
        lines, words = [], [self.tr("Asked at step {step}.").format(step=number(recall.step))]
        for place, level in enumerate(recall.levels):
            share = recall.share[place]
            name = part_words(level)
            if not np.isfinite(share).all():
                words.append(self.tr("{level} wrote nothing yet.").format(level=name))
                continue
            half = half_distance(recall.distances, share)
            told = self.tr("{level} keeps half for {count} tokens.") if half else ""
            told = told or self.tr("{level} still keeps more than half.")
            words.append(told.format(level=name, count=number(half or 0)))
            lines.append(Line(name, x, share, place, 0, ""))
            lines.append(Line("", x, recall.cosine[place], place, 1))
        self.draw(lines)
        self.setAccessibleDescription(" ".join(words))
        self.setToolTip(" ".join(words))
        return bool(lines)
