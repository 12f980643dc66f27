"""A kept history equals one read anew, and whatever is wrong with it, the events decide."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest

from hope_core.analysis import history_cache
from hope_core.analysis.history import RunHistory
from hope_core.analysis.history_cache import open_history
from hope_core.config.run import RunConfig
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import (
    EvaluationFinished,
    LevelDescription,
    Notice,
    RunStarted,
    SampleWritten,
    StepFinished,
    StepSkipped,
)
from hope_core.runs.folder import RunFolder
from hope_core.runs.reader import EventReader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hope_core.runs.events import Event

LEVELS = tuple(
    LevelDescription(name=name, clock=clock, learning_rate_factor=1.0, parameters=10)
    for name, clock in (("fast", 1), ("slow", 4))
)


@pytest.fixture(autouse=True)
def even_short_runs_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_cache, "WORTH", 100)
    monkeypatch.setattr(history_cache, "ROOM", 0)


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    made = RunFolder.create(RunConfig(), tmp_path / "run")
    write(made, [started(0), *steps(1, 700)])
    return made


def write(run: RunFolder, events: Iterable[Event]) -> None:
    with run.lock(), EventWriter(run) as writer:
        for event in events:
            writer.write(event)


def started(step: int) -> RunStarted:
    return RunStarted(
        segment=1,
        step=step,
        resumed=step > 0,
        steps=1000,
        max_seconds=0.0,
        parameters=20,
        device="cpu",
        precision="fp32",
        threads=1,
        levels=LEVELS,
    )


def steps(first: int, last: int, height: float = 1.0) -> Iterable[Event]:
    for n in range(first, last + 1):
        yield StepFinished(
            step=n,
            tokens=n * 100,
            loss=float("nan") if n % 50 == 0 else height + 1.0 / n,
            bits_per_byte=2.0,
            grad_norm=0.5,
            learning_rates=(0.01, 0.001),
            fired=(0, 1) if n % 4 == 0 else (0,),
            seconds=n * 0.5,
            tokens_per_second=200.0,
            memory_bytes=10**9,
            penalty=0.25 if n > 60 else 0.0,
        )
        if n % 100 == 0:
            yield EvaluationFinished(
                step=n, loss=height, bits_per_byte=2.0, best=n == 300, best_step=300
            )
            yield SampleWritten(step=n, prompt="a", text="Straße 漢字")
            yield Notice(message=f"step {n}")
            yield StepSkipped(step=n, reason="no number", in_a_row=1, total=n // 100)


def read_anew(run: RunFolder) -> RunHistory:
    history = RunHistory(run.path)
    history.feed(EventReader(run).poll())
    return history


def assert_same(one: RunHistory, two: RunHistory) -> None:
    for name in ("loss", "grad_norm", "penalty", "learning_rate.1", "validation.loss"):
        (left, _), (right, _) = one.find(name), two.find(name)  # type: ignore[misc]
        np.testing.assert_array_equal(left.y, right.y)
        np.testing.assert_array_equal(left.x.values, right.x.values)
        for drawn, wanted in zip(left.window(0, 999, 20), right.window(0, 999, 20), strict=True):
            np.testing.assert_array_equal(drawn, wanted)
    for left_column, right_column in zip(one.firings, two.firings, strict=True):
        np.testing.assert_array_equal(left_column.values, right_column.values)
    for name in ("evaluations", "samples", "notices", "markers", "skipped", "levels", "started"):
        assert getattr(one, name) == getattr(two, name)
    assert one.step == two.step
    assert one.verdict() == two.verdict()


def kept(run: RunFolder) -> Path:
    return run.path / "cache" / "history.columns"


def test_kept_history_equals_one_that_is_read_anew(run: RunFolder) -> None:
    open_history(run.path)
    assert kept(run).exists()
    again = open_history(run.path)
    assert_same(again.history, read_anew(run))
    assert again.reader.poll() == []


def test_no_part_of_a_history_is_forgotten() -> None:
    """Who gives RunHistory something new to remember must keep it, too, and raise _FORMAT."""
    columns = {"axes", "series", "learning_rates", "firings", "evaluation_axes", "validation"}
    told = {*history_cache._LISTS, *history_cache._DIRECT, "markers"}
    made_anew = {"memory", "revision", "_takers"}
    assert set(vars(RunHistory())) == columns | told | made_anew


def test_only_what_came_since_is_read(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    open_history(run.path)
    write(run, [started(700), *steps(701, 720)])
    fed = []
    monkeypatch.setattr(RunHistory, "feed", lambda _, events: fed.extend(events))
    open_history(run.path)
    assert 20 < len(fed) < 30


def test_resume_forgets_kept_steps_past_it(run: RunFolder) -> None:
    open_history(run.path)
    write(run, [started(250), *steps(251, 400, height=9.0)])
    opened = open_history(run.path)
    assert_same(opened.history, read_anew(run))
    assert opened.history.step == 400
    assert_same(open_history(run.path).history, read_anew(run))


def test_other_events_of_the_same_length_are_not_taken_for_the_kept_ones(run: RunFolder) -> None:
    open_history(run.path)
    events = run.path / "events" / "000001.jsonl"
    data = events.read_bytes()
    events.write_bytes(data.replace(b'"tokens":70000', b'"tokens":70001'))
    assert open_history(run.path).history.last.tokens == 70_001  # type: ignore[union-attr]


def test_events_that_were_cut_shorter_are_read_anew(run: RunFolder) -> None:
    open_history(run.path)
    events = run.path / "events" / "000001.jsonl"
    events.write_bytes(events.read_bytes()[:50_000])
    assert_same(open_history(run.path).history, read_anew(run))


def test_damaged_file_is_passed_over(run: RunFolder) -> None:
    open_history(run.path)
    data, wanted, chance = kept(run).read_bytes(), read_anew(run), random.Random(7)
    header = data.index(b" " * 8) if b" " * 8 in data[:40_000] else 20_000
    for number in range(60):
        spoilt = bytearray(data)
        if number % 2:
            del spoilt[chance.randrange(len(data)) :]
        else:
            spoilt[chance.randrange(header)] ^= 1 << chance.randrange(8)
        kept(run).write_bytes(spoilt)
        assert_same(open_history(run.path).history, wanted)


def test_short_run_keeps_nothing(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_cache, "WORTH", 100_000)
    open_history(run.path)
    assert not (run.path / "cache").exists()


def test_place_that_cannot_be_written_is_no_trouble(run: RunFolder) -> None:
    (run.path / "cache").write_text("not a folder")
    assert_same(open_history(run.path).history, read_anew(run))


def test_full_disk_is_left_alone(run: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_cache, "ROOM", 1 << 60)
    open_history(run.path)
    assert not (run.path / "cache").exists()
