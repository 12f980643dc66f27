"""Presets that name code, classes, paths and commands, and YAML that grows without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CLASSES = (
    "os.system",
    "subprocess.Popen",
    "builtins.eval",
    "hope_canary.Canary",
    "hope_canary:Canary",
    "hope_core.models.hope:Hope",
    "hope_core.models.hope.Hope",
    "../hope_canary.py",
    "/tmp/hope_canary.py",
    "file:///tmp/hope_canary.py",
    "http://127.0.0.1/hope_canary.py",
    "__import__('hope_canary')",
    "${hope_canary}",
    "{{ hope_canary }}",
    "$(touch CANARY)",
    "`touch CANARY`",
    "; touch CANARY",
    "| touch CANARY",
)
PLACES = (
    "model: {{kind: {0}}}",
    "optimizer: {{kind: {0}}}",
    "data: {{source: {{kind: {0}}}}}",
    "data: {{tokenizer: {{kind: {0}}}}}",
    "device: {0}",
)
KEYS = (
    "_target_",
    "__class__",
    "__reduce__",
    "class_name",
    "module",
    "registered_name",
    "import",
    "defaults",
    "py/object",
    "py/reduce",
    "!python",
    "<<",
)
TAGS = (
    "!!python/object/apply:os.system ['touch CANARY']",
    "!!python/object/new:os.system ['touch CANARY']",
    "!!python/object:hope_canary.Canary {}",
    "!!python/name:hope_canary.Canary",
    "!!python/module:hope_canary",
    "!!python/tuple [1]",
    "!!python/object/apply:subprocess.Popen [['touch', 'CANARY']]",
    "!!python/object/apply:builtins.exec [\"open('CANARY','w')\"]",
    "!include CANARY",
    "!env HOME",
    "!!binary aG9wZQ==",
    "!!set {a: null}",
    "!!omap [a: 1]",
    "!<tag:yaml.org,2002:python/name:os.system> x",
)
TEXTS = (
    "data: {source: {kind: text, path: '|touch CANARY'}}\nmodel: {kind: none}",
    "train: {sample_prompts: ['$(touch CANARY)'], steps: __import__('os').system('touch CANARY')}",
    "train: {learning_rate: os.system('touch CANARY')}",
    "import os\nos.system('touch CANARY')",
    "#!/bin/sh\ntouch CANARY",
    "%TAG ! tag:yaml.org,2002:python/\n--- !name:os.system x",
    "--- {a: 1}\n--- {b: 2}",
    "- !!python/name:os.system",
)


def hostile_presets(canary: str) -> list[str]:
    """At least sixty texts, none of which may be accepted."""
    made = ["version: 1\n" + place.format(f"'{name}'") for place in PLACES for name in CLASSES[::2]]
    made += [f'version: 1\nmodel: {{kind: "{name}"}}' for name in CLASSES]
    made += [f"version: 1\n'{key}': hope_canary.Canary" for key in KEYS]
    made += [f"version: 1\nmodel: {{'{key}': hope_canary.Canary, kind: hope}}" for key in KEYS[:6]]
    made += [f"version: 1\nname: {tag}" for tag in TAGS]
    made += [f"version: 1\nmodel: {tag}" for tag in TAGS]
    made += list(TEXTS)
    return [text.replace("CANARY", canary) for text in made]


def bombs() -> Iterator[tuple[str, str | bytes]]:
    """Twelve kinds of YAML that no preset is."""
    levels = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    levels += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    yield "aliases", "\n".join(levels)
    merges = ["b0: &b0 {k0: 1, j0: 1}"]
    merges += [f"b{n}: &b{n} {{<<: [{','.join([f'*b{n - 1}'] * 9)}]}}" for n in range(1, 22)]
    yield "merge keys", "\n".join(merges)
    yield "depth", "a: " + "[" * 50_000 + "]" * 50_000
    yield "block depth", "".join(" " * n + f"k{n}:\n" for n in range(600))
    yield "10 MB", "name: " + "x" * 10_000_000
    yield "100,000 keys", "".join(f"k{n}: 1\n" for n in range(100_000))
    yield "huge number", "seed: " + "9" * 100_000
    yield "python object", "name: !!python/object/apply:time.sleep [100]"
    yield "binary", bytes(range(256)) * 100
    yield "zero bytes", "name: a\0b"
    yield "tabs", "model:\n\tkind: hope"
    yield "twice", "name: a\nname: b"
    yield "mark and UTF-16", "name: a".encode("utf-16")
    yield "9,000 keys", "".join(f"k{n}: 1\n" for n in range(9_000))
    yield "9,000 levels", "model: {levels: [" + "{k: 1}," * 1_900 + "]}"
    yield "long key", "? " + "k" * 200_000 + "\n: 1"
    yield "colons", "a: " * 10_000
    yield "quotes", 'name: "' + "\\x41" * 60_000
