"""Moebius maps z -> (a z + b) / (c z + d) of the Riemann sphere: what a picture of one shows.

A map is a complex (2, 2) matrix of determinant 1 (SL(2, C)); z = p / q is the line through (p, q),
so that infinity (q = 0) is a point as any other. Complex infinity is written `inf + 0j`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Points = npt.NDArray[np.complex128]

Kind = Literal["identity", "parabolic", "elliptic", "hyperbolic", "loxodromic"]

TOLERANCE = 1e-3
"""How near to a class a learned map must be to count as one of it."""
CIRCLES, RAYS, SAMPLES = 16, 24, 128
"""Lines of the polar grid, and points on each."""
ORBIT = 64
"""Steps of the path of one point."""


class Portrait(NamedTuple):
    """What tells a map from others.

    attracting, repelling: its fixed points, maybe infinite; equal for a parabolic map. multiplier:
    the map's derivative at the attracting one, of length at most 1.
    """

    attracting: complex
    repelling: complex
    multiplier: complex
    kind: Kind


def whole_map(cycles: npt.NDArray[Any]) -> Points:
    """All cycles one after the other as one matrix (2, 2) of determinant 1.

    Shapes: cycles (cycles, 2, 2), the first acts first.
    """
    whole = np.eye(2, dtype=np.complex128)
    for cycle in cycles:
        whole = cycle @ whole
    root = np.sqrt(np.linalg.det(whole).astype(np.complex128))
    return np.asarray(whole / root if root != 0 else whole, np.complex128)


def portrait(matrix: npt.NDArray[Any]) -> Portrait:
    """Fixed points, multiplier and class of a map (2, 2) of determinant 1."""
    values, vectors = np.linalg.eig(matrix.astype(np.complex128))
    strong, weak = (1, 0) if abs(values[1]) > abs(values[0]) else (0, 1)
    multiplier = complex(values[weak] / values[strong])
    kind = _kind(matrix, multiplier)
    attracting = _point(vectors[:, strong])
    repelling = attracting if kind == "parabolic" else _point(vectors[:, weak])
    return Portrait(attracting, repelling, multiplier, kind)


def moved(matrix: npt.NDArray[Any], points: npt.NDArray[Any]) -> Points:
    """Where a map takes points (N,), infinity among them."""
    z = np.asarray(points, np.complex128)
    far = ~np.isfinite(z)
    (a, b), (c, d) = matrix
    near = np.where(far, 0.0, z)
    top = np.where(far, a, a * near + b)
    bottom = np.where(far, c, c * near + d)
    pole = bottom == 0
    image = top / np.where(pole, 1.0, bottom)
    return np.where(pole, complex(np.inf, 0.0), image)


def grid_image(matrix: npt.NDArray[Any], *, radius: float = 2.0) -> Points:
    """The image of a polar grid as one line, its parts divided by NaN.

    Shapes: ((CIRCLES + RAYS) * (SAMPLES + 1),). `radius` is that of the outermost circle.
    """
    angles = np.linspace(0.0, 2 * np.pi, SAMPLES)
    radii = np.linspace(radius / CIRCLES, radius, CIRCLES)
    circles = radii[:, None] * np.exp(1j * angles)
    turns = np.exp(2j * np.pi * np.arange(RAYS) / RAYS)
    rays = turns[:, None] * np.linspace(0.0, radius, SAMPLES)
    lines = moved(matrix, np.concatenate([circles, rays]).reshape(-1)).reshape(-1, SAMPLES)
    gap = np.full((len(lines), 1), np.nan + 0j)
    return np.concatenate([lines, gap], axis=1).reshape(-1)


def orbit(matrix: npt.NDArray[Any], seed: complex, *, steps: int = ORBIT) -> Points:
    """A point and where it goes: (steps + 1,)."""
    path = np.empty(steps + 1, np.complex128)
    path[0] = seed
    for step in range(steps):
        path[step + 1] = moved(matrix, path[step : step + 1])[0]
    return path


def on_sphere(points: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """Stereographic: x, y and height (N, 3) on the unit sphere; 0 is the south pole."""
    z = np.asarray(points, np.complex128)
    far = np.isinf(z.real) | np.isinf(z.imag)
    near = np.where(far, 0.0, z)
    size = np.abs(near) ** 2
    sphere: npt.NDArray[np.float64]
    sphere = np.stack([2 * near.real, 2 * near.imag, size - 1], axis=-1) / (1 + size)[..., None]
    sphere[far] = (0.0, 0.0, 1.0)
    return sphere


def clipped(points: npt.NDArray[Any], limit: float) -> tuple[Points, Points]:
    """Points with NaN where they lie beyond a circle of radius `limit`, and where those left it.

    Returns:
        The points (N,), and for each infinite or far one its direction, of length 1, (M,);
        infinity itself lies to the right.
    """
    z = np.asarray(points, np.complex128)
    known = ~np.isnan(z)
    infinite = known & ~np.isfinite(z)
    with np.errstate(invalid="ignore"):
        far = infinite | (known & (np.abs(z) > limit))
    with np.errstate(invalid="ignore", divide="ignore"):
        directions = np.where(infinite, 1.0, z / np.abs(z))[far]
    return np.where(far, np.nan + 0j, z), directions


def _kind(matrix: npt.NDArray[Any], multiplier: complex) -> Kind:
    unit = np.eye(2)
    if min(np.abs(matrix - unit).max(), np.abs(matrix + unit).max()) <= TOLERANCE:
        return "identity"
    if abs(multiplier - 1.0) <= TOLERANCE:
        return "parabolic"
    if abs(np.log(abs(multiplier))) <= TOLERANCE:
        return "elliptic"
    return "hyperbolic" if abs(np.angle(multiplier)) <= TOLERANCE else "loxodromic"


def _point(line: npt.NDArray[Any]) -> complex:
    p, q = complex(line[0]), complex(line[1])
    return p / q if abs(q) > 1e-12 * abs(p) else complex(np.inf, 0.0)


def on_discs(points: npt.NDArray[Any], *, line: bool = True) -> Points:
    """The sphere seen from below and from above, side by side: x + i y of each point (N,).

    The left disc, around -1.1, holds |z| <= 1, the right one, around 1.1, what lies further out,
    turned so that infinity is its middle. A line is broken where it passes from one to the other.
    """
    z = np.asarray(points, np.complex128)
    sphere = on_sphere(z)
    flat = sphere[..., 0] + 1j * sphere[..., 1]
    upper = sphere[..., 2] > 0
    placed = np.where(upper, np.conj(flat) + 1.1, flat - 1.1)
    crossing = np.zeros(len(z), bool)
    crossing[1:] = line & (upper[1:] != upper[:-1])
    return np.where(np.isnan(z) | crossing, np.nan + 0j, placed)
