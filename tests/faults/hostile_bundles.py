"""Bundles made to write outside of their run, to fill the disk, or to eat the memory."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BAD_NAMES = {
    "parent": "../evil.txt",
    "far-parent": "../../../../../../tmp/evil.txt",
    "inner-parent": "model/../../evil.txt",
    "absolute": "/tmp/evil.txt",
    "drive": "C:\\evil.txt",
    "drive-slash": "C:/evil.txt",
    "share": "\\\\host\\share\\evil.txt",
    "slash-share": "//host/share/evil.txt",
    "backslash": "..\\evil.txt",
    "backslash-inside": "checkpoints\\model.safetensors",
    "folder": "checkpoints/model.safetensors",
    "empty-folder": "checkpoints/",
    "dot": "./model.safetensors",
    "upper": "MODEL.SAFETENSORS",
    "mixed": "Model.safetensors",
    "device-con": "CON",
    "device-nul": "nul.json",
    "device-com": "COM1.safetensors",
    "stream": "model.safetensors:evil",
    "trailing-dot": "model.safetensors.",
    "trailing-space": "model.safetensors ",
    "newline": "model.safetensors\n",
    "long": "m" * 300 + ".safetensors",
    "very-long": "m" * 60_000,
    "right-to-left": "\u202emodel.safetensors",
    "look-alike": "mοdel.safetensors",
    "digits": "events-٠٠٠٠٠٢.jsonl",
    "hidden": ".hope",
    "lock": ".lock",
    "run": "run.json",
    "state": "state.json",
    "commands": "commands.jsonl",
    "python": "sitecustomize.py",
    "pickle": "model.pt",
    "tilde": "~/evil.txt",
    "variable": "$HOME/evil.txt",
    "empty": "",
}


def bundles(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """A hostile twin of a good bundle for every trick: its name, and its bytes."""
    for title, name in BAD_NAMES.items():
        yield title, with_member(whole, name, b"evil")
    yield "zero-byte", renamed(whole, b"tokenizer.json", b"tokenizer\0json")
    yield (
        "zero-after",
        with_member(whole, "model.safetensorsX", b"evil").replace(
            b"model.safetensorsX", b"model.safetensors\0"
        ),
    )
    yield "twice", with_member(whole, "tokenizer.json", b"evil")
    yield "record-twice", with_member(whole, "bundle.json", b"{}")
    yield "symlink", with_mode(whole, "tokenizer.json", stat.S_IFLNK, b"/etc/passwd")
    yield "symlink-folder", with_mode(whole, "tokenizer.json", stat.S_IFLNK, b"../..")
    yield "device", with_mode(whole, "tokenizer.json", stat.S_IFCHR, b"x")
    yield "block-device", with_mode(whole, "tokenizer.json", stat.S_IFBLK, b"x")
    yield "pipe", with_mode(whole, "tokenizer.json", stat.S_IFIFO, b"x")
    yield "socket", with_mode(whole, "tokenizer.json", stat.S_IFSOCK, b"x")
    yield "folder-mode", with_mode(whole, "tokenizer.json", stat.S_IFDIR, b"x")
    yield "run-name-slash", with_name(whole, "../../evil")
    yield "run-name-zero", with_name(whole, "evil\\u0000")
    yield "name-not-text", replaced(whole, "bundle.json", b'"name"', b'"nome"')
    yield "newer", replaced(whole, "bundle.json", b'"schema_version": 1', b'"schema_version": 9')
    yield "record-gone", without(whole, "bundle.json")
    yield "preset-gone", without(whole, "preset.yaml")
    yield "weights-gone", without(whole, "model.safetensors")
    yield "preset-with-tag", replaced(whole, "preset.yaml", b"tiny", b"!!python/name:os.system")
    yield "negative-step", replaced(whole, "bundle.json", b'"step": ', b'"step": -')
    yield "huge-step", replaced(whole, "bundle.json", b'"step": ', b'"step": 99999999999999999999')
    yield "encrypted", flagged(whole, 0x1)
    yield "cut", whole[: len(whole) // 2]


BLOCKED_ONLY_BY_NAME = ("run-name-slash", "run-name-zero")
"""Bundles that are whole but for the run's name, which is not used then."""


def bombs(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """Small files that would become large ones."""
    zeros = bytes(50 << 20)
    yield "ratio", with_member(whole, "events-000002.jsonl", zeros, zipfile.ZIP_DEFLATED)
    yield (
        "ratio-weights",
        with_member(
            without(whole, "model.safetensors"), "model.safetensors", zeros, zipfile.ZIP_DEFLATED
        ),
    )
    yield "many", many_members(whole, 100_000)
    yield "few-but-many", many_members(whole, 2_000)
    yield "declared-lie", lying(whole, "rng.safetensors", 10)
    yield "declared-huge", lying(whole, "rng.safetensors", 1 << 31)
    yield "lzma", with_member(whole, "events-000002.jsonl", b"x" * 1000, zipfile.ZIP_LZMA)
    yield "bzip2", with_member(whole, "events-000002.jsonl", b"x" * 1000, zipfile.ZIP_BZIP2)
    yield "overlap", overlapping(whole)


def members_of(whole: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_member(whole: bytes, name: str, data: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO(whole)
    with zipfile.ZipFile(buffer, "a") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = info.orig_filename = name
        info.compress_type = method
        archive.NameToInfo.pop(name, None)
        archive.writestr(info, data)
    return buffer.getvalue()


def with_mode(whole: bytes, name: str, mode: int, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for known, content in members_of(whole).items():
            info = zipfile.ZipInfo(known)
            info.external_attr = ((mode if known == name else stat.S_IFREG) | 0o644) << 16
            archive.writestr(info, data if known == name else content)
    return buffer.getvalue()


def with_name(whole: bytes, name: str) -> bytes:
    return replaced(whole, "bundle.json", b'"name": "run"', f'"name": "{name}"'.encode())


def replaced(whole: bytes, member: str, old: bytes, new: bytes) -> bytes:
    members = members_of(whole)
    assert old in members[member]
    members[member] = members[member].replace(old, new, 1)
    return packed(members)


def renamed(whole: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    return whole.replace(old, new)


def without(whole: bytes, name: str) -> bytes:
    members = members_of(whole)
    del members[name]
    return packed(members)


def many_members(whole: bytes, count: int) -> bytes:
    buffer = io.BytesIO(whole)
    with zipfile.ZipFile(buffer, "a") as archive:
        for number in range(count):
            archive.writestr(f"events-{number % 10**6:06}.jsonl", b"")
    return buffer.getvalue()


def flagged(whole: bytes, bit: int) -> bytes:
    changed = bytearray(whole)
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + place] |= bit
            at = changed.find(magic, at + 1)
    return bytes(changed)


def lying(whole: bytes, name: str, size: int) -> bytes:
    """The directory says another size of a member than it has."""
    changed = bytearray(whole)
    at = changed.rfind(b"PK\x01\x02", 0, changed.rfind(name.encode()))
    changed[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(changed)


def overlapping(whole: bytes) -> bytes:
    """Every member of the directory points at the same bytes."""
    changed = bytearray(whole)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 42 : at + 46] = bytes(4)
        at = changed.find(b"PK\x01\x02", at + 1)
    return bytes(changed)
