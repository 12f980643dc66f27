#!/usr/bin/env python3
"""Set up HOPE Studio and run it; needs Python 3.11 or newer and nothing else.

python start.py            set up what is missing and open the studio (or, without a screen, train
                           the small preset in the terminal and print what the model writes)
python start.py setup      only set up
python start.py test       set up, then run the whole test suite; more words go to pytest
python start.py check      set up, then lint, types, import contracts and tests
python start.py WORDS      anything else is passed to the command line, e.g. `start.py presets`
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
MINIMUM = (3, 11)
QT_LIBRARIES = [
    "libegl1",
    "libgl1",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-image0",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxcb-icccm4",
    "libxcb-keysyms1",
]
CHINESE_FONT = "fonts-noto-cjk"


class SetUpError(Exception):
    """What went wrong while setting up, and what to do about it."""


def main(words: list[str]) -> int:
    """Run one verb and give its exit code."""
    if sys.version_info < MINIMUM:
        say(f"HOPE Studio needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return 2
    verb = words[0] if words else ""
    try:
        python = set_up(developer=verb in {"test", "check"}, chinese=wants_chinese(words))
    except SetUpError as error:
        say(str(error))
        return 1
    if verb == "setup":
        say("Everything is in place. Open the studio with: python start.py")
        return 0
    if verb == "test":
        return run_tests(python, words[1:])
    if verb == "check":
        return check(python)
    if verb and not verb.startswith("--"):
        return run(python, "-m", "hope_core.cli", *words)
    return open_studio(python, words)


def say(sentence: str) -> None:
    """One line for the person at the terminal."""
    print(sentence, flush=True)


def run(python: Path, *words: str, folder: Path | None = None, **environment: str) -> int:
    """Run the environment's Python, here or in a folder, and give its exit code."""
    try:
        return subprocess.call([str(python), *words], cwd=folder, env={**os.environ, **environment})
    except KeyboardInterrupt:
        return 130


def set_up(*, developer: bool, chinese: bool) -> Path:
    """Make .venv and install what is missing; gives the environment's Python.

    Raises:
        SetUpError: the environment cannot be made or the packages cannot be installed.
    """
    install_system_libraries(chinese=chinese)
    python = environment_python()
    extras = "[dev]" if developer else ""
    mark = ENVIRONMENT / f"installed{'-dev' if developer else ''}.txt"
    wanted = fingerprint()
    if python.exists() and mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return python
    if not has_pip(python):
        make_environment()
    say("Installing the packages HOPE Studio needs; the first time takes a few minutes ...")
    command = [str(python), "-m", "pip", "install", "--quiet", "-c", "constraints.txt"]
    if subprocess.call([*command, "-e", f".{extras}"], cwd=ROOT) != 0:
        raise SetUpError(
            "The packages could not be installed; pip says why above. Check the network and the "
            "free space (about 3 GB, with a CUDA build of torch 8 GB), then start again."
        )
    # The bytecode of a checkout, too, which pip leaves to each module's first import.
    subprocess.call([str(python), "-m", "compileall", "-qq", "hope_core", "hope_studio"], cwd=ROOT)
    mark.write_text(wanted, encoding="utf-8")
    return python


def environment_python() -> Path:
    """Where the environment's own Python is."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / "python.exe"
    return ENVIRONMENT / "bin" / "python"


def has_pip(python: Path) -> bool:
    """Whether the environment stands, and whole: one left half made has a Python but no pip."""
    if not python.exists():
        return False
    return subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0


def make_environment() -> None:
    """Make .venv, with pip inside.

    Raises:
        SetUpError: this Python has no venv or pip of its own, or the folder cannot be written.
    """
    say("Making the Python environment in .venv ...")
    try:
        venv.create(ENVIRONMENT, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetUpError(
            f"The environment {ENVIRONMENT} could not be made: {error}\nOn Debian and Ubuntu the "
            "missing part is installed with: sudo apt-get install -y python3-venv"
        ) from error


def fingerprint() -> str:
    """Changes whenever what has to be installed changes."""
    parts = [(ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")]
    return hashlib.sha256(
        b"\0".join([*parts, sys.version.encode(), str(ROOT).encode()])
    ).hexdigest()


def install_system_libraries(*, chinese: bool) -> None:
    """On Debian and its kin: install the libraries Qt needs, or say how."""
    if not sys.platform.startswith("linux") or not shutil.which("apt-get"):
        return
    wanted = [*QT_LIBRARIES, CHINESE_FONT] if chinese else list(QT_LIBRARIES)
    missing = [name for name in wanted if not is_installed(name)]
    if not missing:
        return
    line = f"apt-get install -y {' '.join(missing)}"
    if os.geteuid() != 0:
        say(f"The window needs some system libraries. Install them with:\n  sudo {line}")
        return
    say(f"Installing the system libraries Qt needs: {' '.join(missing)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *missing]):
        if subprocess.call(command, env=quiet, stdout=subprocess.DEVNULL) != 0:
            say(f"They could not be installed. Once the network is there, run:\n  {line}")
            return


def is_installed(package: str) -> bool:
    """Whether Debian's package manager knows the package as installed."""
    command = ["dpkg-query", "-W", "-f=${Status}", package]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stdout.endswith("install ok installed")


def wants_chinese(words: list[str]) -> bool:
    """Whether Chinese is going to be drawn."""
    language = next((os.environ[n] for n in ("LC_ALL", "LANG") if os.environ.get(n)), "")
    return language.startswith("zh") or any("zh" in word for word in words)


def has_screen() -> bool:
    """Whether a window could open."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_studio(python: Path, words: list[str]) -> int:
    """Open the window, or do its main job in the terminal."""
    asked_offscreen = os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal", "vnc"}
    if has_screen() or asked_offscreen:
        return run(python, "-m", "hope_studio", *words)
    say("There is no screen here, so the small preset is trained in the terminal instead.")
    code = run(python, "-m", "hope_core.cli", "train", "small")
    if code != 0:
        return code
    say("\nThis is what the model writes:\n")
    return run(python, "-m", "hope_core.cli", "sample", "latest", "--prompt", "def ")


def run_tests(python: Path, words: list[str]) -> int:
    """The whole test suite, without a window, on every core."""
    parallel = [] if any(word.startswith("-n") for word in words) else ["-n", "auto"]
    command = ["-m", "pytest", "-q", *parallel, *words]
    return run(python, *command, folder=ROOT, QT_QPA_PLATFORM="offscreen", OMP_NUM_THREADS="1")


def check(python: Path) -> int:
    """Lint, format, types, import contracts, tests: all of them, whatever fails first."""
    scripts = python.parent
    steps = {
        "lint": [str(python), "-m", "ruff", "check", "."],
        "format": [str(python), "-m", "ruff", "format", "--check", "."],
        "types": [str(python), "-m", "mypy"],
        "imports": [str(scripts / "lint-imports"), "--no-logo"],
    }
    failed = [name for name, step in steps.items() if subprocess.call(step, cwd=ROOT) != 0]
    if run_tests(python, []) != 0:
        failed.append("tests")
    say(f"Failed: {', '.join(failed)}." if failed else "Everything is green.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
