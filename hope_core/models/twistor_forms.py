"""MT-HOPE in the forms that its settings ask for beside the default ones.

Notable: `TwistorHope` and what it is made of know the default forms alone; another form takes a
part's place here, so that no change to it can move what was measured with the defaults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hope_core.memories.twistor_untied_cell import UntiedTwistorCell
from hope_core.models.twistor_hope import TwistorHope

if TYPE_CHECKING:
    from hope_core.config.models.twistor import TwistorSettings
    from hope_core.memories.twistor_recurrent import TwistorBlock


def twistor_hope(settings: TwistorSettings, vocabulary: int) -> TwistorHope:
    """The model of these settings, without weights yet."""
    model = TwistorHope(settings, vocabulary)
    if settings.recurrence.gates == "untied":
        for block in model.recurrent.blocks:
            cast("TwistorBlock", block).cell = untied_cell(settings)
    return model


def untied_cell(settings: TwistorSettings) -> UntiedTwistorCell:
    """The cell of these settings whose omega and pi have gates of their own."""
    sequential = settings.recurrence.mode == "sequential"
    return UntiedTwistorCell(
        settings.width,
        channels=settings.state_channels,
        heads=settings.heads,
        convolution=settings.convolution,
        mobius=settings.mobius,
        backend="reference" if sequential else "auto",
    )
