"""MobiusLayer: z -> (a z + b) / (c z + d) as a linear map of homogeneous coordinates (omega, pi).

Notable: no division, so there is no pole: omega' = a omega + b pi, pi' = c omega + d pi for each
channel, with ad - bc = 1 (SL(2,C)); then the twist gamma J, which turns orientation round; then
each channel gets back the length it came with. All of it but the last is real-linear, and lengths
commute with it, so K cycles with K different matrices are one 4 x 4 real matrix a channel, made
from the parameters alone: cycles cost nothing at run time and need no loop.
Shapes: x (..., W) as in `twistor`, C = W / 4 channels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from hope_core.ops.mobius import act

if TYPE_CHECKING:
    from hope_core.config.models.twistor import MobiusSettings

POLE = 1e-6
"""Added to |cz + d|^2 where the affine value is wanted, in float32."""
NARROW_POLE = 1e-3
"""The same for a half-precision z."""
SMALLEST_DETERMINANT = 1e-4


class MobiusLayer(nn.Module):
    """Z <- (M_k + gamma_k J) Z for each cycle k, then the length of each channel restored.

    Shapes: x (..., 4 C) -> (..., 4 C). Parameters: entries (cycles, 8, C): a, b, c, d, real parts
    before imaginary ones; coupling (cycles,) where there is a twist.
    """

    def __init__(self, width: int, settings: MobiusSettings) -> None:
        super().__init__()
        self.settings = settings
        self.entries = nn.Parameter(torch.empty(settings.cycles, 8, width // 4))
        if settings.antilinear:
            self.coupling = nn.Parameter(torch.empty(settings.cycles))

    def forward(self, x: Tensor) -> Tensor:
        """The twistors after all cycles."""
        return act(x, self.real_matrix())

    def matrices(self) -> Tensor:
        """The maps of all cycles, complex (cycles, 2, 2, C), each of determinant 1."""
        return normalised(complex_matrices(self.entries))

    def real_matrix(self) -> Tensor:
        """All cycles and their twists as one real matrix a channel, (4, 4, C)."""
        cycles = as_real(self.matrices())
        if self.settings.antilinear:
            twist = torch.tensor(TWIST, device=cycles.device, dtype=cycles.dtype)
            cycles = cycles + self.coupling[:, None, None, None] * twist[..., None]
        whole, *rest = cycles.unbind(0)
        for cycle in rest:
            whole = torch.einsum("ijc,jkc->ikc", cycle, whole)
        return whole

    def degeneracy(self) -> Tensor:
        """Mean (log |ad - bc|)^2 of the stored matrices: grows where a map collapses."""
        size = determinant(complex_matrices(self.entries)).abs()
        return size.clamp_min(SMALLEST_DETERMINANT).log().square().mean()

    def init_weights(self, generator: torch.Generator) -> None:
        """A = d = 1, b = c = 0, all plus normal noise of std 0.02; twists from weak to strong."""
        nn.init.normal_(self.entries, std=0.02, generator=generator)
        with torch.no_grad():
            self.entries[:, [0, 6]] += 1.0
            if self.settings.antilinear:
                cycles = self.settings.cycles
                shares = torch.arange(1, cycles + 1, device=self.coupling.device) / cycles
                self.coupling.copy_(self.settings.coupling * shares)


TWIST = ((0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, -1.0), (-1.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0))
"""J as a real matrix on (omega_re, omega_im, pi_re, pi_im)."""


def complex_matrices(entries: Tensor) -> Tensor:
    """Real numbers (..., 8, C) as complex matrices (..., 2, 2, C)."""
    shape = (*entries.shape[:-2], 2, 2, 2, entries.shape[-1])
    real, imaginary = entries.reshape(shape).unbind(-2)
    return torch.complex(real, imaginary)


def determinant(matrices: Tensor) -> Tensor:
    """Ad - bc of complex matrices (..., 2, 2, C): (..., C)."""
    a, b = matrices[..., 0, 0, :], matrices[..., 0, 1, :]
    c, d = matrices[..., 1, 0, :], matrices[..., 1, 1, :]
    return a * d - b * c


def normalised(matrices: Tensor) -> Tensor:
    """The same maps with ad - bc = 1; those of no determinant stay finite, with finite gradients.

    Divided by sqrt(|det|) and by half the angle of det, written without the singular root.
    """
    det = determinant(matrices)
    size = torch.sqrt(det.real.square() + det.imag.square() + SMALLEST_DETERMINANT**4)
    half = det / size + 1.0
    length = torch.sqrt(half.real.square() + half.imag.square() + SMALLEST_DETERMINANT**4)
    scale = half.conj() / (length * size.sqrt())
    same: Tensor = matrices * scale[..., None, None, :]
    return same


def as_real(matrices: Tensor) -> Tensor:
    """Complex matrices (..., 2, 2, C) as real ones (..., 4, 4, C) on real and imaginary parts."""
    real, imaginary = matrices.real, matrices.imag
    top = torch.stack([real, -imaginary], dim=-2)
    bottom = torch.stack([imaginary, real], dim=-2)
    whole = torch.stack([top, bottom], dim=-4)
    return whole.flatten(-5, -4).flatten(-3, -2)


def affine(z: Tensor, matrix: Tensor, *, pole: float | None = None) -> Tensor:
    """(a z + b) / (c z + d) of complex numbers, for charts: finite at the pole, in slope too.

    Args:
        z: complex numbers, any shape that goes with (C,).
        matrix: a, b, c, d as (2, 2, C).
        pole: added to |cz + d|^2; by default `POLE`, or `NARROW_POLE` for a half-precision z.
    """
    narrow = z.dtype == torch.complex32
    z = z.to(torch.promote_types(z.dtype, matrix.dtype))
    a, b, c, d = matrix.flatten(0, 1)
    above, below = a * z + b, c * z + d
    epsilon = (NARROW_POLE if narrow else POLE) if pole is None else pole
    value: Tensor = above * below.conj() / (below.real.square() + below.imag.square() + epsilon)
    return value
