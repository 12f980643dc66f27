"""Language models: a table of names, and the one way from settings to a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.table import Table

if TYPE_CHECKING:
    from hope_core.config.models import ModelSettings
    from hope_core.models.contract import LanguageModel

MODELS = Table(
    "model",
    {
        "hope": "hope_core.models.hope:Hope",
        "mt_hope": "hope_core.models.twistor_forms:twistor_hope",
        "titans": "hope_core.models.titans:TitansModel",
        "transformer": "hope_core.models.transformer:Transformer",
    },
)


def build_model(
    settings: ModelSettings, vocabulary: int, *, seed: int = 0, device: str = "cpu"
) -> LanguageModel:
    """A model with fresh weights, drawn from the seed alone; no global random state is touched.

    Args:
        settings: which model, and its numbers.
        vocabulary: number of tokens it tells apart.
        seed: of the first weights.
        device: "cpu", or "meta" for shapes without memory and without values.
    """
    with torch.device("meta"):
        model: LanguageModel = MODELS.load(settings.kind)(settings, vocabulary)
    if device != "meta":
        model.to_empty(device=device)
        model.init_weights(torch.Generator().manual_seed(seed))
    return model
