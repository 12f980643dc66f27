"""Every setting of the next run: a form, the same as YAML, and what differs from the preset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
)

from hope_core.config.loading import dump_yaml
from hope_core.errors import HopeError
from hope_core.runs.storage import write_bytes
from hope_studio.draft import draft_of
from hope_studio.kept_parts import KeptSplitter
from hope_studio.pages.page import Page
from hope_studio.settings import recall, remember
from hope_studio.theme import set_icon
from hope_studio.widgets.banner import Banner
from hope_studio.widgets.changes_view import ChangesView
from hope_studio.widgets.cost_strip import CostStrip
from hope_studio.widgets.figures_view import FiguresView
from hope_studio.widgets.labels import label
from hope_studio.widgets.page_column import MARGIN, SPACING
from hope_studio.widgets.proofs_view import ProofsView
from hope_studio.widgets.schedule_view import ScheduleView
from hope_studio.widgets.section_list import SectionList
from hope_studio.widgets.settings_form import SettingsForm
from hope_studio.widgets.snug_tabs import SnugTabs
from hope_studio.widgets.yaml_view import YamlView

if TYPE_CHECKING:
    from hope_studio.session import Session

ADVANCED = "configure/advanced"
"""Where it is remembered whether every setting is shown."""
NARROWEST_FORM = 390
"""Pixels of the form and its bar where no line of it is cut."""


class ConfigurePage(Page):
    """Sections, the form, then YAML, changes and proofs side by side; the cost below."""

    name: ClassVar[str] = "configure"
    icon: ClassVar[str] = "configure"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.draft = draft_of(session)
        self.title = label(role="title")
        self.search = QLineEdit(clearButtonEnabled=True)
        self.advanced = QCheckBox()
        self.undo_button = QPushButton()
        self.redo_button = QPushButton()
        self.open_button = QPushButton()
        self.save_button = QPushButton()
        self.banner = Banner()
        self.form = SettingsForm(self.draft)
        self._scroll = QScrollArea()
        self.sections = SectionList(self.form, self._scroll)
        self.yaml = YamlView(self.draft)
        self.changes = ChangesView(self.draft)
        self.schedule = ScheduleView(self.draft)
        self.figures = FiguresView(self.draft, session.service)
        self.proofs = ProofsView(self.draft, session.service)
        self.tabs = SnugTabs()
        self.cost = CostStrip(self.draft, session.service)
        self._lay_out()
        self._connect()
        self.retranslate()
        self.advanced.setChecked(recall(ADVANCED, False))
        self.form.show_advanced(self.advanced.isChecked())
        self._follow()

    def retranslate(self) -> None:
        """Set every text of the page's own."""
        self.title.setText(self.tr("Configure"))
        self.search.setPlaceholderText(self.tr("Search names, keys and help (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("Search the settings"))
        self.advanced.setText(self.tr("Advanced"))
        self.advanced.setToolTip(
            self.tr(
                "Show every setting. Without it only those are shown that matter first, that "
                "differ from the preset or that are wrong; the search finds the others all the "
                "same."
            )
        )
        for button, words in (
            (self.undo_button, self.tr("Undo (Ctrl+Z)")),
            (self.redo_button, self.tr("Redo (Ctrl+Shift+Z)")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self.open_button.setText(self.tr("Open preset ..."))
        self.save_button.setText(self.tr("Save as preset ..."))
        self.sections.setAccessibleName(self.tr("Sections"))
        self.tabs.setTabText(0, self.tr("YAML"))
        self.tabs.setTabText(1, self.tr("Changes"))
        self.yaml.retranslate()
        self.tabs.setTabText(2, self.tr("Schedule"))
        self.tabs.setTabText(3, self.tr("Figures"))
        self.tabs.setTabText(4, self.tr("Proofs"))
        self.figures.retranslate()
        self.schedule.draw()
        self.changes.refresh()
        self.proofs.retranslate()
        self.cost.retranslate()
        if self.form.rows:
            self.form.rebuild()
        self.sections.follow()

    def shown(self) -> None:
        """Ask for the cost of what is set now."""
        self.cost.refresh()

    def busy(self) -> bool:
        """Whether the cost is still being computed."""
        return self.cost.busy or self.form.busy or self.changes.busy or self.figures.busy

    def _lay_out(self) -> None:
        set_icon(self.undo_button, "undo")
        set_icon(self.redo_button, "redo")
        set_icon(self.open_button, "folder")
        set_icon(self.save_button, "save")
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch(1)
        self.search.setMinimumWidth(100)
        self.search.setMaximumWidth(320)
        top.addWidget(self.search, 2)
        top.addWidget(self.advanced)
        for button in (self.undo_button, self.redo_button, self.open_button, self.save_button):
            top.addWidget(button)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self.form.setObjectName("scroll_body")
        self._scroll.setWidget(self.form)
        self._scroll.setMinimumWidth(NARROWEST_FORM)
        self.tabs.addTab(self.yaml, "")
        self.tabs.addTab(self.changes, "")
        self.tabs.addTab(self.schedule, "")
        self.tabs.addTab(self.figures, "")
        self.tabs.addTab(self.proofs, "")
        middle = QSplitter()
        middle.setChildrenCollapsible(False)
        for part in (self.sections, self._scroll, self.tabs):
            middle.addWidget(part)
        for place, stretch in enumerate((0, 3, 2)):
            middle.setStretchFactor(place, stretch)
        middle.setSizes([150, 560, 380])
        KeptSplitter(middle, "configure")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addLayout(top)
        column.addWidget(self.banner)
        column.addWidget(middle, 1)
        column.addWidget(self.cost)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.form.search)
        self.advanced.toggled.connect(self._show_advanced)
        self.form.more.clicked.connect(self.advanced.toggle)
        self.undo_button.clicked.connect(self.draft.undo_stack.undo)
        self.redo_button.clicked.connect(self.draft.undo_stack.redo)
        self.open_button.clicked.connect(self.open_preset)
        self.save_button.clicked.connect(self.save_preset)
        self.cost.problems_pressed.connect(self.go_to_problem)
        self.cost.known.connect(self.schedule.show_levels)
        self.draft.changed.connect(self._follow)
        self.draft.undo_stack.canUndoChanged.connect(self.undo_button.setEnabled)
        self.draft.undo_stack.canRedoChanged.connect(self.redo_button.setEnabled)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.draft.undo_stack.undo)
        QShortcut(QKeySequence.StandardKey.Redo, self, self.draft.undo_stack.redo)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save_preset)

    @Slot()
    def go_to_problem(self) -> None:
        """Scroll to the first setting that is wrong and put the cursor there."""
        self.search.clear()
        for problem in (*self.draft.problems, *self.draft.warnings):
            row = self.form.reveal(problem.place)
            if row is not None:
                self._scroll.ensureWidgetVisible(row)
                row.editor.setFocus()
                return

    @Slot()
    def open_preset(self) -> None:
        """Edit the settings of a preset file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open preset"), "", self.tr("Presets (*.yaml *.yml)")
        )
        if chosen:
            self.session.load_preset(chosen)

    @Slot()
    def save_preset(self) -> None:
        """Write the newest valid settings to a preset file."""
        if self.draft.problems:
            words = self.tr("There is still something to mend before this can be saved.")
            self.banner.say(words, tone="warning")
            return
        name = f"{self.draft.config.name}.yaml"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as preset"), name, self.tr("Presets (*.yaml)")
        )
        if chosen:
            self._write(Path(chosen))

    def _write(self, path: Path) -> None:
        try:
            write_bytes(path, dump_yaml(self.draft.config).encode())
        except (HopeError, OSError) as error:
            self.banner.say(str(error), tone="error")
            return
        self.banner.say(self.tr("Saved as {path}.").format(path=path))

    @Slot(bool)
    def _show_advanced(self, shown: bool) -> None:
        remember(ADVANCED, shown)
        self.form.show_advanced(shown)

    @Slot()
    def _follow(self) -> None:
        """The draft moved: buttons, sections and the reason why Train would not start."""
        self.undo_button.setEnabled(self.draft.undo_stack.canUndo())
        self.redo_button.setEnabled(self.draft.undo_stack.canRedo())
        if self.draft.problems:
            words = self.tr("Nothing can be trained until this is mended. {problem}")
            self.banner.say(words.format(problem=self.draft.problems[0]), tone="warning")
        else:
            self.banner.hide()
