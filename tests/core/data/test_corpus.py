"""prepare() turns settings into tokens of two parts, the same each time, or says why it cannot."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from hope_core.config.data import (
    BpeSettings,
    BytesSettings,
    DataSettings,
    StdlibSettings,
    TalesSettings,
    TextFileSettings,
)
from hope_core.data import Corpus, prepare
from hope_core.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

TOKENIZERS = [BytesSettings(), BpeSettings(vocabulary=400)]


def prepared(settings: DataSettings, **more: Any) -> Corpus:
    return prepare(settings, progress=lambda *_: None, cancelled=lambda: None, **more)


def tales(**more: Any) -> DataSettings:
    return DataSettings(source=TalesSettings(megabytes=0.3), **more)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.txt"
    path.write_text("".join(f"Line {n}: die Größe – {n * n}.\n" for n in range(2000)))
    return path


def book_settings(book: Path, **more: Any) -> DataSettings:
    return DataSettings(source=TextFileSettings(path=str(book)), **more)


@pytest.mark.parametrize("tokenizer", TOKENIZERS, ids=["bytes", "bpe"])
def test_both_parts_together_are_the_whole_text(book: Path, tokenizer: Any) -> None:
    corpus = prepared(book_settings(book, tokenizer=tokenizer))
    parts = [
        corpus.tokenizer.token_bytes(part.tokens) for part in (corpus.train, corpus.validation)
    ]
    lines = [set(part.splitlines()) for part in parts]
    assert lines[0] | lines[1] == set(book.read_bytes().splitlines())
    assert not lines[0] & lines[1]


@pytest.mark.parametrize("tokenizer", TOKENIZERS, ids=["bytes", "bpe"])
def test_bytes_per_token_is_exact_for_each_part(book: Path, tokenizer: Any) -> None:
    corpus = prepared(book_settings(book, tokenizer=tokenizer))
    for part in (corpus.train, corpus.validation):
        size = len(corpus.tokenizer.token_bytes(part.tokens))
        assert part.bytes_per_token == size / len(part.tokens)


def test_tokens_take_the_smallest_type_that_holds_them() -> None:
    assert prepared(tales()).train.tokens.dtype == np.uint8
    assert prepared(tales(tokenizer=TOKENIZERS[1])).train.tokens.dtype == np.uint16


def test_bpe_is_learnt_from_the_training_part_only(book: Path) -> None:
    text = book.read_text()
    plain = prepared(book_settings(book, tokenizer=TOKENIZERS[1]))
    held = plain.tokenizer.decode(plain.validation.tokens)
    book.write_text(text.replace(held, "q" * (len(held.encode()) - 1) + "\n"))
    changed = prepared(book_settings(book, tokenizer=TOKENIZERS[1]))
    assert "q" * 50 in changed.tokenizer.decode(changed.validation.tokens)
    assert changed.tokenizer.to_json() == plain.tokenizer.to_json()


@pytest.mark.parametrize("tokenizer", TOKENIZERS, ids=["bytes", "bpe"])
def test_same_settings_give_the_same_fingerprint_and_tokens(tokenizer: Any) -> None:
    one, other = (prepared(tales(tokenizer=tokenizer)) for _ in range(2))
    assert one.fingerprint == other.fingerprint
    np.testing.assert_array_equal(one.train.tokens, other.train.tokens)


def test_fingerprint_changes_with_text_tokenizer_and_split() -> None:
    variants = [
        tales(),
        tales(tokenizer=TOKENIZERS[1]),
        tales(validation_fraction=0.2),
        DataSettings(source=TalesSettings(megabytes=0.3, seed=1)),
    ]
    assert len({prepared(settings).fingerprint for settings in variants}) == len(variants)


def test_resumed_run_keeps_its_own_tokenizer() -> None:
    first = prepared(tales(tokenizer=TOKENIZERS[1]))
    again = prepared(
        tales(tokenizer=BpeSettings(vocabulary=300)), tokenizer_json=first.tokenizer.to_json()
    )
    assert again.fingerprint == first.fingerprint


def test_only_tales_know_their_floor(book: Path) -> None:
    assert prepared(book_settings(book)).floor_bits_per_byte is None
    floor = prepared(tales()).floor_bits_per_byte
    assert floor is not None
    assert 0.1 < floor < 1.0


def test_prompt_is_the_beginning_of_a_held_out_block() -> None:
    corpus = prepared(tales())
    assert 20 < len(corpus.prompt) <= 80
    held = corpus.tokenizer.decode(corpus.validation.tokens)
    assert held.lstrip().startswith(corpus.prompt)


def test_too_short_text_tells_what_it_has_and_needs(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("A short note.\n" * 10)
    with pytest.raises(DataError, match=r"140 bytes leave .* needs 257.*data\.sequence_length"):
        prepared(book_settings(path))


@pytest.mark.parametrize("tokenizer", TOKENIZERS, ids=["bytes", "bpe"])
def test_preparing_stops_wherever_it_is_cancelled(book: Path, tokenizer: Any) -> None:
    calls = 0

    def count() -> None:
        nonlocal calls
        calls += 1

    settings = book_settings(book, tokenizer=tokenizer)
    prepare(settings, progress=lambda *_: None, cancelled=count)
    assert calls > 5
    for allowed in {0, 1, calls // 2, 4}:
        with pytest.raises(KeyboardInterrupt):
            prepare(settings, progress=lambda *_: None, cancelled=stop_after(allowed))


def stop_after(allowed: int) -> Any:
    left = iter(range(allowed))

    def cancelled() -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    return cancelled


def test_progress_is_told_by_phase_and_never_runs_backwards() -> None:
    told: list[tuple[str, int, int]] = []
    prepare(tales(), progress=lambda *step: told.append(step), cancelled=lambda: None)
    phases = [phase for phase, _, _ in told]
    assert list(dict.fromkeys(phases)) == ["writing", "encoding", "checking"]
    writing = [done for phase, done, _ in told if phase == "writing"]
    assert writing == sorted(writing)


def test_default_settings_give_over_seven_megabytes_of_training_bytes() -> None:
    corpus = prepared(DataSettings(source=StdlibSettings(max_megabytes=8.0)))
    assert len(corpus.train.tokens) > 7_000_000
    assert len(corpus.validation.tokens) > 700_000


def test_preparing_never_imports_torch() -> None:
    program = "import sys, hope_core.data, hope_core.data.bpe; print('torch' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert result.stdout.strip() == b"False"
