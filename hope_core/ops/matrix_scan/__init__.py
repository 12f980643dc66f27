"""The recurrence of pairs under real 2 x 2 matrices, with interchangeable forms."""

from __future__ import annotations

from hope_core.ops.matrix_scan.dispatch import MATRIX_SCAN_BACKENDS, matrix_scan

__all__ = ["MATRIX_SCAN_BACKENDS", "matrix_scan"]
