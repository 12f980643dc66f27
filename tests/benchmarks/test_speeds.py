from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from benchmarks import generate_speed, kernels, scaling, train_speed
from benchmarks._contenders import SIZES, contender
from benchmarks._step_memory import STATUS, parsed, step_bytes
from benchmarks._timing import OwnSeconds, interleaved
from benchmarks._training import training_step

MODELS = ("transformer", "hope")


@pytest.mark.parametrize("module", [train_speed, generate_speed, scaling, kernels])
def test_command_line_knows_quick_and_json(module: object) -> None:
    options = module.arguments(["--quick", "--json"])
    assert options.quick
    assert options.json


def test_quick_training_speed_needs_no_peers() -> None:
    settings = train_speed.settings(train_speed.arguments(["--quick"]))
    assert all(setting.peers == () for setting in settings)


def test_peer_is_timed_by_its_own_process_where_others_use_the_machine() -> None:
    runs = {"peer": lambda: OwnSeconds(7.0), "ours": lambda: None}
    own = interleaved(runs, repeats=1, clock="cpu")
    assert own["peer"] == 7.0 > own["ours"]
    assert interleaved(runs, repeats=1)["peer"] < 7.0


def test_training_speed_compares_with_the_transformer() -> None:
    (setting,) = train_speed.settings(train_speed.arguments(["--quick", "--sizes", "tiny"]))
    tiny = replace(setting, models=MODELS, batch=1, length=8, repeats=1)
    speeds = train_speed.measure(tiny)
    assert [speed.model for speed in speeds] == [*MODELS]
    assert speeds[0].over_transformer == 1
    assert speeds[1].tokens_per_second > 0
    assert train_speed.table(speeds).count("\n") == 3


def test_a_timed_step_moves_the_weights() -> None:
    one = contender("hope", SIZES["tiny"])
    step = training_step(one, batch=1, length=8)
    assert step().loss > step().loss


def test_writing_speed_tells_the_size_of_the_state() -> None:
    short, long = (
        generate_speed.measure("tiny", T, MODELS, count=2, repeats=1, budget=0.0) for T in (8, 16)
    )
    assert long[0].state_bytes == 2 * short[0].state_bytes
    assert long[1].state_bytes == short[1].state_bytes


def test_context_read_in_pieces_gives_the_same_text(monkeypatch: pytest.MonkeyPatch) -> None:
    model = contender("hope", SIZES["tiny"]).build().eval()
    context = torch.randint(256, (1, 20))
    whole = generate_speed.write(model, generate_speed.read(model, context), 4)
    monkeypatch.setattr(generate_speed, "PIECE", 7)
    assert torch.equal(generate_speed.write(model, generate_speed.read(model, context), 4), whole)


def test_scaling_tells_time_and_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaling, "step_bytes", lambda name, *_: [len(name), None])
    costs = scaling.measure("tiny", "1x8,2x16", MODELS, repeats=1, budget=0.0)
    assert [cost.memory_over_transformer for cost in costs] == [1, 4 / 11, None, None]
    assert [cost.over_shortest for cost in costs[:2]] == [1, 1]
    assert "| - | - |" in scaling.table(costs)


def test_lengths_are_pairs_of_batch_and_length() -> None:
    assert parsed("8x256,1x4096") == [(8, 256), (1, 4096)]


def test_a_longer_step_needs_more_memory_where_the_system_tells() -> None:
    short, long = step_bytes("transformer", "100k", "1x64,4x512")
    assert (short, long) == (None, None) if not STATUS.exists() else long > 2 * short > 0


def test_importing_a_benchmark_imports_no_peer() -> None:
    code = (
        "import sys, benchmarks.train_speed, benchmarks.oracles;"
        "sys.exit(bool({'fla', 'titans_pytorch'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
