"""The pictures of deeper looks, one by one, and the strip that plays them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from hope_core.analysis.deep_looks import DeepLook, RecallCurves
from hope_core.analysis.probes import Probe, Twistors
from hope_core.analysis.spread import BINS
from hope_studio.memory_views.figure_export import content_of, image_of, tables_of
from hope_studio.memory_views.matrix_view import MatrixView
from hope_studio.memory_views.plane_view import PlaneView
from hope_studio.memory_views.recall_view import RecallView
from hope_studio.memory_views.scrubber import FRAME_MS, STILL_MS, Scrubber
from hope_studio.memory_views.spread_view import SpreadView
from hope_studio.memory_views.twistor_view import TwistorView
from hope_studio.widgets.gate_strips import GateStrips
from hope_studio.widgets.surprise_ribbon import SurpriseRibbon

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NUMBERS = np.random.default_rng(0)
STEPS = np.array([10.0, 60.0])


def deep_look() -> DeepLook:
    distances = np.array([0, 1, 2, 4])
    share = np.array([[1.0, 0.4, 0.2, 0.1], [1.0, 0.9, 0.8, 0.7], [np.nan] * 4])
    levels = ("slot 1", "continuum 2", "memory")
    matrices = NUMBERS.random((2, 3, 8, 4)).astype(np.float16)
    return DeepLook(
        step=60,
        matrices=matrices,
        before=matrices / 2,
        singular_values=np.sort(NUMBERS.random((2, 3, 4)))[..., ::-1].astype(np.float16),
        surprise_again=np.full((2, 6), 0.75, np.float32),
        recall=RecallCurves(60, levels, distances, share, share),
        trails={
            "z": (STEPS, NUMBERS.normal(size=(2, 2, 3, 2))),
            "slot_norm": (STEPS, np.array([[1.0, 2.0], [3.0, 4.0]])),
        },
    )


def spread_look(*, gradients: bool = True) -> DeepLook:
    shares = np.zeros((2, 2, BINS), np.float16)
    shares[0, :, 20], shares[1, :, 24] = 1.0, 1.0
    trails = {"weight_spread": (STEPS, shares)}
    if gradients:
        trails["gradient_spread"] = (STEPS, shares[:, ::-1] * np.array([[[0.0]], [[1.0]]]))
    return DeepLook(step=60, parts=("embedding", "blocks.0"), trails=trails)


def test_sizes_of_weights_are_shown_part_by_part(qtbot: QtBot) -> None:
    view = SpreadView()
    qtbot.addWidget(view)
    assert not view.show_deep(deep_look())
    assert view.show_deep(spread_look())
    assert [view.part.itemText(place) for place in range(2)] == ["embedding", "Block 1"]
    view.part.setCurrentIndex(1)
    image = view.map.image.image
    assert image.argmax(0)[0] - image.argmax(0)[-1] == 4
    assert "step 60" in view.words.text()
    assert "Block 1" in view.accessibleDescription()


def test_gradients_that_were_not_measured_are_told(qtbot: QtBot) -> None:
    view = SpreadView()
    qtbot.addWidget(view)
    view.show_deep(spread_look(gradients=False))
    view.kind.setCurrentIndex(1)
    assert view.map.isHidden()
    assert "not measured" in view.words.text()


def probe(*, multiplier: complex = 0.25, twistors: bool = True) -> Probe:
    root = np.sqrt(complex(multiplier))
    maps = np.zeros((2, 1, 2, 2, 5), complex)
    maps[:, 0, 0, 0], maps[:, 0, 1, 1] = root, 1 / root
    gates = {name: np.full((2, 3, 6), 0.5, np.float32) for name in ("theta", "eta", "alpha")}
    found = Twistors(
        maps, NUMBERS.normal(size=(2, 6)), NUMBERS.normal(size=(2, 4)), np.ones((2, 6))
    )
    return Probe(
        norms=np.ones((2, 3)),
        surprise=np.ones((2, 6), np.float32),
        gates=gates,
        tokens=tuple("abcdef"),
        twistors=found if twistors else None,
    )


def test_a_twistor_cell_has_a_turn_where_others_have_momentum(qtbot: QtBot) -> None:
    strips = GateStrips()
    qtbot.addWidget(strips)
    name = strips.rows["eta"][0]
    assert strips.show_probe(probe(twistors=False))
    assert name.text() == "Momentum η"
    assert strips.show_probe(probe())
    assert name.text() == "Turn φ (radians)"


def test_matrix_of_the_chosen_head_is_drawn(qtbot: QtBot) -> None:
    view, look = MatrixView(), deep_look()
    qtbot.addWidget(view)
    assert view.show_deep(look)
    view.select(4)
    assert look.matrices is not None
    np.testing.assert_array_equal(view.entries.image.image, look.matrices[1, 1].astype(np.float32))
    assert "Layer 2, head 2" in view.words.text()


def test_space_held_shows_the_difference_to_the_look_before(qtbot: QtBot) -> None:
    view = MatrixView()
    qtbot.addWidget(view)
    view.show_deep(deep_look())
    QTest.keyPress(view, Qt.Key.Key_Space)
    assert view.moved.isVisibleTo(view)
    assert not view.entries.isVisibleTo(view)
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert view.entries.isVisibleTo(view)


def test_recall_says_how_long_each_level_keeps_half(qtbot: QtBot) -> None:
    view = RecallView()
    qtbot.addWidget(view)
    assert view.show_deep(deep_look())
    said = view.accessibleDescription()
    assert "Slot 1 keeps half for 1 tokens." in said
    assert "Level 2 still keeps more than half." in said
    assert "Memory wrote nothing yet." in said
    assert [line.name for line in view.lines if line.name] == ["Slot 1", "Level 2"]


def test_matrix_is_as_fine_as_it_was_kept(qtbot: QtBot) -> None:
    view = MatrixView()
    qtbot.addWidget(view)
    coarse = replace(deep_look(), sides=(32, 16))
    assert view.show_deep(coarse)
    assert "Each square stands for 4 × 4 entries of 32 × 16." in view.words.text()
    finest = NUMBERS.random((2, 3, 32, 16)).astype(np.float16)
    assert view.show_deep(replace(coarse, finest=finest))
    np.testing.assert_array_equal(view.entries.image.image, finest[0, 0].astype(np.float32))
    assert "Each square" not in view.words.text()
    view.difference.setChecked(True)  # the look before is there in coarse alone
    assert view.moved.image.image.shape == (8, 4)
    assert view.show_deep(replace(coarse, finest=finest, finest_before=finest / 2))
    assert view.moved.image.image.shape == (32, 16)


@pytest.mark.parametrize(
    ("multiplier", "words"),
    [(1.0, "identity"), (0.25, "Hyperbolic"), (np.exp(1j), "Elliptic"), (0.5j, "Loxodromic")],
)
def test_plane_names_the_class_of_the_map(qtbot: QtBot, multiplier: complex, words: str) -> None:
    view = PlaneView()
    qtbot.addWidget(view)
    assert view.show_probe(probe(multiplier=multiplier))
    assert words in view.words.text()
    assert words in view.accessibleDescription()


def test_dragged_seed_moves_the_path(qtbot: QtBot) -> None:
    view = PlaneView()
    qtbot.addWidget(view)
    view.show_probe(probe())
    view.plane.seed.setPos(2.0, -1.0)
    x, y = view.plane.path[0].getData()
    assert (x[0], y[0]) == (2.0, -1.0)


def test_sphere_keeps_the_fixed_point_at_infinity_in_sight(qtbot: QtBot) -> None:
    view = PlaneView()
    qtbot.addWidget(view)
    view.show_probe(probe())
    assert len(view.plane.fixed.data) == 1
    assert len(view.plane.edge.data) >= 1
    assert "Triangles" in view.words.text()
    view.sphere.setChecked(True)
    assert "right: the half around infinity" in view.words.text()
    assert "Triangles" not in view.words.text()
    assert len(view.plane.fixed.data) == 2
    assert not view.plane.seed.isVisible()


def test_domain_colours_are_drawn_on_demand_and_follow_the_choice(qtbot: QtBot) -> None:
    view = PlaneView()
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    view.show_probe(probe())
    picture = view.plane.colours
    assert not picture.isVisible()
    view.colours.setChecked(True)
    qtbot.waitUntil(picture.isVisible)
    plane = picture.image
    assert plane.shape[1] > plane.shape[0]  # as wide as the view
    assert picture.mapRectToParent(picture.boundingRect()).right() >= view.plane.across
    view.sphere.setChecked(True)
    qtbot.waitUntil(lambda: picture.image.shape == (256, 512, 4))
    view.colours.setChecked(False)
    assert not picture.isVisible()


def test_trail_has_a_dot_for_each_head_and_look(qtbot: QtBot) -> None:
    view = PlaneView()
    qtbot.addWidget(view)
    view.show_probe(probe())
    assert view.show_deep(deep_look())
    assert len(view.plane.trail.data) == 2 * 2 * 3


def test_model_without_twistors_has_neither_plane_nor_slots(qtbot: QtBot) -> None:
    plane, slots = PlaneView(), TwistorView()
    for view in (plane, slots):
        qtbot.addWidget(view)
        assert not view.show_probe(probe(twistors=False))


def test_slots_are_shown_over_text_and_training(qtbot: QtBot) -> None:
    view = TwistorView()
    qtbot.addWidget(view)
    assert view.show_probe(probe())
    assert view.show_deep(deep_look())
    assert view.contents.image.image.shape == (2, 4)
    assert [line.y.tolist() for line in view.sizes.lines] == [[1.0, 3.0], [2.0, 4.0]]
    assert "Mean helicity" in view.accessibleDescription()


def test_second_reading_is_one_number(qtbot: QtBot) -> None:
    view = SurpriseRibbon()
    qtbot.addWidget(view)
    view.show_probe(probe(twistors=False))
    view.show_deep(deep_look())
    assert "second reading 25 % less surprised" in view.mean.text()


def test_accumulated_surprise_is_what_momentum_carries(qtbot: QtBot) -> None:
    view = SurpriseRibbon()
    qtbot.addWidget(view)
    view.show_probe(probe(twistors=False))
    view.accumulated.setChecked(True)
    np.testing.assert_allclose(view.lines.lines[0].y, 1 - 0.5 ** np.arange(1, 7))


def test_replay_goes_from_the_first_look_to_the_last(qtbot: QtBot) -> None:
    strip = Scrubber()
    qtbot.addWidget(strip)
    strip.show()
    strip.follow.setChecked(True)
    strip.set_looks(3)
    seen: list[int] = []
    strip.moved.connect(seen.append)
    strip.play.click()
    assert strip._film.interval() in (FRAME_MS, STILL_MS)
    strip._film.setInterval(1)
    qtbot.waitUntil(lambda: not strip.play.isChecked())
    assert seen == [0, 1, 2]
    assert not strip.follow.isChecked()


def test_hand_on_the_slider_ends_replay_and_following(qtbot: QtBot) -> None:
    strip = Scrubber()
    qtbot.addWidget(strip)
    strip.show()
    strip.set_looks(9)
    strip.play.click()
    strip.slider.sliderPressed.emit()
    assert not strip.play.isChecked()
    assert not strip.follow.isChecked()


def test_pictures_are_taken_along_with_all_their_numbers(qtbot: QtBot) -> None:
    view = RecallView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show_deep(deep_look())
    table = content_of(view, "csv").decode().splitlines()
    assert table[0] == "curve,x,value"
    assert "Slot 1,4.0,0.1".replace("4.0", "4") in table
    assert content_of(view, "svg").startswith(b"<?xml")
    assert content_of(view, "png").startswith(b"\x89PNG")
    assert image_of(view).width() == 600


def test_heat_maps_give_a_curve_a_row(qtbot: QtBot) -> None:
    view = MatrixView()
    qtbot.addWidget(view)
    view.show_deep(deep_look())
    assert sum(table.name.startswith("Size of the entries") for table in tables_of(view)) == 8
