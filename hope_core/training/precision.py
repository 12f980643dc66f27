"""The number format of the matrix products; states, norms, loss and weights stay in fp32."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

_DTYPES = {"bf16": torch.bfloat16, "fp16": torch.float16}


@dataclass(frozen=True)
class Precision:
    """A format by name: fp32, bf16 or fp16, on a kind of device."""

    name: str
    device_type: str

    def autocast(self) -> AbstractContextManager[Any]:
        """A context in which matrix products run in this format."""
        if self.name == "fp32":
            return nullcontext()
        return torch.autocast(self.device_type, dtype=_DTYPES[self.name])

    def scaler(self) -> torch.amp.GradScaler:
        """Keeps small fp16 gradients from vanishing; does nothing in the other formats."""
        return torch.amp.GradScaler(self.device_type, enabled=self.name == "fp16")


def choose_precision(
    name: str, device: torch.device, seconds_of: Callable[[Precision], float]
) -> Precision:
    """The format a setting names; `auto` takes bf16 where it pays and fp32 elsewhere.

    Args:
        name: auto, fp32, bf16 or fp16.
        device: where the run trains.
        seconds_of: measures a forward and backward pass in a format; asked on a CPU only, where
            bf16 is four times as fast as fp32 on one machine and slower on another.
    """
    if name != "auto":
        return Precision(name, device.type)
    if device.type == "cuda":
        native = torch.cuda.is_bf16_supported(including_emulation=False)
        return Precision("bf16" if native else "fp16", device.type)
    fp32, bf16 = Precision("fp32", device.type), Precision("bf16", device.type)
    return bf16 if seconds_of(bf16) < 0.9 * seconds_of(fp32) else fp32
