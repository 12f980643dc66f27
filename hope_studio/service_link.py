"""ServiceLink: questions to the helper process that knows torch, as JSON lines through its pipes.

The helper is `python -m hope_core.worker --serve`. It is started with the first question or by
`start`, restarted once when it dies, and ends by itself when its input closes.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from hope_core.inference.messages import AnyReply, CancelRequest, ErrorReply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hope_core.inference.message_base import Request

DEFAULT_COMMAND = (sys.executable, "-m", "hope_core.worker", "--serve")
RESTARTS = 1
PATIENCE_MS = 2000
LONGEST_LINE = 64 * 1024 * 1024


class ServiceLink(QObject):
    """Asks the helper process and tells its replies.

    Signals:
        replied: an AnyReply; its id is that which `ask` returned.
    """

    replied = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, command: Sequence[str] | None = None
    ) -> None:
        super().__init__(parent)
        self._command = list(command or DEFAULT_COMMAND)
        self._decoder = msgspec.json.Decoder(AnyReply)
        self._process: QProcess | None = None
        self._pending: dict[str, Request] = {}
        self._rest = b""
        self._restarts = RESTARTS
        self._last_words = b""
        self._closing = False

    def start(self) -> None:
        """Start the helper process early, so that its first answer comes sooner."""
        if self._process is not None or self._closing:
            return
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._broke)
        self._rest = b""
        self._process = process
        process.start(self._command[0], self._command[1:])

    def ask(self, request: Request) -> str:
        """Send a request; replies with the returned id come through `replied`."""
        self.start()
        self._pending[request.id] = request
        self._write(request)
        return request.id

    def cancel(self, request_id: str) -> None:
        """Give up a request; a generation still sends its last TextReply."""
        if request_id in self._pending:
            self._write(CancelRequest(target=request_id))

    def close(self) -> None:
        """End the helper process and wait for it, two seconds at most."""
        self._closing = True
        process, self._process = self._process, None
        self._pending.clear()
        if process is None or process.state() is QProcess.ProcessState.NotRunning:
            return
        process.closeWriteChannel()
        if not process.waitForFinished(PATIENCE_MS // 4):
            process.kill()
            process.waitForFinished(PATIENCE_MS)

    # -- inside ----------------------------------------------------------------------------------
    def _write(self, request: Request) -> None:
        if self._process is not None:
            self._process.write(msgspec.json.encode(request) + b"\n")

    @Slot()
    def _read(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (
            self._rest + bytes(self._process.readAllStandardOutput().data())
        ).split(b"\n")
        if len(self._rest) > LONGEST_LINE:
            self._rest = b""
        for line in lines:
            try:
                reply = self._decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError):
                self._keep_words(line)
                continue
            if getattr(reply, "done", True):  # only rows of replies have it
                self._pending.pop(reply.id, None)
            self.replied.emit(reply)

    @Slot()
    def _read_errors(self) -> None:
        if self._process is not None:
            self._keep_words(bytes(self._process.readAllStandardError().data()))

    def _keep_words(self, words: bytes) -> None:
        self._last_words = (self._last_words + words)[-4000:]

    @Slot(QProcess.ProcessError)
    def _broke(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._ended()

    @Slot()
    def _ended(self) -> None:
        """Starts the helper again once; requests that were open ask again, else they fail."""
        if self._closing or self._process is None:
            return
        self._process.deleteLater()
        self._process = None
        if self._restarts > 0:
            self._restarts -= 1
            self.start()
            for request in self._pending.values():
                self._write(request)
            return
        lost, self._pending = list(self._pending), {}
        hint = self._last_words.decode("utf-8", "replace").strip().rpartition("\n")[2]
        for request_id in lost:
            text = self.tr("The helper process ended before it could answer.")
            self.replied.emit(ErrorReply(id=request_id, message=text, hint=hint))
