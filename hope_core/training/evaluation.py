"""A look at held-out text: the mean loss over a fixed set of batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from hope_core.data.batches import validation_batches
from hope_core.training.step import loss_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.config.run import RunConfig
    from hope_core.data.corpus import Corpus
    from hope_core.models.contract import LanguageModel
    from hope_core.training.precision import Precision

PIECE_FLOPS = 8e9
"""Work between two looks at the commands: some tens of milliseconds on one core."""


def evaluate(
    model: LanguageModel,
    corpus: Corpus,
    config: RunConfig,
    precision: Precision,
    *,
    tell: Callable[[int, int], None],
    check: Callable[[], None],
) -> float:
    """Mean validation loss (nats a token) over train.evaluation_batches batches.

    Args:
        model: is left in the mode in which it was found.
        corpus: its validation part.
        config: batch size, length and number of batches.
        precision: as in training.
        tell: gets (done, total) rows.
        check: called between pieces; may raise to give the evaluation up.
    """
    length = config.data.sequence_length
    rows = max(1, int(PIECE_FLOPS / (model.flops_per_token(length) / 3 * length)))
    count = -(-config.train.evaluation_batches * config.train.batch_size // rows)
    batches = validation_batches(
        corpus.validation.tokens, batch_size=rows, length=length, count=count
    )
    device = next(model.parameters()).device
    mode, total, seen = model.training, 0.0, 0
    model.eval()
    try:
        for batch in batches:
            check()
            with torch.inference_mode():
                loss = loss_of(model, torch.from_numpy(batch).to(device), precision)
            total += float(loss) * len(batch)
            seen += len(batch)
            tell(seen, count * rows)
    finally:
        model.train(mode)
    tell(count * rows, count * rows)
    return total / seen
