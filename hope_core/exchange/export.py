"""Giving a run away: as a bundle, its weights alone, or its settings. No torch is needed."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from hope_core.config.loading import dump_yaml
from hope_core.errors import CheckpointError, ForeignFileError, RunError
from hope_core.exchange.archive import BUNDLE_RECORD, PIECE
from hope_core.exchange.bundle import CHECKPOINT_FILES, PRESET, BundleRecord
from hope_core.exchange.kinds import open_plain
from hope_core.exchange.tensor_header import header_bytes, read_header
from hope_core.runs.checkpoints import ManifestFile, check_manifest, newest_sound
from hope_core.runs.disk_full import ensure_free_space, storage_error
from hope_core.runs.serialise import encode_json
from hope_core.runs.state import effective_state
from hope_core.runs.storage import remove_quietly, rename, sync_folder, temporary_name, write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hope_core.config.run import RunConfig
    from hope_core.runs.checkpoints import Manifest
    from hope_core.runs.folder import RunFolder

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
CONFIG_KEY, TOKENIZER_KEY, STEP_KEY = "hope.config", "hope.tokenizer", "hope.step"
"""Where the metadata of exported weights keeps what is needed to use them again."""

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The same run gives the same bundle, byte for byte."""


def export_bundle(run: RunFolder, target: Path, *, checkpoint: str | None = None) -> None:
    """Write settings, history and one checkpoint into one file, whole or not at all.

    Args:
        run: the run.
        target: the file; what stands there is replaced.
        checkpoint: path of a checkpoint relative to the run folder; None: the newest sound one.

    Raises:
        CheckpointError: there is no whole checkpoint.
        RunError: the file cannot be written.
    """
    folder, manifest = _chosen(run, checkpoint)
    parts = {file.name: folder / file.name for file in manifest.files}
    if odd := [name for name in parts if not CHECKPOINT_FILES.fullmatch(name)]:
        raise CheckpointError(f"{folder / odd[0]} is of a kind that no bundle holds.")
    for segment in sorted((run.path / "events").glob("??????.jsonl")):
        parts[f"events-{segment.name}"] = segment
    with _replacing(target, sum(path.stat().st_size for path in parts.values())) as file:
        # The record holds the sums of all else, yet stands first: it is what makes a bundle one.
        sums = [_summed_bytes(PRESET, dump_yaml(run.config).encode())]
        sums += [_summed_file(name, path) for name, path in parts.items()]
        record = _record(run, manifest, tuple(sums))
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(_member(BUNDLE_RECORD), encode_json(record, indent=2))
            archive.writestr(_member(PRESET), dump_yaml(run.config).encode())
            for told in sums[1:]:
                _pack(archive, parts[told.name], told)


def export_weights(run: RunFolder, target: Path, *, checkpoint: str | None = None) -> None:
    """Write the weights as one safetensors file, with the settings and tokens in its metadata.

    Args:
        run: the run.
        target: the file; what stands there is replaced.
        checkpoint: as for `export_bundle`.

    Raises:
        CheckpointError: there is no whole checkpoint.
        RunError: the file cannot be written.
    """
    folder, manifest = _chosen(run, checkpoint)
    with open_plain(folder / WEIGHTS) as source:
        try:
            stored = read_header(source)
        except ForeignFileError as error:
            raise CheckpointError(f"{folder / WEIGHTS} is damaged: {error}.") from error
        metadata = {
            "format": "pt",
            CONFIG_KEY: dump_yaml(run.config),
            TOKENIZER_KEY: (folder / TOKENIZER).read_text(encoding="utf-8"),
            STEP_KEY: str(manifest.step),
        }
        with _replacing(target, (folder / WEIGHTS).stat().st_size) as file:
            file.write(header_bytes(stored.tensors, metadata))
            source.seek(stored.start)
            shutil.copyfileobj(source, file, PIECE)


def export_preset(config: RunConfig, target: Path) -> None:
    """Write settings as YAML, every value written out.

    Raises:
        RunError: the file cannot be written.
    """
    write_bytes(_in_a_folder(target), dump_yaml(config).encode())


def _chosen(run: RunFolder, checkpoint: str | None) -> tuple[Path, Manifest]:
    """The checkpoint to give away, every byte of it checked."""
    if checkpoint is not None:
        path = (run.path / checkpoint).resolve()
        if not path.is_relative_to(run.path.resolve()):
            raise CheckpointError(f"{checkpoint} does not lie in the run {run.path}.")
        return path, check_manifest(path, full=True)
    sound = newest_sound(run.path)
    if sound.checkpoint is None:
        told = " ".join(sound.passed_over) or "Train it until it saves."
        raise CheckpointError(f"The run {run.name} has no whole checkpoint to give away. {told}")
    return sound.checkpoint.path, sound.checkpoint.manifest


def _record(run: RunFolder, manifest: Manifest, files: tuple[ManifestFile, ...]) -> BundleRecord:
    state = run.state
    return BundleRecord(
        format="hope-bundle",
        name=run.name,
        id=run.info.id,
        created=run.info.created,
        preset=run.info.preset,
        versions=run.info.versions,
        state=effective_state(run),
        step=manifest.step,
        tokens=state.tokens,
        seconds=state.seconds,
        loss=state.loss,
        bits_per_byte=state.bits_per_byte,
        best=manifest.best,
        validation_loss=manifest.validation_loss,
        device=manifest.device,
        world_size=manifest.world_size,
        files=files,
    )


@contextmanager
def _replacing(target: Path, needed: int) -> Iterator[BinaryIO]:
    """A file that takes its name when it is whole and on the disk."""
    target = _in_a_folder(target)
    ensure_free_space(target.parent, needed)
    temporary = temporary_name(target.parent)
    try:
        with temporary.open("xb") as file:
            yield cast("BinaryIO", file)
            file.flush()
            os.fsync(file.fileno())
        rename(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        remove_quietly(temporary)
        raise storage_error(error, target, needed=needed) from error
    except BaseException:
        remove_quietly(temporary)
        raise


def _in_a_folder(target: Path) -> Path:
    target = target.expanduser().absolute()
    if target.is_dir():
        raise RunError(f"{target} is a folder. Name a file in it.")
    if not target.parent.is_dir():
        raise RunError(f"{target.parent} is no folder. Make it first, or choose another place.")
    return target


def _member(name: str) -> zipfile.ZipInfo:
    """Tensors do not compress, and stay seekable as they are; words do."""
    member = zipfile.ZipInfo(name, _MOMENT)
    is_words = not name.endswith(".safetensors")
    member.compress_type = zipfile.ZIP_DEFLATED if is_words else zipfile.ZIP_STORED
    member.external_attr = 0o100644 << 16
    return member


def _summed_bytes(name: str, data: bytes) -> ManifestFile:
    return ManifestFile(name, len(data), hashlib.sha256(data).hexdigest())


def _summed_file(name: str, path: Path) -> ManifestFile:
    """A live run's events grow while we read: what was summed is what is packed."""
    with path.open("rb") as file:
        summed = hashlib.sha256()
        size = 0
        while piece := file.read(PIECE):
            summed.update(piece)
            size += len(piece)
    return ManifestFile(name, size, summed.hexdigest())


def _pack(archive: zipfile.ZipFile, path: Path, told: ManifestFile) -> None:
    left = told.size
    member = _member(told.name)
    member.file_size = told.size
    with path.open("rb") as source, archive.open(member, "w") as packed:
        while left and (piece := source.read(min(PIECE, left))):
            packed.write(piece)
            left -= len(piece)
