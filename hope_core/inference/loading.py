"""A finished run's model, as its checkpoint keeps it: every byte is checked before it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError
from safetensors.torch import load, load_file

from hope_core.data import tokenizer_from_json
from hope_core.errors import CheckpointError, DataError
from hope_core.models import build_model
from hope_core.runs.checkpoints import check_manifest, list_checkpoints, newest_sound

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from hope_core.data import Tokenizer
    from hope_core.models.contract import LanguageModel
    from hope_core.runs.folder import RunFolder

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"


@dataclass(frozen=True)
class LoadedModel:
    """A model ready to write text, and where it comes from."""

    model: LanguageModel
    tokenizer: Tokenizer
    step: int
    path: Path
    notices: tuple[str, ...]
    """Why better or newer checkpoints were passed over."""


def load_model(
    run: RunFolder, checkpoint: str | None = None, *, device: str = "cpu"
) -> LoadedModel:
    """The model of a run that nobody trains in this process.

    Args:
        run: the run.
        checkpoint: path of a checkpoint relative to the run folder; None: the best one that is
            sound, else the newest one that is.
        device: where to put the model.

    Raises:
        CheckpointError: the run has no checkpoint that can be used.
    """
    notices: list[str] = []
    for path in candidates(run, checkpoint):
        try:
            manifest = check_manifest(path, full=True)
            tokenizer = read_tokenizer(path)
            model = build_model(run.config.model, tokenizer.vocabulary)
            read_weights(model, path)
        except CheckpointError as error:
            notices.append(str(error))
        else:
            model.to(device).eval().requires_grad_(requires_grad=False)
            return LoadedModel(model, tokenizer, manifest.step, path, tuple(notices))
    unsound = newest_sound(run.path).passed_over
    told = dict.fromkeys([*notices, *unsound])
    raise CheckpointError(" ".join(told) or _nothing_saved(run))


def read_weights(model: LanguageModel, checkpoint: Path) -> None:
    """Copy a checkpoint's weights into a model of the same shape.

    Raises:
        CheckpointError: the file cannot be read, or is of another shape.
    """
    own = named_weights(model)
    stored = read_tensors(checkpoint / WEIGHTS)
    if wrong := sorted(own.keys() ^ stored.keys()):
        raise _misfit(checkpoint, f"'{wrong[0]}' stands in only one of them")
    with torch.no_grad():
        for name, tensor in own.items():
            if tensor.shape != stored[name].shape:
                raise _misfit(
                    checkpoint,
                    f"'{name}' is {tuple(stored[name].shape)} there, {tuple(tensor.shape)} here",
                )
            tensor.copy_(stored[name])


def named_weights(model: LanguageModel) -> dict[str, Tensor]:
    """Every parameter and buffer once, by its name; tied weights under their first name."""
    return dict((*model.named_parameters(), *model.named_buffers()))


def read_tensors(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file.

    Raises:
        CheckpointError: it is missing or damaged.
    """
    try:
        tensors: dict[str, Tensor] = load_file(path) if _is_text(path) else load(path.read_bytes())
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"{path} cannot be read ({error}).") from error
    return tensors


def _is_text(path: Path) -> bool:
    """Whether a path is UTF-8; the library that reads tensors knows no other."""
    return not any("\ud800" <= character <= "\udfff" for character in str(path))


def read_tokenizer(checkpoint: Path) -> Tokenizer:
    """The tokenizer that a checkpoint keeps.

    Raises:
        CheckpointError: it is missing or damaged.
    """
    path = checkpoint / TOKENIZER
    try:
        return tokenizer_from_json(path.read_text(encoding="utf-8"), source=str(path))
    except (OSError, UnicodeDecodeError, DataError) as error:
        raise CheckpointError(f"{path} cannot be used ({error}).") from error


def candidates(run: RunFolder, checkpoint: str | None = None) -> list[Path]:
    """The checkpoints to try, in order: the one named, or the best one and then the newest.

    Raises:
        CheckpointError: the one named does not lie in the run.
    """
    if checkpoint is not None:
        path = (run.path / checkpoint).resolve()
        if not path.is_relative_to(run.path.resolve()):
            raise CheckpointError(f"{checkpoint} does not lie in the run {run.path}.")
        return [path]
    newest_first = list_checkpoints(run.path)[::-1]
    return [c.path for c in sorted(newest_first, key=lambda c: not c.best)]


def _nothing_saved(run: RunFolder) -> str:
    return (
        f"The run {run.path} has no whole checkpoint yet, so there is nothing to write text with. "
        "Train it until it saves, or ask for a save while it trains."
    )


def _misfit(checkpoint: Path, reason: str) -> CheckpointError:
    return CheckpointError(
        f"{checkpoint} does not fit this run's model: {reason}. Use another checkpoint."
    )
