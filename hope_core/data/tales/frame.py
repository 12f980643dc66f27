"""What all stories share: how they open, the friend next door, how they end."""

from __future__ import annotations

from hope_core.data.tales.grammar import Beat

OPENING = (
    Beat(
        lead="",
        ends=(
            "Once upon a time there lived {hero_kind:a} called {hero} near the {home}.",
            "On a [time], {hero} the {hero_kind} woke up early in the {home}.",
            "Long ago, in the {home}, there was a [nature] {hero_kind} whose name was {hero}.",
            "Everybody at the {home} knew {hero}, the [nature] {hero_kind}.",
            "{hero} was a [nature] young {hero_kind} who lived by the {home}.",
            "This is the story of {hero}, {hero_kind:a} from the {home}.",
        ),
    ),
    Beat(
        ends=(
            "For breakfast {hero:he} always had [food].",
            "{hero:He} liked [food] and the sound of [weather] on the roof.",
            "Nobody was as [nature] as {hero}, and nobody cooked better [food].",
            "In {hero:his} window stood a pot of [plant] with [number] [colour] flowers.",
            "Every night {hero:he} counted [number] stars and fell asleep.",
            "Most days {hero:he} felt [feeling], and that day {hero:he} felt [feeling] too.",
        ),
    ),
)

FRIENDS = Beat(
    ends=(
        "Next door lived {friend} the {friend_kind}, who was rather [nature].",
        "{hero:His} best friend was {friend}, a [nature] {friend_kind}.",
        "With {hero:him} lived {friend} the {friend_kind}, always [feeling].",
        "The {friend_kind} from across the road was called {friend}.",
    )
)
HOME_AGAIN = Beat(
    lead="\n",
    ends=(
        "That evening there was [food] for everyone in the {home}.",
        "So {hero} went back to the {home} and slept until noon.",
        "By sunset {hero} was home again, [feeling] and full of [food].",
        "Under the stars of the {home}, {hero} told the story [number] times.",
        "At the {home} they still talk about {hero} and a bowl of [food].",
    ),
)
MORAL = Beat(
    ends=(
        "And {hero} never forgot that [lesson].",
        '"You see," said the old folk, "[lesson]."',
        "From that day on {hero} was a little less [nature].",
        "For [lesson], as they say in the {home}.",
        "The end came [slowly], as good ends do.",
        "If you ever meet {hero:him}, bring [food].",
    )
)
