"""A look into the memory after the run: from its checkpoint, as the trainer would have looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tiny_runs import told

from hope_core.analysis.history import RunHistory
from hope_core.analysis.probes import read_probe
from hope_core.errors import CheckpointError, RunError
from hope_core.inference.look_messages import LookRequest
from hope_core.runs import events
from hope_core.training.late_look import answer_look, look_late
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.runs.folder import RunFolder

    MakeRun = Callable[..., RunFolder]


def unhurried() -> None:
    """Nobody gives this look up."""


def test_late_look_sees_what_the_trainer_saw(make_run: MakeRun) -> None:
    folder = make_run(steps=3, probe_every=3)
    Trainer(folder).run()
    (seen,) = told(folder, events.ProbeRecorded)
    by_trainer = read_probe(folder.path / seen.path)
    for path in folder.path.glob("probes/*"):
        path.unlink()
    with folder.lock():
        assert look_late(folder, unhurried) == 3
    late = read_probe(folder.path / seen.path)
    assert late.tokens == by_trainer.tokens
    np.testing.assert_allclose(late.norms, by_trainer.norms, rtol=1e-4)
    assert late.surprise is not None
    assert by_trainer.surprise is not None
    np.testing.assert_allclose(late.surprise, by_trainer.surprise, rtol=1e-3, atol=1e-5)


def test_late_look_is_told_and_read_like_any_other(make_run: MakeRun) -> None:
    folder = make_run(steps=3)
    Trainer(folder).run()
    assert not told(folder, events.ProbeRecorded)
    (reply,) = answer_look(LookRequest(run=str(folder.path)), unhurried)
    assert reply.step == 3
    history = RunHistory(folder.path)
    history.feed(told(folder))
    assert history.load_probes(seconds=10.0)
    assert history.memory.steps.values.tolist() == [3.0]
    assert folder.state.state == "finished"


def test_run_that_is_being_trained_is_left_alone(make_run: MakeRun) -> None:
    folder = make_run(steps=2)
    Trainer(folder).run()
    with folder.lock(), pytest.raises(RunError, match="being trained"):
        list(answer_look(LookRequest(run=str(folder.path)), unhurried))


def test_run_without_a_checkpoint_says_so(make_run: MakeRun) -> None:
    with pytest.raises(CheckpointError, match="no whole checkpoint"):
        look_late(make_run(), unhurried)


def test_looks_of_later_steps_stay_the_newest(make_run: MakeRun) -> None:
    folder = make_run(steps=2)
    Trainer(folder).run()
    (folder.path / "probes" / "step-000000009.safetensors").touch()
    with pytest.raises(RunError, match="later steps"):
        look_late(folder, unhurried)


def test_model_without_a_memory_says_so(make_run: MakeRun) -> None:
    folder = make_run(model="transformer", steps=2)
    Trainer(folder).run()
    with pytest.raises(RunError, match="no memory"):
        look_late(folder, unhurried)
