"""A conversation's memory on the disk and in numbers: save, load, difference, weighted mean.

Notable: tensors only, with the whole state (learned tensors, momentum, window, positions) and no
weights; a memory that another run's model has written is refused in words.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from hope_core.errors import ConfigError, TeachingError
from hope_core.nn.learned import learned_tensors, moved_by, restored
from hope_core.runs.memory_files import (
    RECORD,
    TENSORS,
    MemoryRecord,
    SavedMemory,
    memory_folder,
    new_memory,
    read_memory,
)
from hope_core.runs.storage import write_json

if TYPE_CHECKING:
    from hope_core.data.tokenizers import Tokenizer
    from hope_core.inference.loading import LoadedModel
    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State
    from hope_core.runs.folder import RunFolder


@dataclass(frozen=True)
class Owner:
    """Whose memory it is: the run, and the weights that write it."""

    run: RunFolder
    model_sha256: str
    weights_sha256: str
    step: int


@dataclass(frozen=True)
class LayerDifference:
    """How far two memories lie apart in one learned tensor (Frobenius norms)."""

    path: str
    first: float
    second: float
    difference: float


def owner_of(run: RunFolder, loaded: LoadedModel) -> Owner:
    """Who the memories of this model belong to."""
    return Owner(
        run,
        model_sha(run, loaded.tokenizer),
        weights_sha(loaded.model),
        loaded.step,
    )


def model_sha(run: RunFolder, tokenizer: Tokenizer) -> str:
    """SHA-256 of a model's settings and its tokenizer."""
    told = run.config.model.model_dump_json() + "\n" + tokenizer.to_json()
    return hashlib.sha256(told.encode()).hexdigest()


def weights_sha(model: LanguageModel) -> str:
    """SHA-256 of every weight's bytes, in the order of their names: equal means bit for bit."""
    total = hashlib.sha256()
    for name, tensor in sorted((*model.named_parameters(), *model.named_buffers())):
        total.update(name.encode())
        total.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().data)
    return total.hexdigest()


def save_memory(
    state: State,
    name: str,
    owner: Owner,
    *,
    tokens: int,
    told: tuple[str, ...],
    mode: str,
) -> SavedMemory:
    """Write a memory, whole or not at all; one of the same name is replaced.

    Raises:
        TeachingError: the name cannot be used.
        RunError: the folder cannot be written; a DiskFullError when it is for want of room.
    """
    record = MemoryRecord(
        name=name,
        created=datetime.now(UTC).isoformat(timespec="milliseconds"),
        run_id=owner.run.info.id,
        run_name=owner.run.name,
        model_sha256=owner.model_sha256,
        weights_sha256=owner.weights_sha256 if mode == "memory_only" else "",
        step=owner.step,
        tokens=tokens,
        mode=mode,
        told=told,
    )
    tensors = {p: t.detach().cpu().contiguous().clone() for p, t in state.named_tensors().items()}
    commit = new_memory(owner.run.path, name)
    with commit:
        save_file(tensors, commit.path / TENSORS)
        write_json(commit.path / RECORD, record)
    return read_memory(commit.target)


def load_memory(
    model: LanguageModel, name: str, owner: Owner
) -> tuple[State, SavedMemory, tuple[str, ...]]:
    """A saved memory as a state of this model, and what a person should know of it.

    Raises:
        TeachingError: there is none, it is damaged, or it belongs to another model.
    """
    saved = read_memory(memory_folder(owner.run.path, name))
    notices = check_owner(saved.record, owner)
    try:
        tensors = {path: t.clone() for path, t in load_file(saved.path / TENSORS).items()}
        state = restored(model.initial_state(1), tensors)
    except (OSError, SafetensorError) as error:
        raise TeachingError(f"{saved.path} cannot be read ({error}).") from error
    except ConfigError as error:
        raise TeachingError(f"{saved.path} does not fit this model. {error}") from error
    if not all(bool(torch.isfinite(t).all()) for t in tensors.values() if t.is_floating_point()):
        raise TeachingError(f"{saved.path} holds values that are no numbers. Use another memory.")
    return state, saved, notices


def check_owner(record: MemoryRecord, owner: Owner) -> tuple[str, ...]:
    """Refuse another model's memory; say so where other weights of the same run wrote it.

    Raises:
        TeachingError: it belongs to another model.
    """
    if record.model_sha256 != owner.model_sha256:
        raise TeachingError(
            f"The memory {record.name!r} belongs to another model (of the run {record.run_name}): "
            "its settings or its tokenizer differ. Use a memory of this run."
        )
    if record.run_id != owner.run.info.id:
        raise TeachingError(
            f"The memory {record.name!r} belongs to the run {record.run_name}, whose weights are "
            "others although the model has the same shape. Use a memory of this run."
        )
    if record.weights_sha256 == owner.weights_sha256:
        return ()
    return (
        f"The memory {record.name!r} was written with other weights (step {record.step:,}) than "
        f"those in use (step {owner.step:,}), which may read it otherwise.",
    )


def differences(first: State, second: State) -> tuple[LayerDifference, ...]:
    """Per learned tensor: the length of either, and of what lies between them."""
    ones, others = learned_tensors(first), learned_tensors(second)
    return tuple(
        LayerDifference(
            path,
            float(torch.linalg.vector_norm(ones[path])),
            float(torch.linalg.vector_norm(others[path])),
            float(torch.linalg.vector_norm(ones[path] - others[path])),
        )
        for path in ones
    )


def merged(first: State, second: State, weight: float) -> State:
    """The weighted mean of what both have learned, `weight` being the second's share.

    All else (momentum, window, positions) is the first one's: it tells where the text stands.

    Raises:
        TeachingError: the share is not between 0 and 1.
    """
    if not 0.0 <= weight <= 1.0:
        raise TeachingError(f"The second memory's share is {weight}: use 0 to 1.")
    ones, others = learned_tensors(first), learned_tensors(second)
    return moved_by(first, {path: weight * (others[path] - ones[path]) for path in ones})


def state_bytes(state: State) -> int:
    """How much a state keeps (bytes)."""
    return sum(t.numel() * t.element_size() for t in state.named_tensors().values())
