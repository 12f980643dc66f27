from __future__ import annotations

from typing import Any

import pytest

from hope_core.config.migrations import MIGRATIONS, migrate
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError


def rename_rate(settings: dict[str, Any]) -> dict[str, Any]:
    return {("rate" if key == "speed" else key): value for key, value in settings.items()}


def double_rate(settings: dict[str, Any]) -> dict[str, Any]:
    return {**settings, "rate": 2 * settings["rate"]}


STEPS = {1: rename_rate, 2: double_rate}


def test_old_settings_pass_through_every_version_between() -> None:
    old = {"version": 1, "speed": 3}
    assert migrate(old, current=3, migrations=STEPS) == {"version": 3, "rate": 6}
    assert old == {"version": 1, "speed": 3}


def test_settings_without_a_version_are_of_this_one() -> None:
    assert migrate({"rate": 3}, current=3, migrations=STEPS) == {"rate": 3}


def test_there_is_a_migration_for_every_version_before_this_one() -> None:
    assert parse_config({"version": 1}).version == 1
    assert set(MIGRATIONS) == set(range(1, parse_config({"version": 1}).version))


@pytest.mark.parametrize("version", [2, 10**9])
def test_newer_settings_are_refused_with_what_to_do(version: int) -> None:
    with pytest.raises(ConfigError, match=r"newer version .* Update the program"):
        parse_config({"version": version, "unheard_of": 1})


@pytest.mark.parametrize("version", [0, -1])
def test_version_that_never_was_is_refused(version: int) -> None:
    with pytest.raises(ConfigError, match="never been"):
        parse_config({"version": version})


@pytest.mark.parametrize("version", ["1", None, [1], {}])
def test_version_that_is_no_number_is_refused(version: object) -> None:
    with pytest.raises(ConfigError, match="version"):
        parse_config({"version": version})
