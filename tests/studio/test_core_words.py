"""What the core says most often is Chinese in a Chinese window, known again by its own words."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from synthetic_run import made_up_events, write_run

from hope_core.config.data import DataSettings, JsonLinesSettings, TextFileSettings
from hope_core.config.presets import load_preset
from hope_core.config.validation import parse_config
from hope_core.data.refusal import refuse_at_once
from hope_core.errors import ConfigError, DataError, ForeignFileError
from hope_core.exchange.expected import ExpectedWeights, Weight, differences
from hope_core.exchange.kinds import kind_of
from hope_core.reports.facts import facts_of
from hope_core.reports.writing import report
from hope_core.runs.disk_full import storage_error
from hope_core.runs.events import Notice, RunFailed
from hope_core.runs.lifecycle import ending_words
from hope_studio.core_words import core_words
from hope_studio.docks.events import EventsDock
from hope_studio.docks.log import LogDock
from hope_studio.draft import draft_of
from hope_studio.languages import speak
from hope_studio.widgets.banner import Banner
from hope_studio.widgets.figures_view import FiguresView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from hope_core.inference.messages import DrawRequest
    from hope_studio.session import Session

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
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "0"),
        (b"\n \n", "3"),
        (b"PK\x03\x04 and more", "ZIP"),
        (b"one\ntwo \xff three", "0xff"),
        (b"a\x00" * 100, "UTF-16LE"),
        (b"a\nb\x00c", "3"),
        (None, "text.txt"),
    ],
)
def test_a_text_that_cannot_be_read_is_told_in_the_windows_language(
    content: bytes | None, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "text.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        refuse_at_once(DataSettings(source=TextFileSettings(path=str(path))))
    words = core_words(str(caught.value))
    assert str(path) in words
    assert told in words
    assert not ENGLISH.search(words.replace(str(tmp_path), "").partition("iconv")[0])


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    "line",
    [
        b"[1, 2]\n",
        b'{"txt": "a"}\n',
        b"{}\n",
        b'{"text": 3}\n',
        b'{"text": "a\\u0000"}\n',
        b"{a}\n",
    ],
)
def test_a_line_that_is_no_text_is_told_in_the_windows_language(
    line: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_bytes(line)
    with pytest.raises(DataError) as caught:
        refuse_at_once(DataSettings(source=JsonLinesSettings(path=str(path))))
    words = core_words(str(caught.value)).replace(str(tmp_path), "")
    assert "第 1 行" in words
    assert not ENGLISH.search(words.partition("JSON（")[0])  # then the reader of JSON speaks


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("start", [b"\x1f\x8b", b"GGUF", b"\x93NUMPY"])
def test_a_file_that_is_never_opened_is_told_in_the_windows_language(
    start: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(start + b"and more")
    with pytest.raises(ForeignFileError) as caught:
        kind_of(path)
    words = core_words(str(caught.value))
    assert str(path) in words
    assert not ENGLISH.search(words.replace(str(tmp_path), ""))


@pytest.mark.usefixtures("chinese")
def test_weights_that_do_not_fit_are_told_in_the_windows_language() -> None:
    wanted = {f"layer.{n}": Weight((4,), "F32") for n in range(9)}
    found = {"layer.0": Weight((3, 4), "F32"), "rest": Weight((4,), "F32")}
    told = differences(ExpectedWeights(tensors=wanted), found)
    words = core_words(f"/a/x.pt is refused: {told} Nothing was imported.")
    assert words.startswith("已拒绝 /a/x.pt：缺少（8）：layer.1")
    assert "layer.0 [3, 4] F32 -> [4] F32" in words
    assert "rest" in words
    assert not ENGLISH.search(words)


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


@pytest.mark.usefixtures("chinese")
def test_a_name_is_shown_as_it_is_whatever_it_looks_like() -> None:
    for name in ("/数 据/a。 b.txt", "text", "a or b", "{x}", "it is missing in it"):
        assert name in core_words(f"There is no run '{name}'.")


@pytest.mark.usefixtures("chinese")
def test_a_long_text_of_a_library_is_said_to_its_end() -> None:
    fault = "a: b. " * 1000
    told = core_words(f"The trainer met a fault it does not know: RuntimeError: {fault}")
    assert told.startswith("训练进程遇到了未知的故障：RuntimeError: a: b.")
    assert told.endswith(fault[-1000:])


def test_in_english_everything_stays_as_it_is(qtbot: QtBot) -> None:
    assert core_words("It goes on.  Yes") == "It goes on.  Yes"


def test_what_was_said_is_said_again_when_the_language_changes(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    notice = Notice(message="The model is compiled, as it was before.")
    folder = write_run(tmp_path, [*made_up_events(3), notice])
    session.open_run(folder.path)
    qtbot.waitUntil(lambda: session.run is not None)
    events, log, banner = EventsDock(session), LogDock(session), Banner()
    for part in (events, log, banner):
        qtbot.addWidget(part)
    banner.say(notice.message)
    speak("zh_CN")
    QCoreApplication.sendPostedEvents()
    for dock in (events, log):
        dock.retranslate()
    assert banner.words() == "模型已编译，与之前相同。"
    assert events.rows.topLevelItem(0).text(2) == banner.words()
    assert log.text.toPlainText().endswith(banner.words())
    speak("en")
    QCoreApplication.sendPostedEvents()
    assert banner.words() == notice.message


def test_figures_are_asked_for_in_the_windows_language(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[DrawRequest] = []
    monkeypatch.setattr(session.service, "ask", lambda request: asked.append(request) or "1")
    view = FiguresView(draft_of(session), session.service)
    qtbot.addWidget(view)
    view.show()
    speak("zh_CN")
    view.retranslate()
    speak("en")
    view.retranslate()
    english, chinese, english_again = asked
    assert english.words == english_again.words == {}
    assert chinese.words["learning rate"] == "学习率"
    assert chinese.words["continuum {n}"] == "连续体 {n}"


@pytest.mark.usefixtures("chinese")
def test_a_report_is_written_in_the_windows_language(tmp_path: Path) -> None:
    failed = RunFailed(step=300, message="Training diverged at step 300. The loss is nan.")
    runs = [
        facts_of(write_run(tmp_path, [*made_up_events(300), failed], name=name))
        for name in ("one", "two")
    ]
    text = report(runs, "report.md.j2", say=core_words)
    plain = re.sub(r"(?ms)^```.*?^```$", "", text)
    rows = [line for line in plain.splitlines() if line.startswith("| ")]
    untold = [row for row in rows if not re.search("[\u4e00-\u9fff]", row.split("|")[1])]
    assert untold == ["| | one | two |"]
    assert "训练在第 300 步发散。损失为 nan。" in text
    assert not ENGLISH.search(plain.replace("def read_line", ""))
    page = report(runs, say=core_words)
    assert '<html lang="zh-CN">' in page
    assert "Thin: training" not in page
