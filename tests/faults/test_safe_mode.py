"""A program that crashes at every start gets one that starts afresh, and says how to leave it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

STUDIO = Path(__file__).parent / "crashing_studio.py"
PATIENCE_SECONDS = 120
NATIVE = -signal.SIGSEGV


def launch(end: str) -> tuple[int, dict[str, Any]]:
    """One launch that ends so; its exit code, and what the window was like."""
    told = subprocess.run(
        [sys.executable, str(STUDIO), end],
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    facts: dict[str, Any] = json.loads(told.stdout)
    return told.returncode, facts


@pytest.mark.usefixtures("home")
def test_third_start_after_two_native_crashes_is_safe_and_the_fourth_is_as_usual() -> None:
    for _ in range(2):
        code, seen = launch("crash")
        assert code == NATIVE
        assert not seen["safe"]
    code, seen = launch("close")
    assert code == 0
    assert seen["safe"]
    assert seen["page"] == "home"
    assert any("start it again to leave this safe mode" in words for words in seen["notices"])
    assert launch("close")[1]["safe"] is False
