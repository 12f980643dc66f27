"""Why a run ended: the layer where numbers ceased to be numbers, and advice for want of memory."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

import torch

from hope_core.errors import ConfigError, HopeError, TrainingDivergedError
from hope_core.runs.checkpoints import list_checkpoints
from hope_core.runs.events import RunFailed
from hope_core.training.memory_words import calmer_writes, memory_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from torch import Tensor, nn

    from hope_core.models.contract import LanguageModel


MEMORY_ADVICE = (
    "Lower train.batch_size and raise train.accumulation by the same factor (the result stays the "
    "same), lower data.sequence_length, choose a smaller model, or close other programs."
)
DIVERGED_ADVICE = (
    "Lower train.learning_rate, raise train.warmup, or set train.precision=fp32 and start again."
)


def failure_of(error: BaseException, step: int) -> RunFailed:
    """The last word of a run that a fault ended: what happened, and what to do."""
    details = "".join(traceback.format_exception(error))
    if is_out_of_memory(error):
        message = f"The memory ran out at step {step}."
        if isinstance(error, torch.OutOfMemoryError):
            message = f"The GPU's memory ran out at step {step}."
        message = f"{message} Nothing that was saved is lost."
        return RunFailed(step=step, message=message, hint=MEMORY_ADVICE, traceback=details)
    if isinstance(error, ConfigError):
        hint = " ".join(problem.hint for problem in error.problems)
        message = " ".join(f"{p.place}: {p.message}" for p in error.problems)
        return RunFailed(step=step, message=message, hint=hint, traceback=details)
    if isinstance(error, HopeError):
        hint = DIVERGED_ADVICE if isinstance(error, TrainingDivergedError) else ""
        return RunFailed(step=step, message=str(error), hint=hint, traceback=details)
    message = f"The trainer met a fault it does not know: {type(error).__name__}: {error}"
    hint = "The details below tell where. Resume the run, or report them to the program's makers."
    return RunFailed(step=step, message=message, hint=hint, traceback=details)


def last_good(run: Path) -> str:
    """A sentence that names the checkpoint from which a run can go on."""
    saved = list_checkpoints(run)
    if not saved:
        return "There is no checkpoint yet."
    return f"The last good checkpoint is {saved[-1].path.name}."


def first_not_finite(model: LanguageModel, tokens: Tensor) -> str:
    """Where the first value that is no number arises, as the end of a sentence; empty if unknown.

    Looks at the weights, then at what each part of the model puts out, then at the gradients.
    """
    for name, parameter in model.named_parameters():
        if not _finite(parameter):
            return f": the weight {name} holds one already"
    if name := _first_output(model, tokens):
        return f"; the first part to put out one is {name}"
    for name, parameter in model.named_parameters():
        if parameter.grad is not None and not _finite(parameter.grad):
            return f"; the first gradient to hold one is that of {name}"
    return ""


def why_diverged(model: LanguageModel, tokens: Tensor) -> str:
    """Where it happened and whether a memory is at fault, as the end of a sentence and more.

    Args:
        model: as it was when the loss or a gradient was found to be no number.
        tokens: the batch (B, T) that was read.
    """
    place = first_not_finite(model, tokens)
    if not all(_finite(parameter) for parameter in model.parameters()):
        return f"{place}."
    return f"{place}. {memory_words(model.probe(tokens), calmer_writes(model))}".rstrip()


@torch.no_grad()
def _first_output(model: nn.Module, tokens: Tensor) -> str:
    found: list[str] = []

    def watch(name: str, module: nn.Module) -> torch.utils.hooks.RemovableHandle:
        def look(_module: nn.Module, _inputs: object, output: object) -> None:
            if not found and not all(_finite(tensor) for tensor in _tensors(output)):
                found.append(name)

        return module.register_forward_hook(look)

    handles = [watch(name, module) for name, module in model.named_modules() if name]
    try:
        model(tokens)
    finally:
        for handle in handles:
            handle.remove()
    return found[0] if found else ""


def _tensors(value: object) -> Iterator[Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _tensors(item)


def _finite(tensor: Tensor) -> bool:
    return bool(torch.isfinite(tensor).all())


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error means that the RAM or the GPU's memory ran out."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return isinstance(error, RuntimeError) and "can't allocate memory" in str(error)
