"""TalkLink: one conversation with the helper process; one wish at a time, nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from hope_core.inference.messages import ErrorReply
from hope_core.inference.talk_messages import (
    CloseTalkRequest,
    CompareMemoriesRequest,
    DifferenceReply,
    LoadMemoryRequest,
    MergeMemoriesRequest,
    RecipeReply,
    RecipeRequest,
    RemoveMemoryRequest,
    RollBackRequest,
    SaveMemoryRequest,
    TalkReply,
    TellRequest,
    TurnReply,
    WriteOnRequest,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.inference.talk_messages import OpenTalkRequest, TalkRequest, TalkTold
    from hope_studio.service_link import ServiceLink
    from hope_studio.widgets.sampling_form import Sampling


class TalkLink(QObject):
    """Asks, and tells what comes back.

    Each method returns whether the wish was sent: none is while another is on its way.

    Signals:
        changed: the conversation or whether it is busy changed; see `talk` and `busy`.
        told: a tuple of TokenTold, as they happen.
        ended: the TurnReply with which a turn ended.
        answered: a RecipeReply.
        compared: a DifferenceReply.
        failed: a sentence about what went wrong.
        noticed: a sentence that a person should know.
    """

    changed = Signal()
    told = Signal(object)
    ended = Signal(object)
    answered = Signal(object)
    compared = Signal(object)
    failed = Signal(str)
    noticed = Signal(str)

    def __init__(self, service: ServiceLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.talk: TalkTold | None = None
        self._service = service
        self._asked = ""
        service.replied.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether an answer is on its way."""
        return bool(self._asked)

    def open(self, request: OpenTalkRequest) -> bool:
        """Begin a conversation; the one before ends, and leaves its memory behind."""
        if self.busy:
            return False
        self.close()
        return self._ask(request)

    def close(self) -> None:
        """End the conversation; its last word is not waited for."""
        if self.talk is not None:
            self._service.ask(CloseTalkRequest(talk=self.talk.id))
            self.talk = None
            self.changed.emit()

    def tell(self, text: str, *, teach: bool) -> bool:
        """Let the model read a text, or teach it."""
        return self._about(lambda talk: TellRequest(talk=talk, text=text, teach=teach))

    def write_on(self, values: Sampling) -> bool:
        """Let the model go on."""
        return self._about(lambda talk: WriteOnRequest(talk=talk, **vars(values)))

    def follow(self, *, fact: str, question: str, answer: str, other: str) -> bool:
        """Teach a fact, then ask."""
        return self._about(
            lambda talk: RecipeRequest(
                talk=talk, fact=fact, question=question, answer=answer, other=other
            )
        )

    def roll_back(self, moment: int) -> bool:
        """Be again as after this moment."""
        return self._about(lambda talk: RollBackRequest(talk=talk, moment=moment))

    def save(self, name: str) -> bool:
        """Save the memory as it is now."""
        return self._about(lambda talk: SaveMemoryRequest(talk=talk, name=name))

    def load(self, name: str) -> bool:
        """Go on with a saved memory."""
        return self._about(lambda talk: LoadMemoryRequest(talk=talk, name=name))

    def remove(self, name: str) -> bool:
        """Remove a saved memory."""
        return self._about(lambda talk: RemoveMemoryRequest(talk=talk, name=name))

    def merge(self, second: str, weight: float, name: str) -> bool:
        """Save the mean of the memory as it is now and a saved one."""
        return self._about(
            lambda talk: MergeMemoriesRequest(
                talk=talk, first="", second=second, weight=weight, name=name
            )
        )

    def compare(self, second: str) -> bool:
        """How far is the memory, as it is now, from a saved one?"""
        return self._about(lambda talk: CompareMemoriesRequest(talk=talk, first="", second=second))

    def stop(self) -> None:
        """Give up what is on its way."""
        if self._asked:
            self._service.cancel(self._asked)

    def forget(self) -> None:
        """Another run is open: end the conversation, and hear no late answers."""
        self.stop()
        self._asked = ""
        self.close()

    def _about(self, make: Callable[[str], TalkRequest]) -> bool:
        if self.busy or self.talk is None:
            return False
        return self._ask(make(self.talk.id))

    def _ask(self, request: TalkRequest) -> bool:
        self._asked = request.id
        self._service.ask(request)
        self.changed.emit()
        return True

    @Slot(object)
    def _take(self, reply: object) -> None:
        if getattr(reply, "id", None) != self._asked or not self._asked:
            return
        match reply:
            case TalkReply():
                self.talk = reply.talk
                self._finish()
                for notice in reply.notices:
                    self.noticed.emit(notice)
            case TurnReply():
                self.told.emit(reply.told)
                if reply.done:
                    self.talk = reply.talk
                    self._finish()
                    self.ended.emit(reply)
            case RecipeReply():
                if reply.done:
                    self._finish()
                self.answered.emit(reply)
            case DifferenceReply():
                self._finish()
                self.compared.emit(reply)
            case ErrorReply():
                self._finish()
                self.failed.emit(f"{reply.message} {reply.hint}".rstrip())
            case _:
                pass

    def _finish(self) -> None:
        self._asked = ""
        self.changed.emit()
