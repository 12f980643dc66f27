"""Checkpoints with a bit, a byte or a stretch changed, opened the way the program opens them."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
import torch
from safetensors.torch import load_file
from small_runs import expected, trained_run

from hope_core.errors import CheckpointError, ForeignFileError, HopeError
from hope_core.exchange.archive import open_archive
from hope_core.exchange.bundle import MEMBERS, read_record
from hope_core.exchange.export import export_bundle
from hope_core.exchange.import_bundle import import_bundle
from hope_core.exchange.kinds import open_plain
from hope_core.inference.loading import load_model
from hope_core.runs.checkpoints import check_manifest, list_checkpoints, newest_sound
from hope_core.runs.folder import RunFolder
from hope_core.runs.storage import MANIFEST

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from hope_core.exchange.expected import ExpectedWeights
    from hope_core.runs.checkpoints import ManifestFile

OPEN_MANY = Path(__file__).parent / "open_many.py"
HANG_SECONDS = 5.0
BATCH = 2_000
"""Files that one throw-away process opens."""
EVERY = 50
"""One in so many damaged checkpoints is also opened to the end, model and all."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    return trained_run(tmp_path_factory.mktemp("whole") / "run")


@pytest.fixture
def run(whole: RunFolder, tmp_path: Path) -> RunFolder:
    return RunFolder.open(shutil.copytree(whole.path, tmp_path / "run"))


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one thing wrong; never the same bytes."""
    changed = bytearray(data)
    place = chance.randrange(len(data))
    match chance.randrange(7):
        case 0:
            changed[place] ^= 1 << chance.randrange(8)
        case 1:
            changed[place] = (changed[place] + chance.randrange(1, 256)) % 256
        case 2:
            del changed[place:]
        case 3:
            del changed[place : place + chance.randrange(1, 64)]
        case 4:
            changed[place:place] = chance.randbytes(chance.randrange(1, 64))
        case 5:
            changed[place : place + 8] = b"\xff" * 8
        case _:
            end = min(len(data), place + chance.randrange(8, 512))
            changed[place:end] = bytes(end - place)
    return bytes(changed) if changed != data else mutated(data, chance)


def test_no_changed_byte_of_a_checkpoint_is_taken_for_sound(
    run: RunFolder,
    count: Callable[[int, int], int],
    chance: Callable[[int], random.Random],
    measured: Callable[[str], None],
) -> None:
    changes = chance(1)
    newest = list_checkpoints(run.path)[-1].path
    files = {path: path.read_bytes() for path in newest.iterdir()}
    names, promised = sorted(files), check_manifest(newest).files
    accepted, slowest, times = 0, 0.0, count(2_000, 100_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(times):
        victim = names[number % len(names)]
        victim.write_bytes(mutated(files[victim], changes))
        began = time.perf_counter()
        accepted += is_accepted(newest, victim, promised)
        if number % EVERY == 0:
            open_to_the_end(run, newest)
        slowest = max(slowest, time.perf_counter() - began)
        victim.write_bytes(files[victim])
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert accepted == 0
    assert slowest < HANG_SECONDS
    assert grown < 200_000_000
    measured(
        f"{times:,} mutated checkpoints: {accepted} accepted, slowest {slowest:.3f} s, "
        f"peak memory grew by {grown / 1e6:.0f} MB"
    )


def is_accepted(checkpoint: Path, victim: Path, promised: tuple[ManifestFile, ...]) -> bool:
    """Whether damage passes for sound; a manifest may promise the same in other bytes."""
    try:
        manifest = check_manifest(checkpoint, full=True)
    except CheckpointError:
        return False
    return victim.name != MANIFEST or manifest.files != promised


def open_to_the_end(run: RunFolder, damaged: Path) -> None:
    """The program goes on with another checkpoint, and says why."""
    sound = newest_sound(run.path)
    loaded = load_model(run)
    if sound.checkpoint is not None and sound.checkpoint.path != damaged:
        assert str(damaged) in " ".join(sound.passed_over)
        assert loaded.path != damaged


def test_changed_bundle_is_refused_or_gives_exactly_what_was_in_it(
    run: RunFolder,
    tmp_path: Path,
    count: Callable[[int, int], int],
    chance: Callable[[int], random.Random],
    measured: Callable[[str], None],
) -> None:
    changes = chance(2)
    file = tmp_path / "whole.zip"
    export_bundle(run, file)
    data, changed = file.read_bytes(), tmp_path / "changed.zip"
    sums = members(file)
    refused = accepted = 0
    times = count(400, 10_000)
    for _ in range(times):
        changed.write_bytes(mutated(data, changes))
        try:
            assert members(changed).items() <= sums.items()
        except HopeError:
            refused += 1
        else:
            accepted += 1
    assert refused > times // 2
    measured(f"{times:,} mutated bundles: {refused:,} refused, {accepted:,} gave the same bytes")


def members(file: Path) -> dict[str, str]:
    """The sums of all members, each held to what the record promises."""
    found: dict[str, str] = {}
    target = file.with_name("member")
    with open_plain(file) as opened, open_archive(opened, allowed=MEMBERS) as archive:
        for told in read_record(archive).files:
            target.unlink(missing_ok=True)
            archive.copy(told.name, target, sha256=told.sha256)
            found[told.name] = told.sha256
    return found


def test_bundle_with_a_changed_byte_in_its_weights_leaves_no_run(
    run: RunFolder, tmp_path: Path
) -> None:
    file, root = tmp_path / "whole.zip", tmp_path / "elsewhere"
    export_bundle(run, file)
    data = bytearray(file.read_bytes())
    data[data.find(b"model.safetensors") + 9000] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(ForeignFileError, match="damaged"):
        import_bundle(file, root=root)
    assert not list(root.iterdir())


def test_changed_foreign_checkpoint_never_kills_the_process_that_reads_it(
    whole: RunFolder,
    tmp_path: Path,
    count: Callable[[int, int], int],
    chance: Callable[[int], random.Random],
    measured: Callable[[str], None],
) -> None:
    sources = foreign_checkpoints(whole, tmp_path)
    folder = tmp_path / "changed"
    folder.mkdir()
    changes, times = chance(3), count(500, 60_000)
    wanted, slowest = expected(), 0.0
    outcomes: dict[str, Counter[str]] = {kind: Counter() for kind in sources}
    for start in range(0, times, BATCH):
        paths = []
        for number in range(start, min(times, start + BATCH)):
            kind = list(sources)[number % len(sources)]
            paths.append(folder / f"{number}.{kind}")
            paths[-1].write_bytes(mutated(sources[kind], changes))
        for path, result, seconds in opened(paths, wanted, tmp_path):
            outcomes[path.suffix[1:]][result] += 1
            slowest = max(slowest, seconds)
        shutil.rmtree(folder)
        folder.mkdir()
    assert sum(found.total() for found in outcomes.values()) == times
    assert slowest < HANG_SECONDS
    assert outcomes["pt"]["accepted"] < outcomes["pt"].total() // 20  # what its sums leave out
    for kind, found in outcomes.items():
        measured(f"{found.total():,} mutated .{kind}: {dict(found)}, slowest {slowest:.3f} s")


def test_unchanged_foreign_checkpoints_are_accepted(whole: RunFolder, tmp_path: Path) -> None:
    sources = foreign_checkpoints(whole, tmp_path)
    for kind, data in sources.items():
        (tmp_path / f"whole.{kind}").write_bytes(data)
    paths = [tmp_path / f"whole.{kind}" for kind in sources]
    found = opened(paths, expected(), tmp_path)
    assert [result for _, result, _ in found] == ["accepted"] * len(sources)


def foreign_checkpoints(whole: RunFolder, folder: Path) -> dict[str, bytes]:
    """The same weights in three formats, by an ending that nobody looks at."""
    weights = list_checkpoints(whole.path)[-1].path / "model.safetensors"
    made = {"safetensors": weights.read_bytes()}
    for kind in ("pt", "legacy"):
        path = folder / f"made.{kind}"
        torch.save(load_file(weights), path, _use_new_zipfile_serialization=kind == "pt")
        made[kind] = path.read_bytes()
    return made


def opened(
    paths: list[Path], wanted: ExpectedWeights, folder: Path
) -> list[tuple[Path, str, float]]:
    file = folder / "expected.json"
    file.write_bytes(msgspec.json.encode(wanted))
    told = subprocess.run(
        [sys.executable, str(OPEN_MANY), str(file)],
        input="".join(f"{path}\n" for path in paths),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    *lines, _peak = told.stdout.splitlines()
    return [(Path(name), result, seconds) for name, result, seconds in map(json.loads, lines)]
