"""A stranger's bundle writes nowhere but into its own run, and never more than it may."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hostile_bundles import BLOCKED_ONLY_BY_NAME, bombs, bundles
from peak_memory import PeakMemory
from small_runs import expected, settings, trained_run

from hope_core.config.overrides import with_data_path
from hope_core.data import prepare
from hope_core.errors import DataError, ForeignFileError, HopeError
from hope_core.exchange.export import export_bundle
from hope_core.exchange.import_bundle import import_bundle
from hope_core.exchange.kinds import kind_of, local_path, open_plain
from hope_core.exchange.sandbox import copy_weights
from hope_core.runs.checkpoints import newest_sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.runs.folder import RunFolder

AT_LEAST = 30
OPEN_MANY = Path(__file__).parent / "open_many.py"
MEMORY = 500_000_000
EXPANDED = 1 << 33
"""Values of a tensor that a file of a few hundred bytes claims to hold: 64 GB of int64."""
MAKE_BOMB = (
    "import sys, torch; torch.save({'embedding.weight': "
    "torch.zeros(1).expand(int(sys.argv[2]))}, sys.argv[1])"
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[RunFolder, bytes]:
    run = trained_run(tmp_path_factory.mktemp("whole") / "run", steps=2)
    file = run.path.parent / "bundle.zip"
    export_bundle(run, file)
    return run, file.read_bytes()


def tree(folder: Path) -> dict[str, int]:
    return {str(path): path.lstat().st_size for path in sorted(folder.rglob("*"))}


def refusal(file: Path, root: Path) -> str:
    """The sentence; empty when the bundle was imported."""
    try:
        import_bundle(file, root=root)
    except HopeError as error:
        return str(error)
    return ""


def test_hostile_bundle_is_refused_and_writes_nothing(
    whole: tuple[RunFolder, bytes], tmp_path: Path, measured: Callable[[str], None]
) -> None:
    root, file = tmp_path / "inside" / "runs", tmp_path / "hostile.zip"
    root.mkdir(parents=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile tells of names that stand twice
        corpus = [b for b in bundles(whole[1]) if b[0] not in BLOCKED_ONLY_BY_NAME]
    assert len(corpus) >= AT_LEAST
    for title, data in corpus:
        file.write_bytes(data)
        before = tree(tmp_path)
        assert refusal(file, root), title
        assert tree(tmp_path) == before, title
    assert not Path("/tmp/evil.txt").exists()
    measured(f"{len(corpus)} hostile bundles: 0 imported, 0 bytes outside of the target")


def test_run_name_that_is_a_path_is_not_used(
    whole: tuple[RunFolder, bytes], tmp_path: Path
) -> None:
    root, file = tmp_path / "inside" / "runs", tmp_path / "hostile.zip"
    for title, data in bundles(whole[1]):
        if title in BLOCKED_ONLY_BY_NAME:
            file.write_bytes(data)
            run = import_bundle(file, root=root)
            assert run.path.parent == root
            assert run.name.startswith("tiny-")
    assert {path.name for path in tmp_path.iterdir()} == {"inside", "hostile.zip"}


def test_bomb_is_refused_in_little_memory(
    whole: tuple[RunFolder, bytes], tmp_path: Path, measured: Callable[[str], None]
) -> None:
    root, file = tmp_path / "runs", tmp_path / "bomb.zip"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = list(bombs(whole[1]))
    memory = PeakMemory()
    for title, data in made:
        file.write_bytes(data)
        assert refusal(file, root), title
        assert not root.exists() or not list(root.iterdir()), title
    grown = memory.grown()
    assert grown < MEMORY
    measured(f"{len(made)} zip bombs refused; peak memory grew by {grown / 1e6:.0f} MB")


def test_directory_of_a_million_members_is_not_read(tmp_path: Path) -> None:
    """Only the end of the file is there: what it says of its directory is enough to refuse it."""
    file = tmp_path / "million.zip"
    size, count = 60_000_000, 1_000_000
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff" + size.to_bytes(4, "little")
    del count
    with file.open("wb") as made:
        made.write(b"PK\x03\x04" + bytes(22) + (11).to_bytes(2, "little") + bytes(2))
        made.write(b"bundle.json")
        made.truncate(size + 100)
        made.seek(size + 100)
        made.write(end + bytes(4) + bytes(2))
    with pytest.raises(ForeignFileError, match="far too long"):
        import_bundle(file, root=tmp_path / "runs")


def test_sparse_text_and_checkpoint_of_50_gb_are_refused_at_once(tmp_path: Path) -> None:
    text, weights = tmp_path / "huge.txt", tmp_path / "huge.pt"
    for path, start in ((text, b"once upon a time"), (weights, b"PK\x03\x04")):
        with path.open("wb") as made:
            made.write(start)
            made.truncate(50 << 30)
    with pytest.raises(DataError, match="larger than"):
        prepare(with_data_path(settings(), text).data, progress=nothing, cancelled=nothing)
    (tmp_path / "empty").mkdir()
    with open_plain(weights) as file, pytest.raises(ForeignFileError, match="53,687 MB"):
        copy_weights(file, expected(), tmp_path / "empty")


def nothing(*_told: object) -> None:
    """Nobody watches, nobody cancels."""


def test_text_of_one_line_is_read_in_pieces_and_can_be_given_up(
    tmp_path: Path, count: Callable[[int, int], int]
) -> None:
    path, size = tmp_path / "line.txt", count(8 << 20, 900_000_000)
    with path.open("wb") as made:
        for _ in range(size >> 20):
            made.write(b"a" * (1 << 20))
    looks = 0

    class GivenUpError(Exception):
        pass

    def give_up() -> None:
        nonlocal looks
        looks += 1
        if looks > 20:
            raise GivenUpError

    with pytest.raises(GivenUpError):
        prepare(with_data_path(settings(), path).data, progress=nothing, cancelled=give_up)


def test_checkpoint_that_claims_64_gb_is_refused_in_little_memory(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    bomb, empty = tmp_path / "bomb.pt", tmp_path / "empty"
    empty.mkdir()
    command = [sys.executable, "-c", MAKE_BOMB, str(bomb), str(EXPANDED)]
    subprocess.run(command, check=True, timeout=120)
    assert bomb.stat().st_size < 10_000
    with open_plain(bomb) as file, pytest.raises(ForeignFileError, match="Missing"):
        copy_weights(file, expected(), empty)
    (tmp_path / "expected.json").write_bytes(msgspec.json.encode(expected()))
    told = subprocess.run(
        [sys.executable, str(OPEN_MANY), str(tmp_path / "expected.json")],
        input=f"{bomb}\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    outcome, peak = map(json.loads, told.stdout.splitlines())
    assert outcome[1] == "refused"
    assert peak < MEMORY
    measured(f"an expand bomb of 64 GB is refused; the process peaks at {peak / 1e6:.0f} MB")


@pytest.mark.parametrize(
    "address", ["http://host/x.zip", "https://host/x", "file:///etc/passwd", "//host/x", "\\\\h\\x"]
)
def test_address_is_no_file(address: str) -> None:
    with pytest.raises(ForeignFileError, match="address"):
        local_path(address)


def test_pipe_and_device_are_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/stdin")):
        with pytest.raises(ForeignFileError):
            kind_of(path)


def test_good_bundle_comes_back_as_the_same_run(
    whole: tuple[RunFolder, bytes], tmp_path: Path
) -> None:
    source, data = whole
    file = tmp_path / "good.zip"
    file.write_bytes(data)
    run = import_bundle(file, root=tmp_path / "runs")
    assert run.name == source.name
    assert run.config == source.config
    assert run.info.parent == source.info.id
    assert weights_of(run) == weights_of(source)
    again = import_bundle(file, root=tmp_path / "runs")
    assert again.name == f"{source.name}-2"
    shutil.rmtree(again.path)


def weights_of(run: RunFolder) -> bytes:
    checkpoint = newest_sound(run.path).checkpoint
    assert checkpoint is not None
    return (checkpoint.path / "model.safetensors").read_bytes()
