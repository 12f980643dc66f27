"""A state is a tree that is never changed in place."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from hope_core.nn.state import State


@dataclass(frozen=True)
class Leaf(State):
    values: Tensor
    missing: Tensor | None = None


@dataclass(frozen=True)
class Tree(State):
    leaves: tuple[Leaf, ...]
    count: Tensor


def a_tree() -> Tree:
    leaves = tuple(Leaf(torch.full((3, 2), float(i), requires_grad=True)) for i in range(2))
    return Tree(leaves, torch.arange(3))


def test_named_tensors_are_dotted_paths_without_the_missing_ones() -> None:
    assert list(a_tree().named_tensors()) == ["leaves.0.values", "leaves.1.values", "count"]


def test_map_changes_every_tensor_and_leaves_the_tree_itself() -> None:
    tree = a_tree()
    doubled = tree.map(lambda tensor: tensor * 2)
    assert doubled.leaves[1].values[0, 0] == 2.0
    assert tree.leaves[1].values[0, 0] == 1.0
    assert doubled.leaves[0].missing is None


def test_detach_cuts_the_gradient() -> None:
    assert not a_tree().detach().leaves[0].values.requires_grad


def test_to_changes_the_type_of_floating_tensors_only() -> None:
    moved = a_tree().to("cpu", torch.float64)
    assert moved.leaves[0].values.dtype == torch.float64
    assert moved.count.dtype == torch.int64


def test_select_picks_rows_of_the_batch_in_order() -> None:
    assert a_tree().select(torch.tensor([2, 0])).count.tolist() == [2, 0]
