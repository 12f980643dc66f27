"""Reading a source in a test: without progress, without cancelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.data.sources import SOURCES, SourceText
from hope_core.data.watch import Watch

if TYPE_CHECKING:
    from hope_core.config.data import SourceSettings


def read(source: SourceSettings) -> SourceText:
    text: SourceText = SOURCES.load(source.kind)(source, Watch(lambda *_: None, lambda: None))
    return text


def text_of(source: SourceSettings) -> str:
    return bytes(read(source).data).decode()
