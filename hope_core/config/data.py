"""The settings of the text: where it comes from, how it becomes tokens, how it is split."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from hope_core.config.base import Settings


class StdlibSettings(Settings):
    """The sources of the Python standard library on this machine; needs no download."""

    kind: Literal["stdlib"] = "stdlib"
    max_megabytes: float = Field(
        8.0, gt=0.0, le=1000.0, description="Read at most this much text (MB)."
    )


class TalesSettings(Settings):
    """Stories from a seeded grammar whose entropy is known exactly; endless, no download."""

    kind: Literal["tales"] = "tales"
    megabytes: float = Field(8.0, gt=0.0, le=1000.0, description="How much to write (MB).")
    seed: int = Field(0, ge=0, le=2**31 - 1, description="Seed of the stories.")


class TextFileSettings(Settings):
    """One UTF-8 text file."""

    kind: Literal["text"] = "text"
    path: str = Field(min_length=1, max_length=4096, description="Path of the text file.")


class FolderSettings(Settings):
    """Every text file under a folder."""

    kind: Literal["folder"] = "folder"
    path: str = Field(min_length=1, max_length=4096, description="Path of the folder.")
    pattern: str = Field(
        "*.txt", min_length=1, max_length=200, description="Which files, as a name with wildcards."
    )


class JsonLinesSettings(Settings):
    """A file with one JSON object a line, one of whose fields is the text."""

    kind: Literal["jsonl"] = "jsonl"
    path: str = Field(min_length=1, max_length=4096, description="Path of the JSON lines file.")
    field: str = Field("text", min_length=1, max_length=200, description="Field with the text.")


SourceSettings = Annotated[
    StdlibSettings | TalesSettings | TextFileSettings | FolderSettings | JsonLinesSettings,
    Field(discriminator="kind"),
]


class BytesSettings(Settings):
    """One token a byte; the vocabulary is 256."""

    kind: Literal["bytes"] = "bytes"


class BpeSettings(Settings):
    """Byte-pair tokens, trained on the run's own training text."""

    kind: Literal["bpe"] = "bpe"
    vocabulary: int = Field(
        2048, ge=258, le=262_144, description="Size of the vocabulary (tokens)."
    )


TokenizerSettings = Annotated[BytesSettings | BpeSettings, Field(discriminator="kind")]


class DataSettings(Settings):
    """The text, its tokens and its split."""

    source: SourceSettings = Field(StdlibSettings(), description="Where the text comes from.")
    tokenizer: TokenizerSettings = Field(BytesSettings(), description="How text becomes tokens.")
    sequence_length: int = Field(
        256, ge=2, le=65_536, description="Length of one training sequence (tokens)."
    )
    validation_fraction: float = Field(
        0.1, gt=0.0, le=0.5, description="Share of the text held out for validation, in blocks."
    )
