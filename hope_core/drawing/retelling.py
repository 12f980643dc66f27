"""Other words in a finished figure: those that whoever asked for it brings along.

The figures are drawn in English. A window that speaks otherwise gives its words with the request,
as patterns with `{name}` for values, and the fonts that have them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.font_manager import fontManager
from matplotlib.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.figure import Figure

_VALUE = re.compile(r"\\\{(\w+)\\\}")


def retell(figure: Figure, words: Mapping[str, str], fonts: Iterable[str]) -> None:
    """Replace the words of a figure, line by line, where they are known.

    Args:
        figure: changed in place.
        words: what to say instead of which line; a value named in one stands in the other.
        fonts: families that have these words; without one of them here, nothing is changed.
    """
    here = {font.name for font in fontManager.ttflist}
    family = next((font for font in fonts if font in here), None)
    if family is None:
        return
    by_words = sorted(words.items(), key=lambda pair: -len(pair[0]))
    patterns = [(_pattern(line), said) for line, said in by_words]
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        before = text.get_text()
        after = "\n".join(_retold(line, patterns) for line in before.split("\n"))
        if after != before:
            text.set_text(after)
            text.set_fontfamily([*mpl.rcParams["font.sans-serif"][:1], family])


def _retold(line: str, patterns: list[tuple[re.Pattern[str], str]]) -> str:
    for pattern, said in patterns:
        if found := pattern.fullmatch(line):
            return said.format(**found.groupdict())
    return line


def _pattern(line: str) -> re.Pattern[str]:
    return re.compile(_VALUE.sub(r"(?P<\1>.+?)", re.escape(line)))
