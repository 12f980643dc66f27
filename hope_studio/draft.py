"""The settings on their way to a RunConfig: they may be wrong, and every edit can be undone.

The pages that edit settings share one Draft, a child of the session. Whatever is valid is handed to
the session at once; what is not stays here, with its problems, and nothing typed is ever lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from hope_core.config.fields import FieldInfo, describe_fields
from hope_core.config.overrides import set_value
from hope_core.config.presets import load_preset, preset_names
from hope_core.config.run import warnings_for
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError, Problem

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig
    from hope_studio.session import Session


def draft_of(session: Session) -> Draft:
    """The session's one draft, made when it is first asked for."""
    found = session.findChild(Draft)
    return found if isinstance(found, Draft) else Draft(session)


class Draft(QObject):
    """Nested settings, their problems, and the way back.

    Signals:
        changed: the settings, their problems or the preset they are compared with moved.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.undo_stack = QUndoStack(self)
        self.config: RunConfig = session.config
        self.settings: dict[str, Any] = self.config.model_dump(mode="json")
        self.problems: tuple[Problem, ...] = ()
        self._held = ""
        self._fields_of: RunConfig | None = None
        self._fields: list[FieldInfo] = []
        self.baseline: RunConfig = _preset_of(self.config)
        self._baseline_values = _values(self.baseline)
        session.config_changed.connect(self.adopt)

    @property
    def warnings(self) -> list[Problem]:
        """What is allowed but most likely not meant."""
        return warnings_for(self.config)

    def fields(self) -> list[FieldInfo]:
        """Every setting of the newest settings that were valid."""
        if self._fields_of is not self.config:
            self._fields_of, self._fields = self.config, describe_fields(self.config)
        return self._fields

    def value(self, path: str) -> Any:  # noqa: ANN401 - whatever was typed
        """The value at a dotted key, valid or not; None where there is none."""
        node: Any = self.settings
        for part in path.split("."):
            if isinstance(node, list) and part.isdecimal() and int(part) < len(node):
                node = node[int(part)]
            elif isinstance(node, dict) and part in node:
                node = node[part]
            else:
                return None
        return node

    def original(self, field: FieldInfo) -> Any:  # noqa: ANN401 - any setting
        """The preset's value of a setting; the default where the preset has no such setting."""
        return _plain(self._baseline_values.get(field.path, field.default))

    def is_modified(self, field: FieldInfo) -> bool:
        """Whether a setting differs from the preset's."""
        return bool(self.value(field.path) != self.original(field))

    def problem_at(self, path: str) -> Problem | None:
        """The first problem of this very setting."""
        return next((problem for problem in self.problems if problem.place == path), None)

    def edit(self, path: str, value: Any) -> None:  # noqa: ANN401 - whatever was typed
        """Set one value; a new kind keeps what the old and the new group have in common."""
        if self.value(path) == value and type(self.value(path)) is type(value):
            return
        changed = set_value(self.settings, path, value)
        if path.endswith(".kind"):
            changed = _carry(self.settings, changed, path.removesuffix(".kind"))
        self.undo_stack.push(_Edit(self, changed, path))

    def replace(self, settings: dict[str, Any], label: str) -> None:
        """Set everything at once; `label` names the edit in the undo menu."""
        if settings != self.settings:
            self.undo_stack.push(_Edit(self, settings, "", label))

    def reset(self, field: FieldInfo) -> None:
        """Give one setting the preset's value again."""
        self.edit(field.path, self.original(field))

    def apply(self, settings: dict[str, Any]) -> None:
        """Take these settings, check them and tell; only the undo stack calls it."""
        self.settings = settings
        try:
            self.config = parse_config(settings)
            self.problems = ()
        except ConfigError as error:
            self.problems = error.problems
        else:
            self._compare_with(self.config)
            self._session.set_config(self.config)
        self._tell_session()
        self.changed.emit()

    def hold(self, reason: str) -> None:
        """Let no run start while text that belongs to the settings cannot be read; empty: go on."""
        self._held = reason
        self._tell_session()

    def _tell_session(self) -> None:
        wrong = (self._held, *(str(problem) for problem in self.problems))
        self._session.refuse_start("\n".join(filter(None, wrong)))

    @Slot(object)
    def adopt(self, config: RunConfig) -> None:
        """Take other settings as a whole, for example a preset; what was wrong before is gone."""
        settings = config.model_dump(mode="json")
        if settings == self.settings:
            self.changed.emit()
        self.replace(settings, self.tr("Load settings"))

    def _compare_with(self, config: RunConfig) -> None:
        if config.name != self.baseline.name:
            self.baseline = _preset_of(config)
            self._baseline_values = _values(self.baseline)


class _Edit(QUndoCommand):
    """One step of the undo stack; edits of the same setting in a row become one step."""

    def __init__(self, draft: Draft, settings: dict[str, Any], path: str, label: str = "") -> None:
        words = QCoreApplication.translate("Draft", "Change {setting}")
        super().__init__(label or words.format(setting=path))
        self._draft = draft
        self._before = draft.settings
        self._after = settings
        self._path = path

    def id(self) -> int:
        """Only edits of one setting may melt together."""
        return 1 if self._path and not self._path.endswith(".kind") else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802 - Qt's name
        """Swallow a later edit of the same setting."""
        if not isinstance(other, _Edit) or other._path != self._path:
            return False
        self._after = other._after
        return True

    def redo(self) -> None:
        """Do it, first or again."""
        self._draft.apply(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._draft.apply(self._before)


def _preset_of(config: RunConfig) -> RunConfig:
    return load_preset(config.name) if config.name in preset_names() else config


def _values(config: RunConfig) -> dict[str, Any]:
    return {field.path: field.value for field in describe_fields(config)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any setting
    """Tuples as the lists that nested settings hold."""
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _carry(before: dict[str, Any], after: dict[str, Any], group: str) -> dict[str, Any]:
    """The new kind's group in full, with what was changed in the old one where that can be used.

    Defaults are each kind's own: a step that is right for one memory is not for another.
    """
    old: Any = before
    for part in group.split("."):
        old = old[part]
    try:
        defaults = _defaults(before, group, old["kind"])
        new = _defaults(after, group, None)
    except ConfigError:
        return after
    carried = {
        name: value
        for name, value in old.items()
        if name != "kind" and name in new and value != defaults.get(name)
    }
    try:
        parse_config(set_value(after, group, new | carried))
    except ConfigError as error:
        places = (problem.place.removeprefix(f"{group}.") for problem in error.problems)
        wrong = {place.partition(".")[0] for place in places}
        carried = {name: v for name, v in carried.items() if name not in wrong}
    return set_value(after, group, new | carried)


def _defaults(settings: dict[str, Any], group: str, kind: str | None) -> dict[str, Any]:
    """A group as it stands with nothing but its kind given; None: as the settings give it.

    Raises:
        ConfigError: it cannot stand so, or something else in the settings is wrong.
    """
    if kind is not None:
        settings = set_value(settings, group, {"kind": kind})
    node: Any = parse_config(settings).model_dump(mode="json")
    for part in group.split("."):
        node = node[part]
    return dict(node)
