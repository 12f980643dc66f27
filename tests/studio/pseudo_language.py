"""A made-up language: every text in brackets, with accents, and longer by 40 %."""

from __future__ import annotations

import re

from PySide6.QtCore import QTranslator

OPENING, CLOSING = "«", "»"
ACCENTS = str.maketrans("aeiounscAEIOUNSC", "åéîöüñšçÅÉÎÖÜÑŠÇ")
KEPT = re.compile(r"\{[^}]*\}|%n|%\d|&\w|<[^>]*>")
"""Places of values, marks of keys and tags."""


class PseudoTranslator(QTranslator):
    """Translates whatever it is asked."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return pseudo(source).replace("%n", str(n))


def pseudo(text: str) -> str:
    """The text as this language has it."""
    plain, parts, at = KEPT.sub("", text), [], 0
    for kept in KEPT.finditer(text):
        parts += [text[at : kept.start()].translate(ACCENTS), kept.group()]
        at = kept.end()
    parts.append(text[at:].translate(ACCENTS))
    longer = "~" * max(round(0.4 * len(plain)) - 2, 0)
    return f"{OPENING}{''.join(parts)}{longer}{CLOSING}"
