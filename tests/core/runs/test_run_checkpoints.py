"""A checkpoint is whole or none; the one to keep is never thrown away."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hope_core.errors import CheckpointError
from hope_core.runs import retention
from hope_core.runs.checkpoints import (
    CheckpointInfo,
    Manifest,
    check_manifest,
    list_checkpoints,
    new_checkpoint,
    newest_sound,
)
from hope_core.runs.disk_full import DiskFullError
from hope_core.runs.retention import prune, superfluous

if TYPE_CHECKING:
    from collections.abc import Callable

Usage = namedtuple("Usage", "total used free")


def save(run: Path, step: int, *, best: bool = False, content: bytes = b"weights") -> Path:
    with new_checkpoint(run, step=step, config_sha256="0" * 64, best=best) as commit:
        (commit.path / "model.safetensors").write_bytes(content)
        (commit.path / "trainer.json").write_text("{}")
    return commit.target


def info(step: int, *, best: bool = False) -> CheckpointInfo:
    manifest = Manifest(step=step, config_sha256="", files=(), best=best)
    return CheckpointInfo(step, Path(f"step-{step:09d}"), 0, best, manifest)


def change_manifest(path: Path, **changes: object) -> None:
    file = path / "MANIFEST.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def flip(path: Path) -> None:
    file = path / "model.safetensors"
    content = bytearray(file.read_bytes())
    content[3] ^= 1
    file.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a flipped bit": flip,
    "a cut file": lambda path: (path / "model.safetensors").write_bytes(b"wei"),
    "a missing file": lambda path: (path / "trainer.json").unlink(),
    "no manifest": lambda path: (path / "MANIFEST.json").unlink(),
    "a cut manifest": lambda path: (path / "MANIFEST.json").write_text('{"step": 2'),
    "an empty manifest": lambda path: (path / "MANIFEST.json").write_text(""),
    "a huge manifest": lambda path: (path / "MANIFEST.json").write_text(" " * (5 << 20)),
    "another step": lambda path: change_manifest(path, step=3),
    "a newer format": lambda path: change_manifest(path, schema_version=9),
}


def test_checkpoints_are_listed_by_number(tmp_path: Path) -> None:
    for step in (10_000, 9_900, 200):
        save(tmp_path, step)
    found = list_checkpoints(tmp_path)
    assert [checkpoint.step for checkpoint in found] == [200, 9_900, 10_000]
    assert found[0].size == len(b"weights{}")
    assert found[0].manifest.config_sha256 == "0" * 64


def test_newest_of_the_best_is_the_best(tmp_path: Path) -> None:
    for step, best in ((1, True), (2, True), (3, False)):
        save(tmp_path, step, best=best)
    assert [checkpoint.best for checkpoint in list_checkpoints(tmp_path)] == [False, True, False]


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_damaged_checkpoint_is_passed_over_in_words(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    save(tmp_path, 1)
    damage(save(tmp_path, 2))
    chosen = newest_sound(tmp_path)
    assert chosen.checkpoint is not None
    assert chosen.checkpoint.step == 1
    (sentence,) = chosen.passed_over
    assert "step-000000002" in sentence


def test_run_without_a_sound_checkpoint_says_so(tmp_path: Path) -> None:
    assert newest_sound(tmp_path).checkpoint is None
    flip(save(tmp_path, 1))
    chosen = newest_sound(tmp_path)
    assert chosen.checkpoint is None
    assert "content changed" in chosen.passed_over[0]


def test_quick_check_reads_no_tensor(tmp_path: Path) -> None:
    path = save(tmp_path, 1)
    flip(path)
    assert check_manifest(path).step == 1
    with pytest.raises(CheckpointError, match="content changed"):
        check_manifest(path, full=True)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../secret", "..\\x", "C:x"])
def test_manifest_reaches_no_file_outside(tmp_path: Path, name: str) -> None:
    path = save(tmp_path, 1)
    (tmp_path / "checkpoints" / "secret").write_bytes(b"")
    change_manifest(path, files=[{"name": name, "size": 0, "sha256": ""}])
    with pytest.raises(CheckpointError, match="does not lie in the checkpoint"):
        check_manifest(path)


def test_link_in_a_checkpoint_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, 1)
    (path / "model.safetensors").rename(tmp_path / "elsewhere")
    (path / "model.safetensors").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CheckpointError, match="is missing"):
        check_manifest(path)


def test_step_saved_again_replaces_the_first(tmp_path: Path) -> None:
    save(tmp_path, 1, content=b"first")
    path = save(tmp_path, 1, content=b"second")
    assert (path / "model.safetensors").read_bytes() == b"second"
    assert len(list((tmp_path / "checkpoints").iterdir())) == 1


def test_save_is_refused_early_without_room_for_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, 1, content=b"x" * 1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 201_000_000))
    with pytest.raises(DiskFullError, match="about 203 MB are needed, 201 MB are left"):
        save(tmp_path, 2)
    assert [checkpoint.step for checkpoint in list_checkpoints(tmp_path)] == [1]


@given(
    steps=st.lists(st.tuples(st.integers(0, 10**9), st.booleans()), max_size=12),
    keep=st.integers(-1, 6),
)
def test_retention_never_gives_up_the_newest_or_the_best(
    steps: list[tuple[int, bool]], keep: int
) -> None:
    unique = dict(steps)
    best_step = max((step for step, best in unique.items() if best), default=None)
    all_ = [info(step, best=step == best_step) for step in unique]
    gone = {checkpoint.step for checkpoint in superfluous(all_, keep=keep)}
    kept = set(unique) - gone
    assert kept >= set(sorted(unique)[-max(keep, 1) :])
    assert best_step is None or best_step in kept
    assert len(kept) <= max(keep, 1) + 1


@settings(max_examples=15, deadline=None)
@given(
    actions=st.lists(
        st.sampled_from(["save", "save best", "damage newest", "cannot delete"]), max_size=6
    )
)
def test_run_always_has_a_checkpoint_to_go_on_from(actions: list[str]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda _handle: None)
        run, step, sound = Path(folder), 9_800, set[int]()
        for action in actions:
            step += 100
            if action.startswith("save"):
                save(run, step, best=action == "save best")
                sound.add(step)
                sound -= {checkpoint.step for checkpoint in prune(run, keep=2)}
            elif action == "damage newest":
                (save(run, step) / "MANIFEST.json").unlink()
            else:
                prune_with_failures(run)
        chosen = newest_sound(run).checkpoint
        assert (chosen.step if chosen else None) == max(sound, default=None)
        if any(action.startswith("save") for action in actions):
            assert chosen is not None


def prune_with_failures(run: Path) -> None:
    def refuse(_source: Path, _target: Path) -> None:
        raise PermissionError("held by a scanner")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retention, "rename", refuse)
        assert prune(run, keep=1) == []
