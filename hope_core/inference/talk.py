"""One open conversation of the helper: whose it is, what it is called, how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hope_core.inference.memory_states import load_memory, save_memory, state_bytes
from hope_core.inference.talk_messages import MemoryTold, MomentTold, RowTold, TalkTold
from hope_core.runs.memory_files import LAST_SESSION, list_memories

if TYPE_CHECKING:
    from hope_core.inference.conversation import Conversation
    from hope_core.inference.memory_states import Owner
    from hope_core.nn.state import State

SMALL_BYTES = 16 << 20
"""A memory up to this size is kept after each turn, a larger one when the talk ends."""
MOST_MOMENTS = 200
"""Told at once: the latest."""


@dataclass(frozen=True)
class Talk:
    """A conversation and the run it is held with."""

    name: str
    conversation: Conversation
    owner: Owner

    def load(self, name: str, *, another_document: bool = False) -> tuple[str, ...]:
        """Go on with a saved memory, perhaps in a new document; what a person should know of it.

        Raises:
            TeachingError: there is none, or it belongs to another model.
        """
        state, saved, notices = load_memory(self.conversation.model, name, self.owner)
        self.conversation.load(state, name, saved.record.tokens, another_document=another_document)
        return notices

    def save(self, name: str, state: State | None = None) -> None:
        """Save the memory as it is now, or another one of this model.

        Raises:
            HopeError: the name cannot be used, or the folder cannot be written.
        """
        save_memory(
            state or self.conversation.state,
            name,
            self.owner,
            tokens=self.conversation.tokens,
            told=tuple(moment.words for moment in self.conversation.moments if moment.words),
            mode=self.conversation.settings.mode,
        )

    def keep(self, *, large: bool = False) -> None:
        """Leave the memory behind for the next conversation.

        Raises:
            RunError: the run's folder cannot be written.
        """
        if large or state_bytes(self.conversation.state) <= SMALL_BYTES:
            self.save(LAST_SESSION)


def talk_told(talk: Talk, *, still_open: bool = True) -> TalkTold:
    """A conversation as the studio shows it."""
    conversation = talk.conversation
    return TalkTold(
        id=talk.name,
        run=str(talk.owner.run.path),
        step=talk.owner.step,
        mode=conversation.settings.mode,
        rows=tuple(RowTold(row.path, row.head) for row in conversation.rows),
        moments=tuple(
            MomentTold(moment.kind, moment.words, moment.tokens, moment.study)
            for moment in conversation.moments[-MOST_MOMENTS:]
        ),
        memory_bytes=state_bytes(conversation.state),
        tokens=conversation.tokens,
        memories=tuple(
            MemoryTold(
                memory.name,
                memory.size,
                memory.sha256,
                memory.record.created,
                memory.record.tokens,
                memory.record.mode,
            )
            for memory in list_memories(talk.owner.run.path)
        ),
        open=still_open,
    )
