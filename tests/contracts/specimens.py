"""A small specimen of everything that is registered. A new model or memory adds one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

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
    TitansModelSettings,
    TransformerSettings,
    TwistorSettings,
)
from hope_core.config.models.twistor import (
    ConstraintSettings,
    MemorySystemSettings,
    MobiusSettings,
    NestingSettings,
    RecurrenceSettings,
    SelfModificationSettings,
    SpinorSettings,
)
from hope_core.memories import build_memory
from hope_core.memories.continuum import Continuum
from hope_core.memories.twistor_cell import TwistorCell
from hope_core.memories.twistor_chunks import TwistorChunks
from hope_core.memories.twistor_fast_weight import TwistorFastWeight
from hope_core.memories.twistor_recurrent import TwistorRecurrent
from hope_core.memories.twistor_self_referential import SelfReferentialWeight
from hope_core.memories.twistor_slots import TwistorMemorySystem
from hope_core.memories.twistor_titans_cell import TwistorTitansCell
from hope_core.memories.twistor_untied_cell import UntiedTwistorCell
from hope_core.models import build_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.config.memories import MemorySettings
    from hope_core.config.models import ModelSettings
    from hope_core.memories.contract import Memory
    from hope_core.models.contract import LanguageModel

VOCABULARY = 31
WIDTH = 16
LEVELS = (
    LevelSettings(clock=1),
    LevelSettings(clock=4, learning_rate_factor=0.5, expansion=1.0),
    LevelSettings(clock=1, learning_rate_factor=0.1),
)
INDEPENDENT = (LevelSettings(), LevelSettings(clock=2, chunk=6))
NEXT_TOKEN = (LevelSettings(chunk=6, inner_loss="next_token"), LevelSettings())
NESTED = (LevelSettings(chunk=4, expansion=1.0), LevelSettings(chunk=10, step=0.5))
SMALL: dict[str, Any] = {"width": WIDTH, "layers": 1, "heads": 2}

MT_HOPE = (
    TwistorSettings(width=WIDTH, layers=2, heads=2, nesting=NestingSettings(levels=2)),
    TwistorSettings(
        spinor=SpinorSettings(tables="omega", phase_code=True),
        recurrence=RecurrenceSettings(mode="chunk_truncated", chunk=9, expansion=2.0),
        memory_system=MemorySystemSettings(slots=2, cycles=1, compression="linear"),
        nesting=NestingSettings(levels=1, fused_branches=True),
        constraint=ConstraintSettings(kind="constant"),
        tie_embeddings=True,
        **SMALL,
    ),
    TwistorSettings(
        spinor=SpinorSettings(tables="pi"),
        recurrence=RecurrenceSettings(cell="titans", scales=1, adaptive_rate=False),
        memory_system=MemorySystemSettings(slots=0),
        nesting=NestingSettings(levels=0),
        constraint=ConstraintSettings(kind="none"),
        **SMALL,
    ),
    TwistorSettings(
        mobius=MobiusSettings(enabled=False),
        self_modification=SelfModificationSettings(enabled=False),
        memory_system=MemorySystemSettings(compression="phase"),
        nesting=NestingSettings(levels=1, dynamic_weights=False),
        **SMALL,
    ),
    TwistorSettings(
        recurrence=RecurrenceSettings(gates="untied", scales=1),
        memory_system=MemorySystemSettings(slots=0),
        nesting=NestingSettings(levels=0),
        **SMALL,
    ),
    TwistorSettings(
        recurrence=RecurrenceSettings(
            mode="chunk_truncated", chunk=9, warm_up=4, connector=True, scales=1
        ),
        memory_system=MemorySystemSettings(slots=0),
        nesting=NestingSettings(levels=0),
        **SMALL,
    ),
    TwistorSettings(
        recurrence=RecurrenceSettings(scales=1),
        self_modification=SelfModificationSettings(
            self_referential=True, value_chunk=7, train_scale=0.1
        ),
        memory_system=MemorySystemSettings(slots=0),
        nesting=NestingSettings(levels=0),
        **SMALL,
    ),
)

MODELS: dict[str, tuple[ModelSettings, ...]] = {
    "hope": (
        HopeSettings(width=WIDTH, layers=2, heads=2, levels=LEVELS),
        HopeSettings(
            width=WIDTH,
            layers=1,
            heads=4,
            convolution=1,
            memory=TitansSettings(momentum=False, read="before", chunk=5),
            tie_embeddings=True,
        ),
        HopeSettings(memory=SelfModifyingSettings(chunk_memory=12, chunk_other=5), **SMALL),
        HopeSettings(memory=AttentionSettings(), **SMALL),
        HopeSettings(arrangement="independent", levels=INDEPENDENT, **SMALL),
        HopeSettings(arrangement="nested", levels=NESTED, **SMALL),
        HopeSettings(levels=NEXT_TOKEN, **SMALL),
        HopeSettings(
            memory=TitansSettings(chunk=4, outer_gradient="truncated", outer_chunks=2), **SMALL
        ),
    ),
    "titans": (
        TitansModelSettings(variant="lmm", memory=DeepSettings(chunk=8), **SMALL),
        TitansModelSettings(variant="mac", segment=12, memory=HopeDgdSettings(), **SMALL),
        TitansModelSettings(variant="mac", segment=9, gate="token", persistent=0, **SMALL),
        TitansModelSettings(variant="mag", segment=8, tie_embeddings=True, **SMALL),
        TitansModelSettings(variant="mal", segment=8, persistent=2, **SMALL),
    ),
    "mt_hope": MT_HOPE,
    "transformer": (
        TransformerSettings(width=WIDTH, layers=2, heads=2),
        TransformerSettings(width=WIDTH, layers=1, heads=4, tie_embeddings=True),
    ),
}

MEMORY_SETTINGS: dict[str, tuple[MemorySettings, ...]] = {
    "titans": (TitansSettings(chunk=8),),
    "hope_dgd": (HopeDgdSettings(), HopeDgdSettings(momentum=False, erase_scale=0.0)),
    "gated_delta": (GatedDeltaSettings(beta_max=2.0),),
    "deep": (
        DeepSettings(chunk=6),
        DeepSettings(chunk=8, rule="hope_dgd", momentum=False, read="before"),
    ),
    "ttt_linear": (TttLinearSettings(chunk=8),),
    "ttt_mlp": (TttMlpSettings(chunk=8, hidden=1.5),),
    "self_modifying": (
        SelfModifyingSettings(chunk_memory=12, chunk_other=5),
        SelfModifyingSettings(
            query="adaptive", gate_form="square", momentum=0.5, chunk_memory=8, chunk_other=16
        ),
        SelfModifyingSettings(network="mlp", hidden=1.5, chunk_memory=12, chunk_other=5),
    ),
    "attention": (AttentionSettings(), AttentionSettings(window=6)),
    "gru": (GruSettings(),),
    "lstm": (LstmSettings(),),
}


def _maker(settings: MemorySettings) -> Callable[[], Memory]:
    return lambda: build_memory(settings, WIDTH, heads=2, convolution=4)


MEMORIES: dict[str, Callable[[], Memory]] = {
    f"{kind}-{index}": _maker(settings)
    for kind, variants in MEMORY_SETTINGS.items()
    for index, settings in enumerate(variants)
}
MEMORIES["continuum-0"] = lambda: Continuum(WIDTH, LEVELS)
MEMORIES["continuum-1"] = lambda: Continuum(WIDTH, INDEPENDENT, arrangement="independent")
MEMORIES["continuum-2"] = lambda: Continuum(WIDTH, NESTED, arrangement="nested")
MEMORIES["twistor_cell-0"] = lambda: TwistorCell(
    WIDTH, channels=8, heads=2, convolution=4, mobius=MobiusSettings()
)
MEMORIES["twistor_cell-1"] = lambda: TwistorCell(
    WIDTH, channels=12, heads=2, convolution=1, mobius=MobiusSettings(antilinear=False)
)
MEMORIES["twistor_untied_cell-0"] = lambda: UntiedTwistorCell(
    WIDTH, channels=8, heads=2, convolution=4, mobius=MobiusSettings()
)
MEMORIES["twistor_titans_cell-0"] = lambda: TwistorTitansCell(WIDTH, hidden=8, heads=2)
MEMORIES["twistor_titans_cell-1"] = lambda: TwistorTitansCell(WIDTH, hidden=8, cell_state=False)
MEMORIES["twistor_recurrent-0"] = lambda: TwistorRecurrent(MT_HOPE[0])
MEMORIES["twistor_recurrent-1"] = lambda: TwistorRecurrent(MT_HOPE[1])
MEMORIES["twistor_chunks-0"] = lambda: TwistorChunks(
    TwistorCell(WIDTH, channels=8, heads=2, convolution=4, mobius=MobiusSettings()),
    width=WIDTH,
    chunk=9,
    warm_up=4,
    twistor=16,
)
MEMORIES["twistor_chunks-1"] = lambda: TwistorChunks(
    TwistorTitansCell(WIDTH, hidden=8), width=WIDTH, chunk=7, warm_up=7
)
MEMORIES["twistor_fast_weight-0"] = lambda: TwistorFastWeight(
    WIDTH, heads=2, convolution=4, settings=SelfModificationSettings()
)
MEMORIES["twistor_self_referential-0"] = lambda: SelfReferentialWeight(
    WIDTH, heads=2, convolution=4, settings=SelfModificationSettings(value_chunk=7)
)
MEMORIES["twistor_slots-0"] = lambda: TwistorMemorySystem(
    WIDTH, settings=MemorySystemSettings(), mobius=MobiusSettings()
)
MEMORIES["twistor_slots-1"] = lambda: TwistorMemorySystem(
    WIDTH,
    settings=MemorySystemSettings(slots=5, cycles=1, compression="phase"),
    mobius=MobiusSettings(enabled=False),
)


def make_model(settings: ModelSettings, *, seed: int = 0) -> LanguageModel:
    """A float64 model of these settings."""
    return build_model(settings, VOCABULARY, seed=seed).double()


def make_memory(name: str, *, seed: int = 0) -> Memory:
    """A float64 memory of this name."""
    memory = MEMORIES[name]()
    memory.init_weights(torch.Generator().manual_seed(seed), output_scale=1.0)
    return memory.double()


def some_tokens(*, batch: int = 3, length: int = 40, seed: int = 1) -> torch.Tensor:
    """Random token rows."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(VOCABULARY, (batch, length), generator=generator)


def some_inputs(*, batch: int = 3, length: int = 40, seed: int = 1) -> torch.Tensor:
    """Random float64 input of a memory."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(batch, length, WIDTH, dtype=torch.float64, generator=generator)
