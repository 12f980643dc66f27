"""A report of one or several runs as one self-contained HTML page, or as Markdown."""

from __future__ import annotations

import re
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from hope_core.config.differences import differences
from hope_core.config.loading import dump_yaml
from hope_core.errors import RunError
from hope_core.reports.curves import COLORS, chart_of
from hope_core.runs.storage import write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hope_core.reports.facts import RunFacts

KINDS = {".html": "report.html.j2", ".htm": "report.html.j2", ".md": "report.md.j2"}
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|])")


def write_report(
    runs: Sequence[RunFacts], target: Path, *, say: Callable[[str], str] = str
) -> None:
    """Write the report; the ending of the file's name says whether HTML or Markdown.

    Args:
        runs: what to tell about.
        target: the file.
        say: gives the reader's words for English ones, and what it does not know as it is.

    Raises:
        RunError: there is no run, another ending, or the file cannot be written.
    """
    if target.suffix.lower() not in KINDS:
        raise RunError(
            f"{target.name} is neither a page nor Markdown. End the name in .html or .md."
        )
    write_bytes(target, report(runs, KINDS[target.suffix.lower()], say=say).encode())


def report(
    runs: Sequence[RunFacts],
    template: str = "report.html.j2",
    *,
    say: Callable[[str], str] = str,
) -> str:
    """The report's text; `say` as for `write_report`.

    Raises:
        RunError: there is no run to tell about.
    """
    if not runs:
        raise RunError("A report needs at least one run.")
    environment = Environment(
        loader=PackageLoader("hope_core", "reports"),
        autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.filters |= {"md": _markdown, "fenced": _fenced}
    names = [run.title for run in runs]
    return environment.get_template(template).render(
        title=names[0] if len(names) == 1 else say(f"{names[0]} and {len(names) - 1} more"),
        say=say,
        version=version("hope-studio"),
        made=f"{datetime.now().astimezone():%Y-%m-%d %H:%M}",
        runs=runs,
        chart=chart_of(runs),
        colors=COLORS,
        figures=_figures(runs, say),
        differing=differences([run.folder.config for run in runs]),
        settings=lambda run: dump_yaml(run.folder.config),
        machine=_machine,
    )


def _figures(runs: Sequence[RunFacts], say: Callable[[str], str]) -> list[tuple[str, list[str]]]:
    """The table of figures: a name, and a text for each run."""
    rows = {
        "State": [say(run.summary.state) for run in runs],
        "Model": [run.summary.model for run in runs],
        "Parameters": [_count(run.parameters) for run in runs],
        "Best bits per byte, held-out": [_number(run.best_bits_per_byte) for run in runs],
        "at step": [_count(run.best_step) for run in runs],
        "Last bits per byte, held-out": [_number(run.summary.bits_per_byte) for run in runs],
        "Held-out above training then": [_number(run.gap) for run in runs],
        "First training loss (nats)": [_number(run.first_loss) for run in runs],
        "Lowest training loss (nats)": [_number(run.lowest_loss) for run in runs],
        "Last training loss (nats)": [_number(run.summary.loss) for run in runs],
        "Training loss fell by": [_fall(run.first_loss, run.summary.loss) for run in runs],
        "Mean training loss, in thirds": [
            ", ".join(map(_number, run.phases)) or "-" for run in runs
        ],
        "Learning rate, highest and last": [
            "-" if run.peak_rate is None else f"{run.peak_rate:.3g}, {run.last_rate:.3g}"
            for run in runs
        ],
        "Steps": [_count(run.summary.step) for run in runs],
        "Tokens": [_count(run.summary.tokens) for run in runs],
        "Training time": [_time(run.summary.seconds) for run in runs],
        "Tokens a second": [_count(run.tokens_per_second) for run in runs],
        "Peak memory": [_bytes(run.peak_bytes) for run in runs],
        "Peak GPU memory": [_bytes(run.peak_gpu_bytes) for run in runs],
        "Device": [run.device or "-" for run in runs],
        "Seed": [str(run.folder.config.seed) for run in runs],
        "Started": [run.summary.created[:16].replace("T", " ") + " UTC" for run in runs],
    }
    return list(rows.items())


def _machine(run: RunFacts) -> str:
    info = run.folder.info
    parts: dict[str, Any] = {**info.hardware, **info.versions}
    if info.git:
        parts["commit"] = info.git
    return "\n".join(f"{name}: {value}" for name, value in parts.items())


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def _fall(first: float | None, last: float | None) -> str:
    return f"{100 * (first - last) / first:.1f} %" if first and last is not None else "-"


def _count(value: float | None) -> str:
    return "-" if not value else f"{value:,.0f}"


def _bytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count else "-"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def _markdown(value: object) -> str:
    """A text that Markdown shows as it is, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(str(value).split()))


def _fenced(text: str) -> str:
    """A block of plain text, with a fence that the text cannot close."""
    longest = max((len(ticks) for ticks in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"
