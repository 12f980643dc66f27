"""What is written durably is old or new, whatever happens in between."""

from __future__ import annotations

import errno
import os
import shutil
from collections import namedtuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hope_core.errors import RunError
from hope_core.runs.checkpoints import check_manifest
from hope_core.runs.disk_full import DiskFullError, ensure_free_space, is_disk_full, storage_error
from hope_core.runs.storage import FolderCommit, recover_folder, write_bytes, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPERATIONS = ("mkdir", "open", "fsync", "replace", "rename", "chmod", "unlink", "rmdir")
Usage = namedtuple("Usage", "total used free")


class PowerCutError(BaseException):
    """The process is gone: no handler of the program runs after this."""


class Disk:
    """Logs each call of the system that changes a disk, and lets none through after the cut."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, cut_after: int = 1_000_000) -> None:
        self.log: list[tuple[str, str]] = []
        self.cut_after = cut_after
        self.names: dict[int, str] = {}
        for name in OPERATIONS:
            monkeypatch.setattr(os, name, self.watched(name, getattr(os, name)))

    def watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def perform(*args: Any, **options: Any) -> Any:
            if len(self.log) >= self.cut_after:
                raise PowerCutError
            target = self.names.get(args[0], "") if name == "fsync" else str(args[0])
            self.log.append((name, Path(target).name))
            result = call(*args, **options)
            if name == "open":
                self.names[result] = target
            return result

        return perform


def save(target: Path, content: str) -> None:
    with FolderCommit(target, {"step": 7, "config_sha256": content}) as commit:
        (commit.path / "model.bin").write_text(content)
        (commit.path / "optim.bin").write_text(content * 2)


def save_half(target: Path) -> None:
    with FolderCommit(target) as commit:
        (commit.path / "model.bin").write_text("half")
        raise ValueError("not finite")


def content_of(target: Path) -> str:
    manifest = check_manifest(target, full=True)
    text = (target / "model.bin").read_text()
    assert manifest.config_sha256 == text
    return text


def count_operations(act: Callable[[], None]) -> int:
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch)
        act()
    return len(disk.log)


def every_cut(act: Callable[[], None], reset: Callable[[], None]) -> Iterator[int]:
    """Performs `act` again and again, each time cut off one operation later."""
    reset()
    for cut in range(count_operations(act)):
        reset()
        with pytest.MonkeyPatch.context() as patch:
            Disk(patch, cut_after=cut)
            with pytest.raises(PowerCutError):
                act()
        yield cut


def test_file_holds_old_or_new_after_every_cut(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    seen = set()
    for _ in every_cut(lambda: write_bytes(file, b"new"), lambda: write_bytes(file, b"old")):
        recover_folder(tmp_path)
        seen.add(file.read_bytes())
        assert [path.name for path in tmp_path.iterdir()] == ["state.json"]
    assert seen == {b"old", b"new"}


def test_new_folder_is_absent_or_complete_after_every_cut(tmp_path: Path) -> None:
    target = tmp_path / "step-000000007"
    seen = set()

    def reset() -> None:
        shutil.rmtree(target, ignore_errors=True)

    for _ in every_cut(lambda: save(target, "new"), reset):
        recover_folder(tmp_path)
        seen.add(content_of(target) if target.exists() else "absent")
        assert {path.name for path in tmp_path.iterdir()} <= {target.name}
    assert seen == {"absent", "new"}


def test_replaced_folder_is_old_or_new_after_every_cut(tmp_path: Path) -> None:
    target = tmp_path / "step-000000007"
    seen = set()
    for _ in every_cut(lambda: save(target, "new"), lambda: save(target, "old")):
        recover_folder(tmp_path)
        seen.add(content_of(target))
        assert [path.name for path in tmp_path.iterdir()] == [target.name]
    assert seen == {"old", "new"}


def test_file_is_synced_before_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)
    write_json(tmp_path / "run.json", {"a": 1})
    kinds = [name for name, _ in disk.log]
    assert kinds == ["open", "fsync", "replace", "open", "fsync"]
    assert disk.log[-1] == ("fsync", tmp_path.name)


def test_manifest_is_written_after_all_files_are_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)
    save(tmp_path / "step-000000007", "new")
    kinds = [name for name, _ in disk.log]
    manifest_named = kinds.index("replace")
    assert kinds[:manifest_named].count("fsync") == 3  # two files and the manifest
    assert kinds[manifest_named:].count("replace") == 2
    assert disk.log[-1] == ("fsync", tmp_path.name)


def test_failed_folder_leaves_the_old_one_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "step-000000007"
    save(target, "old")
    with pytest.raises(ValueError, match="not finite"):
        save_half(target)
    assert content_of(target) == "old"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_files_take_the_rights_of_the_umask(tmp_path: Path) -> None:
    write_bytes(tmp_path / "plain", b"")
    with FolderCommit(tmp_path / "step-000000007", {"step": 7}) as commit:
        (commit.path / "model.bin").touch(mode=0o600)
    expected = (tmp_path / "plain").stat().st_mode & 0o777
    assert (tmp_path / "step-000000007" / "model.bin").stat().st_mode & 0o777 == expected
    assert expected & 0o600 == 0o600


def test_full_disk_keeps_the_old_file_and_says_how_much_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "state.json"
    write_bytes(file, b"old")

    def refuse(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(DiskFullError, match=r"about 203 MB are needed") as caught:
        write_bytes(file, b"n" * 2_500_000)
    assert caught.value.megabytes_needed == 203
    assert file.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


class SafetensorError(Exception):
    """Stands for the library's own error, which is no OSError."""


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        SafetensorError("I/O error: No space left on device (os error 28)"),
        RuntimeError("[enforce fail at inline_container.cc:668] . unexpected pos 64 vs 0"),
    ],
)
def test_full_disk_is_recognised_however_it_is_said(tmp_path: Path, error: Exception) -> None:
    assert isinstance(storage_error(error, tmp_path / "x"), DiskFullError)


def test_full_disk_is_recognised_by_what_room_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = SafetensorError("Error while serializing")
    assert not is_disk_full(error, tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 4096))
    assert is_disk_full(error, tmp_path)


def test_error_of_a_library_on_a_full_disk_becomes_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DiskFullError), FolderCommit(tmp_path / "step-000000007"):
        raise SafetensorError("I/O error: No space left on device (os error 28)")


def test_missing_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 250_000_000))
    ensure_free_space(tmp_path, 50_000_000)
    with pytest.raises(DiskFullError, match="about 300 MB are needed, 250 MB are left"):
        ensure_free_space(tmp_path, 100_000_000)


def test_unwritable_folder_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where a folder should be")
    with pytest.raises(RunError, match="cannot be written") as caught:
        write_bytes(tmp_path / "runs" / "state.json", b"")
    assert not isinstance(caught.value, DiskFullError)
    assert str(tmp_path / "runs" / "state.json") in str(caught.value)
