"""Runs whose folders, texts and bundles have names that only a person could think of."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

from small_runs import settings

from hope_core.config.loading import dump_yaml
from hope_core.exchange.export import export_bundle, export_preset, export_weights
from hope_core.exchange.import_bundle import import_bundle
from hope_core.runs.folder import RunFolder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = (
    os.fsdecode("Ünï 漢字 🎉 a'b\"c$d\nend".encode() + b"\xff\xfe"),
    "Ünï 漢字 🎉 a'b\"c$d\nend",
    "`touch x`; ls",
    "-rf",
    "r" * 200,
    " leading and trailing ",
)
TRAIN = """
import locale, sys
from pathlib import Path
wanted = sys.argv[2]
if wanted != "none":
    locale.setlocale(locale.LC_ALL, wanted)
from hope_core.config.loading import read_yaml
from hope_core.config.validation import parse_config
from hope_core.runs.folder import RunFolder
from hope_core.training.trainer import Trainer
from hope_core.training.control import Control
config = parse_config(read_yaml(Path(sys.argv[1]) / "settings.yaml"), source="test")
class Halfway(Control):
    steps = 0
    def step_finished(self):
        super().step_finished()
        self.steps += 1
        if self.steps == 2:
            self.request_stop("Half of it.")
path = Path(sys.argv[3]) / "run"
run = RunFolder.create(config, path)
Trainer(run, Halfway(run)).run()
print(Trainer(RunFolder.open(path)).run().state)
"""
LOCALES = {"C": "C", "comma": "de_DE.UTF-8"}


def available(name: str) -> str:
    """The locale, where the system has it; else the decimal comma is done without."""
    told = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout
    return name if name.replace("-", "").lower() in told.replace("-", "").lower() else "none"


def test_run_trains_resumes_and_is_exported_under_an_odd_path(
    tmp_path: Path, count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    names = NAMES[: count(1, len(NAMES))]
    for name in names:
        folder = tmp_path / name
        folder.mkdir()
        run = trained_in(folder, {"LC_ALL": "C", "LANG": "C"}, "none")
        for write, ending in ((export_bundle, "zip"), (export_weights, "safetensors")):
            write(run, folder / f"out.{ending}")
        export_preset(run.config, folder / "out.yaml")
        copy = import_bundle(folder / "out.zip", root=folder / "runs")
        assert copy.config == run.config
        assert name.encode("utf-8", "replace") not in contents(folder / "out.zip")
    measured(f"{len(names)} odd paths: trained, resumed, exported, imported")


def test_events_hold_the_same_numbers_in_every_locale(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    losses = {}
    for title, name in LOCALES.items():
        folder = tmp_path / title
        folder.mkdir()
        run = trained_in(folder, {"LC_ALL": name, "LANG": name}, available(name))
        losses[title] = [
            event["loss"]
            for segment in sorted((run.path / "events").glob("*.jsonl"))
            for event in map(json.loads, segment.read_bytes().splitlines())
            if event["kind"] == "step_finished"
        ]
        assert len(losses[title]) == 4
    assert losses["C"] == losses["comma"]
    measured(f"losses identical in {list(LOCALES)}; de_DE there: {available('de_DE.UTF-8')}")


def trained_in(folder: Path, environment: dict[str, str], locale: str) -> RunFolder:
    (folder / "settings.yaml").write_text(dump_yaml(settings()), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-c", TRAIN, str(folder), locale, str(folder)],
        env={**os.environ, **environment},
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    run = RunFolder.open(folder / "run")
    assert run.state.state == "finished"
    return run


def contents(bundle: Path) -> bytes:
    """Everything in a bundle: it must not tell where it was made."""
    with zipfile.ZipFile(bundle) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
