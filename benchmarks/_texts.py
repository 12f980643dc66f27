"""The texts of the quality benchmark, as bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hope_core.config.data import BytesSettings, DataSettings, TalesSettings
from hope_core.data import prepare

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

TRAIN_SHARE = 0.9


@dataclass(frozen=True)
class Text:
    """Byte tokens of both parts; the floor is the exact entropy where it is known (bits a byte)."""

    name: str
    train: npt.NDArray[Any]
    validation: npt.NDArray[Any]
    bytes_per_token: float
    fingerprint: str
    floor: float | None


def text_file(path: Path) -> Text:
    """A file's bytes: the first nine tenths for training, the last for validation."""
    data = path.read_bytes()
    tokens = np.frombuffer(data, np.uint8)
    edge = int(TRAIN_SHARE * len(tokens))
    digest = hashlib.sha256(data).hexdigest()
    return Text(path.stem, tokens[:edge], tokens[edge:], 1.0, digest, None)


def tales(megabytes: float) -> Text:
    """Stories of the product's own grammar, prepared as the product does."""
    settings = DataSettings(source=TalesSettings(megabytes=megabytes), tokenizer=BytesSettings())
    corpus = prepare(settings, progress=lambda *_: None, cancelled=lambda: None)
    return Text(
        "tales",
        corpus.train.tokens,
        corpus.validation.tokens,
        corpus.validation.bytes_per_token,
        corpus.fingerprint,
        corpus.floor_bits_per_byte,
    )
