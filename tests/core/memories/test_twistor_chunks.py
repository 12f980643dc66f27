"""Chunks that forget less: what warms them up, what connects them, how much nearer they come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

from hope_core.config.models import TwistorSettings
from hope_core.config.models.twistor import MobiusSettings, RecurrenceSettings
from hope_core.memories.twistor_cell import TwistorCell
from hope_core.memories.twistor_chunks import ChunkedRecurrent, TwistorChunks
from hope_core.memories.twistor_recurrent import in_chunks
from hope_core.memories.twistor_titans_cell import TwistorTitansCell
from hope_core.models import build_model

if TYPE_CHECKING:
    from hope_core.memories.contract import Memory

WIDTH, CHUNK = 16, 10


def cells() -> dict[str, Memory]:
    parallel = TwistorCell(WIDTH, channels=8, heads=2, convolution=4, mobius=MobiusSettings())
    return {"parallel": parallel, "titans": TwistorTitansCell(WIDTH, hidden=16)}


def chunks(cell: str = "parallel", *, warm_up: int = 0, connector: bool = False) -> TwistorChunks:
    twistor = 16 if connector else 0
    made = TwistorChunks(cells()[cell], width=WIDTH, chunk=CHUNK, warm_up=warm_up, twistor=twistor)
    made.init_weights(torch.Generator().manual_seed(0), output_scale=1.0)
    return made.double()


def inputs(length: int = 47) -> Tensor:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(2, length, WIDTH, dtype=torch.float64, generator=generator)


@pytest.mark.parametrize("cell", cells())
def test_without_warm_up_chunks_forget_what_was_before_them(cell: str) -> None:
    made, x = chunks(cell), inputs()
    expected, _ = in_chunks(made.cell, x, None, 0, chunk=CHUNK)
    assert_close(made(x)[0], expected, atol=1e-12, rtol=0)


@pytest.mark.parametrize("cell", cells())
def test_warm_up_reads_the_tokens_before_a_chunk_from_a_fresh_state(cell: str) -> None:
    made, x = chunks(cell, warm_up=6), inputs()
    expected = [made.cell(x[:, :CHUNK])[0]]
    expected += [
        made.cell(x[:, begin - 6 : begin + CHUNK])[0][:, 6:] for begin in range(CHUNK, 47, CHUNK)
    ]
    assert_close(made(x)[0], torch.cat(expected, dim=1), atol=1e-12, rtol=0)


@pytest.mark.parametrize("warm_up", [0, 3])
def test_connected_chunk_begins_with_the_mapped_end_of_the_last_one(warm_up: int) -> None:
    made, x = chunks(warm_up=warm_up, connector=True), inputs()
    expected = [made.cell(x[:, :CHUNK])[0]]
    for begin in range(CHUNK, 47, CHUNK):
        early = max(0, begin - CHUNK - warm_up)
        _, end = made.cell(x[:, early:begin])
        twistor = made.connector(torch.cat([end.omega, end.pi], dim=-1))
        omega, pi = twistor.chunk(2, dim=-1)
        start = replace(end, omega=omega, pi=pi)
        expected.append(made.cell(x[:, begin : begin + CHUNK], start)[0])
    assert_close(made(x)[0], torch.cat(expected, dim=1), atol=1e-12, rtol=0)


@pytest.mark.parametrize("cell", cells())
@pytest.mark.parametrize("seed", range(3))
def test_pieces_of_connected_chunks_are_read_as_the_whole(cell: str, seed: int) -> None:
    made, x = chunks(cell, warm_up=4, connector=True), inputs()
    cuts = torch.randperm(46, generator=torch.Generator().manual_seed(seed))[:6] + 1
    state, answers = None, []
    for piece in x.tensor_split(sorted(cuts.tolist()), dim=1):
        y, state = made(piece, state)
        answers.append(y)
    assert_close(torch.cat(answers, dim=1), made(x)[0], atol=1e-12, rtol=0)


def test_longer_warm_up_and_a_connector_come_nearer_to_the_whole_text() -> None:
    x = inputs(length=100)
    forms = [chunks(), chunks(warm_up=4), chunks(warm_up=10), chunks(connector=True)]
    exact = forms[0].cell(x)[0]
    apart = [float(torch.linalg.vector_norm(form(x)[0] - exact).detach()) for form in forms]
    assert apart[0] > apart[1] > apart[2]
    assert apart[3] < apart[0]


def test_connector_acts_from_the_second_chunk_on() -> None:
    made = chunks(connector=True)
    assert made.acting_later(CHUNK) == tuple(made.connector.parameters())
    assert made.acting_later(CHUNK + 1) == ()


def test_model_tells_what_its_cells_do_in_warmed_and_connected_chunks() -> None:
    recurrence = RecurrenceSettings(mode="chunk_truncated", chunk=CHUNK, warm_up=4, connector=True)
    model = build_model(TwistorSettings(width=16, layers=2, heads=2, recurrence=recurrence), 31)
    assert isinstance(model.recurrent, ChunkedRecurrent)
    found = model.probe(torch.randint(31, (1, 25)))
    assert found["helicity"].shape == (2, 25)
    assert found["half_life"].shape == (2, 2)
    connectors = [p for name, p in model.named_parameters() if ".connector." in name]
    assert {id(p) for p in model.acting_later(CHUNK)} == {id(p) for p in connectors}
