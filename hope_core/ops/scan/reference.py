"""The complex diagonal recurrence token by token: the measure of every other form."""

from __future__ import annotations

import torch
from torch import Tensor


def reference(
    x_re: Tensor, x_im: Tensor, a_re: Tensor, a_im: Tensor, h_re: Tensor, h_im: Tensor
) -> tuple[Tensor, Tensor]:
    """Run h <- a h + x along the tokens: (B, T, D) and the start h (B, D) -> every h, (B, T, D)."""
    steps = zip(*(value.unbind(1) for value in (x_re, x_im, a_re, a_im)), strict=True)
    reads_re, reads_im = [], []
    for xr, xi, ar, ai in steps:
        h_re, h_im = ar * h_re - ai * h_im + xr, ar * h_im + ai * h_re + xi
        reads_re.append(h_re)
        reads_im.append(h_im)
    return torch.stack(reads_re, dim=1), torch.stack(reads_im, dim=1)
