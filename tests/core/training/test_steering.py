"""Pausing, single steps and the end of a run, asked for while another thread or process trains."""

from __future__ import annotations

import shutil
import signal
import threading
from typing import TYPE_CHECKING, Any

import pytest
from tiny_runs import saved_bytes, told, wait_for

from hope_core.runs import commands, events
from hope_core.runs.command_log import end_of_commands
from hope_core.runs.lifecycle import record_death
from hope_core.training.control import Control
from hope_core.training.launch import start_process
from hope_core.training.trainer import Trainer
from hope_core.worker import main

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.runs.folder import RunFolder

    MakeRun = Callable[..., RunFolder]


def in_a_thread(folder: RunFolder) -> threading.Thread:
    control = Control(folder, commands_from=0)
    thread = threading.Thread(target=Trainer(folder, control).run)
    thread.start()
    return thread


def paused_at(folder: RunFolder, step: int) -> Any:
    return wait_for(folder, events.StateChanged, lambda e: e.state == "paused" and e.step == step)


def test_run_steps_pauses_and_serves_while_it_stands_still(make_run: MakeRun) -> None:
    folder = make_run(steps=1000)
    folder.append_command(commands.RunSteps(steps=3))
    thread = in_a_thread(folder)
    paused_at(folder, 3)
    request = commands.Generate(prompt="a", tokens=4)
    folder.append_command(request)
    wait_for(folder, events.GenerationProgress, lambda e: e.id == request.id and e.done)
    folder.append_command(commands.SaveNow())
    assert wait_for(folder, events.CheckpointSaved, lambda _: True).step == 3
    folder.append_command(commands.RunSteps(steps=1))
    paused_at(folder, 4)
    folder.append_command(commands.Stop(keep=False))
    thread.join()
    assert folder.state.state == "stopped"
    assert [c.step for c in folder.checkpoints()] == [3]


def test_pause_and_continue_are_acknowledged_and_told(make_run: MakeRun) -> None:
    folder = make_run(steps=1_000_000)
    thread = in_a_thread(folder)
    wait_for(folder, events.StepFinished, lambda _: True)
    pause = commands.Pause()
    folder.append_command(pause)
    wait_for(folder, events.CommandAcknowledged, lambda e: e.id == pause.id)
    stood_at = wait_for(folder, events.StateChanged, lambda e: e.state == "paused").step
    folder.append_command(commands.Continue())
    wait_for(folder, events.StepFinished, lambda e: e.step > stood_at)
    folder.append_command(commands.Stop())
    thread.join()
    assert folder.checkpoints()[-1].step == folder.state.step > stood_at


def test_long_text_ends_when_it_is_unwanted(make_run: MakeRun) -> None:
    folder = make_run(steps=1000)
    request = commands.Generate(prompt="a", tokens=1_000_000)
    folder.append_command(commands.RunSteps(steps=1))
    folder.append_command(request)
    thread = in_a_thread(folder)
    wait_for(folder, events.GenerationProgress, lambda e: e.id == request.id)
    folder.append_command(commands.StopGeneration(generation=request.id))
    last = wait_for(folder, events.GenerationProgress, lambda e: e.done)
    folder.append_command(commands.Stop(keep=False))
    thread.join()
    assert 0 < last.tokens < 1_000_000


def test_killed_process_goes_on_exactly_where_it_saved(make_run: MakeRun) -> None:
    straight, folder = make_run("straight", steps=6), make_run("killed", steps=6)
    Trainer(straight).run()
    folder.append_command(commands.RunSteps(steps=3))
    process = start_process(folder.path, 0)
    paused_at(folder, 3)
    folder.append_command(commands.SaveNow())
    wait_for(folder, events.CheckpointSaved, lambda _: True)
    process.kill()
    code = process.wait()
    record_death(folder, code)
    assert folder.state.state == "interrupted"
    resumed = start_process(folder.path, end_of_commands(folder))
    assert resumed.wait() == 0
    assert saved_bytes(folder) == saved_bytes(straight)


def test_terminated_process_saves_and_stops(make_run: MakeRun) -> None:
    folder = make_run(steps=10_000_000)
    process = start_process(folder.path)
    wait_for(folder, events.StepFinished, lambda e: e.step >= 2)
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0
    assert folder.state.state == "stopped"
    assert folder.checkpoints()[-1].step == told(folder, events.StepFinished)[-1].step


@pytest.fixture
def stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker runs in this process, which is to keep its place when memory runs out."""
    monkeypatch.setattr("hope_core.worker.be_first_to_go", lambda: None)


@pytest.mark.usefixtures("stays")
def test_worker_tells_a_user_error_by_its_exit_code(make_run: MakeRun, text: Any) -> None:
    folder = make_run()
    text.unlink()
    assert main([str(folder.path)]) == 2
    assert str(text) in told(folder, events.RunFailed)[-1].message


@pytest.mark.usefixtures("stays")
def test_worker_refuses_what_is_no_run(tmp_path: Any) -> None:
    assert main([str(tmp_path / "nothing")]) == 2


def test_command_is_acknowledged_while_a_step_takes_its_time(make_run: MakeRun) -> None:
    folder = make_run(steps=2)
    stop = commands.Stop(keep=False)
    heard: list[events.CommandAcknowledged] = []

    class LongStep(Control):
        """The second step lasts until its trainer has acknowledged a command."""

        def step_finished(self) -> None:
            model = self._desk.bench.model  # type: ignore[union-attr]
            model.register_forward_pre_hook(ask_and_wait)

    def ask_and_wait(*_: object) -> None:
        folder.append_command(stop)
        heard.append(wait_for(folder, events.CommandAcknowledged, lambda e: e.id == stop.id))

    result = Trainer(folder, LongStep(folder)).run()
    assert heard
    assert result.state == "stopped"


def test_full_disk_pauses_the_run_and_the_save_is_made_up_for(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_run(steps=8, checkpoint_every=2)
    roomy = shutil.disk_usage

    def full(path: Any) -> Any:
        return roomy(path)._replace(free=0)

    monkeypatch.setattr(shutil, "disk_usage", full)
    thread = in_a_thread(folder)
    notice = wait_for(folder, events.Notice, lambda _: True)
    paused_at(folder, 2)
    monkeypatch.setattr(shutil, "disk_usage", roomy)
    folder.append_command(commands.Continue())
    thread.join()
    assert "MB are needed" in notice.message
    assert [event.step for event in told(folder, events.CheckpointSaved)] == [3, 4, 6, 8]


def test_disk_that_stays_full_lets_the_run_be_stopped(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_run(steps=2)
    roomy = shutil.disk_usage
    monkeypatch.setattr(shutil, "disk_usage", lambda path: roomy(path)._replace(free=0))
    thread = in_a_thread(folder)
    paused_at(folder, 2)
    folder.append_command(commands.Stop())
    thread.join()
    assert folder.state.state == "stopped"
    assert "not saved" in told(folder, events.Notice)[-1].message
