"""The Runs page lists, sorts, filters, opens and bins runs, and says which are damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from synthetic_run import made_up_events, write_run

from hope_core.errors import RunError
from hope_core.runs.folder import RunFolder
from hope_studio.pages.runs import RunsPage

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_studio.session import Session


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "runs"


@pytest.fixture
def page(qtbot: QtBot, session: Session, root: Path) -> RunsPage:
    for name, steps in (("alpha", 30), ("beta", 10), ("gamma", 20)):
        folder = write_run(root, list(made_up_events(steps)), name=name)
        with folder.lock():
            folder.write_state("stopped", step=steps, loss=1.0 / steps)
    made = RunsPage(session)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not made.busy())
    return made


def names(page: RunsPage) -> list[str]:
    return [page.sorted.index(row, 0).data() for row in range(page.sorted.rowCount())]


def test_runs_are_sorted_by_what_a_column_means(page: RunsPage) -> None:
    page.table.sortByColumn(6, Qt.SortOrder.AscendingOrder)
    assert names(page) == ["beta", "gamma", "alpha"]


def test_the_open_run_is_chosen_once(
    qtbot: QtBot, page: RunsPage, session: Session, root: Path
) -> None:
    session.open_run(root / "beta")
    qtbot.waitUntil(lambda: session.run is not None)
    page.refresh()
    qtbot.waitUntil(lambda: not page.busy())
    assert [run.name for run in page.selected()] == ["beta"]
    page.table.clearSelection()
    page.refresh()
    qtbot.waitUntil(lambda: not page.busy())
    assert not page.selected()


def test_the_filter_leaves_what_fits(page: RunsPage) -> None:
    page.filter.setText("ALPH")
    assert names(page) == ["alpha"]
    assert page.count.text() == "1 of 3"


def test_a_damaged_run_is_listed_as_such_and_cannot_be_opened(
    qtbot: QtBot, page: RunsPage, root: Path
) -> None:
    (root / "beta" / "run.json").write_text("{")
    page.refresh()
    qtbot.waitUntil(lambda: not page.busy())
    page.filter.setText("beta")
    page.table.selectRow(0)
    assert page.sorted.index(0, 1).data() == "damaged"
    assert not page.buttons.open_button.isEnabled()
    assert page.buttons.bin_button.isEnabled()


def test_open_asks_the_session(
    qtbot: QtBot, page: RunsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    monkeypatch.setattr(page.session, "open_run", opened.append)
    page.filter.setText("gamma")
    page.table.selectRow(0)
    qtbot.mouseClick(page.buttons.open_button, Qt.MouseButton.LeftButton)
    assert [path.name for path in opened] == ["gamma"]


def test_binning_asks_first_and_tells_what_could_not_go(
    qtbot: QtBot, page: RunsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    binned = []

    def bin_run(path: Path) -> None:
        if path.name == "alpha":
            raise RunError("alpha is being trained.")
        binned.append(RunFolder.open(path).name)

    monkeypatch.setattr("hope_core.runs.listing.bin_run", bin_run)
    page.table.selectAll()
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.No)
    page.buttons.bin_selected()
    assert not binned
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    page.buttons.bin_selected()
    qtbot.waitUntil(lambda: not page.busy())
    assert sorted(binned) == ["beta", "gamma"]
    assert "alpha is being trained." in page.banner.words()


def test_without_runs_the_page_says_where_to_begin(qtbot: QtBot, session: Session) -> None:
    page = RunsPage(session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: not page.busy())
    assert page.empty.isVisible()
    assert not page.table.isVisible()
