"""Stories that happen at home: a gift, a contest, a garden, a noise at night."""

from __future__ import annotations

from hope_core.data.tales.frame import FRIENDS, HOME_AGAIN, MORAL
from hope_core.data.tales.grammar import Beat

GIFT = (
    FRIENDS,
    Beat(
        lead="\n",
        ends=(
            "Soon it would be the birthday of {friend}, and {hero} wished to make {thing:a}.",
            "Because {friend} had been ill, {hero} decided to make {friend:him} {thing:a}.",
            "{hero} had broken the {thing} of {friend} and wanted to make a new one.",
        ),
    ),
    Beat(
        again=(
            "A [creature] gave {hero:him} [number] [colour] ribbons for it.",
            "{hero} borrowed a [tool] from {helper:a}.",
            "The first try smelled of [plant] and fell apart.",
            "Into the pot went [plant], [plant] and a pinch of salt.",
            "All day there was a [sound] noise in the workshop.",
        ),
        ends=(
            "After [number] days the {thing} was done, and the {helper} clapped [slowly].",
            'When it was ready, the {helper} nodded. "Very fine," it said.',
            "By [weather] and candle the {thing} was finished, with help from the {helper}.",
        ),
    ),
    Beat(
        ends=(
            "{hero} wrapped it in [colour] paper.",
            "It was a little crooked, but [colour] all over.",
            "On top {hero:he} tied a sprig of [plant].",
        )
    ),
    Beat(
        lead="\n",
        ends=(
            '"For me?" asked {friend} [slowly]. "{thing:A}!"',
            '{friend} was [feeling] at first, and then said, "Then you shall have [food]."',
            "When {friend} saw the {thing}, {friend:he} danced around [spot].",
        ),
    ),
    HOME_AGAIN,
    MORAL,
)
CONTEST = (
    FRIENDS,
    Beat(
        lead="\n",
        ends=(
            "One week there was to be [game] at the {far}, and the prize was {thing:a}.",
            "A [creature] brought the news: [game] at the {far}! The winner gets {thing:a}.",
            "Whoever won [game] at the {far} would be given {thing:a}.",
        ),
    ),
    Beat(
        ends=(
            '"I shall win it," said {friend} [slowly].',
            "Both {hero} and {friend} wanted to win, but {friend} was [feeling].",
            "{hero} trained with a [tool] every day, and {friend} trained every night.",
        )
    ),
    Beat(
        ends=(
            "The judge was {helper:a} with a [sound] pen.",
            "For a judge they had chosen {helper:a}, who felt [feeling].",
            "{helper:A} came to be the judge and sat down on [spot].",
        )
    ),
    Beat(
        again=(
            "In one round {hero} was ahead, because the [weather] helped.",
            "But {friend} caught up near [spot].",
            "A [sound] crowd waved [colour] flags.",
            "The judge made a note with a feather.",
            "Both of them fell over a [creature] and laughed.",
        ),
        ends=(
            'When it was over, the judge rose. "The winner is {hero}!"',
            'Then everyone fell silent. "The winner is {friend}!"',
            '"Nobody has won," said the judge [slowly]. "You must share it."',
        ),
    ),
    Beat(
        ends=(
            "They carried the {thing} home together.",
            "{hero} looked at the {thing} and then at {friend}, who smiled [slowly].",
            "The {thing} was heavier than they had thought.",
        )
    ),
    HOME_AGAIN,
    MORAL,
)

GARDEN = (
    Beat(
        lead="\n",
        ends=(
            "In the garden {hero} planted a seed that {helper:a} had sold {hero:him}.",
            "A seed as [colour] as a jewel fell from the bag of {helper:a}, and {hero} planted it.",
            "Hidden in the coat of {helper:a}, {hero} found a seed.",
        ),
    ),
    Beat(
        again=(
            "It got water from the [tool] and grew [number] inches.",
            "Next came a leaf that looked like [plant].",
            "A [creature] tried to eat it, but {hero} said no.",
            "Some nights {hero} sat beside it and talked [slowly] about [food].",
            "Rain fell, then [weather], and {hero} felt [feeling].",
        ),
        ends=(
            "Finally it opened, and the flower was [colour] and smelled of [food].",
            "By autumn it was taller than the {home}, and a [creature] lived on top.",
            "One night it bloomed with a [sound] noise.",
        ),
    ),
    Beat(
        lead="\n",
        ends=(
            '"What is it?" asked {friend} the {friend_kind}.',
            "Even {friend} the {friend_kind} came to look, and stayed for [number] days.",
            "{friend} the {friend_kind} brought a [tool] and painted a picture of it.",
        ),
    ),
    Beat(
        ends=(
            '"It is ours," said {hero} [slowly].',
            "{friend:He} and {hero} sat under it and shared [food].",
            "Its [number] new seeds went to all the neighbours.",
        )
    ),
    HOME_AGAIN,
    MORAL,
)

NOISE = (
    FRIENDS,
    Beat(
        lead="\n",
        ends=(
            "Every night {hero} heard a [sound] noise above the ceiling.",
            "There was a [sound] noise in the cellar that would not stop.",
            "At night something went [sound] around [spot].",
        ),
    ),
    Beat(
        again=(
            '"Is it a ghost?" whispered {friend}.',
            '"Perhaps it is only the [weather]," said {hero} [slowly].',
            "They set a trap with [food] and a [tool], but caught a [creature].",
            "{friend} stayed awake for [number] nights and felt [feeling].",
            "They followed a trail of [plant] and lost it by [spot].",
        ),
        ends=(
            "Then {hero} lit a candle, and there sat {helper:a} with {thing:a}.",
            "Behind the last door was {helper:a}, playing with {thing:a}.",
            "At last something stepped out of the dark: {helper:a} that held {thing:a}.",
        ),
    ),
    Beat(
        ends=(
            '"I am sorry," said the {helper}. "My house at the {far} was blown away."',
            "The {helper} had come from the {far} and was too [nature] to knock.",
            '"May I stay?" the {helper} asked. "It is a long way to the {far}."',
        )
    ),
    Beat(
        lead="\n",
        ends=(
            "{hero} gave it a blanket and [food].",
            "So they built it a room out of [number] boxes.",
            "After that there were three at the table, and the {thing} hung on the wall.",
        ),
    ),
    HOME_AGAIN,
    MORAL,
)
