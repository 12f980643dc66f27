"""SpinorEmbedding: tokens as twistors, turned by their place in the text.

Notable: the phase code multiplies instead of being added, omega_t <- omega_t e^(i t theta) and
pi_t <- pi_t e^(-i t theta). It keeps |omega|, |pi| and the product omega pi, and it knows no
longest text. One table alone stands for both halves: the other is its conjugate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from hope_core.config.models.twistor import SpinorSettings


class SpinorEmbedding(nn.Module):
    """One twistor a token.

    Shapes: tokens (B, T) int64 in [0, V), position (B,) int64 -> (B, T, W); a table is (V, W / 2):
    real parts, then imaginary parts. An id outside the table raises IndexError (torch's own).
    """

    def __init__(self, vocabulary: int, width: int, settings: SpinorSettings) -> None:
        super().__init__()
        self.settings = settings
        self.vocabulary = vocabulary
        self.width = width
        names = ("omega", "pi") if settings.tables == "both" else (settings.tables,)
        self.tables = nn.ParameterDict(
            {name: nn.Parameter(torch.empty(vocabulary, width // 2)) for name in names}
        )

    def forward(self, tokens: Tensor, position: Tensor | None = None) -> Tensor:
        """The twistors of the tokens; `position` counts those before the first, 0 if not given."""
        omega, pi = (nn.functional.embedding(tokens, table) for table in self._halves())
        if not self.settings.phase_code:
            return torch.cat([omega, pi], dim=-1)
        cosine, sine = self._phases(tokens, position)
        return torch.cat([_turned(omega, cosine, sine), _turned(pi, cosine, -sine)], dim=-1)

    def matrix(self) -> Tensor:
        """Each token's twistor before its turn, (V, W): for a tied output layer."""
        return torch.cat(self._halves(), dim=-1)

    def init_weights(self, generator: torch.Generator, *, scale: float) -> None:
        """Normal, std `scale`."""
        for table in self.tables.values():
            nn.init.normal_(table, std=scale, generator=generator)

    def _halves(self) -> tuple[Tensor, Tensor]:
        """The tables of omega and pi; a missing one is pi = -conj omega, or omega = conj pi."""
        if "pi" not in self.tables:
            omega = self.tables["omega"]
            real, imaginary = omega.chunk(2, dim=-1)
            return omega, torch.cat([-real, imaginary], dim=-1)
        pi = self.tables["pi"]
        if "omega" in self.tables:
            return self.tables["omega"], pi
        real, imaginary = pi.chunk(2, dim=-1)
        return torch.cat([real, -imaginary], dim=-1), pi

    def _phases(self, tokens: Tensor, position: Tensor | None) -> tuple[Tensor, Tensor]:
        """Cosine and sine of t theta, (B, T, W / 4); angles in float64, late texts stay exact."""
        channels, device = self.width // 4, tokens.device
        share = torch.arange(channels, dtype=torch.float64, device=device) / channels
        speeds = self.settings.fastest * self.settings.slowest**-share
        steps = torch.arange(tokens.shape[1], dtype=torch.float64, device=device)
        places = steps[None] if position is None else position[:, None] + steps
        angles = places[..., None] * speeds
        dtype = next(iter(self.tables.values())).dtype
        return angles.cos().to(dtype), angles.sin().to(dtype)


def _turned(half: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """The complex vectors (re, im) times cosine + i sine."""
    real, imaginary = half.chunk(2, dim=-1)
    turned = (real * cosine - imaginary * sine, real * sine + imaginary * cosine)
    return torch.cat(turned, dim=-1)
