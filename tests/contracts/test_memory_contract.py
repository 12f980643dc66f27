"""What every registered memory promises (architecture.md, contract 4)."""

from __future__ import annotations

import pytest
import specimens
import torch
from specimens import make_memory, some_inputs

from hope_core.memories import MEMORIES
from hope_core.memories.contract import Recalling

every_memory = pytest.mark.parametrize("name", specimens.MEMORIES)


def difference(x: torch.Tensor, y: torch.Tensor) -> float:
    return float((x - y).detach().abs().max())


def test_every_registered_memory_has_a_specimen() -> None:
    assert {name.rpartition("-")[0] for name in specimens.MEMORIES} == set(MEMORIES.names())


@every_memory
def test_memory_gives_pieces_the_answers_of_the_whole(name: str) -> None:
    memory, x = make_memory(name), some_inputs()
    state, pieces = None, []
    for piece in x.split([1, 2, 17, 20], dim=1):
        y, state = memory(piece, state)
        pieces.append(y)
    assert difference(torch.cat(pieces, dim=1), memory(x)[0]) <= 1e-10


@every_memory
def test_memory_answers_tokens_one_by_one_as_in_one_go(name: str) -> None:
    memory, x = make_memory(name), some_inputs(length=20)
    state, answers = None, []
    for token in x.split(1, dim=1):
        y, state = memory(token, state)
        answers.append(y)
    assert difference(torch.cat(answers, dim=1), memory(x)[0]) <= 1e-10


@every_memory
def test_recalling_answers_as_the_memory_stood_and_writes_nothing(name: str) -> None:
    memory = make_memory(name)
    if not isinstance(memory, Recalling):
        return
    _, before = memory(some_inputs())
    x = some_inputs(seed=2)
    first, _ = memory.recall(x, before, at=before)
    _, later = memory(x, before)
    again, moved = memory.recall(x, before, at=before)
    other, _ = memory.recall(x, before, at=later)
    assert difference(first, again) == 0.0
    assert difference(first, other) > 1e-9
    start, rest = x.split([13, 27], dim=1)
    y, middle = memory.recall(start, before, at=before)
    z, _ = memory.recall(rest, middle, at=before)
    assert difference(torch.cat([y, z], dim=1), first) <= 1e-12
    assert moved.named_tensors().keys() == later.named_tensors().keys()


@every_memory
def test_memory_never_reads_the_future(name: str) -> None:
    memory, x = make_memory(name), some_inputs()
    changed = x.clone()
    changed[:, 20:] += 1.0
    assert difference(memory(x)[0][:, :20], memory(changed)[0][:, :20]) <= 1e-12


@every_memory
def test_memory_keeps_sequences_apart(name: str) -> None:
    memory, x = make_memory(name), some_inputs()
    changed = x.clone()
    changed[1] += 1.0
    assert difference(memory(x)[0][::2], memory(changed)[0][::2]) <= 1e-12


@every_memory
def test_gradient_reaches_every_parameter_of_a_memory(name: str) -> None:
    memory = make_memory(name)
    memory(some_inputs())[0].sin().sum().backward()
    assert [n for n, p in memory.named_parameters() if p.grad is None or not p.grad.any()] == []


@every_memory
def test_measuring_a_memory_leaves_its_state_alone(name: str) -> None:
    memory = make_memory(name)
    _, state = memory(some_inputs())
    before = {path: t.detach().clone() for path, t in state.named_tensors().items()}
    memory.measure(some_inputs(seed=2), state)
    assert all(torch.equal(before[path], t) for path, t in state.named_tensors().items())


@every_memory
def test_weights_of_a_memory_depend_on_the_generator_alone(name: str) -> None:
    first, again = make_memory(name, seed=5), make_memory(name, seed=5)
    pairs = zip(first.parameters(), again.parameters(), strict=True)
    assert all(torch.equal(x, y) for x, y in pairs)
