"""Whatever the core can tell a person in the window, the window knows in every language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from core_literals import core_literals, core_texts, holds_words, sentences_of
from PySide6.QtCore import QCoreApplication, QTranslator

from hope_studio.core_sentences import LINES_OF_FIGURES, PHRASES, SENTENCES, others
from hope_studio.core_words import core_words
from hope_studio.languages import speak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

KNOWN = (*SENTENCES, *PHRASES, *LINES_OF_FIGURES)
IN_BRACKETS = re.compile("«[^«»]*»")
WORDS_OF_OTHERS = {*others.SENTENCES, *others.PHRASES}


class Brackets(QTranslator):
    """Sets what the window knows of the core in brackets, and knows nothing else."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return f"«{source}»" if context == "Core" else None


@pytest.fixture
def brackets(qtbot: QtBot) -> Iterator[None]:
    speak("en")
    translator = Brackets()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def unknown_of(text: str) -> str:
    """What of a text the window says in the core's English."""
    left, before = core_words(text), ""
    while left != before:
        left, before = IN_BRACKETS.sub("", left), left
    return left


def is_part_of_a_known_one(piece: str) -> bool:
    """Whether the words of a piece stand in a known sentence, in this order."""
    words = ".*".join(
        re.escape(part) for part in piece.removeprefix("{}: ").removesuffix(": {}").split("{}")
    )
    return any(re.search(words, known, re.DOTALL) for known in KNOWN)


@pytest.mark.usefixtures("brackets")
def test_every_sentence_of_the_core_is_known_to_the_window() -> None:
    unknown = [
        f"{place}: {said}"
        for place, said in core_literals()
        if holds_words(unknown_of(said.replace("{}", "7"))) and not is_part_of_a_known_one(said)
    ]
    assert unknown == [], "list them in hope_studio/core_sentences and translate them"


@pytest.mark.usefixtures("brackets")
def test_a_sentence_that_is_not_listed_is_found() -> None:
    new = "The cat sat on the run {}. Lower it, or use more text."
    assert [s for s in sentences_of(new) if holds_words(unknown_of(s))] == [
        "The cat sat on the run {}."
    ]
    assert not is_part_of_a_known_one("The cat sat on the run {}.")


def test_every_known_sentence_is_made_of_the_cores_own_words() -> None:
    pieces = set(filter(holds_words, (piece for _, text in core_texts() for piece in parts(text))))
    patterns = [(max(piece.split("{}"), key=len), in_groups(piece)) for piece in sorted(pieces)]
    never_said = []
    for known in sorted({*KNOWN} - WORDS_OF_OTHERS):
        left = list(re.sub(r"\{\w+\}", lambda value: "0" * len(value.group()), known))
        for words, pattern in patterns:
            if words in known and (found := pattern.search(known)):
                for number in range(1, pattern.groups + 1):
                    left[slice(*found.span(number))] = "0" * len(found.group(number))
        if holds_words("".join(left)):
            never_said.append((known, "".join(left)))
    assert not never_said, "\n".join(map(str, never_said))


def parts(text: str) -> Iterator[str]:
    """A text as a whole, its sentences, and what stands before and after a colon in each."""
    for said in (text.strip(), *sentences_of(text)):
        yield said
        yield from said.split(": ")


def in_groups(piece: str) -> re.Pattern[str]:
    """What a piece's own words are found by, each run of them as a group."""
    return re.compile(".*?".join(f"({re.escape(part)})" for part in piece.split("{}")), re.DOTALL)


@pytest.mark.usefixtures("brackets")
def test_known_sentences_are_known_again_with_any_values() -> None:
    taken_for_another = []
    for sentence in SENTENCES:
        names = re.findall(r"\{(\w+)\}", sentence)
        said = sentence.format(**{name: f"/a/{name}.x" for name in names})
        if f"«{said}»" not in core_words(said):
            taken_for_another.append((said, core_words(said)))
    assert taken_for_another == []


@pytest.mark.usefixtures("brackets")
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/a b/c.txt, byte 7 (line 2): a zero byte, so this is binary data, not text.", "7"),
        ("the settings: model.heads: 7 does not divide width 64. Try 8.", "model.heads"),
        ("/x.zip is refused. model.safetensors: its header is damaged (a b). "
         "Nothing was imported.", "/x.zip"),
        ("/x.pt is refused: it holds a dict and no tensors by name. Nothing was imported.", "dict"),
        ("/x.pt is refused: Missing (9): a.b, c.d and 7 more. Not expected (1): e. "
         "Nothing was imported.", "a.b, c.d"),
        ("/c/step-9 is damaged: it has 7 bytes instead of 9. Use another checkpoint.", "step-9"),
        ("Process 2 of 4: train.steps: there is no such setting. Remove it.", "train.steps"),
        ("/c/tokenizer.json cannot be used (/c/tokenizer.json: it is not valid JSON (x y)).",
         "x y"),
    ],
)  # fmt: skip
def test_a_sentence_is_known_after_the_places_it_is_about(text: str, words: str) -> None:
    assert words in core_words(text)
    left = unknown_of(text)
    for value in ("a b", "/a b/c.txt", "settings: model.heads", "x y"):
        left = left.replace(value, "")
    assert not holds_words(left)
