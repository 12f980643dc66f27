"""State tracking: each model at its best rate, from several seeds."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks._book import OutOfTimeError
from benchmarks._text_rows import told_seeds
from benchmarks._timing import markdown
from benchmarks._tracking import Trial, score_of

if TYPE_CHECKING:
    from benchmarks._book import Book
    from benchmarks._contenders import Contender
    from benchmarks._learning import Effort
    from benchmarks._tracking import Score

TRACKING_RATES = (2e-3, 6e-3, 1.8e-2)


@dataclass(frozen=True, kw_only=True)
class TrackingRow:
    """A model on a task, at the rate that was best on sequences of 80 tokens.

    `seeds` is how many there are to be: with fewer values the row is not complete.
    """

    task: str
    model: str
    parameters: int
    learning_rate: float
    trained: tuple[float, ...]
    beyond: tuple[float, ...]
    seconds: float
    stale: bool
    seeds: int


def tracking_row(contender: Contender, task: str, effort: Effort, book: Book) -> TrackingRow | None:
    """The rate with the lowest loss on 80 tokens, from every seed; None: no time for it."""

    def trial(rate: float, seed: int) -> Trial:
        return Trial(
            task=task,
            learning_rate=rate,
            steps=effort.tracking_steps,
            batch=effort.tracking_batch,
            seed=seed,
        )

    scores: list[Score] = []
    try:
        losses = {
            rate: score_of(trial(rate, 1), contender, book).loss
            for rate in effort.some(TRACKING_RATES)
        }
        best = min(losses, key=lambda rate: losses[rate])
        for seed in range(1, 1 + effort.seeds):
            scores.append(score_of(trial(best, seed), contender, book))  # noqa: PERF401 - as above
    except OutOfTimeError:
        if not scores:
            return None
    return TrackingRow(
        task=task,
        model=contender.name,
        parameters=contender.parameters(),
        learning_rate=best,
        trained=tuple(score.trained for score in scores),
        beyond=tuple(score.beyond for score in scores),
        seconds=statistics.median(score.seconds for score in scores),
        stale=any(score.code != contender.code() for score in scores),
        seeds=effort.seeds,
    )


def tracking_table(rows: list[TrackingRow]) -> str:
    """The Markdown table, in per cent."""
    head = ("task", "model", "parameters", "rate", "seeds", "at 40, %", "beyond, to 256, %")
    lines = [
        (
            row.task,
            row.model + ("*" if row.stale else ""),
            f"{row.parameters:,}",
            f"{row.learning_rate:g}",
            told_seeds(len(row.beyond), row.seeds),
            f"{100 * statistics.fmean(row.trained):.1f}",
            f"{100 * statistics.fmean(row.beyond):.1f}",
            f"{100 * max(row.beyond):.1f}",
            row.seconds,
        )
        for row in rows
    ]
    return markdown((*head, "best seed", "s a run"), lines)
