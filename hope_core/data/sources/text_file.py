"""One UTF-8 text file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hope_core.data.sources.decoding import read_checked
from hope_core.data.sources.files import status_of
from hope_core.data.sources.text import SourceText, TextBuilder

if TYPE_CHECKING:
    from hope_core.config.data import TextFileSettings
    from hope_core.data.watch import Watch


def read_text_file(settings: TextFileSettings, watch: Watch) -> SourceText:
    """Read the file as one document.

    Raises:
        DataError: it is missing, unreadable, too large, empty or not UTF-8 text.
    """
    path = Path(settings.path).expanduser()
    builder = TextBuilder(str(path))
    for piece in read_checked(path, watch, before=0, total=status_of(path).st_size):
        builder.add(piece)
    builder.end_document()
    return builder.finish()
