"""Gates of omega and pi apart: the scan is the token loop, and equal gates are the tied cell."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from hope_core.config.models import TwistorSettings
from hope_core.config.models.twistor import MobiusSettings, RecurrenceSettings
from hope_core.memories.twistor_cell import TwistorCell
from hope_core.memories.twistor_untied_cell import UntiedTwistorCell
from hope_core.models import build_model
from hope_core.ops.choice import kernels_by

WIDTH = 16


def made(kind: type[TwistorCell]) -> TwistorCell:
    cell = kind(WIDTH, channels=8, heads=2, convolution=4, mobius=MobiusSettings())
    cell.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return cell.double()


def inputs(length: int = 70) -> Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(2, length, WIDTH, dtype=torch.float64, generator=generator)


def answers_and_gradients(cell: TwistorCell, x: Tensor) -> list[Tensor]:
    cell.zero_grad()
    y, _ = cell(x)
    y.sin().sum().backward()
    return [y.detach(), *(p.grad.clone() for p in cell.parameters() if p.grad is not None)]


@pytest.mark.parametrize(
    ("dtype", "value", "slope"), [(torch.float64, 1e-12, 1e-10), (torch.float32, 1e-5, 1e-4)]
)
def test_matrix_scan_of_the_cell_is_its_token_loop(
    dtype: torch.dtype, value: float, slope: float
) -> None:
    cell, x = made(UntiedTwistorCell).to(dtype), inputs().to(dtype)
    scan = answers_and_gradients(cell, x)
    with kernels_by("reference"):
        loop = answers_and_gradients(cell, x)
    differences = [
        float((a - b).abs().max() / b.abs().max().clamp(min=1))
        for a, b in zip(scan, loop, strict=True)
    ]
    assert differences[0] <= value
    assert max(differences[1:]) <= slope


def test_untied_cell_follows_its_rule_token_by_token() -> None:
    cell, x = made(UntiedTwistorCell), inputs(length=5)
    assert isinstance(cell, UntiedTwistorCell)
    seen, _ = cell.convolution(x, cell.convolution.initial_window(2))
    log_kept, write, angle = cell._pair_gates(seen)
    candidate = torch.nn.functional.silu(cell.project(seen)[..., :16]).view_as(write)
    b = torch.sqrt(-torch.expm1(2 * log_kept) + 1e-12) * write * candidate
    omega = pi = x.new_zeros(2, 8)
    for t in range(5):
        kept_omega, kept_pi = (log_kept[:, t].exp() * torch.stack([omega, pi], dim=1)).unbind(1)
        cos, sin = angle[:, t].cos(), angle[:, t].sin()
        omega = cos * kept_omega + sin * kept_pi + b[:, t, 0]
        pi = cos * kept_pi - sin * kept_omega + b[:, t, 1]
    state = cell(x)[1]
    assert_close((state.omega, state.pi), (omega, pi))


def test_equal_gates_are_the_tied_cell() -> None:
    tied, untied = made(TwistorCell), made(UntiedTwistorCell)
    assert isinstance(untied, UntiedTwistorCell)
    with torch.no_grad():
        untied.load_state_dict(tied.state_dict(), strict=False)
        untied.pi_gates.weight.copy_(tied.gates.weight[:16])
        untied.pi_gates.bias.copy_(tied.gates.bias[:16])
    assert_close(untied(inputs())[0], tied(inputs())[0])
    for name, value in tied.measure(inputs()).items():
        assert_close(untied.measure(inputs())[name], value)


def test_pi_forgets_by_gates_of_its_own() -> None:
    cell = made(UntiedTwistorCell)
    assert isinstance(cell, UntiedTwistorCell)
    cell.convolution.weight.data.zero_()
    cell.turn.data.zero_()
    with torch.no_grad():
        cell.gates.bias.fill_(0.0)
        cell.pi_gates.bias.fill_(-40.0)
        state = cell.initial_state(2).map(torch.ones_like)
    after = cell._recur(inputs(length=1).zero_(), state)
    assert_close(after[2], torch.full((2, 8), 0.5, dtype=torch.float64))
    assert_close(after[3], torch.zeros(2, 8, dtype=torch.float64))


def test_untied_state_never_grows_without_end() -> None:
    state = made(UntiedTwistorCell)(100.0 * inputs(length=600))[1]
    assert float(torch.hypot(state.omega, state.pi).detach().max()) < 1e4


def test_model_is_built_with_untied_cells_where_they_are_asked_for() -> None:
    for gates, kind in (("tied", TwistorCell), ("untied", UntiedTwistorCell)):
        recurrence = RecurrenceSettings.model_validate({"gates": gates})
        settings = TwistorSettings(width=WIDTH, layers=2, heads=2, recurrence=recurrence)
        cells = [block.cell for block in build_model(settings, 31).recurrent.blocks]
        assert [type(cell) for cell in cells] == [kind, kind]
