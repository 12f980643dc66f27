"""Checkpoints: everything from which a run goes on bit for bit, as safetensors and JSON.

A folder holds model and optimizer (.safetensors), one rank-NNNNN.safetensors for each process,
trainer.json and tokenizer.json; the manifest that makes it whole is written last by `FolderCommit`.
Batches are a pure function of seed and step, so there is no reader to rewind. Weights and moments
are whole whoever trained, so that another number of processes can go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
import torch
from safetensors.torch import save_file

from hope_core.errors import CheckpointError, RunError, TrainingDivergedError
from hope_core.inference.loading import (
    TOKENIZER,
    WEIGHTS,
    named_weights,
    read_tensors,
    read_tokenizer,
    read_weights,
)
from hope_core.optim import OptimizerState
from hope_core.runs.branching import ORIGIN, origin_of
from hope_core.runs.checkpoints import new_checkpoint, newest_sound
from hope_core.runs.serialise import decode_record
from hope_core.runs.storage import folder_size, write_bytes, write_json
from hope_core.training.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from hope_core.data import Tokenizer
    from hope_core.models.contract import LanguageModel
    from hope_core.runs.folder import RunFolder
    from hope_core.training.step import Stepper

MOMENTS = "optimizer.safetensors"
RECORD = "trainer.json"
_RANDOM_BEFORE = "rng.safetensors"
"""What the first versions called the only process's file."""


class TrainerRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The content of trainer.json: all that is no tensor."""

    schema_version: int = 1
    progress: Progress
    optimizer: dict[str, Any]
    """Counters of the optimizer."""
    scaler: dict[str, Any]
    """fp16's loss scale; empty in other formats."""
    fingerprint: str
    """Of text, tokenizer and split; empty for weights that were trained elsewhere."""
    config_sha256: str
    device: str
    precision: str
    threads: int
    torch: str
    processes: int = 1
    """How many trained it together."""
    compiled: bool = False
    """Whether torch.compile's form of the model trained."""


@dataclass(frozen=True)
class Restored:
    """A checkpoint to go on from."""

    path: Path
    record: TrainerRecord
    tokenizer: Tokenizer
    notices: tuple[str, ...]
    """Why newer checkpoints were passed over."""

    @property
    def weights_only(self) -> bool:
        """They are another run's: optimizer, counters and random numbers begin anew."""
        return self.path.parent.name == ORIGIN


def save_checkpoint(
    run: RunFolder, stepper: Stepper, tokenizer: Tokenizer, record: TrainerRecord, *, best: bool
) -> tuple[Path, int]:
    """Write a whole checkpoint or none; its folder and its size in bytes.

    Raises:
        TrainingDivergedError: a tensor holds a value that is no number; nothing is written.
        RunError: the folder cannot be written; a DiskFullError for want of room.
    """
    stepper.share.begin_gathering()
    weights, moments = gathered_state(stepper)
    _refuse_not_finite({**weights, **moments.tensors})
    commit = new_checkpoint(
        run.path,
        step=record.progress.step,
        config_sha256=run.config_sha,
        best=best,
        validation_loss=record.progress.validation_loss if best else None,
        device=record.device,
        world_size=record.processes,
    )
    with commit:
        stepper.share.let_others_write(commit.path)
        save_file(_plain(weights), commit.path / WEIGHTS)
        save_file(_plain(moments.tensors), commit.path / MOMENTS)
        write_share(stepper, commit.path)
        write_json(commit.path / RECORD, msgspec.structs.replace(record, optimizer=moments.scalars))
        write_bytes(commit.path / TOKENIZER, tokenizer.to_json().encode())
        if troubles := stepper.share.wait_for_writing():
            raise RuntimeError(" ".join(troubles))  # the commit says it as it says its own
    return commit.target, folder_size(commit.target)


def gathered_state(stepper: Stepper) -> tuple[dict[str, Tensor], OptimizerState]:
    """Weights and moments, whole; of a divided model every process has to ask."""
    weights = {name: tensor.detach() for name, tensor in named_weights(stepper.model).items()}
    return stepper.share.whole(weights), stepper.optimizer.state_dict()


def write_share(stepper: Stepper, folder: Path) -> None:
    """Write what only this process knows: its random numbers."""
    save_file(_random_state(_device_of(stepper)), folder / _share_name(stepper.share.rank))


def refuse_finished(run: RunFolder) -> None:
    """Refuse to train a run that has reached its end.

    Raises:
        RunError: it has.
    """
    if run.state.state == "finished":
        raise RunError(
            f"The run {run.path} is finished, there is nothing left to train. "
            "Start a new run, with more train.steps if it should go further."
        )


def find_checkpoint(run: RunFolder) -> Restored | None:
    """The newest checkpoint of which every byte is sound; None for a run without any.

    A run that was branched off begins with the weights it was given.

    Raises:
        CheckpointError: there are checkpoints, but none that can be used.
    """
    sound = newest_sound(run.path)
    if sound.checkpoint is None:
        if sound.passed_over:
            raise CheckpointError(" ".join(sound.passed_over))
        origin = origin_of(run.path)
        return None if origin is None else open_checkpoint(origin)
    path = sound.checkpoint.path
    if sound.checkpoint.manifest.config_sha256 != run.config_sha:
        raise CheckpointError(
            f"{path} was written with other settings than {run.path / 'config.yaml'} holds now. "
            "Restore that file, or start a new run with the new settings."
        )
    return open_checkpoint(path, notices=sound.passed_over)


def open_checkpoint(path: Path, *, notices: tuple[str, ...] = ()) -> Restored:
    """A checkpoint whose bytes are known to be sound.

    Raises:
        CheckpointError: it is none that a trainer wrote.
    """
    try:
        record = decode_record((path / RECORD).read_bytes(), TrainerRecord)
    except (OSError, msgspec.DecodeError) as error:
        raise CheckpointError(f"{path / RECORD} cannot be used ({error}).") from error
    return Restored(path, record, read_tokenizer(path), notices)


def restore_weights(restored: Restored, model: LanguageModel) -> None:
    """Put the weights back, before the model is divided among processes.

    Raises:
        CheckpointError: the checkpoint is of another shape.
    """
    read_weights(model, restored.path)


def restore(restored: Restored, stepper: Stepper) -> None:
    """Put optimizer, scale and, last of all, this process's random numbers back.

    Random numbers of another number of processes mean nothing here; then they begin anew.

    Raises:
        CheckpointError: the checkpoint is of another shape.
    """
    tensors = read_tensors(restored.path / MOMENTS)
    stepper.optimizer.load_state_dict(OptimizerState(tensors, restored.record.optimizer))
    stepper.load_scaler_state(restored.record.scaler)
    share = restored.path / _share_name(stepper.share.rank)
    if not share.exists() and stepper.share.rank == 0:
        share = restored.path / _RANDOM_BEFORE
    if restored.record.processes == stepper.share.processes:
        _restore_random_state(read_tensors(share), _device_of(stepper))


def _share_name(rank: int) -> str:
    return f"rank-{rank:05d}.safetensors"


def _random_state(device: torch.device) -> dict[str, Tensor]:
    states = {"cpu": torch.get_rng_state()}
    if device.type == "cuda":
        states["cuda"] = torch.cuda.get_rng_state(device)
    return states


def _restore_random_state(states: dict[str, Tensor], device: torch.device) -> None:
    torch.set_rng_state(states["cpu"].clone())
    if device.type == "cuda" and "cuda" in states:
        torch.cuda.set_rng_state(states["cuda"].clone(), device)


def _device_of(stepper: Stepper) -> torch.device:
    return next(stepper.model.parameters()).device


def _plain(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: tensor.contiguous() for name, tensor in tensors.items()}


def _refuse_not_finite(tensors: dict[str, Tensor]) -> None:
    for name, tensor in tensors.items():
        if not bool(torch.isfinite(tensor).all()):
            raise TrainingDivergedError(
                f"'{name}' holds a value that is not a number, so no checkpoint was written."
            )
