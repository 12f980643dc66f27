"""Little stories from a grammar of our own: seeded, endless, their entropy known exactly."""

from __future__ import annotations

from hope_core.data.tales.adventures import JOURNEY, LOST, STORM
from hope_core.data.tales.frame import OPENING
from hope_core.data.tales.grammar import Beat, Grammar, Role, Story
from hope_core.data.tales.village import CONTEST, GARDEN, GIFT, NOISE
from hope_core.data.tales.words import CAST, WORDS

__all__ = ["Beat", "Grammar", "Role", "Story", "tales_grammar"]


PLOTS = (LOST, STORM, JOURNEY, GIFT, CONTEST, GARDEN, NOISE)


def tales_grammar() -> Grammar:
    """The grammar of the built-in stories."""
    return Grammar(words=WORDS, cast=CAST, opening=OPENING, plots=PLOTS)
