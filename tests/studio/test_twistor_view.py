"""The slots' picture says how small they are kept and how wrong, where they are compressed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hope_core.analysis.probes import Probe, Twistors
from hope_studio.memory_views.twistor_view import TwistorView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("compressed", "words"),
    [
        (False, "What each slot holds after the text"),
        (True, "What each slot holds after the text; kept in 12 of 32 bytes, 2.5 % off"),
    ],
)
def test_slots_tell_what_their_compression_costs(
    qtbot: QtBot, compressed: bool, words: str
) -> None:
    found = Twistors(None, None, np.ones((2, 4), np.float32), None)
    if compressed:
        size, error = np.array([12.0]), np.array([0.025])
        found = replace(found, compression_bytes=size, compression_error=error)
    view = TwistorView()
    qtbot.addWidget(view)
    probe = Probe(norms=np.ones((1, 1)), surprise=None, gates={}, tokens=(), twistors=found)
    assert view.show_probe(probe)
    assert view.contents.accessibleName() == words
