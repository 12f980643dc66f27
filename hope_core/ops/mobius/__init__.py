"""A real 4 x 4 matrix on each channel's twistor with its length kept, in one pass on a CPU."""

from __future__ import annotations

from hope_core.ops.mobius.dispatch import act

__all__ = ["act"]
