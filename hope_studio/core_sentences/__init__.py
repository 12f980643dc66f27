"""The sentences of the core that reach the window, as patterns that the window translates.

The core speaks English, into run folders that may be read by any program in any year. The window
knows these sentences again by their fixed words, whoever wrote them and when. `{name}` stands for
whatever the core filled in; a value that is a phrase or a sentence itself is translated, any other
is shown as it is.
"""

from __future__ import annotations

from hope_studio.core_sentences import (
    data,
    exchange,
    figures,
    machine,
    others,
    proofs,
    reports,
    run_folders,
    settings,
    talking,
    training,
)

LINES_OF_FIGURES = figures.LINES
"""What stands in pictures that the core draws."""
JOINED = "{place}: {words}"
"""How a sentence follows the place it is about: a setting, a file, a line of it."""
SENTENCES = (
    *training.SENTENCES,
    *machine.SENTENCES,
    *settings.SENTENCES,
    *data.SENTENCES,
    *exchange.SENTENCES,
    *run_folders.SENTENCES,
    *talking.SENTENCES,
    *proofs.SENTENCES,
    *others.SENTENCES,
)
"""All that may stand anywhere. A test holds the core's sources to them, and them to the sources."""
PHRASES = (
    *machine.PHRASES,
    *settings.PHRASES,
    *data.PHRASES,
    *exchange.PHRASES,
    *run_folders.PHRASES,
    *proofs.PHRASES,
    *reports.PHRASES,
    *others.PHRASES,
)
"""Words that are a whole value, or a place that a sentence is about."""
