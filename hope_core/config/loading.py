"""YAML in and out, bounded: size, nodes and depth are checked before anything is built.

Plain PyYAML reads `1e-4` as text and `no` as False, keeps the last of two equal keys, and follows
aliases until memory ends. This loader does none of that (reliability.md 3.1).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from hope_core.errors import ConfigError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

MAX_BYTES = 256 * 1024
MAX_NODES = 6_000
MAX_BRACKETS = 2_000
MAX_DEPTH = 32
MAX_DIGITS = 40

_FLOAT = re.compile(
    r"""^[-+]?(?:[0-9]+\.[0-9]*(?:[eE][-+]?[0-9]+)?
        |\.[0-9]+(?:[eE][-+]?[0-9]+)?
        |[0-9]+[eE][-+]?[0-9]+)$""",
    re.VERBOSE,
)
_INT = re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$")
_BOOL = re.compile(r"^(?:true|True|false|False)$")
_NULL = re.compile(r"^(?:null|~|)$")


class _Loader(yaml.SafeLoader):
    """SafeLoader with the plain scalars of YAML 1.2 and no second meaning of a key."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own protocol


_Loader.add_implicit_resolver("tag:yaml.org,2002:float", _FLOAT, list("-+0123456789."))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", _INT, list("-+0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", _BOOL, list("tTfF"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", _NULL, ["n", "~", ""])


def _construct_mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise _refusal(f"line {line}", f"the key {key!r} is not a word.", "Use a plain word.")
        if key in result:
            raise _refusal(f"line {line}", f"'{key}' stands here twice.", "Remove one of the two.")
        result[key] = loader.construct_object(value_node, deep=True)
    return result


_Loader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)


def _refusal(place: str, message: str, hint: str) -> ConfigError:
    return ConfigError([Problem(place, message, hint)])


def load_yaml(text: str, *, source: str) -> dict[str, Any]:
    """Read one mapping of settings.

    Args:
        text: the YAML text.
        source: what to call it in an error, most often the file's name.

    Raises:
        ConfigError: not YAML, not a mapping, too large or too deep, an alias, a tag, a key twice;
            the message names the line.
    """
    try:
        _check_events(text)
        loaded = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader, made narrower above
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}" if mark else ""
        problem = Problem(line, f"this is not YAML: {error.problem}.", "Check quotes and indents.")
        raise ConfigError([problem], source=source) from error
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        problem = Problem("", f"this is not YAML: {reason}.", "Save it as plain UTF-8 text.")
        raise ConfigError([problem], source=source) from error
    except ConfigError as error:
        raise ConfigError(list(error.problems), source=source) from error
    if not isinstance(loaded, dict):
        problem = Problem("", "there are no settings in it.", "Write lines like 'seed: 0'.")
        raise ConfigError([problem], source=source)
    return loaded


def _check_events(text: str) -> None:
    """Refuse what could grow without bound, before any object is made."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise _refusal(
            "", f"it is larger than {MAX_BYTES // 1024} KB.", "A preset is a short file."
        )
    _check_brackets(text)
    depth = nodes = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = f"line {event.start_mark.line + 1}" if event.start_mark else ""
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refusal(line, "anchors (&) and aliases (*) are not used here.", "Write it out.")
        if _tag(event) not in (None, "!"):
            raise _refusal(line, f"the tag {_tag(event)} is not used here.", "Remove it.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and _is_long_number(event):
            raise _refusal(line, "this number is too long.", f"At most {MAX_DIGITS} digits.")
        nodes += isinstance(event, yaml.NodeEvent)
        if depth > MAX_DEPTH:
            raise _refusal(line, f"it is nested deeper than {MAX_DEPTH} levels.", "Flatten it.")
        if nodes > MAX_NODES:
            raise _refusal(line, f"it holds more than {MAX_NODES} values.", "Shorten it.")


def _tag(event: yaml.Event) -> str | None:
    tag: str | None = getattr(event, "tag", None)
    return tag


def _check_brackets(text: str) -> None:
    """The parser is slow on long runs of flow brackets; no preset has them."""
    if text.count("[") + text.count("{") > MAX_BRACKETS:
        raise _refusal("", "it holds too many brackets.", "A preset is a short, plain file.")


def _is_long_number(event: yaml.ScalarEvent) -> bool:
    return (
        bool(event.implicit[0]) and len(event.value) > MAX_DIGITS and bool(_INT.match(event.value))
    )


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a settings file; see `load_yaml`.

    Raises:
        ConfigError: the file is missing, unreadable, not UTF-8, or not usable settings.
    """
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            problem = Problem("", f"it is larger than {MAX_BYTES // 1024} KB.", "Is it a preset?")
            raise ConfigError([problem], source=str(path))
        text = path.read_text(encoding="utf-8-sig") if path.is_file() else None
    except UnicodeDecodeError as error:
        problem = Problem(f"byte {error.start}", "this is not UTF-8 text.", "Save it as UTF-8.")
        raise ConfigError([problem], source=str(path)) from error
    except OSError as error:
        problem = Problem("", f"it cannot be read: {error.strerror}.", "Check its permissions.")
        raise ConfigError([problem], source=str(path)) from error
    if text is None:
        problem = Problem("", "there is no such file.", "Check the path.")
        raise ConfigError([problem], source=str(path))
    return load_yaml(text, source=str(path))


class _Dumper(yaml.SafeDumper):
    """Writes floats so that they read back as floats, and text that looks like a number quoted."""

    yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers


def _represent_float(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    text = repr(value)
    return dumper.represent_scalar("tag:yaml.org,2002:float", text)


def _represent_text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """Line ends and control characters survive only inside double quotes, escaped."""
    style = None if value.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(float, _represent_float)
_Dumper.add_representer(str, _represent_text)


def dump_yaml(settings: BaseModel) -> str:
    """The settings as YAML, every value written out, in the order of their definition."""
    return yaml.dump(
        settings.model_dump(mode="json"),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=10_000,
        default_flow_style=False,
    )
