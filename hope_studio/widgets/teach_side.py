"""What stands beside a conversation: recipe, moments, memories, and the token pointed at."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QTabWidget

from hope_studio.widgets.card import Card
from hope_studio.widgets.memories_panel import MemoriesPanel
from hope_studio.widgets.moments_list import MomentsList
from hope_studio.widgets.recipe_panel import RecipePanel
from hope_studio.widgets.scrolling import scrolling
from hope_studio.widgets.token_details import TokenDetails

WIDTH = 340
LAYOUT_MS = 50
"""Until a new text has its place."""


class TeachSide(Card):
    """Four tabs, each of which scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.tabs = QTabWidget()
        self.recipe = RecipePanel()
        self.moments = MomentsList()
        self.memories = MemoriesPanel()
        self.details = TokenDetails()
        self._recipe_area = scrolling(self.recipe)
        self.tabs.addTab(self._recipe_area, "")
        for part in (self.moments, self.memories, self.details):
            self.tabs.addTab(scrolling(part), "")
        self.body.addWidget(self.tabs)

    def retranslate(self) -> None:
        """Set every text."""
        for place, title in enumerate(
            (self.tr("Recipe"), self.tr("Moments"), self.tr("Memories"), self.tr("Token"))
        ):
            self.tabs.setTabText(place, title)
        for part in (self.recipe, self.moments, self.memories, self.details):
            part.retranslate()

    def show_outcome(self) -> None:
        """Scroll to the end of the recipe, once its place is known."""
        QTimer.singleShot(LAYOUT_MS, self, self._show_outcome)

    @Slot()
    def _show_outcome(self) -> None:
        self._recipe_area.ensureWidgetVisible(self.recipe.outcome)
