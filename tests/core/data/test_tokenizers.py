"""Tokenizers lose nothing, stream cleanly, and come back from what was stored."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hope_core.data.bpe import BpeTokenizer, train_bpe
from hope_core.data.tokenizers import ByteTokenizer, Tokenizer, tokenizer_from_json
from hope_core.data.watch import Watch
from hope_core.errors import DataError

SAMPLE = "the cat sat on the mat, and the café cat – 猫 – sat with the hat.\n" * 40

LEARN = """
from hope_core.data.bpe import train_bpe
from hope_core.data.watch import Watch
import sys
text = sys.stdin.buffer.read()
print(train_bpe([text, text], 280, Watch(lambda *_: None, lambda: None)).to_json())
"""


def quiet_watch() -> Watch:
    return Watch(lambda *_: None, lambda: None)


@cache
def bpe() -> BpeTokenizer:
    return train_bpe([SAMPLE.encode()], 280, quiet_watch())


@pytest.fixture(params=["bytes", "bpe"])
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    return ByteTokenizer() if request.param == "bytes" else bpe()


def make(kind: str) -> Tokenizer:
    return ByteTokenizer() if kind == "bytes" else bpe()


@pytest.mark.parametrize("kind", ["bytes", "bpe"])
@settings(max_examples=80, deadline=None)
@given(text=st.text())
def test_any_unicode_comes_back_from_its_tokens(kind: str, text: str) -> None:
    assert make(kind).decode(make(kind).encode(text)) == text


@pytest.mark.parametrize("kind", ["bytes", "bpe"])
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_stream_of_any_tokens_equals_decoding_them_at_once(kind: str, data: st.DataObject) -> None:
    coder = make(kind)
    ids = data.draw(st.lists(st.integers(0, coder.vocabulary - 1), max_size=40))
    stream = coder.decode_stream()
    assert "".join([*map(stream.push, ids), stream.finish()]) == coder.decode(ids)


def test_stream_holds_back_an_unfinished_character() -> None:
    stream = ByteTokenizer().decode_stream()
    assert [stream.push(byte) for byte in "é!".encode()] == ["", "é", "!"]


def test_tokens_are_within_the_vocabulary_and_give_the_text_bytes(tokenizer: Tokenizer) -> None:
    ids = tokenizer.encode(SAMPLE)
    assert ids.min() >= 0
    assert ids.max() < tokenizer.vocabulary
    assert tokenizer.token_bytes(ids) == SAMPLE.encode()


def test_pieces_give_the_tokens_of_each_piece_in_a_row(tokenizer: Tokenizer) -> None:
    pieces = ["one two\n", "", "three"]
    joined = [token for piece in pieces for token in tokenizer.encode(piece).tolist()]
    assert tokenizer.encode_pieces(pieces).tolist() == joined


def test_nothing_has_no_tokens(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("").tolist() == tokenizer.encode_pieces([]).tolist() == []


def test_half_a_surrogate_pair_becomes_a_question_mark(tokenizer: Tokenizer) -> None:
    assert tokenizer.decode(tokenizer.encode("a\ud800b")) == "a?b"


def test_stored_tokenizer_gives_the_same_tokens(tokenizer: Tokenizer) -> None:
    again = tokenizer_from_json(tokenizer.to_json())
    assert again.encode(SAMPLE).tolist() == tokenizer.encode(SAMPLE).tolist()
    assert again.to_json() == tokenizer.to_json()


def test_bpe_has_the_wanted_vocabulary_and_makes_text_shorter() -> None:
    assert bpe().vocabulary == 280
    assert len(bpe().encode(SAMPLE)) < len(SAMPLE.encode()) / 2


def test_bpe_learns_the_same_in_every_process() -> None:
    learnt = {
        subprocess.run(
            [sys.executable, "-c", LEARN], input=SAMPLE.encode(), capture_output=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert len(learnt) == 1


def test_bpe_refuses_a_vocabulary_that_the_text_cannot_give() -> None:
    with pytest.raises(DataError, match=r"asks for 5,000\. Lower it"):
        train_bpe([b"too little text"], 5000, quiet_watch())


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "[]",
        "{",
        "[" * 100_000,
        '{"kind": "words"}',
        '{"kind": "bpe"}',
        '{"kind": "bpe", "merges": [["a"]]}',
        '{"kind": "bpe", "merges": [["a", "bc"]]}',
        '{"kind": "bpe", "merges": [["a", "b"], ["a", "b"]]}',
        '{"kind": "bpe", "merges": [["a", 3]]}',
        json.dumps({"kind": "bpe", "merges": [["a", "b"]] * 300_000}),
    ],
)
def test_damaged_stored_tokenizer_is_refused(stored: str) -> None:
    with pytest.raises(DataError, match="stored tokenizer: "):
        tokenizer_from_json(stored)
