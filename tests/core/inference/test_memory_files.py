"""Memories are files of their own: whole or absent, summed, and refused by any other model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from hope_core.config.models import HopeSettings
from hope_core.config.run import RunConfig
from hope_core.data.tokenizers import ByteTokenizer
from hope_core.errors import TeachingError
from hope_core.inference.conversation import Conversation
from hope_core.inference.loading import LoadedModel
from hope_core.inference.memory_states import (
    Owner,
    differences,
    load_memory,
    merged,
    owner_of,
    save_memory,
)
from hope_core.inference.teaching import TeachingSettings
from hope_core.models import build_model
from hope_core.nn.learned import learned_tensors
from hope_core.runs.folder import RunFolder
from hope_core.runs.memory_files import TENSORS, SavedMemory, list_memories, remove_memory

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State


def a_run(folder: Path, *, heads: int = 2, seed: int = 0) -> tuple[LanguageModel, Owner]:
    config = RunConfig(model=HopeSettings(width=16, layers=1, heads=heads))
    model = build_model(config.model, 256, seed=seed).requires_grad_(requires_grad=False)
    run = RunFolder.create(config, folder)
    loaded = LoadedModel(model, ByteTokenizer(), 7, folder, ())
    return model, owner_of(run, loaded)


def taught(model: LanguageModel, text: str) -> State:
    talk = Conversation(model, ByteTokenizer(), TeachingSettings())
    list(talk.read(text))
    return talk.state


def keep(state: State, name: str, owner: Owner) -> SavedMemory:
    return save_memory(state, name, owner, tokens=9, told=("a fact",), mode="memory_only")


@pytest.fixture
def model(tmp_path: Path) -> LanguageModel:
    return a_run(tmp_path / "spare")[0]


@pytest.fixture
def owner(tmp_path: Path) -> Owner:
    return a_run(tmp_path / "run")[1]


def test_memory_comes_back_bit_for_bit_with_its_size_and_sum(
    model: LanguageModel, owner: Owner
) -> None:
    state = taught(model, "a fact")
    saved = keep(state, "first", owner)
    again, read, notices = load_memory(model, "first", owner)
    assert all(torch.equal(t, again.named_tensors()[p]) for p, t in state.named_tensors().items())
    assert (read.size, read.sha256) == (saved.size, saved.sha256)
    assert read.size == (saved.path / TENSORS).stat().st_size
    assert notices == ()


def test_memories_are_listed_and_removed_one_by_one(model: LanguageModel, owner: Owner) -> None:
    state = taught(model, "a fact")
    for name in ("first", "second"):
        keep(state, name, owner)
    remove_memory(owner.run.path, "first")
    assert [memory.name for memory in list_memories(owner.run.path)] == ["second"]
    with pytest.raises(TeachingError, match="no memory 'first'"):
        remove_memory(owner.run.path, "first")


def test_one_flipped_bit_is_noticed(model: LanguageModel, owner: Owner) -> None:
    saved = keep(taught(model, "a fact"), "first", owner)
    file = saved.path / TENSORS
    sound = file.read_bytes()
    file.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    with pytest.raises(TeachingError, match="changed since it was written"):
        load_memory(model, "first", owner)


@pytest.mark.parametrize(("heads", "words"), [(4, "belongs to another model"), (2, "weights are")])
def test_memory_of_another_run_is_refused_in_words(
    model: LanguageModel, owner: Owner, tmp_path: Path, heads: int, words: str
) -> None:
    saved = keep(taught(model, "a fact"), "first", owner)
    other, stranger = a_run(tmp_path / "other", heads=heads)
    target = stranger.run.path / "memories" / "first"
    target.parent.mkdir()
    saved.path.rename(target)
    with pytest.raises(TeachingError, match=words):
        load_memory(other, "first", stranger)


def test_other_weights_of_the_same_run_are_told_of(model: LanguageModel, owner: Owner) -> None:
    keep(taught(model, "a fact"), "first", owner)
    later = Owner(owner.run, owner.model_sha256, "another sum", 12)
    _, _, notices = load_memory(model, "first", later)
    assert "written with other weights (step 7)" in notices[0]


@pytest.mark.parametrize("name", ["", "../up", "a/b", "con"])
def test_name_that_is_no_flat_name_is_refused(
    model: LanguageModel, owner: Owner, name: str
) -> None:
    with pytest.raises(TeachingError, match="name of a memory"):
        keep(taught(model, "a"), name, owner)


def test_difference_of_two_memories_is_told_by_layer(model: LanguageModel) -> None:
    first, second = taught(model, "one"), taught(model, "two")
    (same,) = differences(first, first)
    (apart,) = differences(first, second)
    assert same.difference == 0.0
    assert apart.path == "blocks.0.memory"
    assert apart.difference > 0.0
    assert apart.first == pytest.approx(float(learned_tensors(first)[apart.path].norm()))


def test_merging_is_the_weighted_mean_of_what_was_learned(model: LanguageModel) -> None:
    first, second = taught(model, "one"), taught(model, "two")
    (mean,) = learned_tensors(merged(first, second, 0.25)).values()
    (a,), (b,) = learned_tensors(first).values(), learned_tensors(second).values()
    torch.testing.assert_close(mean, 0.75 * a + 0.25 * b)
    with pytest.raises(TeachingError, match="share"):
        merged(first, second, 1.5)
