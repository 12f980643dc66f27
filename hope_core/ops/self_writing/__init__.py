"""Memories that make their own keys, values, steps and retentions, fused on a CPU."""

from hope_core.ops.self_writing.available import fits
from hope_core.ops.self_writing.fused import SelfWriting, self_writing

__all__ = ["SelfWriting", "fits", "self_writing"]
