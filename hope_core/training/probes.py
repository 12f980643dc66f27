"""Looks into the memory while it learns, on one fixed text, kept as a ring of safetensors files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import torch
from safetensors.torch import save

from hope_core.runs.storage import write_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from torch import Tensor

    from hope_core.data.corpus import Corpus
    from hope_core.models.contract import LanguageModel

TOKENS = 128
"""Length of the probe text: the first tokens of the held-out part."""
KEPT = 200
"""Probe files that stay on the disk."""


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
        ids = corpus.validation.tokens[:TOKENS]
        texts = [corpus.tokenizer.decode([int(token)]) for token in ids]
        self._metadata = {"tokens": json.dumps(texts)}
        device = next(model.parameters()).device
        self._tokens = torch.from_numpy(ids.astype("int64"))[None].to(device)
        self._folder.mkdir(exist_ok=True)

    def record(self, step: int, update_norms: tuple[float, ...]) -> str | None:
        """Write one look; its path relative to the run folder, or None if there is no memory.

        The file holds the arrays of `LanguageModel.probe`, `update_norm` (levels): how far each
        level moved in the last step; and in its metadata the tokens' texts.
        """
        measured: dict[str, Tensor] = self._model.probe(self._tokens)
        if not measured:
            return None
        arrays = {name: tensor.contiguous() for name, tensor in measured.items()}
        arrays["update_norm"] = torch.tensor(update_norms, dtype=torch.float32)
        path = self._folder / f"step-{step:09d}.safetensors"
        write_bytes(path, save(arrays, self._metadata), durable=False)
        self._drop_oldest()
        return f"probes/{path.name}"

    def _drop_oldest(self) -> None:
        files = sorted(self._folder.glob("step-*.safetensors"))
        for path in files[:-KEPT]:
            path.unlink(missing_ok=True)
