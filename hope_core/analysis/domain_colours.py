"""Domain colouring of a Moebius map: each place has the colour of where the map takes it.

The hue is the angle of f(z); it is dark where f(z) is near 0 and bright where it is near infinity;
each doubling of |f(z)| begins a new band.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.analysis.moebius import moved

if TYPE_CHECKING:
    import numpy.typing as npt

SIDE = 256
"""Pixels of a picture from the bottom to the top."""
THIRDS = np.array([0.0, 2.0, 4.0]) * np.pi / 3.0
BAND = 0.22
"""How much darker a band begins than it ends."""


def plane_colours(matrix: npt.NDArray[Any], across: float, up: float) -> npt.NDArray[np.uint8]:
    """The plane from -across to across and from -up to up: red, green, blue and opacity.

    Shapes: (SIDE, SIDE * across / up, 4); rows go from the bottom to the top.
    """
    real, imaginary = _middles(-across, across, round(SIDE * across / up)), _middles(-up, up, SIDE)
    return _coloured(matrix, real + 1j * imaginary[:, None])


def disc_colours(matrix: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Both halves of the sphere as `moebius.on_discs` lays them out: (SIDE, 2 * SIDE, 4).

    From -2.2 to 2.2 and from -1.1 to 1.1; nothing is drawn outside of the discs.
    """
    across, up = _middles(-2.2, 2.2, 2 * SIDE), _middles(-1.1, 1.1, SIDE)
    places = across + 1j * up[:, None]
    upper = places.real > 0
    flat = np.where(upper, np.conj(places - 1.1), places + 1.1)
    inside = np.abs(flat) <= 1.0
    depth = np.sqrt(np.where(inside, 1.0 - np.abs(flat) ** 2, 0.0))
    bottom = 1.0 - np.where(upper, depth, -depth)
    pole = bottom == 0
    z = np.where(pole, complex(np.inf, 0.0), flat / np.where(pole, 1.0, bottom))
    picture = _coloured(matrix, z)
    picture[~inside, 3] = 0
    return picture


def _middles(low: float, high: float, count: int) -> npt.NDArray[np.float64]:
    """The middles of so many pixels between two edges."""
    edges = np.linspace(low, high, count + 1)
    return np.asarray((edges[1:] + edges[:-1]) / 2.0, np.float64)


def _coloured(matrix: npt.NDArray[Any], z: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    image = moved(matrix, z.reshape(-1)).reshape(z.shape)
    far = ~np.isfinite(image)
    near = np.where(far, 1.0, image)
    size = np.abs(near)
    share = np.where(far, 1.0, size**2 / (1.0 + size**2))
    with np.errstate(divide="ignore"):
        doublings = np.log2(size)
    band = np.where(np.isfinite(doublings) & ~far, doublings - np.floor(doublings), 1.0)
    hue = 0.5 + 0.5 * np.cos(np.angle(near)[..., None] - THIRDS)
    light = share[..., None]
    colour = np.where(light < 0.5, 2.0 * light * hue, hue + (2.0 * light - 1.0) * (1.0 - hue))
    colour *= (1.0 - BAND + BAND * band)[..., None]
    opaque = np.ones((*z.shape, 1))
    picture = np.concatenate([colour, opaque], axis=-1)
    return np.asarray(np.round(255.0 * picture), np.uint8)
