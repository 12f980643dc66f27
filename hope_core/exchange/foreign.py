"""Inside the sandbox: copy the wanted tensors out of a stranger's checkpoint. Run as a process.

    python -m hope_core.exchange.foreign < CHECKPOINT     (in an empty folder of its own)

Reads expected.json, writes weights.safetensors and answers with one JSON line. This is the one
module that calls torch.load: with weights_only, on the CPU, without mmap. That is not trusted to be
enough: the process has no more memory, time and disk than the weights need, and the parent looks
through what was written (sandbox.py).
"""

from __future__ import annotations

import os
import sys
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import torch
from safetensors.torch import save_file
from torch import Tensor

from hope_core.errors import ForeignFileError
from hope_core.exchange.dtypes import DTYPES, NAMES
from hope_core.exchange.expected import ExpectedWeights, Weight, differences
from hope_core.exchange.tensor_header import read_header

EXPECTED, WEIGHTS = "expected.json", "weights.safetensors"
LARGEST_FACTOR = 16
"""A file may be so many times as large as the weights wanted from it: moments, other formats."""
LARGEST_REST = 64 << 20
"""And this much larger (bytes)."""

_SECONDS = 60
_HEAD_ROOM = 512 << 20
_GROUPS = ("model", "state_dict", "model_state_dict", "module", "weights")
_PREFIXES = ("_orig_mod.", "module.")
_MAXIMUM_KEYS = 200_000


class Answer(msgspec.Struct, frozen=True):
    """What the sandbox tells: nothing when all went well, else why not."""

    refusal: str = ""


def main() -> int:
    """Read the file on stdin; always answers when it can."""
    expected = msgspec.json.decode(Path(EXPECTED).read_bytes(), type=ExpectedWeights)
    with os.fdopen(os.dup(0), "rb") as file:
        limit_process(expected, os.fstat(file.fileno()).st_size)
        answer = Answer()
        try:
            save_file(extract(file, expected), WEIGHTS)
        except Exception as error:  # noqa: BLE001 - nine kinds of error mean "damaged" here
            answer = Answer(_words(error))
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.buffer.flush()
    return 0


def limit_process(expected: ExpectedWeights, file_size: int) -> None:
    """From now on this process can take no more than an honest file needs."""
    if sys.platform == "win32":
        return
    import resource

    wanted = weight_bytes(expected)
    now = int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    limits = {
        resource.RLIMIT_AS: now + 2 * file_size + 3 * wanted + _HEAD_ROOM,
        resource.RLIMIT_CPU: _SECONDS + file_size // (20 << 20),
        resource.RLIMIT_FSIZE: wanted + (16 << 20),
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for kind, most in limits.items():
        hard = resource.getrlimit(kind)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))


def weight_bytes(expected: ExpectedWeights) -> int:
    """Bytes of all the weights together."""
    return sum(
        DTYPES[weight.dtype].itemsize * _count(weight.shape) for weight in expected.tensors.values()
    )


def extract(file: BinaryIO, expected: ExpectedWeights) -> dict[str, Tensor]:
    """The expected tensors of a checkpoint, each a copy of its own in the expected format.

    Args:
        file: the checkpoint, of either kind; the first bytes tell which.
        expected: what to take; names, shapes and formats.

    Raises:
        ForeignFileError: it does not hold what is expected, or more than weights.
        Exception: any other kind means that the file is damaged, or tried to run code.
    """
    found = _tensors_of(file, expected)
    described = {
        name: Weight(tuple(tensor.shape), NAMES.get(tensor.dtype, str(tensor.dtype)))
        for name, tensor in found.items()
    }
    if words := differences(expected, described):
        raise ForeignFileError(words)
    for second, first in expected.aliases.items():
        if second in found and not torch.equal(found[second], found[first]):
            raise ForeignFileError(f"{second} and {first} differ, and here they are one tensor.")
    return {
        name: found[name].to(DTYPES[weight.dtype]).clone(memory_format=torch.contiguous_format)
        for name, weight in expected.tensors.items()
    }


def _tensors_of(file: BinaryIO, expected: ExpectedWeights) -> Mapping[str, Tensor]:
    start = file.read(9)
    file.seek(0)
    if start[8:9] == b"{":
        wanted = expected.tensors.keys() | expected.aliases.keys()
        return _read_safetensors(file, wanted)
    if start.startswith(b"PK"):
        _check_parts(file)
        file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what torch thinks of old files is told by its errors
        loaded: Any = torch.load(file, weights_only=True, map_location="cpu", mmap=False)
    return _without_prefix(_mapping_in(loaded))


def _read_safetensors(file: BinaryIO, wanted: set[str]) -> dict[str, Tensor]:
    """Only what may be taken is read; the rest is told as tensors without memory."""
    header = read_header(file)
    tensors: dict[str, Tensor] = {}
    for name, entry in header.tensors.items():
        if name not in wanted or entry.dtype not in DTYPES:
            tensors[name] = torch.empty(entry.shape, device="meta")
            continue
        file.seek(header.start + entry.data_offsets[0])
        values = bytearray(file.read(entry.size))
        flat = torch.frombuffer(values, dtype=DTYPES[entry.dtype]) if values else torch.empty(0)
        tensors[name] = flat.reshape(entry.shape)
    return tensors


def _check_parts(file: BinaryIO) -> None:
    """Refuse compressed parts, since torch stores them as they are, and parts with a wrong sum."""
    with zipfile.ZipFile(file) as archive:
        for part in archive.infolist():
            if part.compress_type != zipfile.ZIP_STORED or part.file_size > part.compress_size:
                raise ForeignFileError("its parts are compressed, which torch never does")
        if (damaged := archive.testzip()) is not None:
            raise ForeignFileError(f"it is damaged: the sum of {damaged[:80]} is not as written")


def _mapping_in(loaded: object) -> Mapping[str, Tensor]:
    """The tensors by name: what was loaded itself, or the group of it that is named for them."""
    if not isinstance(loaded, Mapping):
        raise ForeignFileError(f"it holds a {type(loaded).__name__} and no tensors by name")
    for group in _GROUPS:
        inner = loaded.get(group)
        if isinstance(inner, Mapping) and _is_tensors(inner):
            return inner
    if not _is_tensors(loaded):
        raise ForeignFileError("it holds no tensors by name")
    return loaded


def _is_tensors(mapping: Mapping[Any, Any]) -> bool:
    return 0 < len(mapping) <= _MAXIMUM_KEYS and all(
        isinstance(name, str) and isinstance(value, Tensor) for name, value in mapping.items()
    )


def _without_prefix(tensors: Mapping[str, Tensor]) -> Mapping[str, Tensor]:
    """What torch.compile and its distributed wrappers put before every name."""
    for prefix in _PREFIXES:
        if all(name.startswith(prefix) for name in tensors):
            return {name.removeprefix(prefix): tensor for name, tensor in tensors.items()}
    return tensors


def _count(shape: tuple[int, ...]) -> int:
    return torch.Size(shape).numel()


def _words(error: Exception) -> str:
    """Our own sentence; of torch's, only that it refuses: its hint would be to trust the file."""
    if isinstance(error, ForeignFileError):
        return str(error)
    if "weights_only" in str(error) or "UnpicklingError" in type(error).__name__:
        return "it holds more than tensors: code, or objects that only code could make"
    return f"it is damaged ({type(error).__name__})"


if __name__ == "__main__":
    sys.exit(main())
