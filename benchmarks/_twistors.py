"""MT-HOPE as a contender: the whole model, and the whole model with one part off or on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hope_core.config.models import TwistorSettings
from hope_core.config.models.twistor import (
    ConstraintSettings,
    MemorySystemSettings,
    MobiusSettings,
    NestingSettings,
    RecurrenceSettings,
    SelfModificationSettings,
    SpinorSettings,
)

if TYPE_CHECKING:
    from hope_core.config.base import Settings

LEVELS, SLOTS, STATE = 2, 3, 2.0
"""Nested levels and slots of the whole model; the state's width over the stream's."""
DEPTH = 0.8
"""Blocks over those of the transformer of the size: states are wide, so fewer of them."""
DEEP = 4
"""With fewer blocks the parts besides the recurrence leave room for one with a narrow state."""
CHANGES: dict[str, dict[str, Settings]] = {
    "mt-hope": {},
    "mt-hope without moebius": {"mobius": MobiusSettings(enabled=False)},
    "mt-hope without antilinear": {"mobius": MobiusSettings(antilinear=False, adaptive=False)},
    "mt-hope without self-modification": {
        "self_modification": SelfModificationSettings(enabled=False)
    },
    "mt-hope without memory system": {"memory_system": MemorySystemSettings(slots=0)},
    "mt-hope without nested levels": {"nesting": NestingSettings(levels=0)},
    "mt-hope without constraint": {"constraint": ConstraintSettings(kind="none")},
    "mt-hope with phase code": {"spinor": SpinorSettings(phase_code=True)},
    "mt-hope with self-referential values": {
        "self_modification": SelfModificationSettings(self_referential=True)
    },
    "mt-hope with untied gates": {"recurrence": RecurrenceSettings(gates="untied")},
    "mt-hope recurrence alone": {
        "mobius": MobiusSettings(enabled=False),
        "self_modification": SelfModificationSettings(enabled=False),
        "memory_system": MemorySystemSettings(slots=0),
        "nesting": NestingSettings(levels=0),
        "constraint": ConstraintSettings(kind="none"),
    },
}
LATER = {
    "recurrence": ("gates", "warm_up", "connector"),
    "self_modification": ("self_referential", "value_chunk", "train_scale"),
}
"""Settings that came after the first results, by group: see `without_later`."""


def without_later(told: dict[str, Any]) -> dict[str, Any]:
    """MT-HOPE's settings as JSON without the later ones that are as by default.

    By default they change nothing, so that results from before they came are still found.
    """
    plain = TwistorSettings().model_dump(mode="json")
    kept = dict(told)
    for group, names in LATER.items():
        same = {name for name in names if told[group][name] == plain[group][name]}
        kept[group] = {n: value for n, value in told[group].items() if n not in same}
    return kept


def twistor_settings(
    name: str, *, width: int, layers: int, heads: int, factor: float
) -> TwistorSettings:
    """The settings of this name.

    Args:
        name: one of `CHANGES`.
        width: of the stream.
        layers: of the transformer of the same size.
        heads: of that transformer.
        factor: hidden width of the evolution's MLPs, as a multiple of the stream's.
    """
    parts: dict[str, Any] = {
        "nesting": NestingSettings(levels=LEVELS),
        "memory_system": MemorySystemSettings(slots=SLOTS),
        **CHANGES[name],
    }
    expansion = STATE if layers >= DEEP else 1.0
    form: RecurrenceSettings = parts.pop("recurrence", RecurrenceSettings())
    recurrence = form.model_copy(update={"expansion": expansion, "scale_expansion": factor})
    depth = round(DEPTH * layers) if layers >= DEEP else 1
    return TwistorSettings(
        width=width, layers=depth, heads=2 * heads, recurrence=recurrence, **parts
    )
