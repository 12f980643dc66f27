"""Memories: the parts of a model that store what has been read. One file each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.table import Table

if TYPE_CHECKING:
    from hope_core.config.memories import MemorySettings
    from hope_core.memories.contract import Memory

MEMORIES = Table(
    "memory",
    {
        "titans": "hope_core.memories.titans:Titans",
        "hope_dgd": "hope_core.memories.hope_dgd:HopeDgd",
        "gated_delta": "hope_core.memories.gated_delta:GatedDelta",
        "deep": "hope_core.memories.deep:Deep",
        "ttt_linear": "hope_core.memories.ttt:TttLinear",
        "ttt_mlp": "hope_core.memories.ttt:TttMlp",
        "self_modifying": "hope_core.memories.self_modifying:SelfModifying",
        "attention": "hope_core.memories.attention:Attention",
        "gru": "hope_core.memories.recurrent:Gru",
        "lstm": "hope_core.memories.recurrent:Lstm",
        "continuum": "hope_core.memories.continuum:Continuum",
        "twistor_cell": "hope_core.memories.twistor_cell:TwistorCell",
        "twistor_untied_cell": "hope_core.memories.twistor_untied_cell:UntiedTwistorCell",
        "twistor_titans_cell": "hope_core.memories.twistor_titans_cell:TwistorTitansCell",
        "twistor_recurrent": "hope_core.memories.twistor_recurrent:TwistorRecurrent",
        "twistor_chunks": "hope_core.memories.twistor_chunks:TwistorChunks",
        "twistor_fast_weight": "hope_core.memories.twistor_fast_weight:TwistorFastWeight",
        "twistor_self_referential": (
            "hope_core.memories.twistor_self_referential:SelfReferentialWeight"
        ),
        "twistor_slots": "hope_core.memories.twistor_slots:TwistorMemorySystem",
    },
)


def build_memory(settings: MemorySettings, width: int, *, heads: int, convolution: int) -> Memory:
    """The memory of these settings, without weights yet.

    Args:
        settings: which memory, and its numbers.
        width: channels of its tokens.
        heads: parts of equal width that remember on their own; divides width.
        convolution: tokens of the local causal convolution, for the memories that have one.
    """
    memory: Memory = MEMORIES.load(settings.kind)(
        width, heads=heads, convolution=convolution, settings=settings
    )
    return memory
