"""Stories that lead out of the house: a loss, a storm, a journey."""

from __future__ import annotations

from hope_core.data.tales.frame import FRIENDS, HOME_AGAIN, MORAL
from hope_core.data.tales.grammar import Beat

LOST = (
    Beat(
        lead="\n",
        ends=(
            "One day {hero:his} {thing} was gone.",
            "But that morning {hero} could not find {hero:his} {thing}.",
            "Then something sad happened: {hero} lost {hero:his} beloved {thing}.",
        ),
    ),
    Beat(
        ends=(
            "It had been a present from {friend} the {friend_kind}.",
            "{friend} the {friend_kind} had given it to {hero:him} long ago.",
            "How would {hero:he} ever tell {friend} the {friend_kind}?",
        ),
    ),
    Beat(
        again=(
            "{hero} looked behind [spot], but found only a [creature].",
            "Under [spot] there was nothing but [plant].",
            'A [creature] said [slowly], "I have not seen any {thing}."',
            "Near [spot] {hero:he} heard a [sound] noise, but it was just the [weather].",
        ),
        ends=(
            "At last {helper:a} came by with a [tool] and asked what was wrong.",
            "Tired and [feeling], {hero} sat down beside {helper:a}.",
            "Then {hero:he} asked the wise {helper}, who thought for [number] minutes.",
        ),
    ),
    Beat(
        lead="\n",
        ends=(
            '"Have you tried the {far}?" asked the {helper}.',
            '"I saw something shiny at the {far}," the {helper} said [slowly].',
            '"Go to the {far} and dig by [spot]," whispered the {helper}.',
        ),
    ),
    Beat(
        ends=(
            "And there, in the {far}, lay the {thing}, wet with [weather].",
            "{hero} ran all the way to the {far}, and a [creature] was sitting on the {thing}.",
            "It took [number] hours to reach the {far}, but the {thing} was really there.",
        )
    ),
    Beat(
        ends=(
            '"Thank you, {helper}!" cried {hero}.',
            "{friend} laughed [slowly] and hugged {hero:him}.",
            "To thank the {helper}, {hero} baked [food].",
        )
    ),
    HOME_AGAIN,
    MORAL,
)

STORM = (
    FRIENDS,
    Beat(
        lead="\n",
        ends=(
            "One night a storm came over the {far}, with [weather] and with [weather].",
            "Dark clouds rose behind the {far}, and the [weather] grew worse.",
            "At midnight a [sound] noise came from the {far}.",
        ),
    ),
    Beat(
        ends=(
            '"{friend} is still out there!" thought {hero}.',
            "Then {hero} saw that the house of {friend} was empty.",
            'A [creature] called, "Help! {friend} has fallen behind [spot]!"',
        )
    ),
    Beat(
        ends=(
            "{hero} took a [tool] and a [tool] and went out [slowly].",
            "Without a word {hero:he} put on the [colour] coat and ran.",
            "With only a [tool] in {hero:his} paws, {hero} set off.",
        )
    ),
    Beat(
        again=(
            "The wind blew {hero:him} against [spot].",
            "Twice {hero:he} slipped on wet [plant].",
            '"{friend}!" {hero:he} called, but only the [weather] answered.',
            "{hero:He} counted to [number] and went on.",
        ),
        ends=(
            "There, beside [spot], sat {friend}, cold and [feeling].",
            "Suddenly something [colour] shone, and it was the lamp of {friend}.",
            "In the end {hero:he} heard {friend} [sound] under [spot].",
        ),
    ),
    Beat(
        lead="\n",
        ends=(
            '"I knew that you would come," said {friend} [slowly].',
            '"Hold on to the [tool], {friend}," said {hero}.',
            '"What a [feeling] {friend_kind} I am!" cried {friend}.',
        ),
    ),
    HOME_AGAIN,
    MORAL,
)

JOURNEY = (
    FRIENDS,
    Beat(
        lead="\n",
        ends=(
            '"What lies beyond the {home}?" {hero} often asked.',
            "An old song told of the {far}, and {hero} wanted to see it.",
            "A letter came: the [plant] was in flower at the {far}.",
        ),
    ),
    Beat(
        ends=(
            "{friend} packed [food], and they left on a [time].",
            '"I will carry the [tool]," said {friend} [slowly].',
            "So {hero} and {friend} shut the door and walked off.",
        )
    ),
    Beat(
        again=(
            "On the road they met a [nature] [creature] that wanted to hear a story.",
            "They crossed a stream on [spot].",
            "For a whole day there was only [weather].",
            "At noon they ate [food] and fed a [creature].",
            "{hero} hurt {hero:his} foot, and {friend} made a bandage of [plant].",
            "When {friend} felt [feeling], {hero} sang about the [colour] sea.",
        ),
        ends=(
            "After [number] days the {far} lay before them.",
            "Then, behind [number] hills, they saw the {far} at last.",
            '"Look!" cried {friend}. It was the {far}, [colour] in the [weather].',
        ),
    ),
    Beat(
        ends=(
            "It was smaller than in the song, but {hero} did not mind.",
            "There they stayed for [number] nights and learned to dance.",
            "{hero} picked one [plant] and put it in {hero:his} hat.",
        )
    ),
    HOME_AGAIN,
    MORAL,
)
