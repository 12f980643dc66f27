"""How long a memory can tell which of two texts it has read, level by level.

Two copies of a fresh state read one text each, then the same filler. D_d is the difference of their
memories after d tokens of filler: what the texts have written. What is left of it is asked with the
keys it was written under: <D_d, D_0> is the sum over all keys k of <D_d k, D_0 k>.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

from hope_core.models.memory_parts import memory_parts

if TYPE_CHECKING:
    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State


class Recall(NamedTuple):
    """What each level still tells.

    levels: N names; distances (D,): tokens of filler; share (N, D): <D_d, D_0> / |D_0|^2, 1 right
    after the texts; cosine (N, D): that of D_d and D_0, 1 while what is left is only fainter.
    NaN for a level that wrote nothing.
    """

    levels: tuple[str, ...]
    distances: Tensor
    share: Tensor
    cosine: Tensor


@torch.no_grad()
def recall_probe(model: LanguageModel, texts: Tensor, filler: Tensor) -> Recall | None:
    """Texts (2, P), both followed by filler (N,); None for a model without such a memory."""
    state: State
    _, state = model(texts)
    written = _differences(state)
    if not written:
        return None
    distances = [0, *(2**power for power in range(len(filler).bit_length()))]
    distances = [place for place in distances if place <= len(filler)]
    left = [written]
    for start, end in pairwise(distances):
        _, state = model(filler[start:end].expand(2, -1), state)
        left.append(_differences(state))
    shares, cosines = [], []
    for level, first in written.items():
        now = torch.stack([found[level] for found in left])
        inner = now @ first
        shares.append(inner / (first @ first))
        cosines.append(inner / (now.norm(dim=1) * first.norm()))
    return Recall(
        tuple(written), torch.tensor(distances), torch.stack(shares), torch.stack(cosines)
    )


def _differences(state: State) -> dict[str, Tensor]:
    """One long vector a level: the first sequence's memory less the second's."""
    found: dict[str, list[Tensor]] = {}
    for part in memory_parts(state):
        values = part.values.detach().double().cpu()
        found.setdefault(part.level, []).append((values[0] - values[1]).reshape(-1))
    return {level: torch.cat(vectors) for level, vectors in found.items()}
