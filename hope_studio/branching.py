"""The question before a run is branched off: from what, with which settings, and what is lost."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from hope_core.config.run import RunConfig

translate = QCoreApplication.translate
MOST = 8
"""Settings that are told one by one."""


class Branching(Enum):
    """What the person wants."""

    BEGIN = "begin"
    EDIT = "edit"
    CANCEL = "cancel"


def branch_question(
    parent: QWidget, *, run: str, step: int, live: bool, settings: tuple[RunConfig, RunConfig]
) -> tuple[QMessageBox, dict[object, Branching]]:
    """The dialog and what each of its buttons means.

    Args:
        parent: over what it opens.
        run: the run's name.
        step: where its weights are.
        live: it trains, so it is saved and stopped first.
        settings: the run's and those being edited.
    """
    box = QMessageBox(parent)
    box.setObjectName("branching")
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(translate("Branching", "Branch from here"))
    text = translate("Branching", "Begin a new run with the weights of {name} at step {step}?")
    box.setText(text.format(name=run, step=step))
    sentences = [_differences(*settings)]
    if live:
        sentences.insert(0, translate("Branching", "This run is saved and stopped first."))
    box.setInformativeText("\n\n".join(sentences))
    begin = box.addButton(translate("Branching", "Begin"), QMessageBox.ButtonRole.AcceptRole)
    edit = box.addButton(
        translate("Branching", "Edit this run's settings first"),
        QMessageBox.ButtonRole.ActionRole,
    )
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(begin)
    box.setEscapeButton(cancel)
    return box, {begin: Branching.BEGIN, edit: Branching.EDIT, cancel: Branching.CANCEL}


def _differences(before: RunConfig, after: RunConfig) -> str:
    from hope_core.config.differences import LABELS, differences

    rows = [row for row in differences([before, after]) if row.path not in LABELS]
    if not rows:
        return translate("Branching", "The settings on the Configure page are those of this run.")
    line = translate("Branching", "{setting}: {after}, was {before}")
    told = [
        line.format(setting=row.path, before=row.values[0], after=row.values[1])
        for row in rows[:MOST]
    ]
    if len(rows) > MOST:
        told.append("...")
    head = translate("Branching", "What the Configure page has otherwise than this run:")
    return "\n".join([head, *told])
