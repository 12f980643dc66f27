"""What a bundle is: a ZIP archive of flat, known names, whose record holds the sum of each.

bundle.json              who the run is, where it stands, and the size and sum of each member
preset.yaml              its settings
model.safetensors, ...   the files of one checkpoint, by their own names
events-000001.jsonl, ... what happened, so that its curves can be seen elsewhere
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from hope_core.errors import ForeignFileError
from hope_core.exchange.archive import BUNDLE_RECORD
from hope_core.runs.checkpoints import ManifestFile
from hope_core.runs.serialise import decode_record

if TYPE_CHECKING:
    from hope_core.exchange.archive import Archive

SCHEMA_VERSION = 1
PRESET = "preset.yaml"
CHECKPOINT_FILES = re.compile(
    r"(?:model|optimizer|optim|carry|rng)\.safetensors"
    r"|rank-\d{5}\.safetensors|(?:trainer|tokenizer)\.json"
)
EVENT_FILES = re.compile(r"events-(\d{6})\.jsonl")
MEMBERS = re.compile(
    rf"bundle\.json|preset\.yaml|{EVENT_FILES.pattern}|{CHECKPOINT_FILES.pattern}", re.ASCII
)
_RECORD_LIMIT = 4 << 20

_Count = Annotated[int, msgspec.Meta(ge=0, le=10**15)]
_Seconds = Annotated[float, msgspec.Meta(ge=0)]
_Text = Annotated[str, msgspec.Meta(max_length=200)]


class BundleRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The content of bundle.json."""

    format: Literal["hope-bundle"]
    schema_version: int = SCHEMA_VERSION
    name: _Text
    """Of the run."""
    id: _Text
    created: _Text
    """When the run began; ISO 8601, UTC."""
    preset: _Text = ""
    versions: dict[str, str] = {}
    """Of the program and its parts that made the run."""
    state: _Text = "stopped"
    step: _Count = 0
    """Of the checkpoint."""
    tokens: _Count = 0
    seconds: _Seconds = 0.0
    loss: float | None = None
    bits_per_byte: float | None = None
    best: bool = False
    validation_loss: float | None = None
    device: _Text = "cpu"
    world_size: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 1
    files: tuple[ManifestFile, ...] = ()


def read_record(archive: Archive) -> BundleRecord:
    """The record of a bundle, when it names exactly the members there are, as long as they are.

    Raises:
        ForeignFileError: it is damaged, of a newer version, or does not fit the archive.
    """
    data = archive.read(BUNDLE_RECORD, limit=_RECORD_LIMIT)
    try:
        version = decode_record(data, _Version).schema_version
        if version > SCHEMA_VERSION:
            raise ForeignFileError(
                f"It is of format {version}, made by a newer version of this program, which knows "
                f"formats up to {SCHEMA_VERSION}. Update the program to open it."
            )
        record = decode_record(data, BundleRecord)
    except msgspec.DecodeError as error:
        raise ForeignFileError(f"{BUNDLE_RECORD} in it is damaged ({error}).") from error
    promised = {file.name: file.size for file in record.files}
    there = {name: size for name, size in archive.sizes.items() if name != BUNDLE_RECORD}
    if len(promised) != len(record.files) or promised != there:
        odd = sorted(dict(promised.items() ^ there.items()))
        shown = odd[0][:80] if odd else "a name"
        raise ForeignFileError(f"Its record does not fit its members: look at {shown!r}.")
    return record


class _Version(msgspec.Struct):
    schema_version: int = SCHEMA_VERSION
