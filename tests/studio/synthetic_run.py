"""A run folder full of made-up events, for tests of what the pages draw."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from safetensors.numpy import save_file

from hope_core.config.run import RunConfig
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import (
    EvaluationFinished,
    LevelDescription,
    ProbeRecorded,
    RunStarted,
    SampleWritten,
    StepFinished,
)
from hope_core.runs.folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hope_core.runs.events import Event

LEVELS = (
    LevelDescription(name="every step", clock=1, learning_rate_factor=1.0, parameters=4_000_000),
    LevelDescription(name="continuum 2", clock=8, learning_rate_factor=0.5, parameters=600_000),
    LevelDescription(name="continuum 3", clock=64, learning_rate_factor=0.2, parameters=600_000),
)
WORDS = ("The", "quick", "brown", "fox", "jumps", "over", "the", "dog", ".\n") * 14


def made_up_events(
    steps: int,
    *,
    evaluate_every: int = 100,
    sample_every: int = 200,
    probe_every: int = 0,
    levels: tuple[LevelDescription, ...] = LEVELS,
    total: int = 0,
    penalty: float = 0.0,
) -> Iterator[Event]:
    """A plausible run of so many steps; with `penalty` its model has a second loss."""
    numbers = np.random.default_rng(0)
    yield started(total or steps, levels)
    best = np.inf
    for step in range(1, steps + 1):
        loss = 1.2 + 4.3 * np.exp(-step / (0.1 * steps + 20)) + 0.06 * numbers.normal()
        rate = 0.008 * min(step / (0.05 * steps + 1), 0.55 + 0.45 * np.cos(np.pi * step / steps))
        yield StepFinished(
            step=step,
            tokens=step * 4096,
            loss=float(loss),
            bits_per_byte=float(loss / np.log(2)),
            grad_norm=float(0.4 + 2 / (1 + step / 20) + 0.05 * abs(numbers.normal())),
            learning_rates=tuple(float(rate) * level.learning_rate_factor for level in levels),
            fired=tuple(i for i, level in enumerate(levels) if step % level.clock == 0),
            seconds=step * 0.05,
            tokens_per_second=float(82_000 + 3000 * numbers.normal()),
            memory_bytes=int(6.1e8 + 2e8 * (1 - np.exp(-step / 30))),
            penalty=penalty / (1 + step / 60),
        )
        if probe_every and step % probe_every == 0:
            yield ProbeRecorded(step=step, path=f"probes/{step}.safetensors")
        if step % evaluate_every == 0:
            held_out = float(loss + 0.1 + 0.2 * (step / steps) ** 4)
            better, best = held_out < best, min(best, held_out)
            yield EvaluationFinished(
                step=step,
                loss=held_out,
                bits_per_byte=float(held_out / np.log(2)),
                best=bool(better),
                best_step=step,
                patience_left=None,
            )
        if step % sample_every == 0:
            text = f"read_line(self, number={step}):\n    return self.lines[number]\n"
            yield SampleWritten(step=step, prompt="def ", text=text)


def started(total: int, levels: tuple[LevelDescription, ...] = LEVELS) -> RunStarted:
    return RunStarted(
        segment=1,
        step=0,
        resumed=False,
        steps=total,
        max_seconds=0.0,
        parameters=4_700_000,
        device="cpu",
        precision="fp32",
        threads=1,
        levels=levels,
        floor_bits_per_byte=1.4,
    )


def write_probes(
    folder: RunFolder, events: list[Event], *, layers: int = 6, heads: int = 4
) -> None:
    """A probe file for each ProbeRecorded among the events."""
    numbers = np.random.default_rng(1)
    (folder.path / "probes").mkdir(exist_ok=True)
    shape = (layers, heads, len(WORDS))
    speed = numbers.normal(size=(layers, heads))
    for event in events:
        if not isinstance(event, ProbeRecorded):
            continue
        arrays = {
            "memory_norm": np.exp(speed * np.log1p(event.step) / 3),
            "surprise": numbers.random((layers, len(WORDS))) * np.exp(-event.step / 500),
            "theta": 1 / (1 + np.exp(-numbers.normal(size=shape))),
            "eta": 1 / (1 + np.exp(-numbers.normal(size=shape) - 1)),
            "alpha": 0.1 / (1 + np.exp(-numbers.normal(size=shape))),
            "stability_bound": 1.5 + numbers.random((layers, heads)),
            "half_life": 20.0 + 500.0 * numbers.random((layers, heads)),
            "update_norm": numbers.random(3),
        }
        texts = json.dumps([f" {word}" for word in WORDS])
        small = {name: array.astype(np.float32) for name, array in arrays.items()}
        save_file(small, folder.path / event.path, {"tokens": texts})


def write_run(
    root: Path, events: list[Event], config: RunConfig | None = None, *, name: str = "made-up"
) -> RunFolder:
    """A run folder that holds these events and their probes."""
    folder = RunFolder.create(config or RunConfig(), root=root, name=name)
    with EventWriter(folder) as writer:
        for event in events:
            writer.write(event)
    write_probes(folder, events)
    return folder
