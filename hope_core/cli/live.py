"""The live line of a run in the terminal: one more reader of its events, on a thread of its own."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from rich.live import Live
from rich.text import Text

from hope_core.analysis.eta import progress, remaining_seconds
from hope_core.analysis.history import RunHistory
from hope_core.cli.output import duration, size
from hope_core.runs.events import (
    AnyEvent,
    CheckpointSaved,
    CommandAcknowledged,
    EvaluationFinished,
    Notice,
    RunStarted,
    SampleWritten,
)
from hope_core.runs.reader import EventReader

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from hope_core.cli.output import Output
    from hope_core.runs.folder import RunFolder

REDRAW_SECONDS = 0.25
PLAIN_SECONDS = 5.0
"""Where the output is no terminal, a line this often."""


class LiveLine:
    """Prints what a run tells while it runs; a context manager around the training."""

    def __init__(self, folder: RunFolder, output: Output) -> None:
        self.history = RunHistory(folder.path)
        self._output = output
        self._reader = EventReader(folder)
        self._reader.poll()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="live line")
        self._live = Live(console=output.console, auto_refresh=False, transient=True)
        self._next_plain = 0.0

    def __enter__(self) -> Self:
        if self._output.console.is_terminal:
            self._live.start()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        self._take()
        if self._live.is_started:
            self._live.stop()

    def _follow(self) -> None:
        while not self._over.wait(REDRAW_SECONDS):
            self._take()
            self._draw()

    def _take(self) -> None:
        events = self._reader.poll()
        self.history.feed(events)
        for event in events:
            sentence = _sentence(event)
            if sentence:
                self._output.say(sentence)

    def _draw(self) -> None:
        if self._live.is_started:
            self._live.update(Text(self.line()), refresh=True)
        elif self.history.last is not None and time.monotonic() >= self._next_plain:
            self._next_plain = time.monotonic() + PLAIN_SECONDS
            self._output.say(self.line())

    def line(self) -> str:
        """Step, share done, loss, bits per byte, speed and time to go, on one line."""
        last, started, phase = self.history.last, self.history.started, self.history.phase
        if phase is not None:
            share = f" {phase.done / phase.total:.0%}" if phase.total else ""
            return f"{phase.phase}{share}"
        if last is None or started is None:
            return "preparing"
        left = remaining_seconds(self.history)
        parts = [
            f"step {last.step:,}",
            f"{progress(self.history):.0%}",
            f"loss {last.loss:.3f}",
            f"{last.bits_per_byte:.3f} bits/byte",
            f"{last.tokens_per_second:,.0f} tokens/s",
            f"{size(last.memory_bytes)}",
        ]
        if left is not None:
            parts.append(f"ETA {duration(left)}")
        return "  ".join(parts)


def _sentence(event: AnyEvent) -> str:
    """What is worth a line of its own."""
    if isinstance(event, RunStarted):
        verb = f"Going on after step {event.step:,}" if event.resumed else "Training"
        return (
            f"{verb}: {event.parameters:,} parameters on {event.device}, {event.precision}, "
            f"{event.threads} thread{'s' if event.threads != 1 else ''}."
        )
    if isinstance(event, EvaluationFinished):
        best = "  best so far" if event.best else ""
        return (
            f"step {event.step:,}: validation loss {event.loss:.4f}, "
            f"{event.bits_per_byte:.3f} bits per byte{best}"
        )
    if isinstance(event, SampleWritten):
        return f"step {event.step:,} writes: {_one_line(event.prompt + event.text)}"
    if isinstance(event, CheckpointSaved):
        return f"step {event.step:,}: checkpoint saved ({size(event.size)})"
    if isinstance(event, CommandAcknowledged):
        return event.message
    if isinstance(event, Notice):
        return f"{event.message} {event.hint}".rstrip()
    return ""


def _one_line(text: str, limit: int = 100) -> str:
    flat = text.replace("\n", "⏎").replace("\r", "").replace("\t", " ")
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
