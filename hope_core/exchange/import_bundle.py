"""Taking a bundle in: every member checked, then a run of its own that can be resumed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hope_core.config.loading import load_yaml
from hope_core.config.validation import parse_config
from hope_core.errors import ForeignFileError, HopeError
from hope_core.exchange.archive import open_archive
from hope_core.exchange.arriving import arriving_run
from hope_core.exchange.bundle import CHECKPOINT_FILES, EVENT_FILES, MEMBERS, PRESET, read_record
from hope_core.exchange.expected import differences, weights_in
from hope_core.exchange.kinds import open_plain
from hope_core.exchange.model_weights import expected_weights
from hope_core.exchange.tensor_header import check_finite, read_header
from hope_core.inference.loading import WEIGHTS, read_tokenizer
from hope_core.runs.checkpoints import new_checkpoint

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.config.run import RunConfig
    from hope_core.exchange.archive import Archive
    from hope_core.exchange.bundle import BundleRecord
    from hope_core.runs.folder import RunFolder

_PRESET_LIMIT = 256 << 10


def import_bundle(path: Path, *, name: str | None = None, root: Path | None = None) -> RunFolder:
    """Make a run of a bundle.

    Args:
        path: the file.
        name: what to call the run; None: as it was called, with a number behind when that is taken.
        root: where runs lie; None: the usual folder.

    Raises:
        ForeignFileError: the bundle is damaged or holds what no bundle holds; nothing stays of it.
        ConfigError: its settings cannot be used.
        RunError: the name is taken, or the folder cannot be written.
    """
    try:
        with open_plain(path) as file, open_archive(file, allowed=MEMBERS) as archive:
            record = read_record(archive)
            config = _settings(archive, record)
            with arriving_run(
                config, name=name, suggestion=record.name, root=root, parent=record.id
            ) as run:
                _fill(run, archive, record)
    except UnicodeDecodeError as error:
        raise _refusal(path, f"{PRESET} in it is not UTF-8") from error
    except ForeignFileError as error:
        raise _refusal(path, str(error)) from error
    return run


def _settings(archive: Archive, record: BundleRecord) -> RunConfig:
    data = archive.read(PRESET, limit=_PRESET_LIMIT)
    sums = {told.name: told.sha256 for told in record.files}
    if hashlib.sha256(data).hexdigest() != sums[PRESET]:
        raise ForeignFileError(f"{PRESET} in it is damaged: its sum is not the one written down.")
    return parse_config(load_yaml(data.decode("utf-8"), source=PRESET), source=PRESET)


def _fill(run: RunFolder, archive: Archive, record: BundleRecord) -> None:
    commit = new_checkpoint(
        run.path,
        step=record.step,
        config_sha256=run.config_sha,
        best=record.best,
        validation_loss=record.validation_loss,
        device=record.device,
        world_size=record.world_size,
    )
    with commit:
        for told in record.files:
            if CHECKPOINT_FILES.fullmatch(told.name):
                archive.copy(told.name, commit.path / told.name, sha256=told.sha256)
                _check_tensors(commit.path / told.name)
        _check_model(run.config, commit.path)
    for told in record.files:
        if match := EVENT_FILES.fullmatch(told.name):
            target = run.path / "events" / f"{match.group(1)}.jsonl"
            archive.copy(told.name, target, sha256=told.sha256)
    run.write_state(
        "finished" if record.state == "finished" else "stopped",
        reason="Imported from a bundle.",
        step=record.step,
        tokens=record.tokens,
        seconds=record.seconds,
        loss=record.loss,
        bits_per_byte=record.bits_per_byte,
    )


def _check_tensors(path: Path) -> None:
    if path.suffix != ".safetensors":
        return
    with open_plain(path) as file:
        try:
            check_finite(file, read_header(file))
        except ForeignFileError as error:
            raise ForeignFileError(f"{path.name}: {error}.") from error


def _check_model(config: RunConfig, checkpoint: Path) -> None:
    """The weights fit the settings, and the tokens are there; nothing is built to find that out."""
    if not (checkpoint / WEIGHTS).is_file():
        raise ForeignFileError("It holds no weights.")
    try:
        tokenizer = read_tokenizer(checkpoint)
        expected = expected_weights(config.model, tokenizer.vocabulary)
    except HopeError as error:
        words = str(error).replace(str(checkpoint), "its checkpoint")
        raise ForeignFileError(f"Its parts do not fit each other. {words}") from error
    with open_plain(checkpoint / WEIGHTS) as file:
        found = weights_in(read_header(file))
    if words := differences(expected, found):
        raise ForeignFileError(f"Its weights are not those of its settings. {words}")


def _refusal(path: Path, reason: str) -> ForeignFileError:
    return ForeignFileError(f"{path} is refused. {reason.rstrip('.')}. Nothing was imported.")
