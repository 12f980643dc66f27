"""Memories: the parts of a model that store what has been read. One file each."""

from __future__ import annotations

from hope_core.table import Table

MEMORIES = Table(
    "memory",
    {
        "titans": "hope_core.memories.titans:Titans",
        "continuum": "hope_core.memories.continuum:Continuum",
    },
)
