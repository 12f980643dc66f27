from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from benchmarks import quality
from benchmarks._book import Book, OutOfTimeError
from benchmarks._code import _reached
from benchmarks._contenders import SIZES, contender, names
from benchmarks._learning import Plan, train
from benchmarks._text_rows import text_row, text_table
from benchmarks._texts import Text, text_file
from benchmarks._tracking import SIZE, TASKS, balanced_accuracy, examples
from benchmarks._tracking_rows import tracking_row, tracking_table

if TYPE_CHECKING:
    from pathlib import Path

TINY = replace(
    quality.QUICK, steps=2, short_steps=1, batch=1, length=8, tracking_steps=1, tracking_batch=2
)
PLAN = Plan(optimizer="muon", learning_rate=0.01, steps=20, batch=2, length=16, seed=1)


@pytest.fixture
def text(tmp_path: Path) -> Text:
    place = tmp_path / "abc.txt"
    place.write_bytes(b"abc" * 400)
    return text_file(place)


def test_text_is_split_after_nine_tenths(text: Text) -> None:
    assert (len(text.train), len(text.validation)) == (1080, 120)
    assert bytes(text.train[:3]) == b"abc"


def test_command_line_knows_quick_and_json() -> None:
    options = quality.arguments(["--quick", "--json"])
    assert options.quick
    assert options.json
    assert options.cache is None


def test_full_run_trains_on_a_million_tokens_from_three_seeds() -> None:
    effort = quality.effort_of(quality.arguments([]))
    assert effort.steps * effort.batch * effort.length >= 1_000_000
    assert effort.seeds == 3
    assert {*quality.MODELS} <= {*names()}


def test_unknown_model_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        quality.arguments(["--models", "hopp"])
    assert "unknown: hopp" in capsys.readouterr().err


def test_training_learns_and_is_a_function_of_its_plan(text: Text) -> None:
    one = contender("hope", SIZES["tiny"])
    first, again = (train(PLAN, one, text)["nats"] for _ in range(2))
    assert first == again
    assert first < 4.0 < np.log(256)


def test_diverged_training_has_no_loss(text: Text, monkeypatch: pytest.MonkeyPatch) -> None:
    one = contender("transformer", SIZES["tiny"])
    build = type(one).build

    def broken(self: Any, **kind: Any) -> Any:
        model = build(self, **kind)
        model.output.weight.data.fill_(float("nan"))
        return model

    monkeypatch.setattr(type(one), "build", broken)
    assert train(PLAN, one, text)["nats"] is None


def test_finished_training_is_not_done_again(text: Text, tmp_path: Path) -> None:
    one = contender("transformer", SIZES["tiny"])
    first = text_row(one, text, TINY, Book(tmp_path / "kept"))
    kept = {place: place.stat().st_mtime_ns for place in (tmp_path / "kept").iterdir()}
    again = text_row(one, text, TINY, Book(tmp_path / "kept"))
    assert again == first
    assert {place: place.stat().st_mtime_ns for place in (tmp_path / "kept").iterdir()} == kept


def test_results_of_other_code_are_marked(
    text: Text, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = contender("transformer", SIZES["tiny"])
    fresh = text_row(one, text, TINY, Book(tmp_path / "kept"))
    monkeypatch.setattr(type(one), "code", lambda _: "changed")
    stale = text_row(one, text, TINY, Book(tmp_path / "kept"))
    assert (fresh.stale, stale.stale) == (False, True)
    assert "transformer*" in text_table([stale])


def test_code_of_a_model_is_that_of_its_own_memory() -> None:
    reached = _reached(["hope_core.models.hope", "hope_core.memories.hope_dgd"])
    assert {"hope_core.memories.hope_dgd", "hope_core.nn.heads", "hope_core.nn.mlp"} <= {*reached}
    assert not {"hope_core.memories.titans", "hope_core.memories"} & {*reached}
    codes = {contender(name, SIZES["tiny"]).code() for name in ("transformer", "lstm", "hope")}
    assert len(codes) == 3


def test_no_training_starts_after_the_time_given() -> None:
    book = Book(None, minutes=-1.0)
    with pytest.raises(OutOfTimeError):
        book.get("late", {"a": 1}, "", dict)


def test_a_model_without_time_has_no_row(text: Text) -> None:
    one = contender("transformer", SIZES["tiny"])
    assert text_row(one, text, TINY, Book(None, minutes=-1.0)) is None


def test_short_runs_choose_the_learning_rate(text: Text) -> None:
    class Known(Book):
        def get(self, name: str, key: dict[str, Any], code: str, compute: Any) -> dict[str, Any]:
            rate = key["plan"]["learning_rate"]
            return {"nats": abs(rate - 3e-3), "seconds": 1.0, "tokens": 1, "code": code}

    effort = replace(TINY, rates=3, optimizers=("muon", "adamw"), seeds=2)
    row = text_row(contender("transformer", SIZES["tiny"]), text, effort, Known(None))
    assert (row.optimizer, row.learning_rate, len(row.nats)) == ("adamw", 3e-3, 2)


def test_table_tells_the_difference_to_the_lstm(text: Text) -> None:
    book = Book(None)
    rows = [text_row(contender(n, SIZES["tiny"]), text, TINY, book) for n in ("lstm", "hope")]
    difference = rows[1].mean_nats - rows[0].mean_nats
    assert f"{difference:+.4f}" in text_table(rows)


def test_row_tells_the_seeds_still_to_come(text: Text) -> None:
    row = text_row(contender("transformer", SIZES["tiny"]), text, TINY, Book(None))
    assert "| 1 |" in text_table([row])
    assert "| 1 of 3 |" in text_table([replace(row, seeds=3)])


def test_models_of_the_goals_come_first_on_every_text(text: Text) -> None:
    order = quality._in_order([text, text], ("gru", "lstm", "hope"))
    assert [name for _, name in order] == ["lstm", "hope", "lstm", "hope", "gru", "gru"]


def test_showing_trains_nothing(tmp_path: Path) -> None:
    options = quality.arguments(
        ["--show", "--only", "formats", "--size", "tiny", "--cache", str(tmp_path)]
    )
    assert quality.measure(options) == quality.Results()


def test_parity_counts_the_ones() -> None:
    tokens, answers = examples("parity", rows=3, length=7, seed=1)
    assert answers[:, 4].equal(tokens[:, :5].sum(1) % 2)


def test_abab_is_in_the_language_after_every_fourth_letter_until_one_is_wrong() -> None:
    tokens, answers = examples("abab", rows=64, length=12, seed=1)
    for row, told in zip(tokens.tolist(), answers.tolist(), strict=True):
        prefixes = [row[: end + 1] for end in range(12)]
        expected = [p == [0, 1] * (len(p) // 2) and len(p) % 4 == 0 for p in prefixes]
        assert told == [int(e) for e in expected]
    assert 0 < answers[:, -1].sum() < 64


def test_always_one_answer_scores_a_half() -> None:
    answers = examples("abab", rows=16, length=12, seed=1)[1]
    constant = torch.tensor([1.0, 0.0]).expand(16, 12, 2)
    assert balanced_accuracy(constant, answers) == 0.5


@pytest.mark.parametrize("task", TASKS)
def test_tracking_is_told_in_per_cent(task: str) -> None:
    row = tracking_row(contender("hope", SIZE), task, TINY, Book(None))
    assert 0 <= row.beyond[0] <= 1
    assert f"{100 * row.beyond[0]:.1f}" in tracking_table([row])


def test_formats_start_from_the_same_weights(text: Text) -> None:
    found = quality.formats(text, "tiny", TINY, 2, Book(None))
    assert found["bf16"] == pytest.approx(found["fp32"], abs=0.05)
