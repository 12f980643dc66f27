"""Talks to the peers: a process in an environment of their own, JSON lines each way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from types import TracebackType

FOLDER = Path(__file__).parent
ENVIRONMENT = FOLDER / ".venv-peers"
WORKER = FOLDER / "_peer_worker.py"
INSTALL = "Peers are not installed: run python benchmarks/setup_peers.py"


class PeerError(Exception):
    """A peer could not do what it was asked, in its own words."""


def interpreter(environment: Path = ENVIRONMENT) -> Path:
    """The Python of the peers' environment."""
    if os.name == "nt":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def installed() -> bool:
    """Whether the peers' environment stands."""
    return interpreter().exists()


class Peer:
    """One worker process; leaves with its `with` block."""

    def __init__(self, python: Path | None = None) -> None:
        self._process = subprocess.Popen(
            [python or interpreter(), WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=60)

    def ask(self, do: str, **request: object) -> dict[str, Any]:
        """Send a request and wait for its answer.

        Raises:
            PeerError: the peer failed, or its process ended.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps({"do": do, **request}), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise PeerError(f"The peers' process ended with code {self._process.wait()}.")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise PeerError(answer["error"])
        return answer


def tell_missing() -> None:
    """Say on stderr that the table lacks its peers."""
    print(INSTALL, file=sys.stderr)
