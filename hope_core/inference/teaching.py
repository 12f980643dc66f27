"""How a conversation learns, and what it keeps of each of its turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from hope_core.errors import TeachingError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import Tensor

    from hope_core.nn.state import State

NOTHING_LEARNS = (
    "This model has no memory that learns: what it carries from token to token is the text itself. "
    "Choose a model with a memory, or let the weights learn as well (full_model)."
)
Mode = Literal["memory_only", "full_model"]
Kind = Literal["start", "read", "taught", "written", "loaded"]


def mode_of(word: str) -> Mode:
    """The mode of this name.

    Raises:
        TeachingError: there is none.
    """
    for mode in get_args(Mode):
        if mode == word:
            return cast("Mode", mode)
    raise TeachingError(f"There is no mode {word!r}: use memory_only or full_model.")


@dataclass(frozen=True, kw_only=True)
class TeachingSettings:
    """How a conversation learns."""

    mode: Mode = "memory_only"
    learning_rate: float = 1e-3
    """Of the weights, in full_model (AdamW)."""
    readings: int = 1
    """How often a text that is taught is read."""
    study_steps: int = 16
    """Gradient steps on a text that is taught; 0: reading alone, with the trained gates."""
    study_rate: float = 0.1
    """Length of a step of study, as a share of the memory's length."""

    def check(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            TeachingError: a number is out of its range.
        """
        for name, value, low, high in (
            ("learning_rate", self.learning_rate, 0.0, 1.0),
            ("readings", self.readings, 0, 100),
            ("study_steps", self.study_steps, 0, 1000),
            ("study_rate", self.study_rate, 0.0, 10.0),
        ):
            if not low <= value <= high:
                raise TeachingError(f"{name}: {value} is not between {low:,} and {high:,}.")


@dataclass(frozen=True)
class Moment:
    """A conversation as it stood after one of its turns."""

    kind: Kind
    words: str
    """How the turn's text began, or the loaded memory's name."""
    state: State
    logits: Tensor
    """Of the next token (V,)."""
    tokens: int
    """Read and written so far."""
    weights: dict[str, Tensor] | None = None
    """In full_model, as they were."""
    study: tuple[float, ...] = ()
    """Mean surprise of what was taught, before each step of study and after the last."""


MOST_BYTES = 1 << 30
"""What all moments of a conversation may keep together; the oldest ones make room."""


def make_room(moments: list[Moment]) -> None:
    """Forget the oldest moments but the first, until the others keep no more than they may."""
    while len(moments) > 2 and kept_bytes(moments) > MOST_BYTES:
        del moments[1]


def kept_bytes(moments: Iterable[Moment]) -> int:
    """What moments keep: states, and in full_model weights (bytes)."""
    total = 0
    for moment in moments:
        kept = (*moment.state.named_tensors().values(), *(moment.weights or {}).values())
        total += sum(tensor.numel() * tensor.element_size() for tensor in kept)
    return total
