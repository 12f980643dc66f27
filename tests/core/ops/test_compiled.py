"""Kernels compile with or without a folder for numba's cache, and their threads cover all rows."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import numba
import pytest
import torch

from hope_core.ops import compiled
from hope_core.ops.threads import shared

if TYPE_CHECKING:
    from collections.abc import Callable


def test_no_cache_folder_means_compiling_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def njit(function: Callable[..., int], **options: object) -> Callable[..., int]:
        if "cache" in options:
            raise RuntimeError("cannot cache function: no locator available")
        return numba.njit(function, **options)

    monkeypatch.setattr(compiled, "njit", njit)
    double = compiled.kernel(lambda x: 2 * x)
    assert double(21) == 42


@pytest.mark.parametrize(("threads", "rows"), [(1, 5), (2, 5), (3, 2), (2, 1)])
def test_every_row_is_worked_on_once(threads: int, rows: int) -> None:
    before = torch.get_num_threads()
    covered: list[int] = []
    try:
        torch.set_num_threads(threads)
        shared(lambda first, last: covered.extend(range(first, last)), rows)
    finally:
        torch.set_num_threads(before)
    assert sorted(covered) == list(range(rows))


def test_a_failing_share_is_reported() -> None:
    def fail(first: int, last: int) -> None:
        raise ValueError(f"rows {first} to {last}")

    with pytest.raises(ValueError, match="rows"):
        shared(fail, 3)


def test_reading_with_kernels_does_not_load_torchs_compiler() -> None:
    code = """
        import sys, torch
        from hope_core.config.models import HopeSettings
        from hope_core.models import build_model
        model = build_model(HopeSettings(width=16, layers=1, heads=2), 16)
        model(torch.zeros(1, 5, dtype=torch.int64))
        assert "torch._dynamo" not in sys.modules
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=True, timeout=120)
