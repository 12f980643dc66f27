"""The offer to look into the memory of a run that ended without a look, and the look itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from hope_core.inference.look_messages import LookReply, LookRequest
from hope_core.inference.messages import ErrorReply
from hope_studio.widgets.banner import Banner

if TYPE_CHECKING:
    from hope_studio.session import Session


class LateLook(Banner):
    """Seen while the open run is over, has a memory and was never looked into.

    The helper process looks, from the newest checkpoint, and writes into the run's folder; the run
    is read again afterwards.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._asked = ""
        self._of_run = ""
        self.acted.connect(self.look)
        session.service.replied.connect(self._take)

    @property
    def busy(self) -> bool:
        """Whether a look is being taken."""
        return bool(self._asked)

    @Slot()
    def follow(self) -> None:
        """Offer a look where there is none and none will come by itself."""
        run, history = self._session.run, self._session.history
        if (
            run is None
            or history is None
            or history.probes
            or not self._session.phase.ended
            or run.config.model.kind == "transformer"
        ):
            self.hide()
        elif self._asked and self._of_run == str(run.path):
            self.say(self.tr("Loading the newest checkpoint and looking into its memory ..."))
        else:
            words = self.tr(
                "Nobody looked into this run's memory while it trained. One look can still be "
                "taken, from its newest checkpoint."
            )
            self.say(words, action=self.tr("Look now"))

    @Slot()
    def look(self) -> None:
        """Take the look."""
        run = self._session.run
        if run is not None and not self._asked:
            self._of_run = str(run.path)
            self._asked = self._session.service.ask(LookRequest(run=self._of_run))
            self.follow()

    @Slot(object)
    def _take(self, reply: object) -> None:
        match reply:
            case LookReply() if reply.id == self._asked:
                self._asked = ""
                self._read_again()
            case ErrorReply() if reply.id == self._asked:
                self._asked = ""
                self.follow()
                self.say(f"{reply.message} {reply.hint}".rstrip(), tone="error")
            case _:
                pass

    def _read_again(self) -> None:
        run = self._session.run
        if run is not None and str(run.path) == self._of_run:
            self._session.open_run(run.path)
