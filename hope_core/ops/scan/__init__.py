"""The complex diagonal recurrence, with interchangeable backends."""

from __future__ import annotations

from hope_core.ops.scan.dispatch import complex_scan, scan_backends_for

__all__ = ["complex_scan", "scan_backends_for"]
