"""What a run will occupy, computed from its shapes alone, before anything is allocated.

Notable: the forward pass runs on fake tensors, which have shapes, types and a device but no memory,
and everything autograd keeps for the backward pass is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensorMode

from hope_core.models import MODELS
from hope_core.optim.footprint import kept_values

if TYPE_CHECKING:
    from hope_core.config.optimizers import OptimizerSettings
    from hope_core.config.run import RunConfig
    from hope_core.models.contract import LanguageModel


@dataclass(frozen=True)
class Estimate:
    """Sizes of a run: trained values, and bytes of all that training holds at once."""

    parameters: int
    weight_bytes: int
    gradient_bytes: int
    optimizer_bytes: int
    activation_bytes: int

    @property
    def total_bytes(self) -> int:
        """All of it together."""
        return (
            self.weight_bytes + self.gradient_bytes + self.optimizer_bytes + self.activation_bytes
        )


def estimate(config: RunConfig, vocabulary: int) -> Estimate:
    """The sizes of this run with a vocabulary of so many tokens; weights are 32-bit floats.

    The activations follow `train.precision`; "auto", which is decided on the machine, counts as 32
    bits.
    """
    shape = config.train.batch_size, config.data.sequence_length
    half = config.train.precision in ("bf16", "fp16")
    with FakeTensorMode(), torch.autocast("cpu", torch.bfloat16, enabled=half):
        model: LanguageModel = MODELS.load(config.model.kind)(config.model, vocabulary)
        activations = _activation_bytes(model, torch.zeros(shape, dtype=torch.int64))
    weights = sum(p.numel() * p.element_size() for p in model.parameters())
    return Estimate(
        parameters=model.parameter_count(),
        weight_bytes=weights,
        gradient_bytes=weights,
        optimizer_bytes=_optimizer_bytes(model, config.optimizer),
        activation_bytes=activations,
    )


def _optimizer_bytes(model: LanguageModel, settings: OptimizerSettings) -> int:
    """What the optimizer keeps of each parameter, and the sums of slow levels."""
    tables = {id(table) for table in model.tables()}
    total = 0
    for level in model.levels():
        for parameter in level.parameters:
            kept = kept_values(settings, parameter, is_hidden=id(parameter) not in tables)
            summed = parameter.numel() if level.clock > 1 else 0
            total += (kept + summed) * parameter.element_size()
    return total


def _activation_bytes(model: LanguageModel, tokens: Tensor) -> int:
    """Bytes of everything the forward pass and the loss keep for the backward pass."""
    weights = {p.untyped_storage()._cdata for p in model.parameters()}
    kept: dict[int, Tensor] = {}

    def note(tensor: Tensor) -> Tensor:
        kept.setdefault(tensor.untyped_storage()._cdata, tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(note, lambda tensor: tensor):
        logits, _ = model(tokens)
        torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens.flatten())
    return sum(
        tensor.untyped_storage().nbytes() for key, tensor in kept.items() if key not in weights
    )
