"""Clocks, gates, norms and tables in numbers."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import save_file

from hope_core.analysis.export import Table, curves_csv
from hope_core.analysis.gates import flagged_heads, half_life, histogram, ranks, stuck_heads
from hope_core.analysis.history import RunHistory
from hope_core.analysis.lanes import lane_window, lanes_of, steps_between, ticks
from hope_core.analysis.norm_map import head_line, norm_map
from hope_core.analysis.probes import read_norms, read_probe
from hope_core.analysis.update_sizes import UpdateSizes, shares_at, update_sizes
from hope_core.errors import RunError
from hope_core.runs.events import LevelDescription, ProbeRecorded, RunStarted, StepFinished

if TYPE_CHECKING:
    from pathlib import Path


def run_of(steps: int, *clocks: int, total: int = 1000) -> RunHistory:
    levels = tuple(
        LevelDescription(name=f"l{n}", clock=clock, learning_rate_factor=1.0, parameters=1)
        for n, clock in enumerate(clocks)
    )
    history = RunHistory()
    start = RunStarted(
        segment=1,
        step=0,
        resumed=False,
        steps=total,
        max_seconds=0.0,
        parameters=1,
        device="cpu",
        precision="fp32",
        threads=1,
        levels=levels,
    )
    history.feed([start])
    history.feed(
        StepFinished(
            step=step,
            tokens=step,
            loss=1.0,
            bits_per_byte=1.0,
            grad_norm=1.0,
            learning_rates=tuple(0.1 for _ in clocks),
            fired=tuple(n for n, clock in enumerate(clocks) if step % clock == 0),
            seconds=1.0,
            tokens_per_second=1.0,
            memory_bytes=1,
        )
        for step in range(1, steps + 1)
    )
    return history


def test_lane_counts_updates_and_tells_the_next() -> None:
    fast, slow = lanes_of(run_of(20, 1, 8))
    assert (fast.updates, fast.next_step) == (20, 21)
    assert (slow.updates, slow.next_step, slow.period) == (2, 24, 8)
    assert (fast.remaining, slow.remaining) == (1, 4)


def test_level_slower_than_the_run_never_moves() -> None:
    lane = lanes_of(run_of(20, 500, total=100))[0]
    assert lane.never
    assert lane.next_step is None
    assert lane.remaining is None


def test_stretch_of_any_axis_is_told_in_steps() -> None:
    history = run_of(20, 1)
    assert steps_between(history, "step", 3.5, 17.0) == (3, 17)
    assert steps_between(history, "tokens", 5.0, 11.0) == (5, 11)
    assert steps_between(history, "tokens", 5.0, 900.0) == (5, 20)
    assert steps_between(RunHistory(), "tokens", 0.0, 1.0) == (0, 1)


def test_updates_are_measured_by_the_looks_that_they_fall_on(tmp_path: Path) -> None:
    history = RunHistory(tmp_path)
    moved = {4: [2.0, 0.0], 8: [1.0, 3.0], 12: [0.5, 0.0], 16: [], 20: [0.5, 1.5]}
    for step, moves in moved.items():
        arrays = {"memory_norm": np.ones((1, 1)), "update_norm": np.array(moves)}
        small = {name: array.astype(np.float32) for name, array in arrays.items()}
        save_file(small, tmp_path / f"{step}.safetensors")
        history.feed([ProbeRecorded(step=step, path=f"{step}.safetensors")])
    history.load_probes(seconds=5)
    slow = update_sizes(history.memory, 1)
    assert slow.steps.tolist() == [8, 20]
    assert slow.sizes.tolist() == [3.0, 1.5]
    assert update_sizes(history.memory, 0).steps.tolist() == [4, 8, 12, 20]
    assert not len(update_sizes(history.memory, 2).steps)


def test_looks_that_measured_no_update_come_before_those_that_did(tmp_path: Path) -> None:
    history = RunHistory(tmp_path)
    for step, moves in ((4, []), (8, [1.0])):
        arrays = {"memory_norm": np.ones((1, 1)), "update_norm": np.array(moves)}
        save_file(arrays, tmp_path / f"{step}.safetensors")
        history.feed([ProbeRecorded(step=step, path=f"{step}.safetensors")])
    history.load_probes(seconds=5)
    np.testing.assert_array_equal(history.memory.moves, [[np.nan], [1.0]])


def test_place_takes_the_nearest_measured_update() -> None:
    measured = UpdateSizes(np.array([8.0, 20.0]), np.array([3.0, 1.5]))
    np.testing.assert_allclose(
        shares_at(np.array([0.0, 8, 13, 15, 99]), measured), [1, 1, 1, 0.5, 0.5]
    )
    one = UpdateSizes(np.array([8.0]), np.array([3.0]))
    np.testing.assert_allclose(shares_at(np.array([0.0, 99]), one), 1.0)
    none = UpdateSizes(np.empty(0), np.empty(0))
    assert np.isnan(shares_at(np.array([0.0, 99]), none)).all()


def test_window_shows_a_few_ticks_of_the_slowest_level_that_moves() -> None:
    assert lane_window(run_of(900, 1, 64, 5000)) == (900 - 5 * 64, 900)
    assert lane_window(run_of(10, 1, 64)) == (5, 10)


def test_ticks_are_one_a_pixel_and_none_in_empty_pixels() -> None:
    np.testing.assert_array_equal(ticks(np.array([1.0, 2, 3, 50, 90]), 0, 100, 10), [1, 50, 90])
    assert len(ticks(np.arange(1_000_000.0), 0, 1e6, 300)) == 300
    assert len(ticks(np.array([]), 0, 10, 10)) == 0


def test_half_life_is_the_time_to_forget_half() -> None:
    alpha = np.full((2, 50), 0.1)
    assert 0.9 ** half_life(alpha)[0] == pytest.approx(0.5)
    assert half_life(np.zeros(5)) == np.inf


def test_histogram_shares_the_values_of_each_layer_out() -> None:
    gate = np.array([[[0.05, 0.15], [0.15, 0.95]], [[1.0, 1.0], [1.0, 1.0]]])
    shares, edges = histogram(gate, bins=10)
    np.testing.assert_allclose(edges[[0, 1, -1]], [0.0, 0.1, 1.0])
    np.testing.assert_allclose(shares.sum(1), 1.0)
    np.testing.assert_allclose(shares[0, [0, 1, 9]], [0.25, 0.5, 0.25])
    assert shares[1, 9] == 1.0


def test_histogram_reaches_as_far_as_its_gate() -> None:
    shares, edges = histogram(np.array([[[0.0, 4.0, 4.0, 4.0]]]), bins=4)
    assert edges[-1] == 4.0
    np.testing.assert_allclose(shares[0], [0.25, 0.0, 0.0, 0.75])


def test_gates_at_an_end_are_stuck() -> None:
    gate = np.random.default_rng(0).uniform(0.1, 0.9, size=(2, 3, 40))
    gate[0, 1], gate[1, 2] = 0.0, 1.0
    assert stuck_heads(gate) == 2


def test_ranks_go_from_zero_to_one() -> None:
    np.testing.assert_allclose(ranks(np.array([5.0, 1.0, 9.0])), [0.5, 0.0, 1.0])
    np.testing.assert_allclose(ranks(np.array([3.0])), [0.0])


def test_heads_far_from_the_others_are_flagged() -> None:
    norms = np.array([[1.0, 1, 1, 1, 1], [1.0, 1, 1, 50, 0.001]])
    assert flagged_heads(norms) == ([3], [4])


def memory_of(path: Path, norms: dict[int, np.ndarray]) -> RunHistory:
    history = RunHistory(path)
    for step, array in norms.items():
        save_file({"memory_norm": array.astype(np.float32)}, path / f"{step}.safetensors")
        history.feed([ProbeRecorded(step=step, path=f"{step}.safetensors")])
    history.load_probes(seconds=5)
    return history


def test_norm_map_holds_each_look_until_the_next(tmp_path: Path) -> None:
    norms = {0: np.array([[1.0, 2.0]]), 10: np.array([[10.0, 2.0]]), 100: np.array([[1.0, 0.2]])}
    found = norm_map(memory_of(tmp_path, norms).memory, 11)
    np.testing.assert_allclose(found.picture[0], [0, *[1] * 9, 0], atol=1e-6)
    np.testing.assert_allclose(found.picture[1], [*[0] * 10, -1], atol=1e-6)
    assert (found.first, found.last, found.reach) == (0.0, 100.0, 1.0)


def test_norm_map_of_a_head_that_began_empty_is_neutral(tmp_path: Path) -> None:
    norms = {0: np.array([[0.0]]), 10: np.array([[3.0]])}
    np.testing.assert_array_equal(norm_map(memory_of(tmp_path, norms).memory, 9).picture, 0.0)


def test_norm_map_of_one_look_compares_the_heads(tmp_path: Path) -> None:
    found = norm_map(memory_of(tmp_path, {7: np.array([[1.0, 10.0, 100.0]])}).memory, 9)
    assert found is not None
    assert found.alone
    np.testing.assert_allclose(found.picture[:, 0], [-1, 0, 1], atol=1e-6)


def test_there_is_no_norm_map_before_the_first_look() -> None:
    assert norm_map(RunHistory().memory, 10) is None


def test_line_of_a_head_is_its_norm_at_each_look(tmp_path: Path) -> None:
    history = memory_of(tmp_path, {5: np.arange(6).reshape(2, 3), 6: np.ones((2, 3))})
    line = head_line(history.memory, 1, 2)
    np.testing.assert_array_equal(line.steps, [5, 6])
    np.testing.assert_array_equal(line.norms, [5, 1])


def test_probe_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "p.safetensors"
    arrays = {
        "memory_norm": np.ones((2, 3)),
        "surprise": np.ones((2, 4)),
        "eta": np.ones((2, 3, 4)),
    }
    save_file(arrays, path, {"tokens": '["a", " b", "\\n", "c"]'})
    probe = read_probe(path)
    assert probe.tokens == ("a", " b", "\n", "c")
    assert probe.norms.shape == (2, 3)
    assert set(probe.gates) == {"eta"}
    assert probe.stability is None


def test_probe_tells_each_heads_stability_where_it_was_measured(tmp_path: Path) -> None:
    path = tmp_path / "p.safetensors"
    names = ("memory_norm", "momentum_norm", "stability_bound", "half_life")
    save_file({name: np.full((2, 3), i) for i, name in enumerate(names)}, path)
    probe = read_probe(path)
    found = (probe.norms, probe.momentum_norms, probe.stability, probe.half_life)
    assert [array[1, 2] for array in found if array is not None] == [0, 1, 2, 3]


@pytest.mark.parametrize("content", [b"", b"torn", None])
def test_probe_that_cannot_be_read_is_a_run_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "p.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RunError, match=r"p\.safetensors"):
        read_probe(path)


def test_probe_without_norms_is_a_run_error(tmp_path: Path) -> None:
    path = tmp_path / "p.safetensors"
    save_file({"surprise": np.ones((1, 2))}, path)
    with pytest.raises(RunError, match="no memory norms"):
        read_norms(path)


def test_table_gives_numbers_that_read_back_the_same() -> None:
    values = np.random.default_rng(0).normal(size=50).astype(np.float32)
    axes = {"step": np.arange(50.0), "tokens": np.arange(50.0) * 4096}
    text = curves_csv([Table('loss, "raw"', axes, values)]).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    np.testing.assert_array_equal(np.array([r["value"] for r in rows], np.float32), values)
    assert rows[3]["tokens"] == "12288"
    assert rows[0]["curve"] == 'loss, "raw"'
