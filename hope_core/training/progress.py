"""How far a run has come: what a checkpoint keeps beside weights and moments."""

from __future__ import annotations

import math

import msgspec


class Progress(msgspec.Struct):
    """The counters of a run; the one mutable record of the trainer."""

    step: int = 0
    tokens: int = 0
    """Tokens trained on."""
    seconds: float = 0.0
    """Time spent in steps (s)."""
    loss: float | None = None
    """Of the last step (nats a token)."""
    best_loss: float | None = None
    """Smallest validation loss so far (nats a token)."""
    best_step: int = 0
    evaluations_since_best: int = 0
    validation_loss: float | None = None
    """Of the last evaluation (nats a token)."""
    evaluated_at: int = -1
    """Step of the last evaluation."""

    rate_factor: float = 1.0
    """By what a person multiplies the scheduled learning rate."""
    skipped: int = 0
    """Steps left out because their loss or gradient was no number."""
    skipped_in_a_row: int = 0

    def record_step(self, loss: float, *, moved: bool) -> None:
        """Take note of a step: its loss (nats a token) and whether the weights moved."""
        if math.isfinite(loss):
            self.loss = loss
        self.skipped += not moved
        self.skipped_in_a_row = 0 if moved else self.skipped_in_a_row + 1

    def record_evaluation(self, loss: float) -> bool:
        """Take note of a validation loss; whether it is the best so far."""
        self.validation_loss = loss
        self.evaluated_at = self.step
        is_best = self.best_loss is None or loss < self.best_loss
        if is_best:
            self.best_loss, self.best_step = loss, self.step
        self.evaluations_since_best = 0 if is_best else self.evaluations_since_best + 1
        return is_best


def bits_per_byte(loss: float, bytes_per_token: float) -> float:
    """A loss in nats a token as bits a byte of text."""
    return loss / math.log(2.0) / bytes_per_token
