"""Moebius maps of each class, their fixed points, and the sphere they act on."""

from __future__ import annotations

import numpy as np
import pytest

from hope_core.analysis.moebius import (
    CIRCLES,
    RAYS,
    SAMPLES,
    clipped,
    grid_image,
    moved,
    on_sphere,
    orbit,
    portrait,
    whole_map,
)


def diagonal(multiplier: complex) -> np.ndarray:
    root = np.sqrt(complex(multiplier))
    return np.array([[root, 0], [0, 1 / root]])


@pytest.mark.parametrize(
    ("matrix", "kind"),
    [
        (np.eye(2), "identity"),
        (-np.eye(2), "identity"),
        (np.array([[1, 1], [0, 1]]), "parabolic"),
        (diagonal(np.exp(0.7j)), "elliptic"),
        (diagonal(0.25), "hyperbolic"),
        (diagonal(0.5 * np.exp(1j)), "loxodromic"),
    ],
)
def test_class_of_a_known_map(matrix: np.ndarray, kind: str) -> None:
    turned = np.array([[2, 1], [1, 1]])
    assert portrait(matrix).kind == kind
    assert portrait(turned @ matrix @ np.linalg.inv(turned)).kind == kind


def test_multiplier_is_the_slope_at_the_attracting_fixed_point() -> None:
    found = portrait(diagonal(0.5 * np.exp(1j)))
    assert found.attracting == 0
    assert np.isinf(found.repelling)
    assert found.multiplier == pytest.approx(0.5 * np.exp(1j))


def test_fixed_points_stay_and_the_orbit_ends_at_the_attracting_one() -> None:
    shift = np.array([[1, 2 + 1j], [1, 3 + 1j]])
    matrix = shift @ diagonal(0.3j) @ np.linalg.inv(shift)
    found = portrait(matrix)
    both = np.array([found.attracting, found.repelling])
    np.testing.assert_allclose(moved(matrix, both), both)
    assert orbit(matrix, 5 + 2j)[-1] == pytest.approx(found.attracting)


def test_parabolic_map_has_one_fixed_point() -> None:
    found = portrait(np.array([[2, 1], [-1, 0]], complex))
    assert found.attracting == found.repelling == pytest.approx(-1, abs=1e-6)


def test_pole_goes_to_infinity_and_infinity_to_a_over_c() -> None:
    matrix = np.array([[1, 2], [1, 3]])
    image = moved(matrix, np.array([-3.0, np.inf]))
    assert np.isinf(image[0])
    assert image[1] == 1


def test_cycles_act_one_after_the_other_with_determinant_one() -> None:
    first, second = np.array([[2, 0], [0, 0.5]]), np.array([[1, 1], [0, 1]])
    whole = whole_map(np.stack([first, 3 * second]).astype(complex))
    assert np.linalg.det(whole) == pytest.approx(1)
    assert moved(whole, np.array([1.0]))[0] == pytest.approx(5)


def test_grid_is_one_line_of_parts() -> None:
    image = grid_image(np.eye(2))
    assert image.shape == ((CIRCLES + RAYS) * (SAMPLES + 1),)
    assert np.isnan(image).sum() == CIRCLES + RAYS
    assert np.nanmax(np.abs(image)) == pytest.approx(2)


def test_sphere_keeps_infinity_and_the_unit_circle_is_its_equator() -> None:
    sphere = on_sphere(np.array([0, np.inf, 1, 1j, -2 + 3j]))
    np.testing.assert_allclose(sphere[:4], [[0, 0, -1], [0, 0, 1], [1, 0, 0], [0, 1, 0]])
    np.testing.assert_allclose(np.linalg.norm(sphere, axis=1), 1)


def test_far_points_are_cut_and_their_directions_told() -> None:
    near, directions = clipped(np.array([1 + 1j, 30j, np.inf, np.nan]), 10)
    assert near[0] == 1 + 1j
    assert np.isnan(near[1:]).all()
    np.testing.assert_allclose(directions, [1j, 1])
