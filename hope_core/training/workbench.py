"""Workbench: all that a run needs before its first step, built from its settings in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from hope_core.data import prepare
from hope_core.data.batches import training_batch
from hope_core.inference.threads import use_threads
from hope_core.models import build_model
from hope_core.models.proofs import refuse_unproven
from hope_core.optim import build_optimizer
from hope_core.training.checkpoint import restore
from hope_core.training.devices import resolve_device
from hope_core.training.precision import Precision
from hope_core.training.probes import Prober
from hope_core.training.step import Stepper
from hope_core.training.trial import Trial, choose_speed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import Tensor

    from hope_core.config.run import RunConfig
    from hope_core.data import Corpus
    from hope_core.models.contract import LanguageModel
    from hope_core.runs.folder import RunFolder
    from hope_core.training.checkpoint import Restored


@dataclass(frozen=True)
class Workbench:
    """The parts of a run that is ready to train."""

    config: RunConfig
    corpus: Corpus
    model: LanguageModel
    stepper: Stepper
    prober: Prober
    device: torch.device
    precision: Precision
    threads: int

    @property
    def tokens_per_step(self) -> int:
        """Tokens that one step trains on."""
        train = self.config.train
        return train.batch_size * train.accumulation * self.config.data.sequence_length

    def batches(self, step: int) -> Iterator[Tensor]:
        """The batches (B, T + 1) of a step, counted from 1: a pure function of seed and step."""
        train = self.config.train
        for position in range((step - 1) * train.accumulation, step * train.accumulation):
            batch = training_batch(
                self.corpus.train.tokens,
                batch_size=train.batch_size,
                length=self.config.data.sequence_length,
                seed=self.config.seed,
                position=position,
            )
            yield torch.from_numpy(batch).to(self.device)


def set_up(
    folder: RunFolder,
    restored: Restored | None,
    *,
    tell: Callable[[str, int, int], None],
    check: Callable[[], None],
) -> Workbench:
    """Read the text, build the model, find the fastest way to compute, restore what was saved.

    Args:
        folder: the run.
        restored: the checkpoint to go on from, if any.
        tell: gets (phase, done, total).
        check: called at least every 50 ms of reading and between trial passes; may raise.

    Raises:
        HopeError: the text, the device or the checkpoint cannot be used.
    """
    config = folder.config
    device = resolve_device(config.device)
    stored = restored.tokenizer.to_json() if restored else None
    corpus = prepare(config.data, progress=tell, cancelled=check, tokenizer_json=stored)
    tell("building", 0, 1)
    torch.manual_seed(config.seed)
    model = build_model(config.model, corpus.tokenizer.vocabulary, seed=config.seed)
    model.to(device)
    tell("building", 1, 1)
    tell("proving", 0, 1)
    refuse_unproven(config.model, check=check)
    tell("proving", 1, 1)
    tell("timing", 0, 1)
    trial = Trial(model, config, check)
    precision, threads = _speed(trial, config, device, restored)
    trial.warm_up(precision)
    tell("timing", 1, 1)
    optimizer = build_optimizer(config.optimizer, model.levels(), tables=model.tables())
    stepper = Stepper(model, optimizer, precision, clip_norm=config.train.clip_norm)
    if restored:
        restore(restored, stepper)
    prober = Prober(folder.path, model, corpus)
    return Workbench(config, corpus, model, stepper, prober, device, precision, threads)


def _speed(
    trial: Trial, config: RunConfig, device: torch.device, restored: Restored | None
) -> tuple[Precision, int]:
    """As before on the same kind of device, so that a run goes on bit for bit; else by trial."""
    if restored and restored.record.device == device.type:
        use_threads(restored.record.threads)
        return Precision(restored.record.precision, device.type), restored.record.threads
    return choose_speed(trial, config, device)
