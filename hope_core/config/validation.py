"""From a plain mapping to a RunConfig, or to a list of every problem with its place and a fix."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from hope_core.config.migrations import migrate
from hope_core.config.run import RunConfig
from hope_core.errors import ConfigError, Problem
from hope_core.table import did_you_mean

MAX_PROBLEMS = 50
"""Wrong settings that are told at once; a file with more of them is no preset."""
MAX_PLACE = 100
"""Characters of a setting's place that are told."""

_FIELD_PREFIX = re.compile(r"^([a-z0-9_.]+): (.*)$", re.DOTALL)


def parse_config(mapping: Mapping[str, Any], *, source: str = "") -> RunConfig:
    """Check a mapping of settings and freeze it.

    Args:
        mapping: nested settings, as a YAML file gives them.
        source: what to call it in an error, most often the file's name.

    Raises:
        ConfigError: with one Problem for every wrong value, each with its dotted path.
    """
    try:
        mapping = migrate(mapping)
        return RunConfig.model_validate(_lists_to_tuples(mapping))
    except ConfigError as error:
        raise ConfigError(list(error.problems), source=source) from error
    except ValidationError as error:
        raise ConfigError(_problems(error, mapping), source=source) from error
    except RecursionError as error:
        problem = Problem("", "the settings are nested too deeply.", "Flatten them.")
        raise ConfigError([problem], source=source) from error


def _lists_to_tuples(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Strict validation wants tuples where YAML only has lists."""
    if isinstance(value, Mapping):
        return {key: _lists_to_tuples(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_lists_to_tuples(item) for item in value)
    return value


def _problems(error: ValidationError, mapping: Mapping[str, Any]) -> list[Problem]:
    items: list[dict[str, Any]] = [dict(item) for item in error.errors(include_url=False)]
    inner = {item["loc"][:-2] for item in items if len(item["loc"]) > 2}
    # A list whose items are all wrong is also reported as too short: the items say it better.
    kept = [i for i in items if not (i["type"] == "too_short" and i["loc"] in inner)]
    return [_problem(item, mapping) for item in kept[:MAX_PROBLEMS]]


def _problem(item: dict[str, Any], mapping: Mapping[str, Any]) -> Problem:
    location = _without_union_tags(item["loc"], mapping)
    place = ".".join(str(part) for part in location)
    if len(place) > MAX_PLACE:
        return Problem(f"{place[:MAX_PLACE]}...", "there is no such setting.", "Remove it.")
    kind: str = item["type"]
    context: dict[str, Any] = item.get("ctx", {})
    if kind == "extra_forbidden":
        return Problem(place, "there is no such setting.", _suggest(location, mapping))
    if kind == "missing":
        return Problem(place, "this setting is missing.", "Add it.")
    if kind in {"union_tag_invalid", "union_tag_not_found"}:
        return _kind_problem(place, item, context)
    if kind == "value_error":
        return _cross_field_problem(place, str(context["error"]))
    shown = _shown(item["input"])
    return Problem(place, f"{shown} cannot be used.", _expectation(item, location, mapping))


def _cross_field_problem(place: str, message: str) -> Problem:
    match = _FIELD_PREFIX.match(message)
    if match is None:
        return Problem(place, message)
    field, sentence = match.groups()
    return Problem(f"{place}.{field}" if place else field, sentence)


def _kind_problem(place: str, item: dict[str, Any], context: dict[str, Any]) -> Problem:
    if item["type"] == "union_tag_not_found":
        return Problem(f"{place}.kind", "this setting is missing.", "Name the kind.")
    known = re.findall(r"'([^']+)'", context["expected_tags"])
    name = str(context["tag"])
    return Problem(f"{place}.kind", f"there is no kind '{name}'.", did_you_mean(name, known))


_PLAIN_WORDS = {
    " after validation": "",
    "a valid integer": "a whole number",
    "a valid number": "a number",
    "a valid boolean": "true or false",
    "a valid string": "text",
    "a valid tuple": "a list",
    "a valid dictionary or instance": "a group of settings",
    "a valid dictionary or object to extract fields from": "a group of settings",
}


def _expectation(item: dict[str, Any], place: Sequence[str | int], mapping: Any) -> str:  # noqa: ANN401
    if item["type"] == "string_pattern_mismatch":
        field = _parent_class(place, mapping).model_fields[str(place[-1])]
        return str(field.description)
    message = str(item["msg"]).rstrip(".")
    for technical, plain in _PLAIN_WORDS.items():
        message = message.replace(technical, plain)
    _, should, wanted = message.partition(" should ")
    return f"It should {wanted}." if should else f"{message}."


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever stood in the file
    if isinstance(value, BaseModel | Mapping):
        return "this group of settings"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "this list"
    if value is None:
        return "an empty value"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:56]}...{text[-1]}"


def _without_union_tags(
    location: tuple[str | int, ...], mapping: Mapping[str, Any]
) -> list[str | int]:
    """Pydantic puts the chosen `kind` into the path of a tagged union; people do not write it."""
    kept: list[str | int] = []
    node: Any = mapping
    for part in location:
        if isinstance(node, Mapping) and part not in node and node.get("kind") == part:
            continue
        kept.append(part)
        if isinstance(node, Mapping):
            node = node.get(part)
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            node = None
    return kept


def _suggest(location: Sequence[str | int], mapping: Mapping[str, Any]) -> str:
    return did_you_mean(str(location[-1]), _parent_class(location, mapping).model_fields)


def _parent_class(location: Sequence[str | int], mapping: Mapping[str, Any]) -> type[BaseModel]:
    """The settings class in which the last part of the location stands."""
    parent: type[BaseModel] = RunConfig
    node: Any = mapping
    for part in location[:-1]:
        node = node[part]
        parent = _settings_class(parent, part, node) or parent
    return parent


def _settings_class(
    parent: type[BaseModel],
    part: str | int,
    node: Any,  # noqa: ANN401 - any YAML value
) -> type[BaseModel] | None:
    """The settings class that reads `node`, which stands under `part` of `parent`."""
    if isinstance(part, int):
        return parent
    field = parent.model_fields.get(part)
    if field is None:
        return None
    classes = _classes_in(field.annotation)
    if len(classes) > 1 and isinstance(node, Mapping):
        return next(
            (c for c in classes if c.model_fields["kind"].default == node.get("kind")), None
        )
    return classes[0] if classes else None


def _classes_in(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - any type form
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    arguments = getattr(annotation, "__args__", ())
    return [found for argument in arguments for found in _classes_in(argument)]
