"""Lets the tests see the benchmarks, which are not installed with the packages."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
