"""The small preset after its minute, against a byte-trigram model fitted on the very same tokens.

`python -m benchmarks.small [--seconds 60] [--json]`
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np

from benchmarks._timing import machine, markdown
from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.data import prepare
from hope_core.data.batches import training_batch
from hope_core.data.trigram import trigram_bits_per_byte
from hope_core.runs.folder import RunFolder
from hope_core.training.trainer import Trainer


def main() -> None:
    """Train, fit, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--quick", action="store_true", help="ten seconds of training")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    seconds = 10.0 if options.quick else options.seconds
    config = apply_overrides(load_preset("small"), [f"train.max_seconds={seconds}"])
    with tempfile.TemporaryDirectory() as root:
        folder = RunFolder.create(config, Path(root) / "run")
        result = Trainer(folder).run()
    corpus = prepare(config.data, progress=lambda *_: None, cancelled=lambda: None)
    # The rows as the run saw them, one after the other; a trigram counts whatever it is given.
    seen = np.concatenate(
        [
            training_batch(
                corpus.train.tokens,
                batch_size=config.train.batch_size,
                length=config.data.sequence_length,
                seed=config.seed,
                position=position,
            )[:, 1:].ravel()
            for position in range(result.step * config.train.accumulation)
        ]
    )
    held_out = corpus.tokenizer.token_bytes(corpus.validation.tokens)
    same = trigram_bits_per_byte(corpus.tokenizer.token_bytes(seen), held_out)
    whole = trigram_bits_per_byte(corpus.tokenizer.token_bytes(corpus.train.tokens), held_out)
    rows = [
        ("small", result.step, result.tokens, result.bits_per_byte),
        ("trigram on the same tokens", "-", len(seen), same),
        ("trigram on the whole training text", "-", len(corpus.train.tokens), whole),
    ]
    print(markdown(("model", "steps", "tokens", "validation bits per byte"), rows))
    if options.json:
        figures = {"small": result.bits_per_byte, "trigram_same": same, "trigram_whole": whole}
        print(json.dumps({**figures, "tokens": result.tokens, "machine": machine()}))


if __name__ == "__main__":
    main()
