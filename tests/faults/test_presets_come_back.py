"""Settings that were written down are read back as they were, in any locale."""

from __future__ import annotations

import locale
import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from hope_core.config.fields import describe_fields
from hope_core.config.loading import dump_yaml, load_yaml
from hope_core.config.overrides import set_value
from hope_core.config.presets import load_preset, preset_names
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.config.fields import FieldInfo
    from hope_core.config.run import RunConfig

LETTERS = "aZ09 _-.:#'\"\\/\t\n\r{}[]&*!|>%@`~,?=<\0\x07\x7f\x85\xa0\u2028\ufeffß漢字🎉ــ"
WORDS = ("yes", "no", "null", "~", "1e-4", "010", "12:30:00", "0x1f", ".inf", "<<", "")
COMMA_LOCALES = ("de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "ru_RU.UTF-8")


def drawn(field: FieldInfo, chance: random.Random) -> Any:
    """Some value of the setting's kind, mostly within its limits."""
    low = field.minimum if field.minimum is not None else -1e6
    high = field.maximum if field.maximum is not None else 1e6
    match field.kind:
        case "int":
            return round(chance.choice([low, high, chance.uniform(low, min(high, low + 100))]))
        case "float":
            return chance.choice(
                [low, high, chance.uniform(low, high), 10 ** chance.uniform(-9, 1)]
            )
        case "bool":
            return chance.random() < 0.5
        case "choice":
            return chance.choice(field.choices)
        case "texts":
            return [text(chance) for _ in range(chance.randrange(4))]
        case _:
            return text(chance)


def text(chance: random.Random) -> str:
    """A word that YAML reads as something else, or odd letters."""
    if chance.random() < 0.3:
        return chance.choice(WORDS)
    return "".join(chance.choice(LETTERS) for _ in range(chance.randrange(20)))


def changed(config: RunConfig, chance: random.Random) -> RunConfig | None:
    """The settings with a few others among them; None when they do not fit together."""
    settings = config.model_dump(mode="json")
    for field in chance.sample(describe_fields(config), chance.randrange(1, 8)):
        settings = set_value(settings, field.path, drawn(field, chance))
    try:
        return parse_config(settings)
    except ConfigError:
        return None


@pytest.fixture
def number_locale() -> Iterator[str]:
    """The name of a locale that writes numbers with a comma, where the system knows one."""
    before = locale.setlocale(locale.LC_ALL)
    for name in COMMA_LOCALES:
        with suppress(locale.Error):
            locale.setlocale(locale.LC_ALL, name)
            break
    yield locale.setlocale(locale.LC_NUMERIC)
    locale.setlocale(locale.LC_ALL, before)


def test_settings_come_back_as_they_were_written(
    number_locale: str, count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    chance, wanted, refused, seen = random.Random(25), count(50, 1000), 0, 0
    presets = [load_preset(name) for name in preset_names()]
    while seen < wanted:
        config = changed(chance.choice(presets), chance)
        if config is None:
            refused += 1
            continue
        assert parse_config(load_yaml(dump_yaml(config), source="written")) == config
        seen += 1
    measured(f"{seen:,} settings read back equal in locale {number_locale} ({refused:,} refused)")
