"""The bench measures presets in processes of their own, and decides claims by measurements."""

from __future__ import annotations

import re

import pytest

from hope_core.bench import claims
from hope_core.bench.figures import SAID, Order
from hope_core.bench.peak import growth
from hope_core.bench.preset import measure
from hope_core.bench.running import claim_checked, preset_figures
from hope_core.bench.subject import obey
from hope_core.bench.workload import ratio_of, seconds_of
from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.errors import HopeError
from hope_core.reports.bars import Bar, Chart, bars_svg

TINY = ("model.width=16", "model.layers=1", "model.heads=2")


@pytest.fixture
def tiny():
    return apply_overrides(load_preset("small"), TINY)


@pytest.fixture
def twistor():
    return apply_overrides(
        load_preset("mt-hope/small"),
        [*TINY, "model.nesting.levels=1", "model.memory_system.slots=1"],
    )


def test_a_preset_is_measured_in_a_process_of_its_own(tiny) -> None:
    found = preset_figures(tiny, quick=True, threads=1)
    assert found.parameters > 1000
    assert found.levels == 2
    assert found.slowest_clock == 4
    assert found.tokens_per_second == pytest.approx(64 / found.step_ms * 1000)
    assert found.forward_ms < found.step_ms


def test_what_does_not_fit_is_not_measured_and_says_so(
    tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hope_core.bench.preset.SHARE_OF_FREE", 0.0)
    found = measure(tiny, quick=True)
    assert found.step_ms is None
    assert "free" in found.why_not


def test_a_process_that_fails_tells_its_last_line(tiny) -> None:
    with pytest.raises(HopeError, match="KeyError"):
        preset_figures_of_unknown(tiny)


def preset_figures_of_unknown(config) -> None:
    from hope_core.bench.figures import PresetFigures
    from hope_core.bench.running import _sent

    order = Order(what="unknown", config=config.model_dump_json(), quick=True)
    _sent(order, PresetFigures, 240.0)


def test_a_preset_that_takes_too_long_is_told_by_its_settings(tiny) -> None:
    found = preset_figures(tiny, quick=True, threads=1, patience=0.01)
    assert found.parameters > 1000
    assert found.step_ms is None
    assert "longer than 0" in found.why_not


def test_a_claim_that_cannot_be_measured_says_why(tiny) -> None:
    found = claim_checked("chunks", tiny, quick=True, threads=1)  # hope has no such setting
    assert found.verdict == "not measurable here"
    assert "recurrence" in found.why


@pytest.mark.parametrize("key", ["linear", "loader", "chunks", "pipeline", "together", "amp"])
def test_every_claim_comes_to_a_verdict(twistor, key: str) -> None:
    found = obey(Order(what=key, config=twistor.model_dump_json(), quick=True))
    assert found.key == key
    assert found.said == SAID[key]
    assert found.why
    assert ("logits differ by" in found.why) == (key == "chunks")
    assert (found.verdict == "not measurable here") == (key == "pipeline")


def test_every_claim_has_a_measurement() -> None:
    assert claims.CLAIMS.keys() == SAID.keys()


def test_a_ratio_decides_a_claim() -> None:
    assert claims._decided("chunks", 4.0, 4, "how").verdict == "confirmed"
    assert claims._decided("chunks", 3.9, 4, "how").verdict == "refuted"


def test_repeats_end_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10_000))
    monkeypatch.setattr("hope_core.bench.workload.time.perf_counter", lambda: float(next(clock)))
    calls: list[int] = []
    assert seconds_of(lambda: calls.append(1), repeats=1000, warm_ups=0, limit=20.0) == 1.0
    assert len(calls) < 20


def test_a_ratio_is_that_of_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("hope_core.bench.workload.time.perf_counter", lambda: now[0])

    def passing(seconds: float) -> None:
        now[0] += seconds

    assert ratio_of(lambda: passing(3.0), lambda: passing(1.5), repeats=3) == 2.0


def test_growth_sees_what_is_held_and_given_back() -> None:
    import torch

    held = []

    def work() -> None:
        held.append(torch.ones(8_000_000))

    grown = growth(work, torch.device("cpu"))
    assert grown is None or 25e6 < grown < 80e6


def test_bars_share_a_scale_and_show_names_as_they_are() -> None:
    bars = [Bar("a<b", 10.0, "10"), Bar("half", 5.0, "5"), Bar("none", None, "not measured")]
    svg = bars_svg([Chart("Speed", bars)])
    assert "a&lt;b" in svg
    widths = [float(found) for found in re.findall(r"width='([0-9.]+)' height='17'", svg)]
    assert widths == [pytest.approx(2 * widths[1]), widths[1], 0.0]
