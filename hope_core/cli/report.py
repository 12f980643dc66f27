"""`hope report`: one or several runs as a page that can be sent to anybody."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hope_core.cli.options import Json
from hope_core.cli.output import Output, user_errors
from hope_core.cli.picking import open_run


def report(
    runs: Annotated[
        list[str],
        typer.Argument(metavar="RUN...", help="Names or folders of runs; 'latest' is the newest."),
    ],
    *,
    to: Annotated[Path, typer.Option(help="The file to write: .html or .md.")] = Path(
        "report.html"
    ),
    as_json: Json = False,
) -> None:
    """Write a report of runs: curves, figures, settings that differ, texts."""
    from hope_core.reports.facts import facts_of
    from hope_core.reports.writing import write_report

    output = Output(as_json=as_json)
    with user_errors(output):
        facts = [facts_of(open_run(word)) for word in runs]
        write_report(facts, to)
    output.say(f"Written: {to.absolute()}")
    output.result({"report": str(to.absolute()), "runs": [str(f.folder.path) for f in facts]})
