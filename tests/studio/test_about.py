"""About: what a person copies into a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from hope_core.runs.torch_build import TorchBuild
from hope_studio.dialogs import AboutDialog, cuda_words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (TorchBuild("13.0", ""), "13.0"),
        (TorchBuild("", "6.4"), "ROCm 6.4"),
        (TorchBuild("", ""), "no CUDA"),
        (None, "not known"),
    ],
)
def test_build_of_torch_is_told_in_words(build: TorchBuild | None, words: str) -> None:
    assert words in cuda_words(build)


def test_cuda_and_driver_are_seen_and_copied(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hope_studio.dialogs.torch_build", lambda: TorchBuild("13.0", ""))
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = AboutDialog(parent, {"python": "3.11.7", "NVIDIA driver": "580.65"})
    seen = [text.text() for text in dialog.findChildren(QLabel)]
    assert "580.65" in seen
    dialog.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert "CUDA: 13.0, as torch was built with" in lines
    assert "NVIDIA driver: 580.65" in lines
    assert sum(line.lower().startswith("python:") for line in lines) == 1
