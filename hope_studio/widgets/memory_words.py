"""Why there is nothing to see of a memory, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from hope_core.runs.folder import RunFolder

translate = QCoreApplication.translate


def no_memory_sentence(run: RunFolder | None) -> str:
    """What to say while a run has shown nothing of its memory."""
    if run is None:
        return translate("MemoryWords", "Open or start a run to look into its memory.")
    if run.config.model.kind == "transformer":
        return translate(
            "MemoryWords",
            "A transformer has no memory that learns while it reads. Try the hope model.",
        )
    every = run.config.train.probe_every
    if not every:
        return translate(
            "MemoryWords", "This run does not look into its memory: train.probe_every is 0."
        )
    return translate(
        "MemoryWords", "No look into the memory yet: the first comes at step {step}."
    ).format(step=every)


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
