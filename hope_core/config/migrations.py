"""Settings of older versions of the format, brought up to this one before they are checked.

A migration is a plain function from a mapping to a mapping of the next version. Nothing is written
back: the file a person has stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hope_core.errors import ConfigError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Migration = Callable[[dict[str, Any]], dict[str, Any]]

CURRENT = 1
MIGRATIONS: Mapping[int, Migration] = {}
"""From the version it reads to the function that gives the next; there has been one version."""


def migrate(
    mapping: Mapping[str, Any],
    *,
    current: int = CURRENT,
    migrations: Mapping[int, Migration] = MIGRATIONS,
) -> dict[str, Any]:
    """Settings as this version of the program knows them; those without a version are of this one.

    Args:
        mapping: nested settings, as a YAML file gives them.
        current: the version wanted.
        migrations: how to get from one version to the next.

    Raises:
        ConfigError: a newer program wrote them, or one so old that nobody knows its format.
    """
    settings = dict(mapping)
    version = settings.get("version", current)
    if not isinstance(version, int) or isinstance(version, bool):
        return settings  # the check of the settings says what a version is
    if version > current:
        message = f"it is of format {version}, made by a newer version of this program."
        hint = f"This one knows formats up to {current}. Update the program."
        raise ConfigError([Problem("version", message, hint)])
    while version < current:
        if version not in migrations:
            message = f"there has never been a format {version}."
            raise ConfigError([Problem("version", message, f"Formats go up to {current}.")])
        settings = migrations[version](settings)
        version += 1
        settings["version"] = version
    return settings
