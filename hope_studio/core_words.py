"""What the core says, in the window's language: sentence by sentence, as far as they are known."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from hope_studio.core_sentences import SENTENCES
from hope_studio.widgets.setting_words import translated

_VALUE = re.compile(r"\\\{(\w+)\\\}")
_BETWEEN = re.compile(r"\s*(?:[a-z0-9_]+(?:\.[a-z0-9_]+)*: )?")
"""What stands between two sentences: space, and the setting that the next one is about."""
_SENTENCE = re.compile(r".*?[.!?。！？](?=\s|$)|.+", re.DOTALL)


def core_words(text: str) -> str:
    """Any text of the core; sentences that are not known stay as they are."""
    if not text or _same("At once."):
        return text
    words, place = "", 0
    while place < len(text):
        start = _end(_BETWEEN, text, place)
        said, end = _next(text, start)
        words += text[place:start] + said
        place = end
    return words


def _next(text: str, place: int) -> tuple[str, int]:
    """The sentence that begins at a place, in the window's language, and where it ends."""
    for sentence, pattern in _patterns():
        if (found := pattern.match(text, place)) is not None:
            said = QCoreApplication.translate("Core", sentence)
            return said.format(**found.groupdict()), found.end()
    end = _end(_SENTENCE, text, place)
    return translated(text[place:end]), end


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found is not None else place


def _same(sentence: str) -> bool:
    """Whether the window speaks the core's language."""
    return QCoreApplication.translate("Core", sentence) == sentence


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Those that say most come first, so that none is taken for a shorter one."""
    told = sorted(SENTENCES, key=lambda sentence: -len(re.sub(r"\{\w+\}", "", sentence)))
    told.sort(key=lambda sentence: sentence.startswith("{"))
    return tuple((sentence, _pattern(sentence)) for sentence in told)


def _pattern(sentence: str) -> re.Pattern[str]:
    """A value holds no end of a sentence, but one that ends the pattern holds all that follows."""
    if sentence.endswith("}"):
        head, _, name = sentence.rpartition("{")
        return re.compile(f"{re.escape(head)}(?P<{name[:-1]}>.+)", re.DOTALL)
    fixed = _VALUE.sub(r"(?P<\1>(?:(?![.!?]\\s).)+?)", re.escape(sentence))
    return re.compile(rf"{fixed}(?=\s|$)")
