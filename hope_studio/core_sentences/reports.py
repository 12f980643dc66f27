"""What stands in a report of runs: its headings, the names of its figures, a run's states."""

from __future__ import annotations

FIGURES = (
    "State",
    "Model",
    "Parameters",
    "Best bits per byte, held-out",
    "at step",
    "Last bits per byte, held-out",
    "Held-out above training then",
    "First training loss (nats)",
    "Lowest training loss (nats)",
    "Last training loss (nats)",
    "Training loss fell by",
    "Mean training loss, in thirds",
    "Learning rate, highest and last",
    "Steps",
    "Tokens",
    "Training time",
    "Tokens a second",
    "Peak memory",
    "Peak GPU memory",
    "Device",
    "Seed",
    "Started",
)
TEXTS = (
    "en",
    "Bits per byte over steps",
    "Thin: training. Strong: held-out text.",
    "Dashed, level: the text's exact entropy.",
    "Figures",
    "What differs in the settings",
    "Setting",
    "Nothing: the runs have the same settings.",
    "Step {step}, after “{prompt}”",
    "Train it again",
    "All settings, machine and versions",
    "{name} and {count} more",
)
STATES = (
    "created",
    "preparing",
    "running",
    "paused",
    "stopped",
    "finished",
    "failed",
    "interrupted",
)
PHRASES = FIGURES + TEXTS + STATES
