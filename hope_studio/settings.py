"""What the studio remembers between two launches: small JSON values under QSettings.

Each value is one JSON string, because plain values of an ini file come back as text in the next
process (True as 'true', a list of one as text). A value that cannot be read counts as absent.
"""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig

log = logging.getLogger(__name__)

T = TypeVar("T", str, int, float, bool, list[Any], dict[str, Any])

RECENT_LIMIT = 10


def remember(key: str, value: str | float | list[Any] | dict[str, Any]) -> None:
    """Keep a value under a key such as "window/page"."""
    QSettings().setValue(key, json.dumps(value))


def recall(key: str, default: T) -> T:
    """The value kept under a key, or `default` where there is none of the same type."""
    text = QSettings().value(key)
    if not isinstance(text, str):
        return default
    try:
        value = json.loads(text)
    except ValueError:
        log.warning("The remembered value of %s cannot be read and is dropped.", key)
        return default
    return value if type(value) is type(default) else default


def forget(key: str) -> None:
    """Remember this no longer, nor anything in the group of this name."""
    QSettings().remove(key)


def remember_bytes(key: str, value: QByteArray) -> None:
    """Keep a state of Qt's, such as a window's geometry."""
    remember(key, bytes(value.toBase64().data()).decode("ascii"))


def recall_bytes(key: str) -> QByteArray:
    """A state of Qt's kept under a key; empty where there is none."""
    return QByteArray.fromBase64(recall(key, "").encode("ascii", "replace"))


def remember_config(config: RunConfig) -> None:
    """Keep the settings being edited for the next launch."""
    QSettings().setValue("session/config", config.model_dump_json())


def remembered_config() -> RunConfig:
    """The settings edited last; the small preset at first, or when they are no longer valid."""
    from pydantic import ValidationError

    from hope_core.config.presets import load_preset
    from hope_core.config.run import RunConfig

    text = QSettings().value("session/config")
    if isinstance(text, str):
        try:
            return RunConfig.model_validate_json(text)
        except ValidationError:
            log.warning("The remembered settings are not valid any more; the small preset is used.")
    return load_preset("small")


def recent_runs() -> list[str]:
    """Paths of the runs opened last, the newest first."""
    return [str(path) for path in recall("session/recent", [])]


def add_recent_run(path: str) -> None:
    """Put a run at the head of the recent ones."""
    rest = [known for known in recent_runs() if known != path]
    remember("session/recent", [path, *rest][:RECENT_LIMIT])


def pinned_runs() -> list[str]:
    """Paths of the runs that stay at the head of the recent ones."""
    return [str(path) for path in recall("session/pinned", [])]


def pin_run(path: str, *, pinned: bool) -> None:
    """Keep a run at the head of the recent ones, or no longer."""
    rest = [known for known in pinned_runs() if known != path]
    remember("session/pinned", [*rest, path] if pinned else rest)
