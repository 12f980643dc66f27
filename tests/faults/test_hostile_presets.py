"""A preset is data: whatever it names, nothing is imported, started or written."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from hostile_presets import bombs, hostile_presets
from peak_memory import PeakMemory

from hope_core.config.loading import dump_yaml, read_yaml
from hope_core.config.presets import load_preset, own_preset_names, preset_names
from hope_core.config.validation import parse_config
from hope_core.errors import ConfigError, HopeError
from hope_core.exchange.import_preset import import_preset

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BOMB_SECONDS = 1.0
BOMB_BYTES = 100_000_000
READ_ALL = """
import json, os, subprocess, sys
from pathlib import Path
from hope_core.config.presets import load_preset
from hope_core.errors import ConfigError
import difflib
def load(path):
    try:
        load_preset(str(path))
    except ConfigError:
        return True
    return False
paths = sorted(Path(sys.argv[1]).glob("*.yaml"))
load(paths[0])
events = []
watched = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork",
           "socket.connect", "exec", "compile", "import")
opened = []
def hook(name, arguments):
    if name in watched:
        events.append([name, str(arguments)[:200]])
    if name == "open" and not str(arguments[0]).endswith(".yaml"):
        opened.append(str(arguments)[:200])
before = set(sys.modules)
sys.addaudithook(hook)
refused = [load(path) for path in paths]
found = {"refused": sum(refused), "events": list(events), "opened": list(opened),
         "modules": sorted(set(sys.modules) - before),
         "accepted": [p.name for p, is_refused in zip(paths, refused) if not is_refused]}
print(json.dumps(found))
"""


@pytest.fixture(autouse=True)
def own_presets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOPE_PRESETS", str(tmp_path / "presets"))
    return tmp_path / "presets"


def test_hostile_presets_import_nothing_start_nothing_and_write_nothing(
    tmp_path: Path, measured: Callable[[str], None]
) -> None:
    folder, canary = tmp_path / "hostile", tmp_path / "canary"
    folder.mkdir()
    (tmp_path / "hope_canary.py").write_text(f"open({str(canary)!r}, 'w').close()\n")
    texts = hostile_presets(str(canary))
    assert len(texts) >= 60
    for number, text in enumerate(texts):
        (folder / f"{number:03}.yaml").write_text(text)
    told = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(folder)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    assert found["accepted"] == []
    assert found["modules"] == []
    assert found["events"] == []
    assert found["opened"] == []
    assert not canary.exists()
    measured(f"{len(texts)} hostile presets: all refused, 0 imports, 0 processes, 0 files")


@pytest.mark.parametrize(("title", "text"), list(bombs()), ids=[title for title, _ in bombs()])
def test_yaml_bomb_is_refused_soon_and_in_little_memory(
    title: str, text: str | bytes, tmp_path: Path, measured: Callable[[str], None]
) -> None:
    path = tmp_path / "bomb.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    memory = PeakMemory()
    began = time.process_time()
    with pytest.raises(HopeError) as refused:
        import_preset(path)
    seconds = time.process_time() - began
    grown = memory.grown()
    assert str(refused.value)
    assert len(str(refused.value)) < 20_000
    assert seconds < BOMB_SECONDS
    assert grown < BOMB_BYTES
    measured(f"{title}: {seconds:.2f} s, {grown / 1e6:.0f} MB")


def test_changed_preset_is_a_preset_or_is_refused_in_words(
    tmp_path: Path, count: Callable[[int, int], int], measured: Callable[[str], None]
) -> None:
    chance, times, refused = random.Random(4), count(300, 2_000), 0
    source = dump_yaml(load_preset("small")).encode()
    path = tmp_path / "changed.yaml"
    for _ in range(times):
        data = bytearray(source)
        for _ in range(chance.randrange(1, 6)):
            place = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    del data[place : place + chance.randrange(1, 30)]
                case 2:
                    data[place:place] = chance.choice(PIECES)
                case _:
                    other = chance.randrange(len(data))
                    data[place:place] = data[other : other + 20]
        path.write_bytes(bytes(data))
        try:
            parse_config(read_yaml(path), source="x")
        except ConfigError:
            refused += 1
    measured(f"{times:,} mutated presets: {refused:,} refused, 0 crashes")


PIECES = (
    *(b"{", b"[", b"!!", b"&a", b"*a", b": ", b"- ", b"\n", b"\t", b"'", b'"', b"\0", b"\xff"),
    *(b"1e999", b".nan", b"<<: ", b"? ", b"|", b">", b"%", b"\xe2\x80\xa8", b"-9999999999999"),
)


def test_imported_preset_is_known_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("version: 1\nname: mine\nseed: 7\n")
    kept = import_preset(path)
    assert own_preset_names() == ["mine"]
    assert load_preset("mine").seed == 7
    assert import_preset(path) == kept


@pytest.mark.parametrize("name", ["../x", "a/b", "CON", "", ".hidden"])
def test_imported_preset_stays_in_its_folder(name: str, tmp_path: Path, own_presets: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("version: 1\n")
    with pytest.raises(HopeError):
        import_preset(path, name=name)
    assert not own_presets.exists()


def test_preset_of_the_program_is_not_replaced(tmp_path: Path, own_presets: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text("version: 1\n")
    with pytest.raises(HopeError, match="already"):
        import_preset(path)
    assert "small" in preset_names()
    assert not own_presets.exists()
