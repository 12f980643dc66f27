"""Whether a run goes on bit for bit as it would have, and if not, why: in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.runs.events import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hope_core.training.checkpoint import Restored
    from hope_core.training.workbench import Workbench


def inexactness(restored: Restored, bench: Workbench) -> Iterator[Notice]:
    """A notice for each thing that differs from when the checkpoint was written."""
    for what in _differences(restored, bench):
        yield Notice(message=f"Continued, not exact: {what}", hint="Training goes on all the same.")


def _differences(restored: Restored, bench: Workbench) -> Iterator[str]:
    record = restored.record
    if record.fingerprint not in ("", bench.corpus.fingerprint):
        yield "the text is not the one this run began with."
    if record.processes != bench.share.processes:
        yield (
            f"{bench.share.processes} process(es) train it now, and {record.processes} did before. "
            "They read the same batches, but sums are rounded in another order."
        )
    if record.device != bench.device.type:
        yield f"it trains on {bench.device.type} now, and on {record.device} before."
    if record.compiled != (bench.compiled.read is not None):
        yield "the model is not compiled now as it was before."
    if record.torch not in ("", str(torch.__version__)):
        yield f"torch is {torch.__version__} now, and was {record.torch} before."
