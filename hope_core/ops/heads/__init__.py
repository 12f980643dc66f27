"""What stands around a memory's heads, each in one pass on a CPU: convolution, intake, outlet."""

from hope_core.ops.heads.dispatch import causal_convolution, gated_norm, split_heads

__all__ = ["causal_convolution", "gated_norm", "split_heads"]
