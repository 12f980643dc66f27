"""Two texts compared word by word, as HTML."""

from __future__ import annotations

from difflib import SequenceMatcher

from hope_studio.theme import color
from hope_studio.widgets.samples_list import breakable


def marked(text: str, other: str) -> tuple[str, float]:
    """The text with a ground behind the words that the other text lacks, and their share."""
    words, others = _words(text), _words(other)
    ground = color("selection").name()
    parts, new, count = [], 0, 0
    for tag, first, last, _, _ in SequenceMatcher(None, words, others, False).get_opcodes():
        piece = "".join(words[first:last])
        real = sum(not word.isspace() for word in words[first:last])
        new, count = new + real * (tag != "equal"), count + real
        parts.append(_grounded(piece, ground) if tag != "equal" else breakable(piece))
    return "".join(parts), new / max(count, 1)


def _grounded(text: str, ground: str) -> str:
    """Words and single spaces between them on a ground; indents and line ends stay plain."""
    import re

    html = []
    for place, piece in enumerate(re.split(r"(\S+(?: \S+)*)", text)):
        plain = breakable(piece)
        html.append(f'<span style="background:{ground}">{plain}</span>' if place % 2 else plain)
    return "".join(html)


def _words(text: str) -> list[str]:
    """Words and the white space between them, nothing lost."""
    import re

    return re.findall(r"\s+|\w+|[^\w\s]", text)
