"""The studio's helper process: questions on stdin, answers on stdout, one JSON line each.

The reading thread never works: it hands each request to one of four lanes, texts, conversations,
proofs and all else, and so hears a CancelRequest at any time. Hardware is told by the reading
thread itself, before torch is loaded.
"""

from __future__ import annotations

import sys
import threading
import traceback
from importlib import import_module
from queue import SimpleQueue
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from hope_core.errors import HopeError
from hope_core.inference.messages import (
    AnyRequest,
    CancelRequest,
    ErrorReply,
    GenerateRequest,
    HardwareRequest,
    VerifyRequest,
)
from hope_core.inference.talk_messages import TalkRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hope_core.inference.message_base import Reply, Request

    Handler = Callable[[Request, Callable[[], None]], Iterator[Reply]]

GOODBYE_SECONDS = 0.4
"""How long work in progress may take to notice that nobody listens any more."""


class GivenUpError(Exception):
    """The person does not want this answer any more."""


def serve(
    handlers: Mapping[str, str], source: BinaryIO | None = None, sink: BinaryIO | None = None
) -> int:
    """Answer requests until the input ends.

    Args:
        handlers: "module:function" for each kind of request. A handler gets the request and a
            `check` to call every few milliseconds, and gives its replies one by one.
        source: where requests come from; None: stdin.
        sink: where replies go; None: stdout, which is then kept free of anything else.

    Returns:
        The exit code.
    """
    source = source or sys.stdin.buffer
    if sink is None:
        sink, sys.stdout = sys.stdout.buffer, sys.stderr
    Service(handlers, sink).listen(source)
    return 0


class Service:
    """Answers requests; made once a process."""

    def __init__(self, handlers: Mapping[str, str], sink: BinaryIO) -> None:
        self._handlers = dict(handlers)
        self._sink = sink
        self._writing = threading.Lock()
        self._given_up: set[str] = set()
        self._closing = False
        self._lanes = {name: _Lane(self._answer) for name in ("text", "talk", "proofs", "rest")}

    def listen(self, source: BinaryIO) -> None:
        """Read requests until the input ends."""
        decoder = msgspec.json.Decoder(AnyRequest)
        for line in source:
            try:
                self._take(decoder.decode(line))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                self._write(ErrorReply(id="", message=f"This is no request: {error}."))
        self._closing = True
        for lane in self._lanes.values():
            lane.close()

    def _take(self, request: AnyRequest) -> None:
        match request:
            case CancelRequest(target=target):
                self._given_up.add(target)
            case HardwareRequest():
                self._answer(request)
            case GenerateRequest():
                self._lanes["text"].add(request)
            case VerifyRequest():
                self._lanes["proofs"].add(request)
            case TalkRequest():
                self._lanes["talk"].add(request)
            case _:
                self._lanes["rest"].add(request)

    def _answer(self, request: Request) -> None:
        """Serve one request; whatever goes wrong becomes its answer."""

        def check() -> None:
            if self._closing or request.id in self._given_up:
                raise GivenUpError

        try:
            for reply in self._handler_of(request)(request, check):
                self._write(reply)
        except GivenUpError:
            return
        except HopeError as error:
            self._write(ErrorReply(id=request.id, message=str(error)))
        except Exception as error:  # noqa: BLE001 - a thread's work begins here
            traceback.print_exc()
            message = f"The helper met a fault it does not know: {type(error).__name__}: {error}"
            self._write(ErrorReply(id=request.id, message=message))

    def _handler_of(self, request: Request) -> Handler:
        kind = str(type(request).__struct_config__.tag)
        module, _, name = self._handlers[kind].partition(":")
        handler: Handler = getattr(import_module(module), name)
        return handler

    def _write(self, reply: Reply) -> None:
        line = msgspec.json.encode(reply) + b"\n"
        with self._writing:
            try:
                self._sink.write(line)
                self._sink.flush()
            except (BrokenPipeError, ValueError):  # nobody listens: the input ends next
                self._closing = True


class _Lane:
    """One thread that works off requests in order."""

    def __init__(self, work: Callable[[Request], None]) -> None:
        self._work = work
        self._waiting: SimpleQueue[Request | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def add(self, request: Request) -> None:
        """Work this off after all that was added before."""
        self._waiting.put(request)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def close(self) -> None:
        """End the thread after its work in progress, if that ends soon."""
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(GOODBYE_SECONDS)

    def _run(self) -> None:
        while (request := self._waiting.get()) is not None:
            self._work(request)
