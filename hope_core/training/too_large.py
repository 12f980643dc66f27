"""What cannot fit a machine is refused before anything is allocated, by the setting's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
import torch

from hope_core.config.data import BpeSettings
from hope_core.config.parallel import Fsdp2Settings
from hope_core.errors import ConfigError, Problem
from hope_core.models import build_model
from hope_core.models.estimates import standing_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hope_core.config.run import RunConfig
    from hope_core.models.contract import LanguageModel

BYTES = 4
"""Of a 32-bit float."""


def refuse_too_large(config: RunConfig, device: torch.device) -> None:
    """Compare what training holds at the very least with all the memory of the device.

    Counted are weights, gradients, the optimizer's state and one batch's logits: the least there
    can be, so that nothing is refused that might just fit.

    Raises:
        ConfigError: it is more than the machine, or the GPU, has.
    """
    tokenizer = config.data.tokenizer
    vocabulary = tokenizer.vocabulary if isinstance(tokenizer, BpeSettings) else 256
    there, where = _memory(device)
    if problems := list(_problems(config, vocabulary, there, where)):
        raise ConfigError(problems)


def _problems(config: RunConfig, vocabulary: int, there: int, where: str) -> Iterator[Problem]:
    model = build_model(config.model, vocabulary, device="meta")
    parts = config.parallel.processes if isinstance(config.parallel, Fsdp2Settings) else 1
    standing = standing_bytes(config, model) // parts
    if standing > there:
        yield Problem(
            _largest(model),
            f"weights, gradients and optimizer of {model.parameter_count():,} parameters take "
            f"{standing / 1e9:,.1f} GB, and {where} has {there / 1e9:.1f} GB in all.",
            "Lower it, or choose a smaller model.",
        )
    rows = -(-config.train.batch_size // config.parallel.processes)
    logits = BYTES * rows * config.data.sequence_length * vocabulary
    if logits > there:
        yield Problem(
            "train.batch_size",
            f"{rows:,} sequences of {config.data.sequence_length:,} tokens take "
            f"{logits / 1e9:,.1f} GB for the model's answers alone, and {where} has "
            f"{there / 1e9:.1f} GB in all.",
            "Lower it and raise train.accumulation by the same factor, or lower "
            "data.sequence_length.",
        )


def _largest(model: LanguageModel) -> str:
    """The setting that most of the parameters hang on."""
    tables = sum(table.numel() for table in model.tables())
    return "data.tokenizer.vocabulary" if 2 * tables > model.parameter_count() else "model.width"


def _memory(device: torch.device) -> tuple[int, str]:
    """All the memory that a device has, in bytes, and what to call it."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[1], str(device)
    return psutil.virtual_memory().total, "this machine"
