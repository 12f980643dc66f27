"""What the core says most often is Chinese in a Chinese window, known again by its own words."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

import pytest

from hope_core.config.presets import load_preset
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError
from hope_core.runs.disk_full import storage_error
from hope_core.runs.lifecycle import ending_words
from hope_studio.core_words import core_words
from hope_studio.languages import speak

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

ENGLISH = re.compile(r"\b(the|is|are|it|and|was|cannot|should|be|to|of)\b", re.IGNORECASE)


@pytest.fixture
def chinese(qtbot: QtBot) -> Iterator[None]:
    speak("zh_CN")
    yield
    speak("en")


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("exit_code", [None, -9, -11, -2, 3])
def test_how_a_trainer_ended_is_told_in_the_windows_language(exit_code: int | None) -> None:
    assert not ENGLISH.search(core_words(ending_words(exit_code)))


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_disk_that_cannot_be_written_is_told_in_the_windows_language(
    number: int, tmp_path: Path
) -> None:
    told = core_words(str(storage_error(OSError(number, "reason"), tmp_path / "x.bin", needed=9)))
    assert str(tmp_path / "x.bin") in told
    assert not ENGLISH.search(told.replace(str(tmp_path), ""))


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("group", "name", "value"),
    [
        ("train", "steps", 0),
        ("train", "steps", "many"),
        ("train", "warmup", 1.0),
        ("train", "stepz", 1),
        ("model", "heads", 7),
        ("model", "tie_embeddings", "often"),
    ],
)
def test_a_wrong_setting_is_told_in_the_windows_language(
    group: str, name: str, value: object
) -> None:
    settings = load_preset("small").model_dump(mode="json")
    settings[group][name] = value
    with pytest.raises(ConfigError) as caught:
        parse_config(settings)
    assert not ENGLISH.search(core_words(str(caught.value)))


@pytest.mark.usefixtures("chinese")
def test_sentences_in_a_row_are_told_one_by_one_and_an_unknown_one_stays() -> None:
    told = core_words(
        "Training diverged at step 1,234. The loss is nan; the first part to put out one is "
        "blocks.0.memory. Something new was said. The weights were not moved."
    )
    assert "1,234" in told
    assert "blocks.0.memory" in told
    assert "Something new was said." in told
    assert "diverged" not in told
    assert "moved" not in told


def test_in_english_everything_stays_as_it_is(qtbot: QtBot) -> None:
    assert core_words("It goes on.  Yes") == "It goes on.  Yes"
