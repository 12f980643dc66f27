"""Starts the throw-away process that opens a stranger's checkpoint, and distrusts what it gives.

The process works in an empty folder, sees the file as its stdin only, gets no settings of ours, and
is killed when it stands still. What it wrote is then looked through as if the stranger had.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

import hope_core
from hope_core.errors import ForeignFileError
from hope_core.exchange.expected import differences, weights_in
from hope_core.exchange.foreign import (
    EXPECTED,
    LARGEST_FACTOR,
    LARGEST_REST,
    WEIGHTS,
    Answer,
    weight_bytes,
)
from hope_core.exchange.kinds import open_plain
from hope_core.exchange.tensor_header import check_finite, read_header

if TYPE_CHECKING:
    from hope_core.exchange.expected import ExpectedWeights

SECONDS = 600
"""How long the process may take, and ten more for each 20 MB of the file.

Ten times the processor time that it gives itself (foreign.py): this ends one that stands still, and
not one on a machine that has much else to do.
"""
_LONGEST_ANSWER = 1 << 20
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "HOME", "USERPROFILE")


def copy_weights(file: BinaryIO, expected: ExpectedWeights, folder: Path) -> Path:
    """Have the expected tensors of a checkpoint copied into a file of our own.

    Args:
        file: the checkpoint.
        expected: what to take.
        folder: an empty folder for this alone.

    Returns:
        A safetensors file in `folder` that holds exactly the expected tensors, all finite.

    Raises:
        ForeignFileError: the checkpoint is refused; says why.
    """
    size = os.fstat(file.fileno()).st_size
    _refuse_too_large(size, expected)
    (folder / EXPECTED).write_bytes(msgspec.json.encode(expected))
    refusal = _run(file, folder, SECONDS + size / (2 << 20))
    if refusal:
        raise ForeignFileError(refusal)
    copied = folder / WEIGHTS
    if copied.is_symlink():
        raise ForeignFileError("the process that read it was tampered with")
    with open_plain(copied) as written:
        header = read_header(written)
        exact = {name: weight.dtype for name, weight in expected.tensors.items()}
        if {name: entry.dtype for name, entry in header.tensors.items()} != exact or differences(
            expected, weights_in(header)
        ):
            raise ForeignFileError("the process that read it gave something else than its weights")
        check_finite(written, header)
    return copied


def _refuse_too_large(size: int, expected: ExpectedWeights) -> None:
    wanted = weight_bytes(expected)
    if size > LARGEST_FACTOR * wanted + LARGEST_REST:
        raise ForeignFileError(
            f"it has {size / 1e6:,.0f} MB, and the weights of these settings have "
            f"{wanted / 1e6:,.0f} MB, so it belongs to other settings"
        )


def _run(file: BinaryIO, folder: Path, seconds: float) -> str:
    """Why the file is refused; empty when the process is content."""
    file.seek(0)
    command = [sys.executable, "-P", "-m", "hope_core.exchange.foreign"]
    try:
        ended = subprocess.run(
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "reading it took too long, so it was given up"
    try:
        return msgspec.json.decode(ended.stdout[:_LONGEST_ANSWER], type=Answer).refusal
    except (msgspec.DecodeError, UnicodeDecodeError):
        return "the process that read it died of it: it is damaged, or made to do harm"


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    own = {
        "PYTHONPATH": str(Path(hope_core.__file__).parent.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "TMPDIR": str(folder),
    }
    return kept | own
