"""MT-HOPE in the forms that its settings ask for beside the default ones.

Notable: `TwistorHope` and what it is made of know the default forms alone; another form takes a
part's place here, so that no change to it can move what was measured with the defaults. Parts that
are built on their own, `TwistorRecurrent` and `TwistorEncoder` among them, have the default forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hope_core.memories.twistor_chunks import ChunkedRecurrent
from hope_core.memories.twistor_recurrent import make_cell
from hope_core.memories.twistor_self_referential import SelfReferentialWeight
from hope_core.memories.twistor_untied_cell import UntiedTwistorCell
from hope_core.models.twistor_hope import TwistorHope
from hope_core.nn.train_scale import ScaledEvolution

if TYPE_CHECKING:
    from torch import nn

    from hope_core.config.models.twistor import TwistorSettings
    from hope_core.memories.contract import Memory
    from hope_core.memories.twistor_recurrent import TwistorBlock


def twistor_hope(settings: TwistorSettings, vocabulary: int) -> TwistorHope:
    """The model of these settings, without weights yet."""
    recurrence, modification = settings.recurrence, settings.self_modification
    forms = (
        recurrence.gates == "untied",
        recurrence.warm_up > 0,
        recurrence.connector,
        modification.self_referential,
        modification.train_scale > 0.0,
    )
    kind = FormedTwistorHope if any(forms) else TwistorHope
    return kind(settings, vocabulary)


class FormedTwistorHope(TwistorHope):
    """MT-HOPE with other forms of its parts; all else is as in the class that it stands on.

    Shapes: tokens (B, T) int64 -> logits (B, T, V).
    """

    def __init__(self, settings: TwistorSettings, vocabulary: int) -> None:
        super().__init__(settings, vocabulary)
        cells = [_cell(settings) for _ in range(settings.layers)]
        if settings.recurrence.warm_up or settings.recurrence.connector:
            self.recurrent = ChunkedRecurrent(settings, cells)
        else:
            for block, cell in zip(self.recurrent.blocks, cells, strict=True):
                cast("TwistorBlock", block).cell = cell
        if settings.self_modification.self_referential:
            self.fast_weight = SelfReferentialWeight(
                settings.width // 2,
                heads=settings.heads,
                convolution=settings.convolution,
                settings=settings.self_modification,
            )
        if settings.self_modification.train_scale:
            last = cast("TwistorBlock", self.recurrent.blocks[-1])
            scaled = ScaledEvolution(last.evolution, settings.self_modification.train_scale)
            last.evolution = scaled  # type: ignore[assignment]

    def acting_later(self, length: int) -> tuple[nn.Parameter, ...]:
        """The connectors' of chunks, in texts that have but one."""
        return self.recurrent.acting_later(length)


def _cell(settings: TwistorSettings) -> Memory:
    """The cell of these settings."""
    if settings.recurrence.gates == "tied":
        return make_cell(settings)
    sequential = settings.recurrence.mode == "sequential"
    return UntiedTwistorCell(
        settings.width,
        channels=settings.state_channels,
        heads=settings.heads,
        convolution=settings.convolution,
        mobius=settings.mobius,
        backend="reference" if sequential else "auto",
    )
