"""TwistorMemorySystem: slots that differ by learned keys and by how slowly they change.

Notable: the public code gives every slot the same update from zero, so its slots never differ; here
learned keys decide who is written to, and slot k changes 2^-k times as fast (a continuum memory).
Slots belong to one sequence, are read before they are written, and are linear in what they hold, so
a scan computes all tokens at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

import torch
from torch import Tensor, nn

from hope_core.memories.contract import Memory
from hope_core.nn.linear import Linear
from hope_core.nn.mlp import init_linear
from hope_core.nn.mobius import MobiusLayer
from hope_core.nn.phase_compression import LinearBottleneck, PhaseCompression
from hope_core.nn.state import State
from hope_core.ops.scan import complex_scan

if TYPE_CHECKING:
    from hope_core.config.models.twistor import MemorySystemSettings, MobiusSettings


@dataclass(frozen=True)
class SlotsState(State):
    """What the slots hold: omega and pi, (B, K, D / 2) each."""

    learned: ClassVar = ("omega", "pi")
    omega: Tensor
    pi: Tensor

    @property
    def slots(self) -> Tensor:
        """The twistors, (B, K, D)."""
        return torch.cat([self.omega, self.pi], dim=-1)


class TwistorMemorySystem(Memory):
    """M_{t,k} = (1 - alpha_k a_{t,k}) M_{t-1,k} + alpha_k a_{t,k} W_v x_t,  alpha_k = alpha_0 2^-k.

    a_t = softmax_k <key_k, x_t>; each reading mixes the slots M_{t-1} by a softmax of its own, then
    passes the Moebius maps; the next reading asks with what the last one found.
    Shapes: x (B, T, D) -> (B, T, D); K slots of D.
    """

    def __init__(
        self, width: int, *, settings: MemorySystemSettings, mobius: MobiusSettings
    ) -> None:
        super().__init__()
        self.settings = settings
        self.keys = Linear(width, settings.slots)
        self.asking = nn.ModuleList(Linear(width, settings.slots) for _ in range(settings.cycles))
        self.values = Linear(width, width)
        if mobius.enabled:
            self.mobius = MobiusLayer(width, mobius)
        if settings.compression == "linear":
            self.bottleneck = LinearBottleneck(width)
        self.phases = PhaseCompression(bits=settings.bits)
        self.output = Linear(width, width)

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, SlotsState]:
        """What was read for each token, and the slots after the last."""
        state = cast("SlotsState", state) if state else self.initial_state(x.shape[0])
        before, state = self._slots(x, state)
        found = torch.zeros_like(x)
        for asking in self.asking:
            shares = torch.softmax(asking(x + found).float(), dim=-1).to(before.dtype)
            found = torch.einsum("btk,btkd->btd", shares, before).to(x.dtype)
            if hasattr(self, "mobius"):
                found = self.mobius(found)
        return self.output(found), state

    def initial_state(self, batch: int) -> SlotsState:
        """Empty slots."""
        slots, width = self.keys.weight.shape
        nothing = self.keys.weight.new_zeros(batch, slots, width // 2)
        return SlotsState(nothing, nothing)

    def init_weights(self, generator: torch.Generator, *, output_scale: float) -> None:
        """Matrices normal, std D^-1/2; the output's shrunk by `output_scale`."""
        for layer in (self.keys, *self.asking, self.values):
            init_linear(cast("nn.Linear", layer), generator)
        if hasattr(self, "mobius"):
            self.mobius.init_weights(generator)
        if hasattr(self, "bottleneck"):
            self.bottleneck.init_weights(generator)
        init_linear(self.output, generator, scale=output_scale)

    def measure(self, x: Tensor, state: State | None = None) -> dict[str, Tensor]:
        """memory_norm, half_life in tokens (K,); theta (K, T): how much each token wrote.

        With compression "phase" also compression_bytes and compression_error, single numbers.
        """
        write = self._writes(x)
        _, after = self(x, state)
        found = {
            "memory_norm": torch.linalg.vector_norm(after.slots, dim=-1).mean(0),
            "half_life": -(torch.tensor(2.0).log() / torch.log1p(-write).mean((0, 1))),
            "theta": write.mean(0).mT,
        }
        if self.settings.compression == "phase":
            report = self.phases.report(after.slots)
            found["compression_bytes"] = torch.tensor(report["bytes"])
            found["compression_error"] = torch.tensor(report["error"])
        return found

    def flops_per_token(self, sequence_length: int) -> int:  # noqa: ARG002 - the same at any length
        """A scan over all slots, and one mix of them a reading."""
        slots, width = self.keys.weight.shape
        return slots * width * (4 + 2 * self.settings.cycles)

    def _writes(self, x: Tensor) -> Tensor:
        """alpha_k a_{t,k}: how much of slot k token t replaces, (B, T, K)."""
        scores = self.keys(x).to(self.keys.weight.dtype)
        order = torch.arange(self.settings.slots, device=x.device, dtype=scores.dtype)
        return self.settings.rate * torch.exp2(-order) * torch.softmax(scores, dim=-1)

    def _slots(self, x: Tensor, state: SlotsState) -> tuple[Tensor, SlotsState]:
        """The slots that each token finds, as they can be read, (B, T, K, D); those after all."""
        write = self._writes(x)[..., None]
        omega, pi = self.values(x).to(write.dtype).chunk(2, dim=-1)
        kept = (1 - write).expand(*write.shape[:-1], omega.shape[-1])
        omegas, pis, *_ = complex_scan(
            (write * omega[:, :, None]).flatten(2),
            (write * pi[:, :, None]).flatten(2),
            kept.flatten(2),
            torch.zeros_like(kept).flatten(2),
            state.omega.flatten(1),
            state.pi.flatten(1),
        )
        omegas, pis = (h.view(kept.shape) for h in (omegas, pis))
        after = SlotsState(omegas[:, -1], pis[:, -1])
        found = torch.cat([omegas, pis], dim=-1)
        before = torch.cat([state.slots.to(found.dtype)[:, None], found[:, :-1]], dim=1)
        return self._readable(before), after

    def _readable(self, slots: Tensor) -> Tensor:
        """What of the slots a reader sees."""
        if self.settings.compression == "phase":
            restored: Tensor = self.phases(slots)
            return restored
        return self.bottleneck(slots) if hasattr(self, "bottleneck") else slots
