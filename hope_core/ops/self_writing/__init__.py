"""Memories that make their own keys, values, steps and retentions, fused on a CPU."""

from hope_core.ops.self_writing.fused import SelfWriting, fits, self_writing

__all__ = ["SelfWriting", "fits", "self_writing"]
