"""However a trainer ends, the run folder tells it, once."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import msgspec
import pytest

from hope_core.errors import RunError
from hope_core.runs import owner
from hope_core.runs.checkpoints import new_checkpoint
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import Notice, RunFailed, RunFinished, StateChanged
from hope_core.runs.folder import RunFolder
from hope_core.runs.lifecycle import clean_orphans, is_alive, record_death
from hope_core.runs.lock import RunLock, is_locked
from hope_core.runs.owner import is_running, owner_process, this_process
from hope_core.runs.reader import EventReader
from hope_core.runs.state import effective_state
from hope_core.runs.storage import write_json

if TYPE_CHECKING:
    from collections.abc import Iterator

TRAINER = """
import sys
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import Notice
from hope_core.runs.folder import RunFolder
run = RunFolder.open(sys.argv[1])
with run.lock():
    run.write_state("running", step=7)
    writer = EventWriter(run)
    writer.write(Notice(message="training"))
    print("ready", flush=True)
    sys.stdin.read()
"""
CONTENDER = """
import sys
from pathlib import Path
from hope_core.errors import RunError
from hope_core.runs.lock import RunLock
print("ready", flush=True)
sys.stdin.readline()
lock = RunLock(Path(sys.argv[1]), timeout=0)
try:
    lock.acquire()
    print("won", flush=True)
except RunError:
    print("lost", flush=True)
sys.stdin.read()
"""


def start(program: str, run: RunFolder) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(run.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert answer(process) == "ready"
    return process


def answer(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> int:
    process.kill()
    process.communicate()
    return process.returncode


@pytest.fixture
def dead(run: RunFolder) -> RunFolder:
    """A run whose trainer left no last word."""
    gone = msgspec.structs.replace(this_process(), started=1.0)
    state = msgspec.structs.replace(run.write_state("running", step=7), owner=gone)
    write_json(run.path / "state.json", state)
    return RunFolder.open(run.path)


@pytest.fixture
def contenders(run: RunFolder) -> Iterator[list[subprocess.Popen[str]]]:
    processes = [start(CONTENDER, run) for _ in range(3)]
    yield processes
    for process in processes:
        end(process)


def deaths(run: RunFolder) -> list[RunFailed]:
    return [event for event in EventReader(run).poll() if isinstance(event, RunFailed)]


def test_exactly_one_of_many_gets_the_lock(
    run: RunFolder, contenders: list[subprocess.Popen[str]]
) -> None:
    for process in contenders:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert sorted(answer(process) for process in contenders) == ["lost", "lost", "won"]


def test_killed_trainer_is_seen_recorded_and_free_to_resume(run: RunFolder) -> None:
    process = start(TRAINER, run)
    assert is_alive(run)
    assert effective_state(run) == "running"
    assert record_death(run) is None
    with pytest.raises(RunError, match="another process"):
        run.lock(timeout=0).acquire()
    exit_code = end(process)
    assert not is_locked(run.path)
    assert effective_state(run) == "interrupted"
    assert record_death(run, exit_code) is not None
    assert run.state.state == "interrupted"
    assert run.state.step == 7
    run.lock(timeout=0).acquire()


def test_lock_holds_within_one_process_too(run: RunFolder) -> None:
    with run.lock():
        assert is_locked(run.path)
        with pytest.raises(RunError, match="another process"):
            RunLock(run.path, timeout=0).acquire()
    assert not is_locked(run.path)


def test_looking_at_a_lock_makes_no_file(run: RunFolder) -> None:
    assert is_locked(run.path) is False
    assert not (run.path / ".lock").exists()


def test_racing_watchers_record_one_death(dead: RunFolder) -> None:
    together = Barrier(8)

    def watch(_: int) -> RunFailed | None:
        mine = RunFolder.open(dead.path)
        together.wait()
        return record_death(mine, -9)

    with ThreadPoolExecutor(8) as watchers:
        words = list(watchers.map(watch, range(8)))
    assert len([word for word in words if word]) == 1
    assert len(deaths(dead)) == 1
    assert dead.state.state == "interrupted"


def test_death_is_recorded_once_however_often_it_is_asked(dead: RunFolder) -> None:
    assert record_death(dead) is not None
    assert record_death(dead) is None
    assert len(deaths(dead)) == 1


@pytest.mark.parametrize(
    ("exit_code", "state", "words"),
    [
        (None, "interrupted", "without a last word"),
        (-signal.SIGKILL, "interrupted", "memory ran out"),
        (137, "interrupted", "memory ran out"),
        (-signal.SIGSEGV, "interrupted", "SIGSEGV"),
        (0xC0000005, "interrupted", "SIGSEGV"),
        (-signal.SIGTERM, "interrupted", "signal 15"),
        (1, "failed", "code 1"),
        (0, "interrupted", "without a last word"),
    ],
)
def test_exit_code_is_put_into_words(
    dead: RunFolder, exit_code: int | None, state: str, words: str
) -> None:
    word = record_death(dead, exit_code)
    assert word is not None
    assert words in word.message
    assert dead.state.state == state


def test_death_tells_where_a_resume_goes_on(dead: RunFolder) -> None:
    with new_checkpoint(dead.path, step=5, config_sha256=dead.config_sha) as commit:
        (commit.path / "model.bin").write_bytes(b"weights")
    word = record_death(dead)
    assert word is not None
    assert word.step == 7
    assert "from step 5" in word.hint


@pytest.mark.parametrize(
    ("last", "state"),
    [
        (RunFailed(step=7, message="not a number"), "failed"),
        (StateChanged(state="stopped", step=7), "stopped"),
        (
            RunFinished(
                step=7,
                tokens=1,
                seconds=1.0,
                loss=1.0,
                validation_loss=None,
                bits_per_byte=None,
                reason="steps",
            ),
            "finished",
        ),
    ],
)
def test_last_word_of_the_trainer_itself_is_believed(
    dead: RunFolder, last: RunFailed | StateChanged | RunFinished, state: str
) -> None:
    with EventWriter(dead) as writer:
        writer.write(last)
    before = len(deaths(dead))
    assert record_death(dead, -9) is None
    assert dead.state.state == state
    assert len(deaths(dead)) == before


def test_last_word_of_an_earlier_trainer_is_not_taken_for_this_one(run: RunFolder) -> None:
    with EventWriter(run) as writer:
        writer.write(RunFailed(step=3, message="the first death"))
    RunFolder.open(run.path).write_state("preparing")
    assert record_death(RunFolder.open(run.path)) is not None
    assert len(deaths(run)) == 2


def test_last_word_is_believed_when_events_came_before_the_state(run: RunFolder) -> None:
    with EventWriter(run) as writer:
        writer.write(RunFailed(step=3, message="an earlier trainer"))
    with EventWriter(run) as writer:
        run.write_state("running")
        writer.write(RunFailed(step=7, message="this trainer"))
    assert record_death(RunFolder.open(run.path), 1) is None
    assert run.state.state == "failed"
    assert len(deaths(run)) == 2


def test_silent_death_of_a_resume_is_told_once_and_the_run_keeps_its_state(run: RunFolder) -> None:
    run.write_state("finished")
    assert record_death(run, -9) is None
    assert record_death(run, -9, launched_after=0) is not None
    assert record_death(run, -9, launched_after=0) is None
    assert run.state.state == "finished"
    assert len(deaths(run)) == 1


def test_new_run_is_dead_only_when_somebody_tried(run: RunFolder) -> None:
    assert record_death(run) is None
    assert record_death(run, 1) is not None
    assert run.state.state == "failed"


def test_next_trainer_records_the_death_before_it(dead: RunFolder) -> None:
    half = dead.path / "checkpoints" / ".tmp-1-abc"
    half.mkdir(parents=True)
    (dead.path / ".tmp-1-def").touch()
    with dead.lock():
        clean_orphans(dead)
        assert dead.state.state == "interrupted"
        assert not half.exists()
        assert not (dead.path / ".tmp-1-def").exists()
        dead.write_state("running")
        clean_orphans(dead)
    assert len(deaths(dead)) == 1


def test_trainer_on_another_machine_lives_by_its_heartbeat(dead: RunFolder) -> None:
    assert dead.state.owner is not None
    away = msgspec.structs.replace(dead.state.owner, host="elsewhere")
    write_json(dead.path / "state.json", msgspec.structs.replace(dead.state, owner=away))
    assert effective_state(dead) == "running"
    old = msgspec.structs.replace(dead.state, updated=1e9)
    write_json(dead.path / "state.json", old)
    assert effective_state(dead) == "interrupted"


def test_process_decides_where_the_lock_cannot_be_asked(run: RunFolder) -> None:
    (run.path / ".lock").mkdir()
    run.write_state("running")
    assert effective_state(run) == "running"
    gone = msgspec.structs.replace(this_process(), started=1.0)
    write_json(run.path / "state.json", msgspec.structs.replace(run.state, owner=gone))
    assert effective_state(run) == "interrupted"
    with pytest.raises(RunError, match="cannot be written"):
        run.lock(timeout=0).acquire()


def test_owner_is_this_process_and_no_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = this_process()
    assert is_running(mine)
    process = owner_process(mine)
    assert process is not None
    assert process.pid == mine.pid
    assert not is_running(msgspec.structs.replace(mine, started=mine.started - 60))
    monkeypatch.setattr(owner, "boot_id", lambda: "after a restart")
    assert not is_running(mine)


def test_events_go_on_after_a_death_without_a_torn_line(run: RunFolder) -> None:
    end(start(TRAINER, run))
    with (run.path / "events" / "000001.jsonl").open("ab") as file:
        file.write(b'{"kind":"notice","mess')
    record_death(run)
    reader = EventReader(run)
    kinds = [type(event) for event in reader.poll()]
    assert kinds == [Notice, RunFailed, StateChanged]
    assert reader.damaged == 1
