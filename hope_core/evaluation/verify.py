"""The proofs of a preset's model with its first weights, or of a run's with what it has learned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.inference.loading import load_model
from hope_core.models import build_model
from hope_core.models.proofs import Verification, all_checks
from hope_core.training.too_large import refuse_too_large

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.config.run import RunConfig
    from hope_core.models.contract import LanguageModel
    from hope_core.models.proofs import Check
    from hope_core.runs.folder import RunFolder


def verify_config(
    config: RunConfig, vocabulary: int, *, tell: Callable[[Check], None]
) -> Verification:
    """Prove the model of these settings, with the weights its training would begin with.

    Args:
        config: of a preset, or as edited.
        vocabulary: number of tokens it tells apart.
        tell: gets each check as soon as it is done; may raise to stop.

    Raises:
        ConfigError: the model cannot fit this machine.
    """
    refuse_too_large(config, torch.device("cpu"))
    return _verify(build_model(config.model, vocabulary, seed=config.seed), tell)


def verify_run(run: RunFolder, *, tell: Callable[[Check], None]) -> Verification:
    """Prove the model of a run, with its best checkpoint's weights.

    Raises:
        CheckpointError: the run has no checkpoint that can be used.
    """
    return _verify(load_model(run).model, tell)


def _verify(model: LanguageModel, tell: Callable[[Check], None]) -> Verification:
    checks = []
    for check in all_checks(model):
        tell(check)
        checks.append(check)
    return Verification(tuple(checks))
