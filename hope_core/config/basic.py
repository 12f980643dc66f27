"""Which settings a person meets first. A form may hide all others until they are asked for."""

from __future__ import annotations

BASIC = frozenset(
    {
        "name",
        "seed",
        "device",
        "model.kind",
        "model.variant",
        "model.width",
        "model.layers",
        "model.heads",
        "model.memory.kind",
        "model.recurrence.cell",
        "model.nesting.levels",
        "data.source.kind",
        "data.source.path",
        "data.source.pattern",
        "data.source.field",
        "data.source.max_megabytes",
        "data.source.megabytes",
        "data.tokenizer.kind",
        "data.tokenizer.vocabulary",
        "data.sequence_length",
        "optimizer.kind",
        "train.steps",
        "train.max_seconds",
        "train.batch_size",
        "train.learning_rate",
        "train.evaluate_every",
        "train.sample_every",
        "train.sample_prompts",
    }
)
"""Dotted keys of the basic settings, over every kind of model, text and optimizer."""
