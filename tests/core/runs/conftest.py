"""A fresh run, and what the tests of this folder write into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hope_core.config.run import RunConfig
from hope_core.runs.folder import RunFolder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunFolder:
    monkeypatch.setenv("HOPE_RUNS", str(tmp_path / "runs"))
    return RunFolder.create(RunConfig(), name="first")
