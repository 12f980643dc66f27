"""What the core says, in the window's language: sentence by sentence, as far as they are known.

Notable: a pattern is compiled when a text first holds its longest fixed piece, so that hundreds of
them cost the window nothing.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice

from PySide6.QtCore import QCoreApplication

from hope_studio.core_sentences import JOINED, LINES_OF_FIGURES, PHRASES, SENTENCES
from hope_studio.widgets.setting_words import translated

LEVELS = ("every step", "continuum {n}")
"""Names of levels, as the settings have them."""
SIGN = "At once."
"""Translated in every language but the core's own."""
KEPT_TEXTS = 512
"""Texts whose words are remembered; lists ask for the same ones at every paint."""
MOST_PLACES = 4
"""Places before a sentence: a process, a file, a line of it, a setting."""
LONGEST_TEXT = 2000
"""Characters that are looked through; what a library adds after them stays as it is."""

_VALUE = re.compile(r"\{\w+\}")
_ESCAPED_VALUE = re.compile(r"\\\{(\w+)\\\}")
_SPACE = re.compile(r"\s*")
_SENTENCE = re.compile(r".*?[.!?。！？](?=\s|$)|.+", re.DOTALL)
_PLACE_ENDS = re.compile(r": ")
_NEEDS_NO_SPACE = ("。", "！", "？")


def core_words(text: str) -> str:
    """Any text of the core, or a phrase of it; sentences that are not known stay as they are."""
    language = QCoreApplication.translate("Core", SIGN)
    return text if not text or language == SIGN else _remembered(text, language)


def with_hint(text: str, hint: str) -> str:
    """What happened and what to do about it, each any text of the core; the hint may be empty."""
    return _followed(core_words(text), " ", core_words(hint)).strip()


def figure_words() -> dict[str, str]:
    """What the window says for the lines of a figure and for the levels in it; {} in English."""
    said = {line: QCoreApplication.translate("Core", line) for line in LINES_OF_FIGURES}
    said |= {level: translated(level) for level in LEVELS}
    return {line: words for line, words in said.items() if words != line}


@lru_cache(KEPT_TEXTS)
def _remembered(text: str, _language: str) -> str:
    text, rest = text[:LONGEST_TEXT], text[LONGEST_TEXT:]
    whole = _phrase(text)
    return (_sentences(text, is_whole=True) if whole is None else whole) + rest


def _sentences(text: str, *, is_whole: bool) -> str:
    """All sentences of a text; a value without any known one is left alone."""
    words, place, knows_any = "", 0, is_whole
    candidates = [[sentence for piece, sentence in known if piece in text] for known in _patterns()]
    while place < len(text):
        start = _end(_SPACE, text, place)
        space = text[place:start]
        if (found := _known(text, start, candidates)) is None:
            end = _end(_SENTENCE, text, start)
            found = translated(text[start:end]) if is_whole else text[start:end], end
        else:
            knows_any = True
        said, place = found
        words = _followed(words, space, said)
    return words if knows_any else text


def _followed(words: str, space: str, said: str) -> str:
    """Chinese sentences stand side by side."""
    return words + (said if space == " " and words.endswith(_NEEDS_NO_SPACE) else space + said)


def _known(text: str, start: int, candidates: list[list[str]]) -> tuple[str, int] | None:
    """The known sentence that begins at a place or after the name of one, and where it ends.

    Of the candidates, those that begin with their own words go before those that begin with a
    value, which may be anything.
    """
    end = _end(_SENTENCE, text, start)
    for sentences in candidates:
        if found := _first(sentences, text, start):
            return found
        for colon in islice(_PLACE_ENDS.finditer(text, start, end), MOST_PLACES):
            places = text[start : colon.start()]
            is_open = places.count("(") > places.count(")")
            if not is_open and (found := _first(sentences, text, colon.end())):
                for place in reversed(places.split(": ")):
                    found = _told(JOINED, place=_value(place), words=found[0]), found[1]
                return found
    return None


def _first(sentences: list[str], text: str, place: int) -> tuple[str, int] | None:
    for sentence in sentences:
        if match := _pattern(sentence).match(text, place):
            values = {name: _value(value) for name, value in match.groupdict().items()}
            return _told(sentence, **values), match.end()
    return None


def _value(text: str) -> str:
    """What the core filled in; the same again, unless it is words itself."""
    if " " not in text:
        return text
    phrase = _phrase(text)
    return _sentences(text, is_whole=False) if phrase is None else phrase


def _phrase(text: str) -> str | None:
    for piece, phrase in _phrases():
        if piece in text and (match := _pattern(phrase).fullmatch(text)):
            values = {name: _value(value) for name, value in match.groupdict().items()}
            return _told(phrase, **values)
    return None


def _told(source: str, **values: str) -> str:
    return QCoreApplication.translate("Core", source).format(**values)


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found is not None else place


@cache
def _patterns() -> tuple[tuple[tuple[str, str], ...], ...]:
    """Those that begin with words of their own, then the others; each with its longest piece."""
    known = [(_longest_piece(sentence), sentence) for sentence in _wordiest_first(SENTENCES)]
    own = tuple(pair for pair in known if not pair[1].startswith("{"))
    return own, tuple(pair for pair in known if pair[1].startswith("{"))


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    return tuple((_longest_piece(phrase), phrase) for phrase in _wordiest_first(PHRASES))


def _wordiest_first(sources: tuple[str, ...]) -> list[str]:
    """Those that say most come first, so that none is taken for a shorter one."""
    return sorted(sources, key=lambda source: -len(_VALUE.sub("", source)))


def _longest_piece(source: str) -> str:
    return max(_VALUE.split(source), key=len)


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """A value holds no end of a sentence, but one that ends the pattern holds all that follows.

    One that begins it holds no place before, and in a phrase none does.
    """
    known = _ESCAPED_VALUE.sub(r"(?P<\1>(?:(?![.!?]\\s).)+?)", re.escape(source))
    is_phrase = source in PHRASES
    if is_phrase or source.startswith("{"):
        known = known.replace("(?![.!?]", "(?![.!?:]", -1 if is_phrase else 1)
    if source.endswith("}") and not is_phrase:
        head, _, name = known.rpartition("(?P<")
        return re.compile(f"{head}(?P<{name.partition('>')[0]}>.+)", re.DOTALL)
    return re.compile(rf"{known}(?=\s|$)")
