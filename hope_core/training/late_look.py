"""A look into the memory of a run that ended without one, or took weights of elsewhere in.

The newest sound checkpoint is loaded, shown the held-out text as a trainer shows it, and what was
seen is written where the trainer's looks lie. The run's lock is held meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hope_core.data import prepare
from hope_core.errors import CheckpointError, RunError
from hope_core.inference.loading import load_model
from hope_core.inference.look_messages import LookReply
from hope_core.runs.checkpoints import newest_sound
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import ProbeRecorded
from hope_core.runs.folder import RunFolder
from hope_core.training.probes import Prober

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.inference.look_messages import LookRequest


def answer_look(request: LookRequest, check: Callable[[], None]) -> Iterator[LookReply]:
    """Look once into the memory that the newest checkpoint makes, and tell at which step.

    Raises:
        HopeError: somebody trains the run, it has no checkpoint, no memory or no text, or looks
            of later steps are there already.
    """
    folder = RunFolder.open(request.run)
    with folder.lock():
        step = look_late(folder, check)
    yield LookReply(id=request.id, step=step)


def look_late(folder: RunFolder, check: Callable[[], None]) -> int:
    """Write one look of a run whose lock is held; the step of its checkpoint.

    Raises:
        HopeError: there is nothing to look into.
    """
    newest = newest_sound(folder.path).checkpoint
    if newest is None:
        raise CheckpointError(
            f"The run {folder.path} has no whole checkpoint to look into. Train it until it saves."
        )
    if any(_step(path.stem) > newest.step for path in folder.path.glob("probes/step-*")):
        raise RunError(f"The run {folder.path} has looks of later steps than its checkpoint.")
    loaded = load_model(folder, newest.path.relative_to(folder.path).as_posix())
    corpus = prepare(
        folder.config.data,
        progress=lambda *_: None,
        cancelled=check,
        tokenizer_json=loaded.tokenizer.to_json(),
    )
    path = Prober(folder.path, loaded.model, corpus).record(loaded.step, ())
    if path is None:
        raise RunError("This model has no memory that learns while it reads: there is no look.")
    with EventWriter(folder) as events:
        events.write(ProbeRecorded(step=loaded.step, path=path))
    return loaded.step


def _step(name: str) -> int:
    return int(name.rpartition("-")[2])
