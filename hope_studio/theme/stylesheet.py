"""The style sheet: rounded cards, calm controls and visible focus, on top of Fusion.

Widgets ask for a look by a dynamic property: QFrame `card=true`; QPushButton `primary=true` or
`flat=true`; QLabel `role` = title, heading, muted, small, mono, good, warning, bad or badge.
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from hope_studio.resources import assets_folder

if TYPE_CHECKING:
    from hope_studio.theme.colors import Colors

_SHEET = Template("""
QToolTip { background: $card; color: $text; border: 1px solid $strong_border; padding: 5px; }
QMainWindow::separator { background: $border; width: 4px; height: 4px; }
QMainWindow::separator:hover { background: $accent; }
QFrame[card="true"] { background: $card; border: 1px solid $border; border-radius: 10px; }
QFrame[card="true"][selected="true"] { border: 2px solid $accent; }
QFrame[card="true"]:disabled { background: $window; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: 20pt; font-weight: 600; }
QLabel[role="heading"] { font-size: 12pt; font-weight: 600; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: 9pt; }
QLabel[role="mono"] { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; }
QLabel[role="good"] { color: $good; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="bad"] { color: $bad; }
QLabel[role="badge"] { background: $raised; color: $text; border-radius: 9px; padding: 2px 10px;
  font-weight: 600; }
QLabel[role="badge"][tone="good"] { color: $good; }
QLabel[role="badge"][tone="warning"] { color: $warning; }
QLabel[role="badge"][tone="bad"] { color: $bad; }
QLabel[role="badge"][tone="accent"] { color: $accent; }
QLabel:disabled { color: $disabled; }

QPushButton { background: $raised; color: $text; border: 1px solid $border; border-radius: 7px;
  padding: 6px 14px; min-height: 18px; }
QPushButton:hover { border-color: $strong_border; background: $selection; }
QPushButton:pressed { background: $border; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:disabled { color: $disabled; background: $window; }
QPushButton:checked { background: $selection; border-color: $accent; }
QPushButton[primary="true"] { background: $accent; color: $on_accent; border-color: $accent;
  font-weight: 600; }
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton[primary="true"]:disabled { background: $raised; color: $disabled;
  border-color: $border; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[flat="true"]:hover { background: $raised; }
QPushButton[flat="true"]:focus { border-color: $accent; }
QPushButton::menu-indicator { image: url($chevron_down); width: 12px; subcontrol-origin: padding;
  subcontrol-position: center right; right: 5px; }

QToolButton { background: transparent; color: $text; border: 1px solid transparent;
  border-radius: 7px; padding: 5px; }
QToolButton:hover { background: $raised; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton[popupMode="1"], QToolButton[popupMode="2"] { padding-right: 20px; }
QToolButton::menu-button { border: none; width: 18px; border-radius: 5px; }
QToolButton::menu-button:hover { background: $border; }
QToolButton::menu-arrow { image: url($chevron_down); width: 12px; height: 12px; }
QToolButton::menu-indicator { image: url($chevron_down); width: 12px; subcontrol-origin: padding;
  subcontrol-position: center right; }

QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser { background: $field; color: $text;
  border: 1px solid $border; border-radius: 7px; padding: 4px 6px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit { min-height: 20px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus {
  border: 2px solid $accent; padding: 3px 5px; }
QLineEdit:disabled { color: $disabled; background: $window; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"] { border: 2px solid $bad;
  padding: 3px 5px; }

QComboBox { background: $raised; color: $text; border: 1px solid $border; border-radius: 7px;
  padding: 4px 26px 4px 10px; min-height: 20px; }
QComboBox:hover { border-color: $strong_border; }
QComboBox:focus { border: 2px solid $accent; padding: 3px 25px 3px 9px; }
QComboBox:disabled { color: $disabled; background: $window; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url($chevron_down); width: 13px; height: 13px; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $strong_border;
  selection-background-color: $selection; selection-color: $text; outline: none; padding: 3px; }
QAbstractSpinBox { background: $field; color: $text; border: 1px solid $border;
  border-radius: 7px; padding: 4px 22px 4px 8px; min-height: 20px; }
QAbstractSpinBox:focus { border: 2px solid $accent; padding: 3px 21px 3px 7px; }
QAbstractSpinBox:disabled { color: $disabled; background: $window; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px;
  background: transparent; border-radius: 5px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $raised; }
QAbstractSpinBox::up-arrow { image: url($chevron_up); width: 11px; height: 11px; }
QAbstractSpinBox::down-arrow { image: url($chevron_down); width: 11px; height: 11px; }

QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 1px solid transparent;
  border-radius: 5px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $strong_border;
  border-radius: 4px; background: $field; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
  image: url($check); }
QCheckBox::indicator:disabled { background: $window; border-color: $border; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $strong_border;
  border-radius: 8px; background: $field; }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::sub-page:horizontal:disabled { background: $strong_border; }
QSlider::handle:horizontal { background: $card; border: 2px solid $accent; width: 14px;
  height: 14px; margin: -7px 0; border-radius: 9px; }
QSlider::handle:horizontal:focus { background: $accent; border-color: $text; }
QSlider::handle:horizontal:disabled { border-color: $strong_border; }

QProgressBar { background: $raised; border: none; border-radius: 4px; text-align: center;
  color: $text; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }

QTabWidget::pane { border: none; }
QTabBar::tab { background: transparent; color: $muted; padding: 7px 14px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar[snug="true"]::tab { padding: 7px 5px; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { color: $accent; }

QTableView, QTreeView, QListView { background: $card; alternate-background-color: $window;
  border: 1px solid $border; border-radius: 7px; gridline-color: $border; outline: none;
  selection-background-color: $selection; selection-color: $text; }
QTableView:focus, QTreeView:focus, QListView:focus { border-color: $accent; }
QTableView::item { padding: 0 3px; }
QTreeView::item { padding: 3px 4px; }
QListView::item { padding: 6px 10px; border-radius: 6px; }
QListView::item:hover { background: $raised; }
QListView::item:selected { background: $selection; color: $text; }
QListWidget#sections { padding: 6px; border-radius: 10px; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QHeaderView { background: transparent; }
QHeaderView::section { background: $raised; color: $muted; border: none; padding: 6px 4px;
  border-right: 1px solid $border; }
QTableCornerButton::section { background: $raised; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#scroll_body { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $strong_border; border-radius: 4px; margin: 2px;
  min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenuBar { background: $card; border: none; padding: 2px 6px; }
QMenuBar::item { padding: 4px 10px; border-radius: 5px; background: transparent; }
QMenuBar::item:selected { background: $raised; }
QMenu { background: $card; border: 1px solid $strong_border; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 26px; border-radius: 5px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $border; margin: 5px 8px; }
QMenu::icon { padding-left: 6px; }

QStatusBar QLabel { padding: 2px 10px; }
QStatusBar { background: $window; color: $muted; border-top: 1px solid $border; }
QStatusBar::item { border: none; }
QDockWidget { color: $muted; }
QDockWidget::title { background: $raised; padding: 6px 10px; }
QSplitter::handle { background: transparent; border-radius: 2px; }
QSplitter::handle:horizontal { width: 4px; margin: 0 4px; }
QSplitter::handle:vertical { height: 4px; margin: 4px 0; }
QSplitter::handle:hover { background: $accent; }
QGroupBox { border: 1px solid $border; border-radius: 8px; margin-top: 12px; padding-top: 10px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; color: $muted; }

QToolBar#rail { background: $card; border: none; border-right: 1px solid $border; padding: 8px 6px;
  spacing: 4px; }
QToolBar#rail QToolButton { padding: 5px 4px; min-width: 76px; color: $muted; }
QToolBar#rail QToolButton:hover { color: $text; }
QToolBar#rail QToolButton:checked { background: $selection; color: $text; font-weight: 600; }
QToolBar#run_toolbar { background: $card; border: none; border-bottom: 1px solid $border;
  padding: 4px; spacing: 1px; }
QFrame#run_bar QToolButton { background: $raised; border: 1px solid $border;
  padding: 6px 26px 6px 12px; min-height: 18px; }
QFrame#run_bar QToolButton:hover { border-color: $strong_border; background: $selection; }
QFrame#run_bar QToolButton:focus { border: 2px solid $accent; padding: 5px 25px 5px 11px; }
QFrame#run_bar QToolButton:disabled { background: $window; }
QFrame#run_bar QToolButton::menu-button { border-left: 1px solid $border; border-radius: 0;
  width: 22px; }
QFrame#run_bar { background: $card; border: none; }
QFrame#notice_bar { background: $card; border: 1px solid $border; border-radius: 4px; }
QFrame#notice_bar[severity="info"] { border-left: 5px solid $accent; }
QFrame#notice_bar[severity="success"] { border-left: 5px solid $good; }
QFrame#notice_bar[severity="warning"] { border-left: 5px solid $warning; }
QFrame#notice_bar[severity="error"] { border-left: 5px solid $bad; }
QFrame#callout { background: $card; border: 2px solid $accent; border-radius: 8px; }
QFrame#toast { background: $card; border: 1px solid $strong_border; border-left: 5px solid $good;
  border-radius: 4px; }
""")


def stylesheet_of(colors: Colors) -> str:
    """The style sheet in these colours."""
    icons = (assets_folder() / "icons").as_posix()
    shade = "dark" if colors.dark else "light"
    images = {
        "chevron_down": f"{icons}/chevron-down-{shade}.svg",
        "chevron_up": f"{icons}/chevron-up-{shade}.svg",
        "check": f"{icons}/check-{shade}.svg",
    }
    quoted = {name: f'"{path}"' for name, path in images.items()}
    return _SHEET.substitute(colors._asdict() | quoted)
