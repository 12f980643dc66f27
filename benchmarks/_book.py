"""Results kept on disk, one small file each, so that a long benchmark can be continued.

Notable: a result is found by everything it depends on but the code; it holds a digest of the code
that made it (`_code`), so that a table can mark what other code has measured.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from typing import TYPE_CHECKING, Any

from hope_core.runs.storage import write_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class OutOfTimeError(Exception):
    """The time given is used up; what is kept can be shown, and the rest measured later."""


class Book:
    """Results by key. Without a folder they are forgotten at the end; minutes 0 sets no limit."""

    def __init__(self, folder: Path | None, *, minutes: float = 0.0) -> None:
        self._folder = folder
        self._known: dict[str, dict[str, Any]] = {}
        self._end = time.monotonic() + 60 * minutes if minutes else None

    def get(
        self, name: str, key: dict[str, Any], code: str, compute: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        """The result under a key: read, or computed now and kept with the digest of its code.

        `name` is for who watches.

        Raises:
            OutOfTimeError: it would have to be computed, and the time is used up.
        """
        digest = hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()[:24]
        if digest not in self._known:
            self._known[digest] = self._read(digest) or self._add(
                name, key, digest, lambda: compute() | {"code": code}
            )
        return self._known[digest]

    def _read(self, digest: str) -> dict[str, Any] | None:
        place = self._place(digest)
        if place is None or not place.exists():
            return None
        found: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))["result"]
        return found

    def _add(
        self, name: str, key: dict[str, Any], digest: str, compute: Callable[[], dict[str, Any]]
    ) -> dict[str, Any]:
        if self._end is not None and time.monotonic() > self._end:
            raise OutOfTimeError(name)
        result = compute()
        print(f"{name}: {_short(result)}", file=sys.stderr, flush=True)
        place = self._place(digest)
        if place is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_json(place, {"name": name, "key": key, "result": result})
        return result

    def _place(self, digest: str) -> Path | None:
        return self._folder / f"{digest}.json" if self._folder else None


def _short(result: dict[str, Any]) -> str:
    return ", ".join(
        f"{name} {value:.4g}" for name, value in result.items() if isinstance(value, float)
    )
