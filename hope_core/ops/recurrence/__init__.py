"""The master recurrence of all linear memories, with interchangeable backends."""

from __future__ import annotations

from hope_core.ops.recurrence.dispatch import backends_for, recurrence
from hope_core.ops.recurrence.first_order import first_order_recurrence

__all__ = ["backends_for", "first_order_recurrence", "recurrence"]
