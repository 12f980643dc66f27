"""Domain colouring: hues are angles, dark is zero, bright is infinity."""

from __future__ import annotations

import colorsys

import numpy as np
import pytest

from hope_core.analysis.domain_colours import SIDE, disc_colours, plane_colours

IDENTITY = np.eye(2, dtype=complex)
INVERSION = np.array([[0, 1j], [1j, 0]])
"""z -> 1 / z."""


def at(picture: np.ndarray, across: float, up: float, z: complex) -> np.ndarray:
    rows, columns = picture.shape[:2]
    row = int((z.imag + up) / (2 * up) * rows)
    column = int((z.real + across) / (2 * across) * columns)
    return picture[row, column]


def hue(colour: np.ndarray) -> float:
    red, green, blue = (float(value) / 255 for value in colour[:3])
    return 360 * colorsys.rgb_to_hls(red, green, blue)[0]


def brightness(colour: np.ndarray) -> float:
    return float(colour[:3].mean())


def test_hue_is_the_angle_of_where_a_place_goes() -> None:
    picture = plane_colours(IDENTITY, 2.0, 2.0)
    for degrees in (0, 120, 240):
        z = 0.9 * np.exp(1j * np.radians(degrees))
        assert abs((hue(at(picture, 2, 2, z)) - degrees + 180) % 360 - 180) < 6
    turned = plane_colours(np.diag(np.exp([1j * np.pi / 3, -1j * np.pi / 3])), 2.0, 2.0)
    assert abs(hue(at(turned, 2, 2, 0.9)) - 120) < 6


def test_zero_is_dark_and_infinity_bright() -> None:
    same, inverse = (plane_colours(map_, 2.0, 2.0) for map_ in (IDENTITY, INVERSION))
    assert brightness(at(same, 2, 2, 0.02)) < 10
    assert brightness(at(inverse, 2, 2, 0.02)) > 190
    assert brightness(at(same, 2, 2, 1.9)) > brightness(at(same, 2, 2, 0.3))


def test_each_doubling_begins_a_new_band() -> None:
    picture = plane_colours(IDENTITY, 2.0, 2.0)
    assert brightness(at(picture, 2, 2, 0.97)) > brightness(at(picture, 2, 2, 1.03)) + 10


def test_picture_is_as_wide_as_asked_for_and_opaque() -> None:
    picture = plane_colours(IDENTITY, 5.2, 2.6)
    assert picture.shape == (SIDE, 2 * SIDE, 4)
    assert (picture[..., 3] == 255).all()


def test_discs_hold_both_halves_of_the_sphere() -> None:
    picture = disc_colours(IDENTITY)
    assert picture.shape == (SIDE, 2 * SIDE, 4)
    assert brightness(at(picture, 2.2, 1.1, -1.1)) < 10  # 0, in the middle of the left one
    assert brightness(at(picture, 2.2, 1.1, 1.1)) > 190  # infinity
    assert at(picture, 2.2, 1.1, 0.0)[3] == 0
    assert at(picture, 2.2, 1.1, -1.1 + 0.9j)[3] == 255


@pytest.mark.parametrize("z", [0.5 + 0.5j, -0.3j])
def test_disc_and_plane_agree(z: complex) -> None:
    place = 2 * z / (1 + abs(z) ** 2) - 1.1
    from_disc = at(disc_colours(IDENTITY), 2.2, 1.1, place)
    assert abs(hue(from_disc) - hue(at(plane_colours(IDENTITY, 2, 2), 2, 2, z))) < 4
