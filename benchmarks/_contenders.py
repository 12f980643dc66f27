"""Who is compared: models by name, brought to the same number of parameters within 2 %.

Notable: the transformer of a size sets the number; memories in blocks have its width, blocks and
heads, or a shape of their own where one was found to learn better, and MLPs as wide as fits (plain
recurrent stacks have none and get a width of their own).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from benchmarks._code import code_digest
from benchmarks._incidence import AttentiveSettings, build_attentive
from benchmarks._stacked import StackSettings, build_stack
from benchmarks._twistors import CHANGES, twistor_settings, without_later
from hope_core.config.memories import (
    AttentionSettings,
    DeepSettings,
    GatedDeltaSettings,
    GruSettings,
    HopeDgdSettings,
    LstmSettings,
    SelfModifyingSettings,
    TitansSettings,
    TttLinearSettings,
    TttMlpSettings,
)
from hope_core.config.models import (
    HopeSettings,
    LevelSettings,
    TransformerSettings,
    TwistorSettings,
)
from hope_core.memories import MEMORIES
from hope_core.models import build_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.config.memories import MemorySettings
    from hope_core.models.contract import LanguageModel

TOLERANCE = 0.02


@dataclass(frozen=True)
class Shape:
    """How wide, how many blocks, how many heads in each."""

    width: int
    layers: int
    heads: int


@dataclass(frozen=True)
class Size:
    """The shape of a size's transformer: 12 width^2 weights a block, and two tables.

    `memories` is the shape of what has a memory in its blocks, where it is another.
    """

    width: int
    layers: int
    heads: int
    vocabulary: int = 256
    memories: Shape | None = None


SIZES = {
    "tiny": Size(width=32, layers=2, heads=2),
    "100k": Size(width=64, layers=2, heads=1),
    "1M": Size(width=128, layers=5, heads=2, memories=Shape(width=192, layers=2, heads=3)),
    "1M wide": Size(width=192, layers=2, heads=3),
    "5M": Size(width=256, layers=6, heads=4),
    "14M": Size(width=384, layers=8, heads=6),
}


@dataclass(frozen=True)
class Contender:
    """A model's settings at a size, ready to build as often as wanted."""

    name: str
    settings: (
        HopeSettings | TransformerSettings | TwistorSettings | AttentiveSettings | StackSettings
    )
    vocabulary: int

    def build(self, *, seed: int = 0, device: str = "cpu") -> LanguageModel:
        """The model with fresh weights."""
        if isinstance(self.settings, StackSettings):
            return build_stack(self.settings, self.vocabulary, seed=seed, device=device)
        if isinstance(self.settings, AttentiveSettings):
            return build_attentive(self.settings, self.vocabulary, seed=seed, device=device)
        return build_model(self.settings, self.vocabulary, seed=seed, device=device)

    def parameters(self) -> int:
        """Number of trained values."""
        return self.build(device="meta").parameter_count()

    def code(self) -> str:
        """A digest of the code that builds and trains it."""
        modules = (type(part).__module__ for part in self.build(device="meta").modules())
        return code_digest(frozenset(m for m in modules if not m.startswith("torch.")))

    def described(self) -> dict[str, Any]:
        """The settings as JSON, the name left out: equal means the same model."""
        if isinstance(self.settings, StackSettings):
            return asdict(self.settings) | {"vocabulary": self.vocabulary}
        if isinstance(self.settings, AttentiveSettings):
            return without_later(self.settings.described()) | {"vocabulary": self.vocabulary}
        if isinstance(self.settings, TwistorSettings):
            told = without_later(self.settings.model_dump(mode="json"))
            return told | {"vocabulary": self.vocabulary}
        return self.settings.model_dump(mode="json") | {"vocabulary": self.vocabulary}


@dataclass(frozen=True)
class Family:
    """A memory in HOPE's block, before its MLPs: expansions and clocks, fast to slow."""

    memory: MemorySettings
    expansions: tuple[float, ...] = (3.5,)
    clocks: tuple[int, ...] = (1,)


FAMILIES = {
    "hope": Family(HopeDgdSettings(), (2.0, 1.5), (1, 4)),
    "hope self-modifying": Family(SelfModifyingSettings(), (2.0, 1.5), (1, 4)),
    "hope one clock": Family(HopeDgdSettings(), (2.0, 1.5), (1, 1)),
    "hope one mlp": Family(HopeDgdSettings()),
    "hope with titans": Family(TitansSettings(), (2.0, 1.5), (1, 4)),
    "hope attention": Family(AttentionSettings(), (2.0, 1.5), (1, 4)),
    "titans": Family(TitansSettings()),
    "titans deep": Family(DeepSettings()),
    "gated deltanet": Family(GatedDeltaSettings()),
    "ttt linear": Family(TttLinearSettings()),
    "ttt mlp": Family(TttMlpSettings()),
    "lstm in blocks": Family(LstmSettings()),
    "gru in blocks": Family(GruSettings()),
}
STACKS = ("lstm", "gru")
ATTENTIVE = "mt-hope with incidence attention"


def names() -> tuple[str, ...]:
    """Every contender this version can build."""
    blocks = (n for n, f in FAMILIES.items() if f.memory.kind in MEMORIES.names())
    return ("transformer", *STACKS, *blocks, *CHANGES, ATTENTIVE)


def contender(name: str, size: Size) -> Contender:
    """The model of this name with as many parameters as the size's transformer, within 2 %.

    Raises:
        ValueError: there is none of that name, or its parts alone are too big.
    """
    yardstick = Contender(
        "transformer",
        TransformerSettings(width=size.width, layers=size.layers, heads=size.heads),
        size.vocabulary,
    )
    if name == "transformer":
        return yardstick
    if name not in names():
        raise ValueError(f"There is no contender '{name}'. Known: {', '.join(names())}.")
    target = yardstick.parameters()
    if name in STACKS:
        return _fitted(lambda factor: _stack(name, round(factor * size.width), size), target)
    if name in (*CHANGES, ATTENTIVE):
        return _fitted(lambda factor: _twistors(name, factor, size), target)
    return _fitted(lambda factor: _blocks(name, factor, size), target)


def _stack(name: str, width: int, size: Size) -> Contender:
    cell: Any = name
    return Contender(name, StackSettings(cell=cell, width=width, layers=2), size.vocabulary)


def _twistors(name: str, factor: float, size: Size) -> Contender:
    settings = twistor_settings(
        "mt-hope" if name == ATTENTIVE else name,
        width=size.width,
        layers=size.layers,
        heads=size.heads,
        factor=factor,
    )
    if name == ATTENTIVE:
        return Contender(name, AttentiveSettings(settings, settings.heads), size.vocabulary)
    return Contender(name, settings, size.vocabulary)


def _blocks(name: str, factor: float, size: Size) -> Contender:
    family = FAMILIES[name]
    levels = tuple(
        LevelSettings(clock=clock, expansion=expansion * factor)
        for expansion, clock in zip(family.expansions, family.clocks, strict=True)
    )
    shape = size.memories or size
    settings = HopeSettings(
        width=shape.width,
        layers=shape.layers,
        heads=shape.heads,
        memory=family.memory,
        levels=levels,
    )
    return Contender(name, settings, size.vocabulary)


def _fitted(build: Callable[[float], Contender], target: int) -> Contender:
    """Halve the interval of the factor until the parameters are nearest to the target."""
    low, high = 0.02, 4.0
    tried = []
    for _ in range(14):
        middle = (low + high) / 2
        tried.append(build(middle))
        low, high = (middle, high) if tried[-1].parameters() < target else (low, middle)
    return _nearest(tried, target)


def _nearest(tried: list[Contender], target: int) -> Contender:
    best = min(tried, key=lambda one: abs(one.parameters() - target))
    if abs(best.parameters() - target) > TOLERANCE * target:
        raise ValueError(
            f"{best.name}: {best.parameters():,} parameters is as near as it comes to {target:,}."
        )
    return best
