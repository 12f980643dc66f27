"""Events come back as they were written, whatever else stands in the file."""

from __future__ import annotations

import json
import math
import resource
from typing import TYPE_CHECKING

import pytest

from hope_core.runs.disk_full import DiskFullError
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import (
    EvaluationFinished,
    LevelDescription,
    Notice,
    RunStarted,
    SampleWritten,
    StepFinished,
)
from hope_core.runs.reader import EventReader, last_events, without_void

if TYPE_CHECKING:
    from pathlib import Path

    from hope_core.runs.events import AnyEvent
    from hope_core.runs.folder import RunFolder


def step_event(step: int, *, loss: float = 1.5) -> StepFinished:
    return StepFinished(
        step=step,
        tokens=2**40 + step,
        loss=loss,
        bits_per_byte=loss / 2,
        grad_norm=0.1,
        learning_rates=(1e-3, 1e-4),
        fired=(0,),
        seconds=0.5 * step,
        tokens_per_second=1e4,
        memory_bytes=2**33,
    )


def started(segment: int, step: int) -> RunStarted:
    return RunStarted(
        segment=segment,
        step=step,
        resumed=step > 0,
        steps=100,
        max_seconds=0.0,
        parameters=10,
        device="cpu",
        precision="fp32",
        threads=1,
        levels=(LevelDescription("fast", 1, 1.0, 10),),
    )


def segment(run: RunFolder, number: int = 1) -> Path:
    return run.path / "events" / f"{number:06d}.jsonl"


def write_steps(run: RunFolder, *steps: int) -> None:
    with EventWriter(run) as writer:
        for step in steps:
            writer.write(step_event(step))


def steps_of(events: list[AnyEvent]) -> list[int]:
    return [event.step for event in events if isinstance(event, StepFinished)]


def test_event_is_read_as_written(run: RunFolder) -> None:
    with EventWriter(run) as writer:
        writer.write(started(writer.segment, 0))
        writer.write(step_event(1))
    first, second = EventReader(run).poll()
    assert isinstance(first, RunStarted)
    assert first.levels == (LevelDescription("fast", 1, 1.0, 10),)
    assert isinstance(second, StepFinished)
    assert second.tokens == 2**40 + 1
    assert second.at >= first.at > 1.7e9


def test_numbers_that_are_not_finite_come_back(run: RunFolder) -> None:
    with EventWriter(run) as writer:
        for loss in (math.nan, math.inf, -math.inf):
            writer.write(step_event(1, loss=loss))
    lines = segment(run).read_text().splitlines()
    assert [json.loads(line)["loss"] for line in lines] == ["nan", "inf", "-inf"]
    losses = [event.loss for event in EventReader(run).poll() if isinstance(event, StepFinished)]
    assert math.isnan(losses[0])
    assert losses[1:] == [math.inf, -math.inf]


def test_text_that_looks_like_a_number_stays_text(run: RunFolder) -> None:
    with EventWriter(run) as writer:
        writer.write(SampleWritten(step=1, prompt="null", text="nan\n\u2028 1e5 \U0001f389"))
    (event,) = EventReader(run).poll()
    assert isinstance(event, SampleWritten)
    assert (event.prompt, event.text) == ("null", "nan\n\u2028 1e5 \U0001f389")


def test_reader_holds_back_a_torn_line_until_it_is_whole(run: RunFolder) -> None:
    write_steps(run, 1, 2)
    whole = segment(run).read_bytes()
    reader = EventReader(run)
    cut = len(whole) - 20
    segment(run).write_bytes(whole[:cut])
    assert steps_of(reader.poll()) == [1]
    assert reader.poll() == []
    with segment(run).open("ab") as file:
        file.write(whole[cut:])
    assert steps_of(reader.poll()) == [2]
    assert reader.damaged == 0


def test_cut_at_any_byte_of_the_last_records_costs_only_those(run: RunFolder) -> None:
    write_steps(run, 1, 2, 3, 4, 5)
    whole = segment(run).read_bytes()
    ends = [index + 1 for index, byte in enumerate(whole) if byte == ord("\n")]
    write_steps(run, 6)
    for cut in range(ends[1], len(whole)):
        segment(run).write_bytes(whole[:cut])
        reader = EventReader(run)
        # The last brace without its line's end is still a whole record.
        complete = sum(end <= cut + 1 for end in ends)
        assert steps_of(reader.poll()) == [*range(1, complete + 1), 6], cut
        assert reader.damaged == (cut not in ends and cut + 1 not in ends), cut


def test_unknown_kinds_are_skipped_and_counted(run: RunFolder) -> None:
    write_steps(run, 1)
    with segment(run).open("ab") as file:
        file.write(b'{"kind":"dream_recorded","step":3,"depth":[1,2]}\n')
    write_steps(run, 2)
    reader = EventReader(run)
    assert steps_of(reader.poll()) == [1, 2]
    assert (reader.unknown, reader.damaged) == (1, 0)


def test_unknown_fields_are_passed_over(run: RunFolder) -> None:
    segment(run).write_text('{"kind":"notice","message":"hello","mood":"good","version":2}\n')
    (event,) = EventReader(run).poll()
    assert isinstance(event, Notice)
    assert event.message == "hello"


@pytest.mark.parametrize(
    "line",
    [
        b"\x00" * 100,
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"kind":"notice","x":' + b"[" * 100_000,
        b"null",
        b"{}",
        b'{"kind":5}',
        b'{"kind":"notice"}',
        b'{"kind":"notice","message":"\xff"}',
        b'{"kind":"step_finished","step":99999999999999999999999999}',
    ],
)
def test_damaged_line_costs_only_itself(run: RunFolder, line: bytes) -> None:
    write_steps(run, 1)
    with segment(run).open("ab") as file:
        file.write(line + b"\n\n")
    write_steps(run, 2)
    reader = EventReader(run)
    assert steps_of(reader.poll()) == [1, 2]
    assert reader.damaged == 1


def test_absent_run_is_read_as_silence(tmp_path: Path) -> None:
    reader = EventReader(tmp_path / "nothing")
    assert reader.poll() == []
    assert reader.damaged == 0


def test_reader_outlives_a_file_that_is_cut_or_removed(run: RunFolder) -> None:
    write_steps(run, 1, 2)
    reader = EventReader(run)
    reader.poll()
    kept = segment(run).read_bytes().splitlines(keepends=True)[0]
    segment(run).write_bytes(kept)
    assert reader.poll() == []
    segment(run).write_bytes(kept + kept.replace(b'"step":1', b'"step":9'))
    assert steps_of(reader.poll()) == [9]
    assert reader.damaged == 1
    segment(run).unlink()
    assert reader.poll() == []


def test_reader_follows_segments_over_a_gap(run: RunFolder) -> None:
    write_steps(run, 1)
    reader = EventReader(run)
    assert steps_of(reader.poll()) == [1]
    write_steps(run, 2)
    write_steps(run, 3)
    assert steps_of(reader.poll()) == [2, 3]
    segment(run, 2).unlink()
    assert steps_of(EventReader(run).poll()) == [1, 3]


def test_line_beyond_all_bounds_is_passed_over(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hope_core.runs.tail.CHUNK", 1000)
    monkeypatch.setattr("hope_core.runs.tail.MAXIMUM_LINE", 5000)
    segment(run).write_bytes(b'{"kind":"notice","message":"' + b"x" * 20_000)
    reader = EventReader(run)
    assert reader.poll() == []
    with segment(run).open("ab") as file:
        file.write(b'"}\n{"kind":"notice","message":"after"}\n')
    assert [event.message for event in reader.poll() if isinstance(event, Notice)] == ["after"]
    assert reader.damaged > 0


def test_each_writer_opens_a_segment_of_its_own(run: RunFolder) -> None:
    writers = [EventWriter(run) for _ in range(3)]
    assert [writer.segment for writer in writers] == [1, 2, 3]
    for writer in writers:
        writer.close()


def test_steps_done_again_void_the_earlier_ones(run: RunFolder) -> None:
    with EventWriter(run) as writer:
        writer.write(started(1, 0))
        for step in (1, 2, 3):
            writer.write(step_event(step, loss=1.0))
        writer.write(
            EvaluationFinished(step=3, loss=1.0, bits_per_byte=1.0, best=True, best_step=3)
        )
    with EventWriter(run) as writer:
        writer.write(started(2, 1))
        writer.write(step_event(2, loss=2.0))
    events = without_void(EventReader(run).poll())
    losses = {event.step: event.loss for event in events if isinstance(event, StepFinished)}
    assert losses == {1: 1.0, 2: 2.0}
    assert not [event for event in events if isinstance(event, EvaluationFinished)]


def test_full_disk_leaves_whole_lines_and_writing_goes_on(run: RunFolder) -> None:
    with EventWriter(run) as writer:
        writer.write(step_event(1))
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (segment(run).stat().st_size + 50, hard))
        try:
            with pytest.raises(DiskFullError):
                writer.write(step_event(2))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        writer.write(step_event(3))
    reader = EventReader(run)
    assert steps_of(reader.poll()) == [1, 3]
    assert reader.damaged == 0


def test_last_events_are_read_without_the_rest(run: RunFolder) -> None:
    write_steps(run, *range(1, 50))
    write_steps(run, 50)
    assert steps_of(last_events(run.path, size=600)) == [48, 49, 50]
    assert steps_of(last_events(run.path, after_segment=1)) == [50]
