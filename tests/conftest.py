"""Options of the whole suite: how often each fault is provoked, and what was measured meanwhile."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

FULL_COUNT_SECONDS = 7200
"""Timeout of one test that provokes its fault as often as docs/reliability.md says."""

MEASURED = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "provoke each fault as often as docs/reliability.md says, not only a few times"
    parser.addoption("--runfaults", action="store_true", help=text)
    text = "K/N: only the Kth of N parts of each full count, with random numbers of its own"
    parser.addoption("--part", default="1/1", help=text)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MEASURED] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--runfaults"):
        for item in items:
            item.add_marker(pytest.mark.timeout(FULL_COUNT_SECONDS))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if lines := terminalreporter.config.stash[MEASURED]:
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture
def count(pytestconfig: pytest.Config) -> Callable[[int, int], int]:
    """`count(short, full)`: how often to do a thing, the full number under --runfaults."""
    is_full = bool(pytestconfig.getoption("--runfaults"))
    _, parts = _part(pytestconfig)

    def choose(short: int, full: int) -> int:
        return -(-full // parts) if is_full else short

    return choose


@pytest.fixture
def chance(pytestconfig: pytest.Config) -> Callable[[int], random.Random]:
    """`chance(seed)`: random numbers of a test, others in each part of its count."""
    number, _ = _part(pytestconfig)
    return lambda seed: random.Random(seed + 1000 * (number - 1))


def _part(config: pytest.Config) -> tuple[int, int]:
    number, _, parts = config.getoption("--part").partition("/")
    return int(number), int(parts)


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """`measured(words)`: a figure for the summary at the end of the run."""

    def note(words: str) -> None:
        request.config.stash[MEASURED].append(f"{request.node.name}: {words}")

    return note
