"""Workbench: all that a run needs before its first step, built from its settings in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from hope_core.config.parallel import Fsdp2Settings
from hope_core.data import prepare
from hope_core.data.batches import training_batch
from hope_core.inference.hardware import usable_cores
from hope_core.inference.threads import use_threads
from hope_core.models import build_model
from hope_core.models.proofs import refuse_unproven
from hope_core.optim import build_optimizer
from hope_core.training.checkpoint import restore, restore_weights
from hope_core.training.compiling import Compiled, compile_where_it_pays
from hope_core.training.devices import resolve_device
from hope_core.training.loader import Loader
from hope_core.training.orders import Compute, Prepare
from hope_core.training.precision import Precision
from hope_core.training.probes import Prober
from hope_core.training.share import Alone, Share
from hope_core.training.shared import Shared
from hope_core.training.step import Stepper
from hope_core.training.too_large import refuse_too_large
from hope_core.training.trial import Trial, choose_speed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torch import Tensor

    from hope_core.config.run import RunConfig
    from hope_core.data import Corpus
    from hope_core.models.contract import LanguageModel
    from hope_core.runs.folder import RunFolder
    from hope_core.training.checkpoint import Restored
    from hope_core.training.team import Team


@dataclass(frozen=True)
class Workbench:
    """The parts of a run that is ready to train.

    `model` is whole, for looking and writing; inside `share.looking()` it has the weights of now.
    The stepper's model learns; it is the same one unless it is divided among processes.
    """

    config: RunConfig
    corpus: Corpus
    model: LanguageModel
    stepper: Stepper
    prober: Prober
    device: torch.device
    precision: Precision
    threads: int
    share: Share
    loader: Loader
    compiled: Compiled

    @property
    def tokens_per_step(self) -> int:
        """Tokens that one step trains on."""
        train = self.config.train
        return train.batch_size * train.accumulation * self.config.data.sequence_length

    def batches(self, step: int) -> Iterator[Tensor]:
        """This process's rows of the batches (B, T + 1) of a step, counted from 1.

        A pure function of seed and step; all processes together read whole batches.
        """
        each = self.config.train.accumulation
        for position in range((step - 1) * each, step * each):
            yield self.loader.batch(position).to(self.device, non_blocking=True)


def set_up(
    folder: RunFolder,
    restored: Restored | None,
    *,
    tell: Callable[[str, int, int], None],
    check: Callable[[], None],
    team: Team | None = None,
) -> Workbench:
    """Read the text, build the model, find the fastest way to compute, restore what was saved.

    Args:
        folder: the run.
        restored: the checkpoint to go on from, if any.
        tell: gets (phase, done, total).
        check: called at least every 50 ms of reading and between trial passes; may raise.
        team: the other processes, which prepare at the same time.

    Raises:
        HopeError: the text, the device or the checkpoint cannot be used, or the model cannot fit.
    """
    config = folder.config
    device = resolve_device(config.device, team.place.local_rank if team else 0)
    refuse_too_large(config, device)
    if team:
        team.send(Prepare(checkpoint=str(restored.path) if restored else ""))
    corpus, model = read_and_build(config, device, restored, tell=tell, check=check)
    tell("proving", 0, 1)
    refuse_unproven(config.model, check=check)
    tell("proving", 1, 1)
    tell("timing", 0, 1)
    trial = Trial(model, config, check)
    precision, threads = _speed(trial, _config_here(config, team), device, restored)
    if team:
        team.send(Compute(precision=precision.name, threads=threads))
    trial.warm_up(precision)
    compiled = _compiled(model, config, precision, restored, team, check)
    tell("timing", 1, 1)
    return assemble(folder, corpus, model, restored, precision, threads, team, compiled)


def read_and_build(
    config: RunConfig,
    device: torch.device,
    restored: Restored | None,
    *,
    tell: Callable[[str, int, int], None],
    check: Callable[[], None],
) -> tuple[Corpus, LanguageModel]:
    """The text as tokens, and the model with its weights: fresh, or those that were saved.

    Raises:
        HopeError: the text or the checkpoint cannot be used.
    """
    stored = restored.tokenizer.to_json() if restored else None
    corpus = prepare(config.data, progress=tell, cancelled=check, tokenizer_json=stored)
    tell("building", 0, 1)
    torch.manual_seed(config.seed)
    model = build_model(config.model, corpus.tokenizer.vocabulary, seed=config.seed)
    model.to(device)
    if restored:
        restore_weights(restored, model)
    tell("building", 1, 1)
    return corpus, model


def assemble(
    folder: RunFolder,
    corpus: Corpus,
    model: LanguageModel,
    restored: Restored | None,
    precision: Precision,
    threads: int,
    team: Team | None = None,
    compiled: Compiled | None = None,
) -> Workbench:
    """The model shared with the other processes, its optimizer, and what was saved of it.

    Raises:
        CheckpointError: the checkpoint is of another shape.
    """
    config = folder.config
    device = next(model.parameters()).device
    share = _share(config, device, team)
    learning = share.divide(model)
    optimizer = build_optimizer(
        config.optimizer, learning.levels(), tables=learning.tables(), sharded=share.is_divided
    )
    stepper = Stepper(
        learning,
        optimizer,
        precision,
        clip_norm=config.train.clip_norm,
        share=share,
        weight=share.weight(config.train.batch_size),
        read=compiled.read if compiled else None,
    )
    torch.manual_seed(config.seed + share.rank)
    if restored and not restored.weights_only:
        restore(restored, stepper)
    prober = Prober(folder.path, model, corpus)
    return Workbench(
        config=config,
        corpus=corpus,
        model=model,
        stepper=stepper,
        prober=prober,
        device=device,
        precision=precision,
        threads=threads,
        share=share,
        loader=_loader(config, corpus, share, device),
        compiled=compiled or Compiled(),
    )


def _loader(config: RunConfig, corpus: Corpus, share: Share, device: torch.device) -> Loader:
    """This process's rows of every batch of the run."""
    train, pin = config.train, config.train.pin_memory and device.type == "cuda"

    def cut(position: int) -> Tensor:
        batch = training_batch(
            corpus.train.tokens,
            batch_size=train.batch_size,
            length=config.data.sequence_length,
            seed=config.seed,
            position=position,
        )
        rows = torch.from_numpy(batch[share.rows(train.batch_size)])
        return rows.pin_memory() if pin else rows

    return Loader(
        cut,
        workers=train.loader_workers,
        prefetch=train.loader_prefetch,
        end=train.steps * train.accumulation,
    )


def _compiled(
    model: LanguageModel,
    config: RunConfig,
    precision: Precision,
    restored: Restored | None,
    team: Team | None,
    check: Callable[[], None],
) -> Compiled:
    """What torch.compile is worth here; a run that goes on stays as it was."""
    if team:
        told = "Several processes train it together, so torch.compile is left out."
        return Compiled(None, told if config.train.compile != "off" else "")
    goes_on = restored is not None and not restored.weights_only
    before = restored.record.compiled if restored and goes_on else None
    return compile_where_it_pays(model, config, precision, before=before, check=check)


def _share(config: RunConfig, device: torch.device, team: Team | None) -> Share:
    if team is None:
        return Alone()
    return Shared(team, device, divided=isinstance(config.parallel, Fsdp2Settings))


def _config_here(config: RunConfig, team: Team | None) -> RunConfig:
    """Of several processes on one machine each computes with its part of the cores."""
    if team is None or config.train.threads:
        return config
    threads = max(1, usable_cores() // team.place.local_size)
    train = config.train.model_copy(update={"threads": threads})
    return config.model_copy(update={"train": train})


def _speed(
    trial: Trial, config: RunConfig, device: torch.device, restored: Restored | None
) -> tuple[Precision, int]:
    """As before on the same kind of device, so that a run goes on bit for bit; else by trial."""
    if restored and not restored.weights_only and restored.record.device == device.type:
        use_threads(restored.record.threads)
        return Precision(restored.record.precision, device.type), restored.record.threads
    return choose_speed(trial, config, device)
