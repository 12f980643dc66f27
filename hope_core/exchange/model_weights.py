"""Which weights the model of some settings has, found without memory for any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.exchange.dtypes import NAMES
from hope_core.exchange.expected import ExpectedWeights, Weight
from hope_core.inference.loading import named_weights
from hope_core.models import build_model

if TYPE_CHECKING:
    from hope_core.config.models import ModelSettings


def expected_weights(settings: ModelSettings, vocabulary: int) -> ExpectedWeights:
    """The weights of a model.

    Raises:
        ConfigError: there is no such model.
    """
    model = build_model(settings, vocabulary, device="meta")
    own = named_weights(model)
    first_names = {id(tensor): name for name, tensor in own.items()}
    every = (
        *model.named_parameters(remove_duplicate=False),
        *model.named_buffers(remove_duplicate=False),
    )
    return ExpectedWeights(
        {n: Weight(tuple(tensor.shape), NAMES[tensor.dtype]) for n, tensor in own.items()},
        {name: first_names[id(tensor)] for name, tensor in every if name not in own},
    )
