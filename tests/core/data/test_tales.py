"""The entropy of the tales is exact: texts give back their derivations, and the sums are right."""

from __future__ import annotations

import itertools
import math
import random
import re
from typing import TYPE_CHECKING

import pytest

from hope_core.config.data import TalesSettings
from hope_core.data.sources.tales import read_tales
from hope_core.data.tales import PLOTS, Beat, Grammar, Role, tales_grammar
from hope_core.data.tales.frame import OPENING
from hope_core.data.tales.words import CAST, WORDS
from hope_core.data.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SLOT = re.compile(r"(\{\w+(?::\w+)?\}|\[\w+\])")
IDENTIFYING_FORMS = ("", "a", "A")


def quiet_watch() -> Watch:
    return Watch(lambda *_: None, lambda: None)


def sentences(beat: Beat) -> list[str]:
    return [beat.lead + text for text in (*beat.ends, *beat.again)]


def spellings(part: str) -> list[str]:
    """Every text that a part of a sentence can be."""
    if part.startswith("["):
        return list(WORDS[part[1:-1]])
    if part.startswith("{"):
        role, _, form = part[1:-1].partition(":")
        return [member[form] for member in CAST[role].members]
    return [part]


def never_prefix(one: str, other: str) -> bool:
    return not one.startswith(other) and not other.startswith(one)


def differ_for_sure(one: str, other: str) -> bool:
    """Whether no text of one sentence can be the beginning of a text of the other."""
    left, right = ([part for part in SLOT.split(text) if part] for text in (one, other))
    while left and right:
        a, b = left.pop(0), right.pop(0)
        if a == b:
            continue
        if SLOT.fullmatch(a) or SLOT.fullmatch(b):
            return all(
                itertools.starmap(never_prefix, itertools.product(spellings(a), spellings(b)))
            )
        same = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False))
        common = len(list(same))
        if common < min(len(a), len(b)):
            return True
        left[:0] = [a[common:]] if a[common:] else []
        right[:0] = [b[common:]] if b[common:] else []
    return False


def all_beats() -> list[Beat]:
    return [*OPENING, *(beat for plot in PLOTS for beat in plot)]


def test_the_proof_sees_a_sentence_that_begins_another() -> None:
    assert not differ_for_sure("{hero} ran", "{hero} ran [slowly]")
    assert not differ_for_sure("The fox", "The {helper}")
    assert differ_for_sure("{hero} ran.", "{hero} ran [slowly]")


@pytest.mark.parametrize("name", WORDS)
def test_no_word_of_a_list_begins_another(name: str) -> None:
    assert all(itertools.starmap(never_prefix, itertools.combinations(WORDS[name], 2)))


@pytest.mark.parametrize("role", CAST)
@pytest.mark.parametrize("form", IDENTIFYING_FORMS)
def test_no_member_of_a_role_begins_another(role: str, form: str) -> None:
    names = [member[form] for member in CAST[role].members if form in member]
    assert all(itertools.starmap(never_prefix, itertools.combinations(names, 2)))


def test_the_sentence_said_in_a_beat_can_be_read_from_the_text() -> None:
    unclear = [
        pair
        for beat in all_beats()
        for pair in itertools.combinations(sentences(beat), 2)
        if not differ_for_sure(*pair)
    ]
    assert unclear == []


def test_the_plot_can_be_read_from_the_text() -> None:
    for one, other in itertools.combinations(PLOTS, 2):
        fork = next(pair for pair in zip(one, other, strict=False) if pair[0] != pair[1])
        assert all(
            differ_for_sure(a, b)
            for a, b in itertools.product(sentences(fork[0]), sentences(fork[1]))
        )


@pytest.mark.parametrize("plot", PLOTS, ids=range(len(PLOTS)))
def test_every_member_of_the_cast_is_named_in_every_story(plot: Sequence[Beat]) -> None:
    beats = [*OPENING, *plot]
    used = {role for beat in beats for text in sentences(beat) for role in named(text, every=True)}
    sure = {
        role
        for beat in beats
        for role in set.intersection(*(named(text, every=False) for text in beat.ends))
    }
    assert used == sure


def named(sentence: str, *, every: bool) -> set[str]:
    """The roles that a sentence names, or (every) only refers to."""
    slots = [match[1:-1].partition(":") for match in re.findall(r"\{[^}]*\}", sentence)]
    return {role for role, _, form in slots if every or form in IDENTIFYING_FORMS}


def test_a_story_ends_with_the_only_blank_line() -> None:
    grammar, rng = tales_grammar(), random.Random(4)
    for _ in range(200):
        text = grammar.write(rng).text
        assert text.index("\n\n") == len(text) - 2


def tiny_grammar(*, again: tuple[str, ...] = ()) -> Grammar:
    people = Role(
        "people", ({"": "Ada", "he": "she"}, {"": "Bo", "he": "he"}, {"": "Cy", "he": "he"})
    )
    return Grammar(
        words={"food": ("jam", "honey")},
        cast={"hero": people, "friend": people},
        opening=[Beat(lead="", ends=("{hero} ate [food].", "Once {hero} ran."))],
        plots=[
            [Beat(ends=("Then {friend} said that {hero:he} left.",), again=again)],
            [Beat(ends=("So [food] fell on [food].", "All was well."))],
        ],
    )


def probabilities(grammar: Grammar, stories: int) -> dict[str, float]:
    """Every text seen among many stories, with the probability that the grammar gives it."""
    rng = random.Random(0)
    return {story.text: 2.0**-story.bits for story in (grammar.write(rng) for _ in range(stories))}


def test_probabilities_of_all_texts_of_a_small_grammar_sum_to_one() -> None:
    assert math.isclose(math.fsum(probabilities(tiny_grammar(), 3000).values()), 1.0)


def test_entropy_of_a_small_grammar_is_that_of_its_enumerated_texts() -> None:
    grammar = tiny_grammar()
    texts = probabilities(grammar, 3000)
    entropy = math.fsum(-p * math.log2(p) for p in texts.values())
    size = math.fsum(p * len(text) for text, p in texts.items())
    assert math.isclose(grammar.bits_per_story, entropy)
    assert math.isclose(grammar.bytes_per_story, size)


def test_a_sentence_that_leads_back_is_counted_as_often_as_it_is_said() -> None:
    once, loop = tiny_grammar(), tiny_grammar(again=("Rain fell.",))
    # one more spoken on average, in one of two plots; each of the two rounds takes one bit
    assert math.isclose(loop.bytes_per_story - once.bytes_per_story, len(" Rain fell.") / 2)
    assert math.isclose(loop.bits_per_story - once.bits_per_story, 2 / 2)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (lambda story: story.bits, tales_grammar().bits_per_story),
        (lambda story: len(story.text.encode()), tales_grammar().bytes_per_story),
    ],
    ids=["bits", "bytes"],
)
def test_average_of_many_stories_is_the_exact_figure(
    measure: Callable[..., float], expected: float
) -> None:
    grammar, rng = tales_grammar(), random.Random(11)
    values = [measure(grammar.write(rng)) for _ in range(4000)]
    mean = math.fsum(values) / len(values)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
    assert abs(mean - expected) < 4 * spread / math.sqrt(len(values))


def test_same_seed_tells_the_same_stories_and_another_seed_others() -> None:
    first, again, other = (
        read_tales(TalesSettings(megabytes=0.02, seed=seed), quiet_watch()).data
        for seed in (3, 3, 4)
    )
    assert first == again
    assert first != other


def test_tales_are_whole_stories_with_the_floor_of_the_grammar() -> None:
    text = read_tales(TalesSettings(megabytes=0.05), quiet_watch())
    stories = bytes(text.data).decode().split("\n\n")
    assert stories.pop() == ""
    assert len(stories) == len(text.document_ends)
    assert text.floor_bits_per_byte == tales_grammar().bits_per_byte


def test_tales_have_a_vocabulary_of_several_hundred_words() -> None:
    text = read_tales(TalesSettings(megabytes=1.0), quiet_watch())
    assert len(set(re.findall(rb"[a-z]+", bytes(text.data).lower()))) > 500
