"""What models of the same size learn from the same tokens, and whether they can keep count.

python -m benchmarks.quality [TEXT] [--quick] [--json] [--cache DIR] [--minutes N] ...

On a text file, if one is named (first 90 % / last 10 %, bytes), on `tales`, and on state tracking:
every model at the best of three learning rates for each optimizer, chosen on a run of a quarter of
the length, then trained from three seeds. `formats` compares bf16 with fp32 after 300 steps.

A full run takes hours: transformer, LSTM and HOPE on the texts come first, then the others. Every
finished training is kept in the cache folder; the same command goes on where it was stopped, and
--minutes stops it before the next training once they are over. Rows marked * hold results of other
code than the present one: a fresh --cache measures anew. --show lists what is kept, training
nothing.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict, dataclass, field
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import torch

from benchmarks._book import Book, OutOfTimeError
from benchmarks._contenders import SIZES, contender, names
from benchmarks._learning import Effort, Plan, outcome_of
from benchmarks._text_rows import Row, text_row, text_table
from benchmarks._texts import Text, tales, text_file
from benchmarks._timing import markdown, report
from benchmarks._tracking import SIZE as TRACKING_SIZE
from benchmarks._tracking import TASKS
from benchmarks._tracking_rows import TrackingRow, tracking_row, tracking_table

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = ("transformer", "lstm", "hope")
MODELS = (
    *FIRST,
    *({"mt-hope"} & {*names()}),
    "gru",
    "gated deltanet",
    "titans",
    "hope self-modifying",
)
QUICK_TRACKING = ("transformer", "lstm", "hope")
PARTS = ("text", "tales", "tracking", "formats")
FULL = Effort(
    steps=600,
    short_steps=150,
    batch=8,
    length=256,
    seeds=3,
    optimizers=("muon", "adamw"),
    rates=3,
    tracking_steps=1500,
    tracking_batch=64,
)
QUICK = Effort(
    steps=6,
    short_steps=2,
    batch=4,
    length=64,
    seeds=1,
    optimizers=("muon",),
    rates=1,
    tracking_steps=6,
    tracking_batch=8,
)
FORMAT_STEPS, QUICK_FORMAT_STEPS = 300, 3


@dataclass
class Results:
    """What has been measured so far."""

    texts: list[Row] = field(default_factory=list)
    tracking: list[TrackingRow] = field(default_factory=list)
    formats: dict[str, float] = field(default_factory=dict)
    """Nats a byte of each number format on `tales`, HOPE."""


def measure(options: argparse.Namespace) -> Results:
    """All parts that are asked for, as far as the time goes."""
    book = Book(options.cache, minutes=-1.0 if options.show else options.minutes)
    effort = effort_of(options)
    size = SIZES[options.size]
    results = Results()
    texts = list(_texts(options))
    for text, name in _in_order(texts, options.models):
        row = text_row(contender(name, size), text, effort, book)
        results.texts += [row] if row else []
    if "tracking" in options.only:
        for task in TASKS:
            for name in _tracking_models(options):
                entry = tracking_row(contender(name, TRACKING_SIZE), task, effort, book)
                results.tracking += [entry] if entry else []
    if "formats" in options.only:
        steps = QUICK_FORMAT_STEPS if options.quick else FORMAT_STEPS
        results.formats = formats(_tales(options), options.size, effort, steps, book)
    return results


def effort_of(options: argparse.Namespace) -> Effort:
    """How much to train, by the command line."""
    base = asdict(QUICK if options.quick else FULL)
    for name in ("steps", "short_steps", "seeds", "tracking_steps"):
        if getattr(options, name) is not None:
            base[name] = getattr(options, name)
    if options.optimizers:
        base["optimizers"] = tuple(options.optimizers.split(","))
    return Effort(**base)


def formats(text: Text, size: str, effort: Effort, steps: int, book: Book) -> dict[str, float]:
    """Held-out nats of HOPE in fp32 and bf16, from the same seed and batches."""
    found: dict[str, float] = {}
    for precision in ("fp32", "bf16"):
        plan = Plan(
            optimizer="adamw",
            learning_rate=3e-3,
            steps=steps,
            batch=effort.batch,
            length=effort.length,
            seed=0,
            precision=precision,
        )
        try:
            nats = outcome_of(plan, contender("hope", SIZES[size]), text, book).nats
        except OutOfTimeError:
            break
        found[precision] = float("nan") if nats is None else nats
    return found


def _in_order(texts: list[Text], models: tuple[str, ...]) -> Iterator[tuple[Text, str]]:
    """Every model on every text, those that the goals speak of first."""
    first = [name for name in models if name in FIRST]
    yield from product(texts, first)
    yield from product(texts, [name for name in models if name not in first])


def _texts(options: argparse.Namespace) -> Iterator[Text]:
    if options.text and "text" in options.only:
        yield text_file(options.text)
    if "tales" in options.only:
        yield _tales(options)


def _tales(options: argparse.Namespace) -> Text:
    return tales(0.2 if options.quick else 8.0)


def _tracking_models(options: argparse.Namespace) -> tuple[str, ...]:
    if options.quick and options.models == MODELS:
        return QUICK_TRACKING
    models: tuple[str, ...] = options.models
    return models


def tables(results: Results) -> str:
    """All Markdown tables."""
    parts = []
    if results.texts:
        rows = sorted(results.texts, key=lambda row: row.text, reverse=True)
        parts.append(text_table(rows))
    if results.tracking:
        parts.append("State tracking, balanced accuracy\n\n" + tracking_table(results.tracking))
    if results.formats:
        lines = [(name, f"{nats:.4f}") for name, nats in results.formats.items()]
        parts.append(markdown(("HOPE on tales in", "nats"), lines))
    return "\n\n".join(parts)


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line; `models` and `only` as tuples, `cache` None for --quick."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("text", nargs="?", type=Path, help="a text file")
    parser.add_argument("--quick", action="store_true", help="a few steps, to see that it works")
    parser.add_argument("--json", action="store_true", help="the figures as JSON, last line")
    parser.add_argument("--cache", type=Path, help="where finished trainings are kept")
    parser.add_argument("--show", action="store_true", help="only what is kept; train nothing")
    parser.add_argument("--minutes", type=float, default=0.0, help="start no training after these")
    parser.add_argument("--size", choices=SIZES, help="default: 1M")
    parser.add_argument("--models", help=f"with commas: {', '.join(names())}")
    parser.add_argument("--only", help=f"with commas: {', '.join(PARTS)}")
    parser.add_argument("--optimizers", help="with commas: muon, adamw; the better one is taken")
    parser.add_argument("--steps", type=int, help="of 8 x 256 tokens; default 600")
    parser.add_argument("--short-steps", type=int, help="of the choosing runs; default 150")
    parser.add_argument("--tracking-steps", type=int, help="of 64 x 40 tokens; default 1500")
    parser.add_argument("--seeds", type=int, help="default 3")
    options = parser.parse_args(given)
    options.models = tuple(options.models.split(",")) if options.models else MODELS
    options.only = tuple(options.only.split(",")) if options.only else PARTS
    options.size = options.size or ("100k" if options.quick else "1M")
    if unknown := [*{*options.models} - {*names()}, *{*options.only} - {*PARTS}]:
        parser.error(f"unknown: {', '.join(unknown)}")
    if options.text and not options.text.is_file():
        parser.error(f"{options.text} is not a file")
    if options.cache is None and not options.quick:
        options.cache = platformdirs.user_cache_path("hope-studio") / "benchmarks"
    return options


def main() -> None:
    """Measure, print the tables, and with --json the figures."""
    options = arguments()
    torch.set_num_threads(1)
    results = measure(options)
    figures = {
        "quick": options.quick,
        "size": options.size,
        "effort": asdict(effort_of(options)),
        **asdict(results),
    }
    report(f"Quality, {options.size}", tables(results), figures, as_json=options.json)


if __name__ == "__main__":
    main()
