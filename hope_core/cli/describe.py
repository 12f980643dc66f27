"""`hope describe`: what a preset or a run is made of, in computed figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table as RichTable

from hope_core.cli.options import Data, Device, Json, Preset, Settings, configure
from hope_core.cli.output import Output, size, user_errors
from hope_core.config.data import BpeSettings
from hope_core.config.run import warnings_for

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig


def describe(
    preset: Preset,
    *,
    data: Data = None,
    settings: Settings = None,
    device: Device = None,
    as_json: Json = False,
) -> None:
    """Show what a preset is made of: parameters, memory, levels and their clocks."""
    output = Output(as_json=as_json)
    with user_errors(output):
        config = configure(preset, data=data, settings=settings, device=device)
        from hope_core.models import build_model
        from hope_core.models.estimates import estimate, outer_gradient_bytes

        vocabulary = vocabulary_of(config)
        sizes = estimate(config, vocabulary)
        ways = outer_gradient_bytes(config, vocabulary)
        model = build_model(config.model, vocabulary, device="meta")
    rate = config.train.learning_rate
    levels = [
        {
            "name": level.name,
            "clock": level.clock,
            "learning_rate": rate * level.learning_rate_factor,
            "parameters": sum(parameter.numel() for parameter in level.parameters),
        }
        for level in model.levels()
    ]
    memory = {
        "weights": sizes.weight_bytes,
        "gradients": sizes.gradient_bytes,
        "optimizer": sizes.optimizer_bytes,
        "activations": sizes.activation_bytes,
        "total": sizes.total_bytes,
    }
    output.say(f"{config.name}: {config.description}")
    output.say(f"{sizes.parameters:,} parameters; model {config.model.kind}, {vocabulary} tokens")
    shares = ", ".join(f"{name} {size(count)}" for name, count in memory.items())
    output.say(f"memory of training: {shares}")
    if ways:
        activations = ", ".join(f"{way} {size(count)}" for way, count in ways.items())
        output.say(f"activations by outer gradient (model.memory.outer_gradient): {activations}")
    table = RichTable("level", "clock (steps)", "learning rate", "parameters", box=None)
    for level in levels:
        clock, numbers = f"{level['clock']}", f"{level['parameters']:,}"
        table.add_row(str(level["name"]), clock, f"{level['learning_rate']:g}", numbers)
    output.console.print(table)
    warnings = [str(warning) for warning in warnings_for(config)]
    for warning in warnings:
        output.say(f"Note: {warning}")
    output.result(
        {
            "name": config.name,
            "model": config.model.kind,
            "parameters": sizes.parameters,
            "vocabulary": vocabulary,
            "flops_per_token": model.flops_per_token(config.data.sequence_length),
            "memory_bytes": memory,
            "outer_gradient_bytes": ways,
            "levels": levels,
            "warnings": warnings,
            "config": config.model_dump(mode="json"),
        }
    )


def vocabulary_of(config: RunConfig) -> int:
    """The vocabulary the settings ask for; a trained tokenizer never has more."""
    tokenizer = config.data.tokenizer
    return tokenizer.vocabulary if isinstance(tokenizer, BpeSettings) else 256
