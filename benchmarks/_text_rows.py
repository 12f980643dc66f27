"""Quality on texts: each model at its best optimizer and rate, from several seeds."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from benchmarks._book import OutOfTimeError
from benchmarks._learning import Plan, outcome_of
from benchmarks._timing import markdown

if TYPE_CHECKING:
    from benchmarks._book import Book
    from benchmarks._contenders import Contender
    from benchmarks._learning import Effort, Outcome
    from benchmarks._texts import Text

RATES = {"adamw": (1.5e-3, 3e-3, 6e-3), "muon": (6e-3, 1.2e-2, 2.4e-2)}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A model on a text: one value a seed (None: diverged); stale: measured with other code.

    `seeds` is how many there are to be: with fewer values the row is not complete.
    """

    text: str
    model: str
    parameters: int
    optimizer: str
    learning_rate: float
    nats: tuple[float | None, ...]
    mean_nats: float
    bits_per_byte: float
    floor: float | None
    seconds: float
    stale: bool
    seeds: int


def text_row(contender: Contender, text: Text, effort: Effort, book: Book) -> Row | None:
    """The best optimizer and rate of a short run, trained from every seed; None: no time for it."""

    def plan(optimizer: str, rate: float, steps: int, seed: int) -> Plan:
        return Plan(
            optimizer=optimizer,
            learning_rate=rate,
            steps=steps,
            batch=effort.batch,
            length=effort.length,
            seed=seed,
        )

    outcomes: list[Outcome] = []
    try:
        best = _best_start(contender, text, effort, book)
        for seed in range(1, 1 + effort.seeds):
            outcomes.append(outcome_of(plan(*best, effort.steps, seed), contender, text, book))  # noqa: PERF401 - time may run out in between
    except OutOfTimeError:
        if not outcomes:
            return None
    nats = tuple(outcome.nats for outcome in outcomes)
    mean = statistics.fmean(float("inf") if value is None else value for value in nats)
    return Row(
        text=text.name,
        model=contender.name,
        parameters=contender.parameters(),
        optimizer=best[0],
        learning_rate=best[1],
        nats=nats,
        mean_nats=mean,
        bits_per_byte=mean / log(2) / text.bytes_per_token,
        floor=text.floor,
        seconds=statistics.median(outcome.seconds for outcome in outcomes),
        stale=any(outcome.code != contender.code() for outcome in outcomes),
        seeds=effort.seeds,
    )


def _best_start(contender: Contender, text: Text, effort: Effort, book: Book) -> tuple[str, float]:
    """Optimizer and learning rate with the lowest loss after the short runs."""
    starts = [(o, rate) for o in effort.optimizers for rate in effort.some(RATES[o])]
    if len(starts) == 1:
        return starts[0]
    losses = {}
    for optimizer, rate in starts:
        plan = Plan(
            optimizer=optimizer,
            learning_rate=rate,
            steps=effort.short_steps,
            batch=effort.batch,
            length=effort.length,
            seed=0,
        )
        nats = outcome_of(plan, contender, text, book).nats
        losses[optimizer, rate] = float("inf") if nats is None else nats
    return min(losses, key=lambda start: losses[start])


def text_table(rows: list[Row]) -> str:
    """The Markdown table; differences are to the same text's LSTM and transformer, in nats."""
    head = ("text", "model", "parameters", "optimizer, rate", "seeds", "nats, mean", "from-to")
    lines = [
        (
            row.text,
            row.model + ("*" if row.stale else ""),
            f"{row.parameters:,}",
            f"{row.optimizer} {row.learning_rate:g}",
            told_seeds(len(row.nats), row.seeds),
            f"{row.mean_nats:.4f}",
            _spread(row.nats),
            f"{row.bits_per_byte:.4f}",
            "-" if row.floor is None else f"{row.floor:.4f}",
            _difference(row, rows, "lstm"),
            _difference(row, rows, "transformer"),
            row.seconds,
        )
        for row in rows
    ]
    told = ("bits a byte", "floor", "to LSTM", "to transformer", "s a run")
    return markdown((*head, *told), lines)


def told_seeds(done: int, wanted: int) -> str:
    """How many seeds there are, and of how many, where some are still to come."""
    return str(done) if done == wanted else f"{done} of {wanted}"


def _spread(nats: tuple[float | None, ...]) -> str:
    """The lowest and highest value, and how many seeds diverged."""
    values = [value for value in nats if value is not None]
    told = f"{min(values):.4f}-{max(values):.4f}" if values else "-"
    lost = len(nats) - len(values)
    return f"{told}, {lost} diverged" if lost else told


def _difference(row: Row, rows: list[Row], other: str) -> str:
    found = [r.mean_nats for r in rows if (r.text, r.model) == (row.text, other)]
    return f"{row.mean_nats - found[0]:+.4f}" if found else "-"
