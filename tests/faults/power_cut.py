"""What a disk may hold after a power cut: recorded operations, replayed with losses.

The rules are those of POSIX and no kinder: a file's content is safe once the file was synced, a
name once its folder was synced. Until then a write may be missing, cut short or hold zeros, and
each change of names may be missing, save that it needs the earlier ones of the same names. A rename
happens whole or not at all.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    import pytest

LOOKED_AT = ("mkdir", "fsync", "replace", "rename", "unlink", "rmdir")
"""Calls of the system before and after which the folder is looked at."""

Slot = tuple[int, str]
"""A folder's number and a name in it."""


@dataclass(frozen=True)
class Write:
    """A file's content became this."""

    node: int
    content: bytes


@dataclass(frozen=True)
class Names:
    """Names came to stand for something else, or for nothing, in one go."""

    slots: dict[Slot, int | None]


@dataclass(frozen=True)
class Sync:
    """A file or folder was waited for."""

    node: int


@dataclass(frozen=True)
class Mark:
    """From here on the program counts on something."""

    promise: int


Operation = Write | Names | Sync | Mark


@dataclass
class Tree:
    """A folder as it is seen: what each name stands for, and what each file holds."""

    slots: dict[Slot, int] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)


class Recorder:
    """Writes down everything that happens below a folder. Number 0 is the folder itself.

    Whoever writes past Python (safetensors does) is seen by what stands there at the next look.
    """

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.operations: list[Operation] = []
        self._root = root
        self._numbers: dict[int, int] = {root.stat().st_ino: 0}
        self._next = 1
        self._tree = Tree()
        for name in LOOKED_AT:
            monkeypatch.setattr(os, name, self._watched(name, getattr(os, name)))

    def mark(self, promise: int) -> None:
        """Note that the program counts on this from now on."""
        self.look()
        self.operations.append(Mark(promise))

    def look(self) -> None:
        """Write down what changed since the last look."""
        seen = self._scan()
        for node, content in seen.contents.items():
            if self._tree.contents.get(node) != content:
                self.operations.append(Write(node, content))
        if seen.slots != self._tree.slots:
            self.operations += self._names(self._tree.slots, seen.slots)
        self._tree = seen

    def _names(self, before: dict[Slot, int], after: dict[Slot, int]) -> list[Operation]:
        """One change for each new name: with it goes the name that its node had before."""
        changed: list[Operation] = []
        gone = {node: slot for slot, node in before.items() if after.get(slot) != node}
        for slot, node in after.items():
            if before.get(slot) != node:
                slots: dict[Slot, int | None] = {slot: node}
                if (former := gone.get(node)) and former not in after:
                    assert former[0] == slot[0], "renamed into another folder"
                    slots[former] = None
                    del gone[node]
                changed.append(Names(slots))
        changed += [Names({slot: None}) for slot in gone.values() if slot not in after]
        return changed

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def perform(*args: Any, **options: Any) -> Any:
            self.look()
            result = call(*args, **options)
            if name == "fsync":
                number = self._numbers.get(os.fstat(args[0]).st_ino)
                if number is not None:
                    self.operations.append(Sync(number))
            else:
                self.look()
            return result

        return perform

    def _scan(self) -> Tree:
        tree, met = Tree(), {self._root.stat().st_ino: 0}
        folders = [(self._root, 0)]
        while folders:
            path, number = folders.pop()
            for entry in os.scandir(path):
                inode = entry.inode()
                met[inode] = child = self._numbers.get(inode) or self._take_number()
                tree.slots[number, entry.name] = child
                if entry.is_dir():
                    folders.append((path / entry.name, child))
                else:
                    tree.contents[child] = (path / entry.name).read_bytes()
        self._numbers = met
        return tree

    def _take_number(self) -> int:
        self._next += 1
        return self._next


@dataclass
class Disk:
    """What of the operations so far is safe, and what is not yet."""

    slots: dict[Slot, int] = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    loose_names: list[Names] = field(default_factory=list)
    loose_writes: dict[int, list[bytes]] = field(default_factory=dict)
    promise: int = -1

    def perform(self, operation: Operation) -> None:
        """Let one more operation happen."""
        match operation:
            case Write(node, content):
                self.loose_writes.setdefault(node, []).append(content)
            case Names():
                self.loose_names.append(operation)
            case Mark(promise):
                self.promise = promise
            case Sync(node):
                if node in self.loose_writes:
                    self.contents[node] = self.loose_writes.pop(node)[-1]
                for names in self.loose_names:
                    if _folder_of(names) == node:
                        _apply(self.slots, names)
                self.loose_names = [n for n in self.loose_names if _folder_of(n) != node]

    def cut(self, chance: random.Random) -> Tree:
        """The power goes now: something of what is not safe is lost."""
        left = Tree(dict(self.slots), dict(self.contents))
        kept_share = chance.choice([0.0, 0.2, 0.5, 0.8, 1.0])
        lost: set[Slot] = set()
        for names in self.loose_names:
            if lost.isdisjoint(names.slots) and chance.random() < kept_share:
                _apply(left.slots, names)
            else:
                lost.update(names.slots)
        for node, versions in self.loose_writes.items():
            before = self.contents.get(node, b"")
            left.contents[node] = _damaged(before, chance.choice(versions), chance)
        return left


def after(operations: list[Operation], count: int) -> Disk:
    """The disk after so many operations."""
    disk = Disk()
    for operation in operations[:count]:
        disk.perform(operation)
    return disk


def lay_out(tree: Tree, target: Path) -> None:
    """Make the folders and files of a tree below `target`."""
    target.mkdir()
    made = {0: target}
    waiting = dict(tree.slots)
    while ready := [slot for slot in waiting if slot[0] in made]:
        for slot in ready:
            node, path = waiting.pop(slot), made[slot[0]] / slot[1]
            if node in tree.contents:
                path.write_bytes(tree.contents[node])
            else:
                path.mkdir()
                made[node] = path


def _folder_of(names: Names) -> int:
    return next(iter(names.slots))[0]


def _apply(slots: dict[Slot, int], names: Names) -> None:
    for slot, node in names.slots.items():
        if node is None:
            slots.pop(slot, None)
        else:
            slots[slot] = node


def _damaged(safe: bytes, wanted: bytes, chance: random.Random) -> bytes:
    """What may stand where `wanted` was written over `safe` and not waited for."""
    sound = len(safe) if wanted.startswith(safe) else 0
    end = chance.randint(sound, len(wanted))
    match chance.choice(["missing", "whole", "cut", "zeros", "hole"]):
        case "missing":
            return safe
        case "cut":
            return wanted[:end]
        case "zeros":
            return wanted[:end] + bytes(len(wanted) - end)
        case "hole":
            begin = chance.randint(sound, end)
            return wanted[:begin] + bytes(end - begin) + wanted[end:]
        case _:
            return wanted
