"""Looks into the memory while it learns, on one fixed text, kept as safetensors files.

Notable: the run is always covered: when there are too many looks, those that stand closest go, and
the newest stay. Deeper looks (`look_deeper`) and recall probes cost more and come more rarely.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import torch
from safetensors.torch import save

from hope_core.models.memory_look import change, finest, look_deeper
from hope_core.models.recall_probe import recall_probe
from hope_core.runs.storage import write_bytes
from hope_core.training.spread import measure_spread

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from hope_core.data.corpus import Corpus
    from hope_core.models.contract import LanguageModel

TOKENS = 128
"""Length of the probe text: the first tokens of the held-out part."""
DEEPER_EVERY, RECALL_EVERY = 5, 20
"""Every such look is a deeper one, and asks what is recalled."""
RECALL_TEXT, RECALL_FILLER = 64, 512
"""Tokens of each of the two texts that are to be told apart, and of the filler behind them."""
KEPT = {"step": 200, "deep": 100, "recall": 50}
"""Files of each kind that stay on the disk; of the finest pictures, two."""
NEWEST = 20
"""Looks that are never thinned out, as they are the newest."""


class Prober:
    """Records what the model's memory does with the first held-out tokens.

    Args:
        run: the run folder.
        model: the live model; it is never changed by a look.
        corpus: where the probe text comes from.
    """

    def __init__(self, run: Path, model: LanguageModel, corpus: Corpus) -> None:
        self._folder = run / "probes"
        self._model = model
        held_out = corpus.validation.tokens
        texts = [corpus.tokenizer.decode([int(token)]) for token in held_out[:TOKENS]]
        self._metadata = {"tokens": json.dumps(texts)}
        device = next(model.parameters()).device
        ids = held_out[: 2 * RECALL_TEXT + RECALL_FILLER].astype("int64")
        self._ids = torch.from_numpy(ids).to(device)
        self._tokens = self._ids[None, :TOKENS]
        self._looks = 0
        self._matrices: list[Tensor] | None = None
        self._finest: Path | None = None
        self._folder.mkdir(exist_ok=True)

    def record(self, step: int, update_norms: tuple[float, ...]) -> str | None:
        """Write one look; its path relative to the run folder, or None if there is no memory.

        The file holds the arrays of `LanguageModel.probe`, `update_norm` (levels): how far each
        level moved in the last step; and in its metadata the tokens' texts.
        """
        measured: dict[str, Tensor] = self._model.probe(self._tokens)
        if not measured:
            return None
        update_norm = torch.tensor(update_norms, dtype=torch.float32)
        path = self._write("step", step, measured | {"update_norm": update_norm}, self._metadata)
        if self._looks % DEEPER_EVERY == 0:
            self._record_deeper(step, measured)
        if self._looks % RECALL_EVERY == 0:
            self._record_recall(step)
        self._looks += 1
        return f"probes/{path.name}"

    def _record_deeper(self, step: int, measured: dict[str, Tensor]) -> None:
        """What `look_deeper` finds, one number a look of slots and helicity, sizes of weights."""
        found, matrices = look_deeper(self._model, self._tokens, measured)
        if matrices and self._matrices:
            found["memory_change"] = change(matrices, self._matrices)
        self._matrices = matrices
        if "slot_norm" in measured:
            found["slot_norm"] = measured["slot_norm"]
        if "helicity" in measured:
            found["helicity"] = measured["helicity"].mean(-1)
        spread, parts = measure_spread(self._model)
        words = {"parts": json.dumps(parts)}
        if matrices:
            words["sides"] = json.dumps(matrices[0].shape[1:])
            self._record_finest(step, matrices)
        self._write("deep", step, found | spread, words)

    def _record_finest(self, step: int, matrices: list[Tensor]) -> None:
        """The matrices in full, of this look and the one before it: older ones go."""
        whole = finest(matrices)
        if whole is None:
            return
        path = self._write("finest", step, {"matrices": whole}, {})
        for other in self._folder.glob("finest-*"):
            if other not in (path, self._finest):
                other.unlink(missing_ok=True)
        self._finest = path

    def _record_recall(self, step: int) -> None:
        """What is left of two texts after more and more filler."""
        if len(self._ids) <= 2 * RECALL_TEXT:
            return
        texts = self._ids[: 2 * RECALL_TEXT].view(2, RECALL_TEXT)
        found = recall_probe(self._model, texts, self._ids[2 * RECALL_TEXT :])
        if found is not None:
            arrays = {"distances": found.distances, "share": found.share, "cosine": found.cosine}
            self._write("recall", step, arrays, {"levels": json.dumps(found.levels)})

    def _write(
        self, kind: str, step: int, arrays: dict[str, Tensor], words: dict[str, str]
    ) -> Path:
        path = self._folder / f"{kind}-{step:09d}.safetensors"
        whole = {name: tensor.contiguous() for name, tensor in arrays.items()}
        write_bytes(path, save(whole, words), durable=False)
        if kind in KEPT:
            thin_out(self._folder, kind)
        return path


def thin_out(folder: Path, kind: str) -> None:
    """Remove looks of a kind until no more are left than are kept.

    Those go whose neighbours stand closest together; the first one and the newest stay.
    """
    files = sorted(folder.glob(f"{kind}-*.safetensors"))
    steps = [int(path.stem.rpartition("-")[2]) for path in files]
    while len(files) > KEPT[kind]:
        inner = range(1, len(files) - NEWEST)
        least = min(inner, key=lambda place: steps[place + 1] - steps[place - 1])
        files.pop(least).unlink(missing_ok=True)
        steps.pop(least)
