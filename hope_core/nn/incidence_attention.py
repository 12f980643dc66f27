"""IncidenceAttention: attention whose scores add the Hermitian product of omega with pi.

Notable: MT-HOPE has no attention; this is the document's component on its own, to be tried and left
out. The public code splits heads after a free projection, where the extra term adds nothing; here
omega and pi are projected apart, so the term means something. The score is one dot product of
longer vectors, so torch's fused attention computes it.
Shapes: B batch, T time, H heads, W width, K = W / H.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.twistor import parts

FIRST_SHARE = 0.1
"""How much the incidence counts before training."""


class IncidenceAttention(nn.Module):
    """s_ij = (<q_i, k_j> + m Phi_ij) / sqrt(K),  Phi_ij = Re(<omega_i, pi_j> + <pi_i, omega_j>).

    <a, b> = sum a conj(b) over a head's channels; m is learned, one number a head.
    Shapes: x (B, T, W) -> (B, T, W); allowed (B, T, T) bool, where a row of nothing answers zeros.
    """

    def __init__(self, width: int, *, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.project = Linear(width, 3 * width)
        self.omega = Linear(width // 2, width // 2)
        self.pi = Linear(width // 2, width // 2)
        self.share = nn.Parameter(torch.empty(heads))
        self.output = Linear(width, width)

    def forward(self, x: Tensor, allowed: Tensor | None = None, *, causal: bool = True) -> Tensor:
        """The attended tokens.

        Args:
            x: twistors [omega | pi].
            allowed: who may look at whom; replaces `causal` where it is given.
            causal: whether each token sees only those before it and itself.
        """
        q, k, v = (self._heads(part) for part in self.project(x).chunk(3, dim=-1))
        first, second = self._incidence(x)
        q = torch.cat([q, self.share.to(q.dtype)[:, None, None] * first], dim=-1)
        k = torch.cat([k, second], dim=-1)
        scale = v.shape[-1] ** -0.5
        if allowed is None:
            y = scaled_dot_product_attention(q, k, v, is_causal=causal, scale=scale)
        else:
            y = _masked(q, k, v, allowed[:, None], scale)
        answer: Tensor = self.output(y.transpose(1, 2).flatten(2))
        return answer

    def scores(self, x: Tensor) -> Tensor:
        """Every s_ij by the formula as it is written, (B, H, T, T): the measure of `forward`."""
        q, k, _ = (self._heads(part) for part in self.project(x).chunk(3, dim=-1))
        omega, pi = (_complex(self._heads(half)) for half in self._halves(x))
        both = omega @ pi.mH + pi @ omega.mH
        incidence = self.share[:, None, None] * both.real
        scores: Tensor = (q @ k.mT + incidence) * q.shape[-1] ** -0.5
        return scores

    def init_weights(self, generator: torch.Generator) -> None:
        """Matrices normal, std inputs^-1/2; every share 0.1."""
        for layer in (self.project, self.omega, self.pi, self.output):
            init_linear(layer, generator)
        nn.init.constant_(self.share, FIRST_SHARE)

    def _halves(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Omega and pi after their projections, (B, T, W / 2) each."""
        omega, pi = x.chunk(2, dim=-1)
        return self.omega(omega), self.pi(pi)

    def _incidence(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """[omega; pi] and [pi; omega] by heads: their dot product is Phi."""
        omega, pi = (self._heads(half) for half in self._halves(x))
        return torch.cat([omega, pi], dim=-1), torch.cat([pi, omega], dim=-1)

    def _heads(self, x: Tensor) -> Tensor:
        """(B, T, C) as (B, H, T, C / H)."""
        return x.view(*x.shape[:2], self.heads, -1).transpose(1, 2)


def phase_bias(x: Tensor, y: Tensor) -> Tensor:
    """Arg <omega_i, pi_j> of tokens x against tokens y, (B, T, W) each -> (B, T, T), radians."""
    omega_re, omega_im, _, _ = parts(x)
    _, _, pi_re, pi_im = parts(y)
    product = torch.complex(omega_re, omega_im) @ torch.complex(pi_re, pi_im).mH
    return torch.atan2(product.imag, product.real + 1e-12)


def _complex(half: Tensor) -> Tensor:
    """A head's (.., C) reals as C / 2 complex numbers, first half real."""
    real, imaginary = half.chunk(2, dim=-1)
    return torch.complex(real, imaginary)


def _masked(q: Tensor, k: Tensor, v: Tensor, allowed: Tensor, scale: float) -> Tensor:
    """Attention under a mask with finite numbers; a row that may see nothing answers zeros."""
    bias = torch.zeros(allowed.shape, dtype=q.dtype, device=q.device)
    bias = bias.masked_fill(~allowed, torch.finfo(q.dtype).min / 2)
    y = scaled_dot_product_attention(q, k, v, attn_mask=bias, scale=scale)
    return y.masked_fill(~allowed.any(-1, keepdim=True), 0.0)
