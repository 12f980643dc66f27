"""Reports tell a run's facts, stand alone, and show every text as it is."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.errors import RunError
from hope_core.reports.curves import ticks
from hope_core.reports.facts import facts_of
from hope_core.reports.writing import report, write_report
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import (
    EvaluationFinished,
    LevelDescription,
    RunStarted,
    SampleWritten,
    StepFinished,
)
from hope_core.runs.folder import RunFolder
from hope_core.runs.notes import RunNotes, write_notes

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = '<script>alert("x")</script> | `` ``` & *bold*'


def step(number: int, loss: float) -> StepFinished:
    return StepFinished(
        step=number,
        tokens=number * 100,
        loss=loss,
        bits_per_byte=loss * 1.5,
        grad_norm=1.0,
        learning_rates=(0.01,),
        fired=(0,),
        seconds=number * 0.5,
        tokens_per_second=200.0,
        memory_bytes=number * 1_000_000,
    )


def told_run(root: Path, name: str, *, seed: int = 0) -> RunFolder:
    """A run of three steps, one look at held-out text and two samples."""
    folder = RunFolder.create(apply_overrides(load_preset("small"), [f"seed={seed}"]), root / name)
    level = LevelDescription(name="every step", clock=1, learning_rate_factor=1.0, parameters=7)
    with folder.lock():
        writer = EventWriter(folder)
        writer.write(
            RunStarted(
                segment=1,
                step=0,
                resumed=False,
                steps=3,
                max_seconds=0,
                parameters=1234,
                device="cpu",
                precision="fp32",
                threads=1,
                levels=(level,),
                floor_bits_per_byte=0.5,
            )
        )
        for number, loss in enumerate((3.0, 1.25, float("nan")), start=1):
            writer.write(step(number, loss))
        writer.write(
            EvaluationFinished(step=2, loss=1.5, bits_per_byte=2.125, best=True, best_step=2)
        )
        for number in (1, 2, 3):
            writer.write(
                SampleWritten(step=number, prompt=HOSTILE, text=f"text {number} {HOSTILE}")
            )
        writer.close()
        folder.write_state("finished", step=3, tokens=300, seconds=1.5, loss=1.25)
    return folder


class Page(HTMLParser):
    """Collects tags, and what they would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.loads += [value for name, value in attrs if name in {"src", "href", "onload"}]


def test_facts_are_those_of_the_run(tmp_path: Path) -> None:
    facts = facts_of(told_run(tmp_path, "one"))
    assert (facts.first_loss, facts.lowest_loss) == (3.0, 1.25)
    assert facts.phases == (3.0, 1.25)
    assert facts.gap == pytest.approx(2.125 - 1.875)
    assert (facts.best_bits_per_byte, facts.best_step) == (2.125, 2)
    assert facts.peak_bytes == 3_000_000
    assert facts.parameters == 1234
    assert [sample.step for sample in facts.samples] == [1, 3]
    assert facts.training == [(1.0, 4.5), (2.0, 1.875)]
    assert facts.tokens_per_second == 200


def test_a_page_stands_alone_and_runs_nothing_that_a_text_says(tmp_path: Path) -> None:
    folder = told_run(tmp_path, "one")
    write_notes(folder.path, RunNotes(title=HOSTILE, notes=HOSTILE, tags=(HOSTILE,)))
    page = Page(report([facts_of(folder)]))
    assert "script" not in page.tags
    assert page.loads == []
    assert page.tags.count("svg") == 1


def test_two_runs_are_compared_by_what_differs(tmp_path: Path) -> None:
    runs = [facts_of(told_run(tmp_path, name, seed=n)) for n, name in enumerate(("one", "two"))]
    text = report(runs, "report.md.j2")
    assert "| seed | 0 | 1 |" in text
    assert "train.steps |" not in text
    assert "Training loss fell by | 58.3 %" in text
    assert "Mean training loss, in thirds | 3.0000, 1.2500" in text
    assert "Best bits per byte, held-out | 2.1250 | 2.1250" in text


def test_markdown_shows_marks_as_they_are(tmp_path: Path) -> None:
    folder = told_run(tmp_path, "one")
    write_notes(folder.path, RunNotes(title="a | b *c*"))
    text = report([facts_of(folder)], "report.md.j2")
    assert r"a \| b \*c\*" in text
    assert "````text\ntext 3" in text


def test_a_run_that_never_stepped_has_a_report_without_a_chart(tmp_path: Path) -> None:
    folder = RunFolder.create(load_preset("small"), tmp_path / "empty")
    assert "svg" not in Page(report([facts_of(folder)])).tags


def test_another_ending_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    facts = facts_of(told_run(tmp_path, "one"))
    with pytest.raises(RunError, match=r"\.html or \.md"):
        write_report([facts], tmp_path / "report.pdf")
    assert not (tmp_path / "report.pdf").exists()
    write_report([facts], tmp_path / "report.md")
    assert (tmp_path / "report.md").read_text(encoding="utf-8").startswith("# one")


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0.37, 8.4), (0, 20_000), (1e-5, 2e-5), (3, 3)])
def test_ticks_are_round_and_few(low: float, high: float) -> None:
    found = ticks(low, high)
    assert len(found) <= 8
    assert all(low - 1e-9 <= tick <= high + 1e-9 for tick in found)
