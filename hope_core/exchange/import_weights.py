"""Taking weights in: a run of its own, at step 0, that writes text and can be trained on."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from hope_core.config.data import BytesSettings
from hope_core.config.loading import load_yaml
from hope_core.config.validation import parse_config
from hope_core.data import tokenizer_from_json
from hope_core.data.tokenizers import ByteTokenizer
from hope_core.errors import DataError, ForeignFileError
from hope_core.exchange.arriving import arriving_run
from hope_core.exchange.export import CONFIG_KEY, TOKENIZER_KEY
from hope_core.exchange.kinds import LIKE_OPTION, kind_of, open_plain
from hope_core.exchange.model_weights import expected_weights
from hope_core.exchange.sandbox import copy_weights
from hope_core.exchange.tensor_header import read_header
from hope_core.inference.loading import WEIGHTS, read_weights
from hope_core.models import build_model
from hope_core.optim import build_optimizer
from hope_core.training.checkpoint import TrainerRecord, save_checkpoint
from hope_core.training.precision import Precision
from hope_core.training.progress import Progress
from hope_core.training.step import Stepper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hope_core.config.run import RunConfig
    from hope_core.data import Tokenizer
    from hope_core.runs.folder import RunFolder

NOT_TRAINED_HERE = "none"
"""Kind of device in the record of such a run, so that its speed is chosen anew."""


def import_weights(
    path: Path,
    *,
    like: RunConfig | None = None,
    tokenizer: Tokenizer | None = None,
    name: str | None = None,
    root: Path | None = None,
) -> RunFolder:
    """Make a run whose weights come from a .safetensors or .pt file.

    Args:
        path: the file; its first bytes tell of which kind it is.
        like: the settings that it belongs to; None: those in its metadata.
        tokenizer: the tokens that it was trained on; None: those in its metadata, or bytes.
        name: what to call the run; None: as the file.
        root: where runs lie; None: the usual folder.

    Raises:
        ForeignFileError: the file is refused, or does not say what it belongs to; nothing stays.
        ConfigError: the settings in it cannot be used.
        RunError: the name is taken, or the folder cannot be written.
    """
    try:
        metadata = _metadata(path)
        config = like or _stored_config(metadata)
        tokens = tokenizer or _stored_tokenizer(metadata, config)
        expected = expected_weights(config.model, tokens.vocabulary)
        with open_plain(path) as file, tempfile.TemporaryDirectory(prefix="hope-import-") as empty:
            copied = copy_weights(file, expected, Path(empty))
            copied.rename(copied.with_name(WEIGHTS))
            with arriving_run(config, name=name, suggestion=path.stem, root=root) as run:
                _save(run, copied.parent, tokens)
                run.write_state(
                    "stopped", reason="The weights were imported; resume the run to train them."
                )
    except ForeignFileError as error:
        reason = str(error).rstrip(".")
        raise ForeignFileError(f"{path} is refused: {reason}. Nothing was imported.") from error
    return run


def _metadata(path: Path) -> Mapping[str, str]:
    if kind_of(path) != "safetensors":
        return {}
    with open_plain(path) as file:
        return read_header(file).metadata


def _stored_config(metadata: Mapping[str, str]) -> RunConfig:
    if CONFIG_KEY not in metadata:
        raise ForeignFileError(
            "it does not say which settings its weights belong to. "
            f"Name a preset or a run of the same shape ({LIKE_OPTION})"
        )
    return parse_config(load_yaml(metadata[CONFIG_KEY], source=CONFIG_KEY), source=CONFIG_KEY)


def _stored_tokenizer(metadata: Mapping[str, str], config: RunConfig) -> Tokenizer:
    if TOKENIZER_KEY in metadata:
        try:
            return tokenizer_from_json(metadata[TOKENIZER_KEY], source=TOKENIZER_KEY)
        except DataError as error:
            raise ForeignFileError(f"its tokens cannot be used. {error}") from error
    if isinstance(config.data.tokenizer, BytesSettings):
        return ByteTokenizer()
    raise ForeignFileError(
        "it does not hold the tokens it was trained on, and these settings learn theirs from text. "
        f"Name a run that has them ({LIKE_OPTION} RUN)"
    )


def _save(run: RunFolder, folder: Path, tokenizer: Tokenizer) -> None:
    """Write step 0: these weights, and everything else as a trainer begins with it."""
    config = run.config
    torch.manual_seed(config.seed)
    model = build_model(config.model, tokenizer.vocabulary, seed=config.seed)
    read_weights(model, folder)
    optimizer = build_optimizer(config.optimizer, model.levels(), tables=model.tables())
    clip = config.train.clip_norm
    stepper = Stepper(model, optimizer, Precision("fp32", "cpu"), clip_norm=clip)
    record = TrainerRecord(
        progress=Progress(),
        optimizer={},
        scaler={},
        fingerprint="",
        config_sha256=run.config_sha,
        device=NOT_TRAINED_HERE,
        precision="fp32",
        threads=1,
        torch=str(torch.__version__),
    )
    save_checkpoint(run, stepper, tokenizer, record, best=False)
