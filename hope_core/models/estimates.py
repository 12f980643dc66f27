"""What a run will occupy, computed from its shapes alone, before anything is allocated.

Notable: the forward pass runs on fake tensors, which have shapes, types and a device but no memory,
and everything autograd keeps for the backward pass is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import torch
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensorMode

from hope_core.config.memories import WritingSettings
from hope_core.config.models import HopeSettings, TitansModelSettings
from hope_core.config.outer_gradient import OuterGradient
from hope_core.models import MODELS
from hope_core.optim.footprint import kept_values
from hope_core.runs.events import LevelDescription

if TYPE_CHECKING:
    from hope_core.config.models import ModelSettings
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
    levels: tuple[LevelDescription, ...]

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
    model, activations = _measured(config, config.model, vocabulary)
    weights = sum(p.numel() * p.element_size() for p in model.parameters())
    return Estimate(
        parameters=model.parameter_count(),
        weight_bytes=weights,
        gradient_bytes=weights,
        optimizer_bytes=_optimizer_bytes(model, config.optimizer),
        activation_bytes=activations,
        levels=tuple(
            LevelDescription(
                name=level.name,
                clock=level.clock,
                learning_rate_factor=level.learning_rate_factor,
                parameters=sum(p.numel() for p in level.parameters),
            )
            for level in model.levels()
        ),
    )


def standing_bytes(config: RunConfig, model: LanguageModel) -> int:
    """Bytes of weights, gradients and the optimizer's state, whatever is read; `model` as built."""
    weights = sum(p.numel() * p.element_size() for p in model.parameters())
    return 2 * weights + _optimizer_bytes(model, config.optimizer)


def outer_gradient_bytes(config: RunConfig, vocabulary: int) -> dict[str, int]:
    """Bytes of activations in each way of the outer gradient; {} without a memory that learns."""
    if not isinstance(config.model, HopeSettings | TitansModelSettings):
        return {}
    memory = config.model.memory
    if not isinstance(memory, WritingSettings):
        return {}
    found = {}
    for way in get_args(get_args(OuterGradient)[0]):
        changed = memory.model_copy(update={"outer_gradient": way})
        settings = config.model.model_copy(update={"memory": changed})
        found[way] = _measured(config, settings, vocabulary)[1]
    return found


def _measured(
    config: RunConfig, settings: ModelSettings, vocabulary: int
) -> tuple[LanguageModel, int]:
    """A model of these settings without values, and the bytes its activations take in this run."""
    shape = config.train.batch_size, config.data.sequence_length
    half = config.train.precision in ("bf16", "fp16")
    with FakeTensorMode(), torch.autocast("cpu", torch.bfloat16, enabled=half):
        model: LanguageModel = MODELS.load(settings.kind)(settings, vocabulary)
        return model, _activation_bytes(model, torch.zeros(shape, dtype=torch.int64))


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
    """Bytes of everything the forward pass and the loss keep for the backward pass.

    Where the outer gradient is cut off, that is one piece's share, each piece's first state, and
    the logits of all.
    """
    span = model.gradient_span
    if not 0 < span < tokens.shape[1]:
        return _kept_bytes(model, tokens)
    with torch.no_grad():
        _, state = model(tokens[:, :span])
    states: int = sum(
        tensor.untyped_storage().nbytes() for tensor in state.named_tensors().values()
    )
    logits = tokens.numel() * model.vocabulary * 4
    pieces = -(-tokens.shape[1] // span)
    return _kept_bytes(model, tokens[:, :span]) + (pieces - 1) * states + 2 * logits


def _kept_bytes(model: LanguageModel, tokens: Tensor) -> int:
    """Bytes of everything that autograd keeps of one pass through the model and the loss."""
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
