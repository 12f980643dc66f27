"""Answers about a conversation's memories: save, load, remove, merge, compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.inference.memory_states import differences, load_memory, merged
from hope_core.inference.talk import talk_told
from hope_core.inference.talk_messages import DifferenceReply, LayerTold, TalkReply
from hope_core.inference.talks import talk_of
from hope_core.runs.memory_files import remove_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.inference.talk import Talk
    from hope_core.inference.talk_messages import (
        CompareMemoriesRequest,
        LoadMemoryRequest,
        MergeMemoriesRequest,
        RemoveMemoryRequest,
        SaveMemoryRequest,
    )
    from hope_core.nn.state import State


def answer_save(request: SaveMemoryRequest, check: Callable[[], None]) -> Iterator[TalkReply]:  # noqa: ARG001 - over at once
    """The memory as it is now, on the disk.

    Raises:
        HopeError: the name cannot be used, or the folder cannot be written.
    """
    talk = talk_of(request.talk)
    talk.save(request.name)
    yield TalkReply(id=request.id, talk=talk_told(talk))


def answer_load(request: LoadMemoryRequest, check: Callable[[], None]) -> Iterator[TalkReply]:  # noqa: ARG001 - over at once
    """The conversation, going on with a saved memory.

    Raises:
        TeachingError: there is none, or it belongs to another model.
    """
    talk = talk_of(request.talk)
    notices = talk.load(request.name)
    yield TalkReply(id=request.id, talk=talk_told(talk), notices=notices)


def answer_remove(request: RemoveMemoryRequest, check: Callable[[], None]) -> Iterator[TalkReply]:  # noqa: ARG001 - over at once
    """The conversation, without this saved memory.

    Raises:
        TeachingError: there is none of this name.
    """
    talk = talk_of(request.talk)
    remove_memory(talk.owner.run.path, request.name)
    yield TalkReply(id=request.id, talk=talk_told(talk))


def answer_merge(request: MergeMemoriesRequest, check: Callable[[], None]) -> Iterator[TalkReply]:  # noqa: ARG001 - over at once
    """The weighted mean of two memories, saved under a name of its own.

    Raises:
        HopeError: a memory, the share or the name cannot be used.
    """
    talk = talk_of(request.talk)
    mean = merged(_state(talk, request.first), _state(talk, request.second), request.weight)
    talk.save(request.name, mean)
    yield TalkReply(id=request.id, talk=talk_told(talk))


def answer_compare(
    request: CompareMemoriesRequest,
    check: Callable[[], None],  # noqa: ARG001 - over at once
) -> Iterator[DifferenceReply]:
    """How far two memories lie apart, layer by layer.

    Raises:
        TeachingError: a memory cannot be used.
    """
    talk = talk_of(request.talk)
    layers = differences(_state(talk, request.first), _state(talk, request.second))
    yield DifferenceReply(
        id=request.id,
        first=request.first,
        second=request.second,
        layers=tuple(LayerTold(d.path, d.first, d.second, d.difference) for d in layers),
    )


def _state(talk: Talk, name: str) -> State:
    """A saved memory, or with no name the one in use."""
    if not name:
        return talk.conversation.state
    return load_memory(talk.conversation.model, name, talk.owner)[0]
