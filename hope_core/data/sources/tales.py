"""The built-in stories as a text; the same settings give the same stories on every machine."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hope_core.data.sources.text import SourceText, TextBuilder
from hope_core.data.tales import tales_grammar

if TYPE_CHECKING:
    from hope_core.config.data import TalesSettings
    from hope_core.data.watch import Watch

_STORIES_A_TICK = 32


def read_tales(settings: TalesSettings, watch: Watch) -> SourceText:
    """Write whole stories until there are at least `megabytes` of them; each is a document."""
    grammar = tales_grammar()
    rng = random.Random(settings.seed)
    limit = int(settings.megabytes * 1e6)
    builder = TextBuilder(f"tales (seed {settings.seed})")
    while len(builder.data) < limit:
        watch.tick("writing", len(builder.data), limit)
        for _ in range(_STORIES_A_TICK):
            builder.add(grammar.write(rng).text.encode())
            builder.end_document()
            if len(builder.data) >= limit:
                break
    return builder.finish(floor_bits_per_byte=grammar.bits_per_byte)
