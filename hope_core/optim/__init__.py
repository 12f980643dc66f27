"""Optimizers: a table of kinds, nested levels with their clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.optim.nested import NestedOptimizer, OptimizerState, StepReport
from hope_core.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torch import nn

    from hope_core.config.optimizers import OptimizerSettings
    from hope_core.optim.layout import Layout
    from hope_core.optim.nested import Level

__all__ = [
    "OPTIMIZERS",
    "NestedOptimizer",
    "OptimizerState",
    "StepReport",
    "build_optimizer",
]

OPTIMIZERS = Table(
    "optimizer",
    {
        "adamw": "hope_core.optim.adamw:adamw_parts",
        "muon": "hope_core.optim.muon:muon_parts",
        "m3_literal": "hope_core.optim.m3:m3_parts",
        "m3_ema": "hope_core.optim.m3:m3_parts",
        "delta_momentum": "hope_core.optim.delta_momentum:delta_momentum_parts",
        "dmgd": "hope_core.optim.dmgd:dmgd_parts",
    },
)


def build_optimizer(
    settings: OptimizerSettings,
    levels: Sequence[Level],
    *,
    tables: Iterable[nn.Parameter] = (),
    sharded: bool = False,
) -> NestedOptimizer:
    """The optimizer of a run: every level of the model with its own clock and learning rate.

    Args:
        settings: which optimizer, and its numbers.
        levels: the model's levels; together they hold each parameter once.
        tables: matrices with one row a token (embedding, output layer). They are no hidden
            matrices: AdamW moves them, without weight decay.
        sharded: the parameters lie in parts over several processes.
    """
    parts = OPTIMIZERS.load(settings.kind)
    outside = {id(table) for table in tables}
    members = [level.parameters for level in levels]
    layout: Layout | None = None
    if sharded:
        from hope_core.optim.sharded import Sharded

        layout = Sharded()
        if settings.kind != "adamw":
            members = [layout.add_level(parameters, outside) for parameters in members]
    return NestedOptimizer(levels, [parts(settings, p, outside) for p in members], layout)
