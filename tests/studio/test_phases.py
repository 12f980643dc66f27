from __future__ import annotations

import pytest

from hope_core.runs.events import PhaseProgress, RunFailed, StateChanged
from hope_core.runs.state import ENDED_STATES, LIVE_STATES
from hope_studio.controls import CONTROLS, badge_text, middle_text
from hope_studio.phases import Phase, phase_after, phase_of_state


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_a_row_of_controls_with_texts(phase: Phase) -> None:
    assert badge_text(phase)
    assert middle_text(phase)


@pytest.mark.parametrize("phase", Phase)
def test_a_new_run_starts_exactly_when_none_is_live(phase: Phase) -> None:
    assert CONTROLS[phase].train is not phase.live


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase.live])
def test_a_live_run_can_be_stopped_unless_it_stops_already(phase: Phase) -> None:
    assert CONTROLS[phase].stop is (phase is not Phase.STOPPING)


@pytest.mark.parametrize("state", sorted(LIVE_STATES))
def test_live_states_are_live_phases(state: str) -> None:
    assert phase_of_state(state).live


@pytest.mark.parametrize("state", sorted(ENDED_STATES))
def test_ended_states_are_ended_phases(state: str) -> None:
    assert phase_of_state(state).ended


def test_stopping_outlives_news_of_running() -> None:
    assert phase_after(Phase.STOPPING, StateChanged(state="running", step=1)) is Phase.STOPPING


def test_stopping_ends_with_the_run() -> None:
    assert phase_after(Phase.STOPPING, StateChanged(state="stopped", step=1)) is Phase.STOPPED


def test_a_recorded_death_is_an_interruption() -> None:
    phase = phase_after(Phase.RUNNING, RunFailed(step=3, message="killed"))
    assert phase_after(phase, StateChanged(state="interrupted", step=3)) is Phase.INTERRUPTED


def test_progress_of_an_evaluation_does_not_move_the_phase() -> None:
    event = PhaseProgress(phase="evaluating", done=1, total=8)
    assert phase_after(Phase.RUNNING, event) is Phase.RUNNING
