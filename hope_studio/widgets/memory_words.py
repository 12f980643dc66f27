"""Why there is nothing to see of a memory, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from hope_core.runs.folder import RunFolder
    from hope_studio.session import Session

translate = QCoreApplication.translate


def no_memory_sentence(session: Session) -> str:
    """What to say while the open run has shown nothing of its memory."""
    run = session.run
    if run is None:
        return translate("MemoryWords", "Open or start a run to look into its memory.")
    if run.config.model.kind == "transformer":
        return translate(
            "MemoryWords",
            "A transformer has no memory that learns while it reads. Try the hope model.",
        )
    every = run.config.train.probe_every
    if session.phase.ended:
        return _over_sentence(0 if session.history is None else session.history.step, every)
    if not every:
        return translate(
            "MemoryWords", "This run does not look into its memory: train.probe_every is 0."
        )
    return translate(
        "MemoryWords", "No look into the memory yet: the first comes at step {step}."
    ).format(step=every)


def no_levels_sentence(session: Session) -> str:
    """What to say while the open run has told of no levels."""
    if session.phase.ended:
        return translate(
            "MemoryWords", "No trainer told of levels here. Train on to see them move."
        )
    return translate("MemoryPage", "The levels come with the first words of the trainer.")


def no_rates_sentence(session: Session) -> str:
    """What to say while the open run has done no step."""
    if session.phase.ended:
        return translate("MemoryWords", "Not one step was done here. Train on to see the rates.")
    return translate("MemoryPage", "Learning rates come with the first step.")


def _over_sentence(step: int, every: int) -> str:
    """A run without looks has ended at this step."""
    if not step:
        return translate(
            "MemoryWords",
            "No look into the memory: these weights were not trained here, or not one step was "
            "done. Press Look now at the top of the page Memory, or train on.",
        )
    if not every:
        return translate(
            "MemoryWords",
            "No look into the memory: train.probe_every was 0. Press Look now at the top of the "
            "page Memory.",
        )
    return translate(
        "MemoryWords",
        "No look into the memory: the run ended at step {step}, and looks come every {every} "
        "steps. Press Look now at the top of the page Memory, or train on.",
    ).format(step=step, every=every)


def without_sentence(picture: str, run: RunFolder | None) -> str:
    """Why a model with a memory has nothing for this picture of the Memory page."""
    kind = "" if run is None else run.config.model.kind
    if picture in ("plane", "twistors") and kind != "mt_hope":
        return translate(
            "MemoryWords",
            "Only MT-HOPE has twistors and Moebius maps; this model's memory is a matrix of "
            "real numbers.",
        )
    if picture == "plane":
        return translate("MemoryWords", "The Moebius maps of this model are switched off.")
    if picture in ("matrix", "recall"):
        return translate(
            "MemoryWords",
            "No deeper look yet, or this memory has no matrix a head: deeper looks come at every "
            "fifth look, recall at every twentieth.",
        )
    if picture == "spread":
        return translate("MemoryWords", "Sizes come with the deeper looks, every fifth look.")
    if picture in ("gates", "histograms"):
        return translate("MemoryWords", "This memory has no gates of its own.")
    if picture == "stability":
        return translate("MemoryWords", "This memory has no step that could grow too large.")
    return translate("MemoryWords", "This look did not measure it.")
