"""The picture of what a token rewrites shows the rules of the parts that are switched on."""

from __future__ import annotations

import pytest

from hope_core.config.models import TwistorSettings
from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.drawing import twistor_rules as rules
from hope_core.drawing.figures import model_figure, written

SHOWN = {
    "": (rules.TIED, rules.MOBIUS, rules.GIVEN, rules.SLOTS),
    "recurrence.gates=untied": (rules.UNTIED, rules.MOBIUS, rules.GIVEN, rules.SLOTS),
    "recurrence.cell=titans": (rules.TITANS, rules.GIVEN, rules.SLOTS),
    "mobius.enabled=false": (rules.TIED, rules.GIVEN, rules.SLOTS),
    "self_modification.self_referential=true": (
        rules.TIED,
        rules.MOBIUS,
        rules.MADE,
        rules.SLOTS,
    ),
    "self_modification.enabled=false": (rules.TIED, rules.MOBIUS, rules.SLOTS),
    "memory_system.slots=0": (rules.TIED, rules.MOBIUS, rules.GIVEN),
}


@pytest.mark.parametrize("change", SHOWN)
def test_rules_are_those_of_the_parts_that_are_on(change: str) -> None:
    changes = [f"model.{change}"] if change else []
    settings = apply_overrides(load_preset("mt-hope/small"), changes).model
    assert isinstance(settings, TwistorSettings)
    assert rules.twistor_rules(settings) == SHOWN[change]


@pytest.mark.parametrize("change", ["gates=untied", "cell=titans"])
def test_rules_of_other_forms_can_be_drawn(change: str) -> None:
    changes = [f"model.recurrence.{change}", "model.self_modification.self_referential=true"]
    config = apply_overrides(load_preset("mt-hope/small"), changes)
    assert written(model_figure("memory-update", config), "svg")
