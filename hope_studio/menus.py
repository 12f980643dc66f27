"""The menu bar: File, Edit, View, Run, Tools, Window, Help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from hope_studio import theme
from hope_studio.actions import edit_in_focus
from hope_studio.languages import LANGUAGES, choose_language, chosen_language
from hope_studio.menu_deeds import MenuDeeds
from hope_studio.opening import Opening
from hope_studio.settings import remember
from hope_studio.theme.control import CHOICES

if TYPE_CHECKING:
    from hope_studio.frame import Frame
    from hope_studio.window import MainWindow

Key = QKeySequence.StandardKey
EDITS = {
    "undo": Key.Undo,
    "redo": Key.Redo,
    "cut": Key.Cut,
    "copy": Key.Copy,
    "paste": Key.Paste,
    "selectAll": Key.SelectAll,
}


class Menus(QObject):
    """Builds the menus and holds the window's own actions."""

    def __init__(self, window: MainWindow, frame: Frame) -> None:
        super().__init__(window)
        self.window = window
        self.frame = frame
        self.versions: dict[str, str] = {}
        self.opening = Opening(window, frame.session)
        deeds = MenuDeeds(self, window)
        self.open_run = self._action(self.opening.choose_run, Key.Open, "folder")
        self.open_text = self._action(
            self.opening.choose_text, QKeySequence("Ctrl+Shift+O"), "data"
        )
        self.import_file = self._action(
            self.opening.exchange.choose_import, QKeySequence("Ctrl+I"), "folder"
        )
        self.exports = (
            self._action(self.opening.export_bundle, QKeySequence("Ctrl+E")),
            self._action(self.opening.export_weights),
            self._action(self.opening.exchange.export_settings),
        )
        frame.notices.acted.connect(self.opening.exchange.act)
        self.quit = self._action(window.close, QKeySequence("Ctrl+Q"))
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.edits = {name: self._edit(name) for name in EDITS}
        self.simple = self._action(frame.docks.show_simple)
        self.workbench = self._action(frame.docks.show_workbench)
        self.reset_layout = self._action(deeds.reset_layout)
        self.full_screen = self._action(deeds.toggle_full_screen, QKeySequence("F11"))
        self.palette = self._action(deeds.show_palette, icon="search")
        self.palette.setShortcuts([QKeySequence("Ctrl+K"), QKeySequence("Ctrl+Shift+P")])
        self.settings = self._action(deeds.show_settings, QKeySequence("Ctrl+,"), "configure")
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.open_logs = self._action(deeds.open_logs, icon="log")
        self.minimise = self._action(window.showMinimized, QKeySequence("Ctrl+M"))
        self.help = self._action(deeds.show_shortcuts, QKeySequence("F1"), "help")
        self.tour = self._action(deeds.start_tour)
        self.crashes = self._action(deeds.show_crashes)
        self.about = self._action(deeds.show_about, icon="info")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.themes: list[QAction] = self._choices(CHOICES, theme.control.choice, self._set_theme)
        self.languages: list[QAction] = self._choices(
            tuple(LANGUAGES), chosen_language(), self._set_language
        )
        self._build()
        self.retranslate()

    def all_actions(self) -> list[QAction]:
        """Every action of the menus, for the command palette and the shortcut sheet."""
        found: dict[int, QAction] = {}
        for menu in self.menus.values():
            for action in _leaves(menu):
                found[id(action)] = action
        return list(found.values())

    def retranslate(self) -> None:
        """Set every text again."""
        texts = {
            "file": self.tr("&File"),
            "edit": self.tr("&Edit"),
            "view": self.tr("&View"),
            "run": self.tr("&Run"),
            "tools": self.tr("&Tools"),
            "window": self.tr("&Window"),
            "help": self.tr("&Help"),
            "recent": self.tr("Open &recent run"),
            "export": self.tr("&Export"),
            "theme": self.tr("&Theme"),
            "language": self.tr("&Language"),
            "trainer": self.tr("&Trainer"),
        }
        for name, text in texts.items():
            self.menus[name].setTitle(text)
        self.open_run.setText(self.tr("&Open run ..."))
        self.open_text.setText(self.tr("Open &text ..."))
        self.import_file.setText(self.tr("&Import ..."))
        names = (
            self.tr("&Run with its checkpoint ..."),
            self.tr("&Weights of the run ..."),
            self.tr("&Settings as a preset ..."),
        )
        for action, text in zip(self.exports, names, strict=True):
            action.setText(text)
        self.quit.setText(self.tr("&Quit"))
        self.settings.setText(self.tr("&Settings of the program ..."))
        self.simple.setText(self.tr("&Simple layout"))
        self.workbench.setText(self.tr("&Workbench layout"))
        self.reset_layout.setText(self.tr("Rese&t layout"))
        self.full_screen.setText(self.tr("&Full screen"))
        self.palette.setText(self.tr("&Find a command ..."))
        self.open_logs.setText(self.tr("Open the folder of the &log"))
        self.minimise.setText(self.tr("&Minimise"))
        self.help.setText(self.tr("&Keyboard shortcuts"))
        self.tour.setText(self.tr("&Guided tour"))
        self.crashes.setText(self.tr("&Reports of crashes ..."))
        self.about.setText(self.tr("&About HOPE Studio"))
        words = [self.tr("Undo"), self.tr("Redo"), self.tr("Cut"), self.tr("Copy")]
        words += [self.tr("Paste"), self.tr("Select all")]
        for action, text in zip(self.edits.values(), words, strict=True):
            action.setText(text)
        names = (self.tr("As the system"), self.tr("Light"), self.tr("Dark"))
        for action, text in zip(self.themes, names, strict=True):
            action.setText(text)
        for action, text in zip(self.languages, LANGUAGES.values(), strict=True):
            action.setText(text or self.tr("As the system"))

    # -- building --------------------------------------------------------------------------------
    def _build(self) -> None:
        window, run = self.window, self.frame.actions
        bar = window.menuBar()
        names = ("file", "edit", "view", "run", "tools", "window", "help")
        self.menus: dict[str, QMenu] = {name: bar.addMenu("") for name in names}
        menus = self.menus
        menus["file"].addActions([self.open_run, self.open_text])
        menus["recent"] = self.opening.recent
        menus["file"].addMenu(self.opening.recent)
        menus["file"].addSeparator()
        menus["file"].addAction(self.import_file)
        menus["export"] = menus["file"].addMenu("")
        menus["export"].addActions(self.exports)
        menus["file"].addSeparator()
        menus["file"].addAction(self.quit)
        menus["edit"].addActions(list(self.edits.values()))
        menus["edit"].addSeparator()
        menus["edit"].addAction(self.settings)
        menus["view"].addActions(list(window.rail_actions.values()))
        menus["view"].addSeparator()
        menus["view"].addActions([self.simple, self.workbench])
        for dock in self.frame.docks.docks.values():
            menus["view"].addAction(dock.toggleViewAction())
        menus["view"].addAction(self.reset_layout)
        menus["view"].addSeparator()
        menus["theme"] = menus["view"].addMenu("")
        menus["theme"].addActions(self.themes)
        menus["language"] = menus["view"].addMenu("")
        menus["language"].addActions(self.languages)
        menus["view"].addAction(self.full_screen)
        menus["run"].addActions([run.train, run.middle, run.step, *run.step_counts])
        menus["run"].addSeparator()
        menus["run"].addActions([run.save_now, run.sample_now])
        menus["run"].addSeparator()
        menus["run"].addActions([run.stop_keep, run.stop_discard, run.stop_now])
        menus["run"].addSeparator()
        menus["trainer"] = menus["run"].addMenu("")
        menus["trainer"].addActions([run.in_process, run.in_thread])
        menus["tools"].addActions([self.palette, self.open_logs])
        menus["window"].addAction(self.minimise)
        menus["help"].addActions([self.tour, self.help, self.crashes, self.about])

    def _action(self, slot: object, key: object = None, icon: str = "") -> QAction:
        action = QAction(self.window)
        if isinstance(key, QKeySequence.StandardKey):
            action.setShortcuts(key)
        elif isinstance(key, QKeySequence):
            action.setShortcut(key)
        if icon:
            theme.set_icon(action, icon)
        action.triggered.connect(slot)
        return action

    def _edit(self, name: str) -> QAction:
        """An entry for the field with the keyboard, which also knows the key by itself."""
        action = QAction(self.window)
        action.setShortcuts(EDITS[name])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(partial(edit_in_focus, name))
        return action

    def _choices(self, values: tuple[str, ...], chosen: str, slot: object) -> list[QAction]:
        group = QActionGroup(self)
        actions = []
        for value in values:
            action = QAction(self.window)
            action.setCheckable(True)
            action.setData(value)
            action.setChecked(value == chosen)
            action.triggered.connect(slot)
            group.addAction(action)
            actions.append(action)
        return actions

    # -- doing -----------------------------------------------------------------------------------
    @Slot()
    def _set_theme(self) -> None:
        choice = _chosen(self.themes)
        theme.control.apply(choice)
        remember("window/theme", choice)

    @Slot()
    def _set_language(self) -> None:
        choose_language(_chosen(self.languages))


def _leaves(menu: QMenu) -> list[QAction]:
    """The actions of a menu and of those inside it."""
    found = []
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found += _leaves(inner)
        elif not action.isSeparator():
            found.append(action)
    return found


def _chosen(actions: list[QAction]) -> str:
    return next(str(action.data()) for action in actions if action.isChecked())
