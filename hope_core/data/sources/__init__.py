"""Where text comes from: one module a source, found by its name in `SOURCES`.

Each entry is a function `(settings, watch) -> SourceText`.
"""

from __future__ import annotations

from hope_core.data.sources.text import SourceText
from hope_core.table import Table

SOURCES = Table(
    "source",
    {
        "stdlib": "hope_core.data.sources.stdlib:read_stdlib",
        "tales": "hope_core.data.sources.tales:read_tales",
        "text": "hope_core.data.sources.text_file:read_text_file",
        "folder": "hope_core.data.sources.folder:read_folder",
        "jsonl": "hope_core.data.sources.json_lines:read_json_lines",
    },
)

__all__ = ["SOURCES", "SourceText"]
