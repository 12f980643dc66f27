"""Every text file under a folder whose name fits a pattern; each file is a document.

Files are read in the order of their paths. Links to folders are not followed, and names that begin
with a dot stay out, as they are the system's own.
"""

from __future__ import annotations

import fnmatch
import os
from pathlib import Path
from typing import TYPE_CHECKING

from hope_core.data.sources.decoding import read_checked
from hope_core.data.sources.files import check_folder, refuse_special, status_of
from hope_core.data.sources.text import MAX_TEXT_BYTES, SourceText, TextBuilder, too_large
from hope_core.errors import DataError

if TYPE_CHECKING:
    from hope_core.config.data import FolderSettings
    from hope_core.data.watch import Watch


def read_folder(settings: FolderSettings, watch: Watch) -> SourceText:
    """Read the files one after the other.

    Raises:
        DataError: the folder cannot be read, no file fits, or one of them is not UTF-8 text.
    """
    root = Path(settings.path).expanduser()
    check_folder(root)
    paths, total = _paths(root, settings.pattern, watch)
    builder = TextBuilder(str(root))
    done = 0
    for path in paths:
        for piece in read_checked(path, watch, before=done, total=total):
            builder.add(piece)
        builder.end_document()
        done += status_of(path).st_size
    return builder.finish()


def _paths(root: Path, pattern: str, watch: Watch) -> tuple[list[Path], int]:
    """The files that fit, sorted, and their size together (bytes)."""
    found: list[Path] = []
    seen = total = 0
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in names:
            watch.tick("looking", seen, 0)
            seen += 1
            if name.startswith(".") or not fnmatch.fnmatch(name, pattern):
                continue
            path = Path(folder, name)
            status = status_of(path)
            refuse_special(path, status)
            total += status.st_size
            found.append(path)
    if not found:
        raise DataError(
            f"{root}: it holds no text: none of its {seen:,} files fits '{pattern}'. "
            "Set data.source.pattern to the names you mean, for example '*.md'."
        )
    if total > MAX_TEXT_BYTES:
        raise too_large(str(root))
    return sorted(found), total
