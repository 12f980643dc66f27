"""A person's words about a run are kept beside it, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hope_core.errors import RunError
from hope_core.runs.notes import FILE, RunNotes, read_notes, tags_from, write_notes

if TYPE_CHECKING:
    from hope_core.runs.folder import RunFolder


def test_a_run_without_notes_has_empty_ones(run: RunFolder) -> None:
    assert read_notes(run.path) == RunNotes()


def test_notes_come_back_as_they_were_written(run: RunFolder) -> None:
    notes = RunNotes(title="Ünï 漢字", tags=("good", "muon"), notes="two\nlines")
    write_notes(run.path, notes)
    assert read_notes(run.path) == notes


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"tags": 3}', b"\xff\xfe", b"[" * 5000])
def test_damaged_notes_are_told_with_their_file(run: RunFolder, content: bytes) -> None:
    (run.path / FILE).write_bytes(content)
    with pytest.raises(RunError, match=FILE):
        read_notes(run.path)


def test_notes_that_are_too_long_are_refused_and_the_old_ones_stay(run: RunFolder) -> None:
    write_notes(run.path, RunNotes(notes="short"))
    with pytest.raises(RunError, match="Shorten"):
        write_notes(run.path, RunNotes(notes="x" * 300_000))
    assert read_notes(run.path).notes == "short"


def test_tags_are_words_between_commas_each_once() -> None:
    assert tags_from(" good,  muon 8e-3 , good,, ") == ("good", "muon 8e-3")
