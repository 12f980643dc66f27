"""Training opens no door to the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
import pytest
from team_runs import make_run, wait_for_step

from hope_core.errors import HopeError
from hope_core.runs.commands import Stop
from hope_core.runs.folder import RunFolder

if TYPE_CHECKING:
    from pathlib import Path

    from nursery import Nursery


def test_a_single_trainer_has_no_connection_at_all(home: Path, nursery: Nursery) -> None:
    run = make_run(home, "quiet", steps=1_000_000)
    pid = nursery.start(run.path)
    wait_for_step(run, 2)
    assert not psutil.Process(pid).net_connections("inet")
    run.append_command(Stop(keep=False))
    assert nursery.wait(pid) == 0


@pytest.mark.parametrize("address", ["http://example.org/run", r"\\host\share\run", "file:///etc"])
def test_an_address_is_no_run(address: str) -> None:
    with pytest.raises(HopeError):
        RunFolder.open(address)
