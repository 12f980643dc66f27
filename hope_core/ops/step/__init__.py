"""One token of one text at a time, as in writing: a whole memory or perceptron in one call."""

from hope_core.ops.step.dispatch import (
    Rule,
    StepParts,
    memory_step,
    perceptron_step,
    steps_alone,
)

__all__ = ["Rule", "StepParts", "memory_step", "perceptron_step", "steps_alone"]
