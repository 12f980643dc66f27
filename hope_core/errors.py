"""Mistakes a person can mend: each message says what was wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


class HopeError(Exception):
    """Base of every error whose message is meant for the person in front of the program."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a setting: its dotted place, what is wrong, and the fix."""

    place: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        sentence = f"{self.place}: {self.message}" if self.place else self.message
        return f"{sentence} {self.hint}".rstrip()


class ConfigError(HopeError):
    """Settings that cannot be used; carries every problem found, not only the first."""

    def __init__(self, problems: list[Problem], *, source: str = "") -> None:
        self.problems = tuple(problems)
        self.source = source
        head = f"{source}: " if source else ""
        super().__init__(head + "\n".join(str(problem) for problem in problems))


class DataError(HopeError):
    """Text that cannot be read or trained on; names the file and the byte offset."""


class RunError(HopeError):
    """A run folder that cannot be made, opened, locked or written."""


class CheckpointError(HopeError):
    """A checkpoint that is missing, incomplete, damaged or of another shape."""


class ForeignFileError(HopeError):
    """A file from elsewhere that is refused; nothing in it was run, nothing was left behind."""


class TrainingDivergedError(HopeError):
    """The loss is not a number any more; raised before the weights move."""


class ProofError(HopeError):
    """A model that breaks a promise of every model; raised before it trains."""


class GenerationError(HopeError):
    """A request for text that cannot be served."""


class TeachingError(HopeError):
    """A wish about a model's memory that cannot be fulfilled: teach, save, merge, load."""
