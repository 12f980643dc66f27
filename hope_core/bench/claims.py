"""The claims of the MT-HOPE document (document 000), each with the measurement that decides it.

Every claim compares two ways of doing the same work inside one process, in turn, and takes the
median of the ratios. The order of the table is the document's.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset

from hope_core.bench.figures import Claim, Verdict
from hope_core.bench.peak import growth
from hope_core.bench.workload import Workload, ratio_of, seconds_of
from hope_core.config.overrides import apply_overrides
from hope_core.data.batches import training_batch

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.config.run import RunConfig

LENGTH, QUICK_LENGTH = 512, 64
BATCH = 4
REPEATS, QUICK_REPEATS = 5, 1
LENGTHS = (256, 512, 1024, 2048, 4096)
QUICK_LENGTHS = (64, 128, 256)
LINEAR = 1.15
"""Largest slope, of time over length on log axes, that counts as linear."""
LOADED_TOKENS = 200_000
PLAIN = (
    "model.recurrence.gates=tied",
    "model.recurrence.warm_up=0",
    "model.recurrence.connector=false",
)
"""What a claim's other cell or mode needs, whatever the preset asks of its own."""


def compile_gain(config: RunConfig, *, quick: bool) -> Claim:
    """torch.compile of the whole model against the same model without it."""
    if shutil.which("g++") is None and shutil.which("clang++") is None:
        return _unknown("compile", "torch.compile needs a C++ compiler, and there is none.")
    plain, compiled = _work(config, quick=quick), _work(config, quick=quick)
    compiled.model.compile(dynamic=False)
    ratio = ratio_of(plain.gradients, compiled.gradients, repeats=_repeats(quick=quick))
    how = f"forward and backward, {BATCH} x {_length(quick=quick)} tokens, after compiling"
    return _decided("compile", ratio, 1.2, how)


def loader_gain(config: RunConfig, *, quick: bool) -> Claim:
    """A DataLoader with two workers against crops made in the training process."""
    work = _work(config, quick=quick)
    length = work.tokens.shape[1] - 1
    steps = 4 if quick else 30
    crops = _Crops(length, config.seed)

    def with_workers() -> None:
        loader = DataLoader(crops, batch_size=None, num_workers=2, prefetch_factor=2)
        for _, tokens in zip(range(steps), loader, strict=False):
            work.tokens = tokens
            work.step()

    def without() -> None:
        for position in range(steps):
            work.tokens = crops[position]
            work.step()

    ratio = ratio_of(without, with_workers, repeats=1 if quick else 3, limit=120.0)
    how = f"{steps} training steps; two workers against none, their start included"
    return _decided("loader", ratio, 1.1, how)


def chunk_gain(config: RunConfig, *, quick: bool) -> Claim:
    """The state started afresh with every chunk against the loop over all tokens.

    The chunks' answers are others, as they forget; by how much is told beside the speed.
    """
    length = _length(quick=quick)
    loop = _with(config, *PLAIN, "model.recurrence.mode=sequential")
    chunks = _with(
        config,
        *PLAIN,
        "model.recurrence.mode=chunk_truncated",
        f"model.recurrence.chunk={max(length // 4, 2)}",
    )
    exact, forgetful = _work(loop, quick=quick), _work(chunks, quick=quick)
    ratio = ratio_of(exact.gradients, forgetful.gradients, repeats=_repeats(quick=quick))
    apart = _difference(exact, forgetful)
    how = (
        f"whole model, 4 chunks of {max(length // 4, 2)} tokens against the loop over all; "
        f"before training their logits differ by {100 * apart:.1f} %"
    )
    return _decided("chunks", ratio, 4, how)


def pipeline_gain(_config: RunConfig, *, quick: bool) -> Claim:  # noqa: ARG001 - one shape for all
    """Stages on several devices; without several devices there is nothing to overlap."""
    count = torch.cuda.device_count()
    why = "Stages overlap only on several devices; here is one."
    if count > 1:
        why = f"There are {count} GPUs, but no pipeline of stages is built."
    return _unknown("pipeline", why)


def together_gain(config: RunConfig, *, quick: bool) -> Claim:
    """What this program does to be fast, as preset, against the document's cell in its loop."""
    loop = _with(config, *PLAIN, "model.recurrence.cell=titans", "model.recurrence.expansion=1.0")
    ratio = ratio_of(
        _work(loop, quick=quick).gradients,
        _work(config, quick=quick).gradients,
        repeats=_repeats(quick=quick),
    )
    how = "the preset's scan against the document's cell token by token, in the same model"
    return _decided("together", ratio, 8, how)


def half_memory(config: RunConfig, *, quick: bool) -> Claim:
    """Peak memory of a step in bf16 against fp32."""

    def grown(precision: str) -> int | None:
        work = _work(config, quick=quick, precision=precision)
        work.step()
        return growth(work.step, work.device)

    full, half = grown("fp32"), grown("bf16")
    if full is None or half is None or not full:
        return _unknown("amp", "This system does not tell a process its peak memory.")
    share = half / full
    return Claim(
        key="amp",
        measured=f"{share:.2f} of it",
        verdict="confirmed" if share <= 0.55 else "refuted",
        why="growth of the process during a training step, bf16 over fp32; weights stay fp32",
    )


def linear_time(config: RunConfig, *, quick: bool) -> Claim:
    """Slope of time over length on logarithmic axes; 1 is linear, 2 is attention's."""
    lengths = QUICK_LENGTHS if quick else LENGTHS
    seconds = [
        seconds_of(
            Workload(config, batch=1, length=length, precision="fp32").gradients,
            repeats=_repeats(quick=quick),
            warm_ups=1,
        )
        for length in lengths
    ]
    slope = float(np.polyfit(np.log(lengths), np.log(seconds), 1)[0])
    return Claim(
        key="linear",
        measured=f"n to the power {slope:.2f}",
        verdict="confirmed" if slope <= LINEAR else "refuted",
        why=f"forward and backward of one sequence, {lengths[0]} to {lengths[-1]} tokens",
    )


CLAIMS: dict[str, Callable[..., Claim]] = {
    "linear": linear_time,
    "compile": compile_gain,
    "loader": loader_gain,
    "chunks": chunk_gain,
    "pipeline": pipeline_gain,
    "together": together_gain,
    "amp": half_memory,
}
"""The measurements, by the keys of their claims."""


class _Crops(Dataset[Any]):
    """Batches of random text, a pure function of the position."""

    def __init__(self, length: int, seed: int) -> None:
        self._text = np.random.default_rng(0).integers(0, 256, LOADED_TOKENS, dtype=np.int32)
        self._length, self._seed = length, seed

    def __len__(self) -> int:
        return 1_000_000

    def __getitem__(self, position: int) -> torch.Tensor:
        batch = training_batch(
            self._text, batch_size=BATCH, length=self._length, seed=self._seed, position=position
        )
        return torch.from_numpy(batch)


def _with(config: RunConfig, *changes: str) -> RunConfig:
    return apply_overrides(config, changes)


def _work(config: RunConfig, *, quick: bool, precision: str = "fp32") -> Workload:
    return Workload(config, batch=BATCH, length=_length(quick=quick), precision=precision)


@torch.inference_mode()
def _difference(one: Workload, other: Workload) -> float:
    """Of two models with the same weights: how far their logits are apart, of their length."""
    first, second = (work.model(work.tokens[:, :-1])[0] for work in (one, other))
    return float(torch.linalg.vector_norm(second - first) / torch.linalg.vector_norm(first))


def _length(*, quick: bool) -> int:
    return QUICK_LENGTH if quick else LENGTH


def _repeats(*, quick: bool) -> int:
    return QUICK_REPEATS if quick else REPEATS


def _decided(key: str, ratio: float, least: float, how: str) -> Claim:
    verdict: Verdict = "confirmed" if ratio >= least else "refuted"
    return Claim(key=key, measured=f"{ratio:.2f} times", verdict=verdict, why=how)


def _unknown(key: str, why: str) -> Claim:
    return Claim(key=key, measured="-", verdict="not measurable here", why=why)
