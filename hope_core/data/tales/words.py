"""Who and what the stories are about. In each list no entry is the beginning of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.data.tales.grammar import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHE = "Mira Nora Willa Hazel Posy Clover Juno Fern Opal Tilda Bryony Greta Saffron Lark Maple Ivy"
_HE = (
    "Tobin Alder Rufus Basil Oskar Felix Jasper Monty Digby Piers Quill Bramble Hugo Ned Otto Wick"
)
_ANIMALS = (
    "fox otter badger hedgehog squirrel rabbit heron mole owl mouse toad beaver hare wren stoat "
    "tortoise magpie dormouse lynx goose robin salamander"
)
_PLACES = (
    "willow wood|apple orchard|quiet harbour|old mill|heather moor|market town|chalk cliffs|"
    "reed marsh|stone bridge|lighthouse hill|clover meadow|bell tower|fern valley|snowy pass|"
    "island of gulls|walled garden|tall pines|sandy bay|river bend|empty castle"
)
_THINGS = (
    "silver bell|brass compass|red kite|glass marble|wooden flute|tin whistle|golden button|"
    "blue teapot|paper lantern|music box|velvet hat|iron key|striped scarf|copper kettle|"
    "amber ring|tiny clock|painted drum|ivory comb|round mirror|leather map"
)


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


def _people() -> tuple[dict[str, str], ...]:
    she = {"he": "she", "his": "her", "him": "her", "He": "She", "His": "Her"}
    he = {"he": "he", "his": "his", "him": "him", "He": "He", "His": "His"}
    return tuple(
        {"": name, **pronouns}
        for names, pronouns in ((_SHE, she), (_HE, he))
        for name in names.split()
    )


def _with_article(names: Sequence[str]) -> tuple[dict[str, str], ...]:
    return tuple(
        {"": name, "a": f"{article.lower()} {name}", "A": f"{article} {name}"}
        for name in names
        for article in ("An" if name[0] in "aeiou" else "A",)
    )


CAST = {
    "hero": Role("people", _people()),
    "friend": Role("people", _people()),
    "hero_kind": Role("animals", _with_article(_ANIMALS.split())),
    "friend_kind": Role("animals", _with_article(_ANIMALS.split())),
    "helper": Role("animals", _with_article(_ANIMALS.split())),
    "home": Role("places", _with_article(_list(_PLACES))),
    "far": Role("places", _with_article(_list(_PLACES))),
    "thing": Role("things", _with_article(_list(_THINGS))),
}

WORDS = {
    "time": _list(
        "spring morning|summer evening|frosty dawn|rainy afternoon|windy day|quiet Sunday|"
        "misty autumn day|long winter night|bright market day|warm June night"
    ),
    "nature": _list(
        "brave|shy|curious|stubborn|gentle|careful|cheerful|dreamy|proud|patient|clever|hasty|"
        "forgetful|polite|restless|sleepy"
    ),
    "feeling": _list(
        "happy|worried|hungry|hopeful|lonely|merry|tired|grateful|puzzled|calm|cross|nervous"
    ),
    "food": _list(
        "plum cake|barley soup|warm bread|honey biscuits|roasted chestnuts|blackberry jam|"
        "mushroom pie|pear tart|onion broth|ginger tea|cheese and apples|oat porridge|"
        "walnut bread|strawberry dumplings"
    ),
    "weather": _list("rain|snow|fog|thunder|hail|moonlight|sunshine|drizzle|starlight|wind"),
    "plant": _list(
        "thyme|nettle|bluebell|foxglove|dandelion|lavender|primrose|mint|poppy|snowdrop|"
        "heather|marigold|clover|elderflower"
    ),
    "colour": _list(
        "scarlet|grey|emerald|yellow|violet|white|black|orange|turquoise|brown|pink|crimson"
    ),
    "number": _list("two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"),
    "tool": _list(
        "ladder|rope|bucket|spade|needle|hammer|basket|broom|candle|wheelbarrow|net|saw|paintbrush"
    ),
    "creature": _list(
        "beetle|snail|butterfly|spider|wasp|cricket|moth|ladybird|worm|dragonfly|sparrow|crab|"
        "trout|bat"
    ),
    "spot": _list(
        "a hollow log|the garden gate|a mossy stone|the kitchen stove|an old rowing boat|"
        "the third step|a pile of leaves|the rain barrel|a broken cart|the hen house|"
        "a bramble bush|the post box|a rabbit hole|the weeping tree"
    ),
    "slowly": _list(
        "softly|loudly|slowly|kindly|proudly|sadly|bravely|quickly|shyly|gladly|firmly|sleepily"
    ),
    "sound": _list(
        "creaking|humming|tapping|whistling|rustling|splashing|ticking|snoring|jingling|"
        "scratching|howling|chirping"
    ),
    "lesson": _list(
        "a shared loaf tastes best|small steps climb tall hills|asking is braver than guessing|"
        "every lost thing lies somewhere|a true friend waits|patience opens stiff doors|"
        "listening costs nothing|even the dark has an end|kind words travel far|"
        "nobody is too little to help|rain makes the roses|a promise is a bridge"
    ),
    "game": _list(
        "a sack race|a boat race|a riddle contest|a baking contest|a singing contest|"
        "a kite contest|a game of chess|a climbing race|a drawing contest|"
        "a snail race"
    ),
}
