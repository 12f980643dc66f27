"""A two-layer memory that learns from gradients frozen at each chunk's start.

Titans (Behrouz et al. 2025) calls it a deep memory; memory-math.md 2.3 derives the parallel form.
"""

from __future__ import annotations

from hope_core.ops.mlp_memory.dual import Learned, chunk_spans, dual, move_layers
from hope_core.ops.mlp_memory.network import MlpGates, MlpWeights
from hope_core.ops.mlp_memory.reference import reference

__all__ = ["Learned", "MlpGates", "MlpWeights", "chunk_spans", "dual", "move_layers", "reference"]
