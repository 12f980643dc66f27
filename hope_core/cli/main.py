"""The `hope` command: gathers the verbs."""

from __future__ import annotations

import typer

from hope_core.cli.bench import bench
from hope_core.cli.describe import describe
from hope_core.cli.draw import draw
from hope_core.cli.exchange import export_run, import_file
from hope_core.cli.report import report
from hope_core.cli.runs import presets, runs
from hope_core.cli.sample import sample
from hope_core.cli.steer import go_on, pause, save, stop
from hope_core.cli.sweep import sweep
from hope_core.cli.teach import teach
from hope_core.cli.train import resume, train
from hope_core.cli.verify import verify

app = typer.Typer(
    name="hope",
    help="Train, question and teach small language models whose memory keeps learning.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for verb in (
    presets,
    describe,
    verify,
    bench,
    draw,
    train,
    resume,
    sample,
    teach,
    report,
    sweep,
    runs,
):
    app.command()(verb)
app.command("stop")(stop)
app.command("pause")(pause)
app.command("continue")(go_on)
app.command("save")(save)
app.command("export")(export_run)
app.command("import")(import_file)


def main() -> None:
    """Run the command line."""
    app()
