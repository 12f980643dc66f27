"""The Python standard library's own sources on this machine: real text, no download.

The modules come first and the library's tests only when more is asked for than they hold. Files
are taken in an order shuffled by a fixed seed, so that training and validation blocks look alike.
Installed packages, compiled caches and the few files that are not UTF-8 stay out.
"""

from __future__ import annotations

import os
import random
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from hope_core.data.sources.decoding import Utf8Checker
from hope_core.data.sources.text import SourceText, TextBuilder
from hope_core.errors import DataError

if TYPE_CHECKING:
    from hope_core.config.data import StdlibSettings
    from hope_core.data.watch import Watch

_SHUFFLE_SEED = 2718
_LEFT_OUT = {"site-packages", "dist-packages", "__pycache__", "lib-dynload"}
_TESTS = {"test", "tests", "idle_test"}


def read_stdlib(settings: StdlibSettings, watch: Watch) -> SourceText:
    """Read up to `max_megabytes` of the library; each file is a document.

    Raises:
        DataError: this Python comes without its sources.
    """
    root = Path(sysconfig.get_paths()["stdlib"])
    limit = int(settings.max_megabytes * 1e6)
    documents: list[bytes] = []
    size = 0
    for path in _paths(root, watch):
        watch.tick("reading", size, limit)
        document = _read(path)
        if document is None:
            continue
        if size + len(document) > limit and documents:
            break
        if len(document) > limit:
            document = document[:limit].decode(errors="ignore").encode()
        documents.append(document)
        size += len(document)
    if not documents:
        raise DataError(
            f"{root}: this Python comes without the sources of its standard library. "
            "Use the built-in 'tales' or a text of your own."
        )
    random.Random(_SHUFFLE_SEED).shuffle(documents)
    builder = TextBuilder(f"the Python standard library in {root}")
    for document in documents:
        watch.tick("joining", len(builder.data), size)
        builder.add(document)
        builder.end_document()
    return builder.finish()


def _paths(root: Path, watch: Watch) -> list[Path]:
    """Every source file: modules in shuffled order, then tests in shuffled order."""
    modules: list[Path] = []
    tests: list[Path] = []
    for folder, subfolders, names in os.walk(root):
        watch.tick("looking", len(modules), 0)
        subfolders[:] = sorted(set(subfolders) - _LEFT_OUT)
        parts = Path(folder).relative_to(root).parts
        group = tests if _TESTS.intersection(parts) else modules
        group.extend(Path(folder, name) for name in sorted(names) if name.endswith(".py"))
    for group in (modules, tests):
        group.sort(key=lambda path: path.relative_to(root).as_posix())
        random.Random(_SHUFFLE_SEED).shuffle(group)
    return modules + tests


def _read(path: Path) -> bytes | None:
    """One file's text, or None where it is empty, unreadable or (as a few tests are) not UTF-8."""
    try:
        return Utf8Checker(str(path)).feed(path.read_bytes(), final=True) or None
    except (OSError, DataError):
        return None
