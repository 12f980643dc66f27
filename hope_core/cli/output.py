"""How the command line speaks: people on one stream, one JSON object as the last line."""

from __future__ import annotations

import json
import math
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rich.console import Console

from hope_core.errors import HopeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

USER_ERROR = 2
FAILED = 1
INTERRUPTED = 130


class Output:
    """Where a verb writes: sentences for people, and with --json one object as the last line."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.console = Console(stderr=as_json, highlight=False, soft_wrap=True)

    def say(self, sentence: str = "") -> None:
        """One line for a person; on stderr when stdout belongs to the JSON object."""
        self.console.print(sentence, markup=False)

    def result(self, values: Mapping[str, Any]) -> None:
        """The JSON object, if it was asked for."""
        if self.as_json:
            sys.stdout.write(
                json.dumps(_finite(values), ensure_ascii=False, allow_nan=False) + "\n"
            )
            sys.stdout.flush()


@contextmanager
def user_errors(output: Output) -> Iterator[None]:
    """Turn a mistake that a person can mend into its sentence and exit code 2."""
    try:
        yield
    except HopeError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"hope: {error}", markup=False)
        output.result({"error": str(error)})
        raise SystemExit(USER_ERROR) from error


def _finite(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """JSON has no NaN and no infinity: they are written as words."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")
    return value


def size(count: float) -> str:
    """A number of bytes as a person reads it."""
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1000 or unit == "GB":
            return f"{count:.0f} {unit}" if unit in {"B", "KB"} else f"{count:.1f} {unit}"
        count /= 1000
    raise AssertionError


def duration(seconds: float) -> str:
    """A time span as a person reads it: 0:42, 3:07:00."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
