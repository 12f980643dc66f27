"""A stranger's checkpoint never runs anything, whichever way it is opened."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hostile_pickles import write_corpus
from small_runs import expected, settings

from hope_core.analysis.digest import digest
from hope_core.config.overrides import with_data_path
from hope_core.data import prepare
from hope_core.errors import DataError, ForeignFileError, HopeError
from hope_core.exchange.kinds import kind_of
from hope_core.inference.loading import load_model
from hope_core.runs.folder import RunFolder
from hope_core.runs.listing import list_runs
from hope_core.runs.names import runs_root

if TYPE_CHECKING:
    from collections.abc import Callable

OPEN_MANY = Path(__file__).parent / "open_many.py"
AT_LEAST = 40
PATIENCE_SECONDS = 280
SINGING = ("os-system", "exec", "marshal", "instance", "object", "getattr", "subprocess-call")
TO_THE_END = ("RENAMED.SAFETENSORS",)


@pytest.fixture
def canaries(tmp_path: Path) -> Path:
    folder = tmp_path / "canaries"
    folder.mkdir()
    return folder


@pytest.fixture
def corpus(tmp_path: Path, canaries: Path) -> list[Path]:
    folder = tmp_path / "corpus"
    folder.mkdir()
    payloads = write_corpus(folder, canaries)
    assert len(payloads) >= AT_LEAST
    return payloads


def sang(canaries: Path) -> list[Path]:
    return list(canaries.iterdir())


def nothing(*_told: object) -> None:
    """Nobody watches, nobody cancels."""


def import_by_hand(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hope_core.cli", "import", str(path), "--like", "small"]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )


@pytest.mark.parametrize("name", SINGING)
def test_payload_would_leave_a_canary_if_it_were_unpickled(
    name: str, corpus: list[Path], canaries: Path
) -> None:
    payload = next(path for path in corpus if path.stem == name)
    code = (
        "import pickle, sys, zipfile;"
        "pickle.loads(zipfile.ZipFile(sys.argv[1]).read('archive/data.pkl'))"
    )
    subprocess.run([sys.executable, "-c", code, str(payload)], timeout=60, check=True)
    assert sang(canaries)


def test_no_payload_runs_in_the_process_that_opens_checkpoints(
    corpus: list[Path], canaries: Path, tmp_path: Path, measured: Callable[[str], None]
) -> None:
    file = tmp_path / "expected.json"
    file.write_bytes(msgspec.json.encode(expected()))
    files = [path for path in corpus if path.is_file()]
    told = subprocess.run(
        [sys.executable, str(OPEN_MANY), str(file)],
        input="\n".join(map(str, files)) + "\n",
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=True,
    )
    *lines, _peak = told.stdout.splitlines()
    outcomes = {name: result for name, result, _ in map(json.loads, lines)}
    assert len(outcomes) == len(files)
    assert "accepted" not in outcomes.values()
    assert not sang(canaries)
    measured(f"{len(files)} payloads opened, {len(sang(canaries))} ran")


def test_import_of_a_payload_is_refused_in_words_and_leaves_nothing(
    corpus: list[Path],
    canaries: Path,
    count: Callable[[int, int], int],
    measured: Callable[[str], None],
) -> None:
    wanted = [path for path in corpus if path.name in TO_THE_END]
    chosen = [*wanted, *(path for path in corpus if path not in wanted)]
    chosen = chosen[: count(len(TO_THE_END), len(corpus))]
    for path in chosen:
        told = import_by_hand(path)
        assert told.returncode == 2, (path, told.stderr)
        assert told.stderr.startswith("hope: "), path
        assert "Traceback" not in told.stderr, path
    assert not sang(canaries)
    assert not list(runs_root().glob("*"))
    measured(f"{len(chosen)} payloads through `hope import`, {len(sang(canaries))} ran")


def test_looking_what_a_payload_is_runs_nothing(corpus: list[Path], canaries: Path) -> None:
    for path in corpus:
        try:
            assert kind_of(path) in ("torch", "safetensors", "text"), path
        except ForeignFileError:
            continue
    assert not sang(canaries)


def test_preview_of_a_payload_as_text_is_refused_and_runs_nothing(
    corpus: list[Path], canaries: Path
) -> None:
    for path in corpus:
        if path.name in ("protocol-0.pt", "old.tar", "dcp"):
            continue  # the first is nothing but text, and text is not run either
        with pytest.raises(DataError):
            prepare(with_data_path(settings(), path).data, progress=nothing, cancelled=nothing)
    assert not sang(canaries)


def test_scan_of_runs_and_their_opening_run_nothing(
    corpus: list[Path], canaries: Path, tmp_path: Path
) -> None:
    source = RunFolder.create(settings(), tmp_path / "source")
    for path in corpus:
        run = shutil.copytree(source.path, runs_root() / path.name)
        checkpoint = run / "checkpoints" / "step-000000002"
        checkpoint.mkdir(parents=True)
        if path.is_dir():
            shutil.copytree(path, checkpoint, dirs_exist_ok=True)
        else:
            for name in ("model.safetensors", "trainer.json", "MANIFEST.json", "model.pt"):
                shutil.copy(path, checkpoint / name)
            shutil.copy(path, run / "state.json")
            shutil.copy(path, run / "events" / "000001.jsonl")
    found = list_runs()
    assert len(found) == len(corpus)
    for run in found:
        digest(run.path)
        with pytest.raises(HopeError):
            load_model(RunFolder.open(run.path))
    assert not sang(canaries)


def test_payload_as_run_record_is_shown_as_a_damaged_run(
    corpus: list[Path], canaries: Path, tmp_path: Path
) -> None:
    for path in corpus:
        if path.is_file():
            folder = tmp_path / "damaged" / path.name
            folder.mkdir(parents=True)
            shutil.copy(path, folder / "run.json")
    assert {run.state for run in list_runs(tmp_path / "damaged")} == {"damaged"}
    assert not sang(canaries)


def test_payloads_stay_unread_beside_the_file_that_is_opened(
    corpus: list[Path], canaries: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module named like one of Python's, in the folder where the program was started."""
    folder = corpus[0].parent
    (folder / "msgspec.py").write_text(f"open({str(canaries / 'cwd')!r}, 'w')\n")
    monkeypatch.chdir(folder)
    environment = {**os.environ, "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-m", "hope_core.cli", "import", "os-system.pt", "--like", "small"]
    told = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        env=environment,
    )
    assert told.returncode == 2
    assert not sang(canaries)
