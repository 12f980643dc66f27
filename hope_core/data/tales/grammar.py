"""A story grammar whose every choice can be read back from the text, so its entropy is a plain sum.

A story is: a plot, drawn evenly; a cast for it, drawn without repeats; then the opening's and the
plot's beats, each of which says one of its sentences, drawn evenly, with words drawn evenly.
- `{role}` and `{role:form}` name a member of the cast: the same one all through a story.
- `[list]` is a word drawn anew.
- A beat's `again` sentences lead back to the same beat, its `ends` on to the next.

Entropy. Where no text has two derivations, the entropy of a story is the expectation of
-log2 of the product of its choices' probabilities. All draws are even and independent of the cast,
so bits and bytes are sums of expectations: with k of n sentences leading back, a beat is spoken
n / (n - k) times on average. Stories are independent, so the entropy rate of the stream is
(expected bits of a story) / (expected bytes of a story), the text's bits per byte.
That no text has two derivations is proved by the tests: at each choice no alternative's text is a
prefix of another's.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

END_OF_STORY = "\n\n"
_SLOT = re.compile(r"\{(?P<role>\w+)(?::(?P<form>\w+))?\}|\[(?P<words>\w+)\]")


@dataclass(frozen=True)
class Role:
    """A part in a story: who may play it, and how each of them is spelt in each form.

    Attributes:
        company: roles of the same company are never played by the same member.
        members: for each member its spellings by form; the form "" is its name.
    """

    company: str
    members: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Beat:
    """One moment of a plot: sentences of which one is said.

    Attributes:
        ends: sentences after which the plot goes on.
        again: sentences after which this beat comes once more.
        lead: what stands before the sentence.
    """

    ends: tuple[str, ...]
    again: tuple[str, ...] = ()
    lead: str = " "


@dataclass(frozen=True)
class Story:
    """A story and -log2 of its probability."""

    text: str
    bits: float


@dataclass(frozen=True)
class _Sentence:
    form: (
        str  # for str.format_map: members under "role" or "role_form", drawn words under w0, w1 ..
    )
    words: tuple[tuple[str, tuple[str, ...]], ...]
    roles: frozenset[str]
    bits: float
    size: float
    again: bool


class Grammar:
    """A compiled grammar: writes stories and knows their exact entropy.

    Attributes:
        bits_per_story: expected -log2 of a story's probability, its entropy.
        bytes_per_story: expected length of a story.
    """

    def __init__(
        self,
        *,
        words: Mapping[str, Sequence[str]],
        cast: Mapping[str, Role],
        opening: Sequence[Beat],
        plots: Sequence[Sequence[Beat]],
    ) -> None:
        self._words = {name: tuple(choices) for name, choices in words.items()}
        self._cast = dict(cast)
        self._plots = [[self._compile(beat) for beat in (*opening, *plot)] for plot in plots]
        self._roles = [self._roles_of(plot) for plot in self._plots]
        self._spellings = {name: _spellings(name, role) for name, role in cast.items()}
        figures = [
            (self._cast_bits(roles) + sum(map(_beat_bits, plot)), sum(map(_beat_size, plot)))
            for plot, roles in zip(self._plots, self._roles, strict=True)
        ]
        count = len(self._plots)
        self.bits_per_story = math.log2(count) + math.fsum(bits for bits, _ in figures) / count
        self.bytes_per_story = len(END_OF_STORY) + math.fsum(size for _, size in figures) / count

    @property
    def bits_per_byte(self) -> float:
        """Entropy rate of an endless stream of stories: no model can stay below it."""
        return self.bits_per_story / self.bytes_per_story

    def write(self, rng: random.Random) -> Story:
        """The next story of a generator."""
        draw = rng.random
        plot = int(draw() * len(self._plots))
        spelt, bits = self._draw_cast(self._roles[plot], rng)
        bits += math.log2(len(self._plots))
        said: list[str] = []
        for beat in self._plots[plot]:
            again = True
            while again:
                sentence = beat[int(draw() * len(beat))]
                for key, choices in sentence.words:
                    spelt[key] = choices[int(draw() * len(choices))]
                said.append(sentence.form.format_map(spelt))
                bits += sentence.bits
                again = sentence.again
        said.append(END_OF_STORY)
        return Story("".join(said), bits)

    def _draw_cast(self, roles: Sequence[str], rng: random.Random) -> tuple[dict[str, str], float]:
        """Someone for each role, nobody twice: all their spellings, and the bits it took."""
        spelt: dict[str, str] = {}
        bits = 0.0
        left: dict[str, list[int]] = {}
        for name in roles:
            role = self._cast[name]
            free = left.setdefault(role.company, list(range(len(role.members))))
            bits += math.log2(len(free))
            spelt.update(self._spellings[name][free.pop(int(rng.random() * len(free)))])
        return spelt, bits

    def _cast_bits(self, roles: Sequence[str]) -> float:
        drawn: dict[str, int] = {}
        bits = 0.0
        for name in roles:
            role = self._cast[name]
            bits += math.log2(len(role.members) - drawn.get(role.company, 0))
            drawn[role.company] = drawn.get(role.company, 0) + 1
        return bits

    def _roles_of(self, plot: Sequence[Sequence[_Sentence]]) -> tuple[str, ...]:
        """The roles of a plot, in the order of the cast."""
        named = {role for beat in plot for sentence in beat for role in sentence.roles}
        return tuple(name for name in self._cast if name in named)

    def _compile(self, beat: Beat) -> tuple[_Sentence, ...]:
        count = len(beat.ends) + len(beat.again)
        return tuple(
            self._sentence(beat.lead + text, count, again=again)
            for again, texts in ((False, beat.ends), (True, beat.again))
            for text in texts
        )

    def _sentence(self, text: str, count: int, *, again: bool) -> _Sentence:
        words: list[tuple[str, tuple[str, ...]]] = []
        roles: set[str] = set()
        bits, size = math.log2(count), float(len(_SLOT.sub("", text).encode()))

        def field(slot: re.Match[str]) -> str:
            nonlocal bits, size
            if slot["words"]:
                choices = self._words[slot["words"]]
                words.append((f"w{len(words)}", choices))
                bits += math.log2(len(choices))
                size += _mean_size(choices)
                return f"{{{words[-1][0]}}}"
            role, form = slot["role"], slot["form"] or ""
            roles.add(role)
            size += _mean_size([member[form] for member in self._cast[role].members])
            return f"{{{_key(role, form)}}}"

        return _Sentence(_SLOT.sub(field, text), tuple(words), frozenset(roles), bits, size, again)


def _key(role: str, form: str) -> str:
    return f"{role}_{form}" if form else role


def _spellings(name: str, role: Role) -> tuple[dict[str, str], ...]:
    return tuple(
        {_key(name, form): spelt for form, spelt in member.items()} for member in role.members
    )


def _mean_size(texts: Sequence[str]) -> float:
    return sum(len(text.encode()) for text in texts) / len(texts)


def _times_spoken(beat: Sequence[_Sentence]) -> float:
    """How often a beat is spoken on average, as some of its sentences lead back to it."""
    return len(beat) / sum(not sentence.again for sentence in beat)


def _beat_bits(beat: Sequence[_Sentence]) -> float:
    return _times_spoken(beat) * math.fsum(sentence.bits for sentence in beat) / len(beat)


def _beat_size(beat: Sequence[_Sentence]) -> float:
    return _times_spoken(beat) * math.fsum(sentence.size for sentence in beat) / len(beat)
