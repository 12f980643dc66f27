"""`hope bench`: what presets cost on this machine, and which claims hold here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.table import Column
from rich.table import Table as RichTable

from hope_core.cli.options import Json
from hope_core.cli.output import Output, size, user_errors
from hope_core.config.presets import load_preset
from hope_core.errors import HopeError
from hope_core.runs.storage import write_bytes

if TYPE_CHECKING:
    from hope_core.bench.figures import Claim, PresetFigures
    from hope_core.config.run import RunConfig

CLAIMED = "mt-hope/small"
"""The preset on which claims are measured, unless another of its model is named."""


def bench(
    presets: Annotated[
        list[str], typer.Argument(metavar="PRESET...", help="Names of presets, or YAML files.")
    ],
    *,
    claims: Annotated[
        bool, typer.Option(help="Also measure what is claimed of MT-HOPE; takes minutes.")
    ] = True,
    quick: Annotated[
        bool, typer.Option("--quick", help="Tiny batches and few repeats, to see that it works.")
    ] = False,
    threads: Annotated[int, typer.Option(min=1, help="CPU threads of each measurement.")] = 1,
    patience: Annotated[
        float, typer.Option(min=1.0, help="Seconds after which one measurement is given up.")
    ] = 600.0,
    chart: Annotated[Path | None, typer.Option(help="Also draw bars into this .svg file.")] = None,
    as_json: Json = False,
) -> None:
    """Measure presets: parameters, memory, time of a pass and of a step; and check claims."""
    from hope_core.bench.figures import SAID
    from hope_core.bench.running import claim_checked, preset_figures

    output = Output(as_json=as_json)
    with user_errors(output):
        configs = [load_preset(name) for name in presets]
        if chart is not None and chart.suffix.lower() != ".svg":
            raise HopeError(f"{chart} is no .svg file. End the name in .svg.")
        found = []
        for config in configs:
            output.say(f"Measuring {config.name} ...")
            found.append(preset_figures(config, quick=quick, threads=threads, patience=patience))
        _tell_presets(found, output)
        checked = []
        if claims:
            subject = _subject(configs)
            for key, said in SAID.items():
                output.say(f"Measuring on {subject.name}: {said} ...")
                checked.append(
                    claim_checked(key, subject, quick=quick, threads=threads, patience=patience)
                )
            _tell_claims(checked, output)
        if chart is not None:
            write_bytes(chart, _drawn(found).encode())
            output.say(f"Written: {chart.absolute()}")
    output.result(
        {
            "quick": quick,
            "threads": threads,
            "presets": msgspec.to_builtins(found),
            "claims": [{"said": c.said, **msgspec.to_builtins(c)} for c in checked],
        }
    )


def _subject(configs: list[RunConfig]) -> RunConfig:
    """What claims about MT-HOPE are measured on."""
    return next((c for c in configs if c.model.kind == "mt_hope"), None) or load_preset(CLAIMED)


def _tell_presets(found: list[PresetFigures], output: Output) -> None:
    table = RichTable(
        Column("preset", no_wrap=True),
        Column("parameters", no_wrap=True, justify="right"),
        *(Column(name, justify="right") for name in ("levels", "clock", "batch")),
        *(Column(name, justify="right") for name in ("pass ms", "step ms", "tokens/s")),
        box=None,
    )
    for one in found:
        table.add_row(
            one.name,
            f"{one.parameters:,}",
            str(one.levels),
            str(one.slowest_clock),
            f"{one.batch}x{one.length}",
            "-" if one.forward_ms is None else f"{one.forward_ms:.0f}",
            "-" if one.step_ms is None else f"{one.step_ms:.0f}",
            "-" if one.tokens_per_second is None else f"{one.tokens_per_second:,.0f}",
        )
    output.console.print(table)
    _tell_memory(found, output)
    for one in found:
        if one.why_not:
            output.say(f"{one.name}: not measured. {one.why_not}")


def _tell_memory(found: list[PresetFigures], output: Output) -> None:
    """What a training step needs, part by part as computed, and what it took at its peak.

    Moments are the optimizer's; values what the forward pass keeps for the backward one.
    """
    heads = ("weights", "grads", "moments", "values", "sum", "peak")
    table = RichTable(
        Column("MB of a step", no_wrap=True),
        *(Column(name, justify="right") for name in heads),
        box=None,
    )
    for one in found:
        needs = (
            one.weight_bytes,
            one.gradient_bytes,
            one.optimizer_bytes,
            one.activation_bytes,
        )
        peak = "-" if one.peak_bytes is None else f"{one.peak_bytes / 1e6:,.0f}"
        table.add_row(one.name, *(f"{part / 1e6:,.0f}" for part in (*needs, sum(needs))), peak)
    output.console.print(table)


def _tell_claims(checked: list[Claim], output: Output) -> None:
    if not checked:
        return
    table = RichTable("claim", "measured", "", "how", box=None)
    for claim in checked:
        table.add_row(claim.said, claim.measured, claim.verdict, claim.why)
    output.console.print(table)


def _drawn(found: list[PresetFigures]) -> str:
    from hope_core.reports.bars import Bar, Chart, bars_svg

    return bars_svg(
        [
            Chart(
                "Parameters",
                [Bar(one.name, one.parameters, f"{one.parameters:,}") for one in found],
            ),
            Chart(
                "Training, tokens a second",
                [
                    Bar(one.name, one.tokens_per_second, f"{one.tokens_per_second:,.0f}")
                    if one.tokens_per_second
                    else Bar(one.name, None, "not measured")
                    for one in found
                ],
            ),
            Chart(
                "Peak memory of a training step",
                [
                    Bar(one.name, one.peak_bytes, size(one.peak_bytes))
                    if one.peak_bytes
                    else Bar(one.name, None, "not measured")
                    for one in found
                ],
            ),
        ]
    )
