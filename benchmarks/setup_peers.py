"""Makes the environment of the peers and installs them into it (about 1.2 GB; needs a network).

    python benchmarks/setup_peers.py [--again]

They stay out of the product's environment: nothing of the product imports them, and the benchmarks
talk to them through a process (`_peers.py`).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import venv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks._peers import ENVIRONMENT, Peer, interpreter

LIST = Path(__file__).with_name("peers.txt")


def main() -> None:
    """Make, install, ask the peers for their versions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--again", action="store_true", help="remove the environment first")
    options = parser.parse_args()
    if options.again and ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    if not interpreter().exists():
        venv.EnvBuilder(with_pip=True).create(ENVIRONMENT)
    pip = [str(interpreter()), "-m", "pip", "install", "--quiet"]
    wanted = LIST.read_text(encoding="utf-8").split("\n")
    first = [line for line in wanted if line.startswith("torch==")]
    subprocess.run([*pip, *first], check=True)
    subprocess.run([*pip, "--requirement", str(LIST)], check=True)
    with Peer() as peer:
        for name, version in peer.ask("versions").items():
            print(f"{name} {version}")


if __name__ == "__main__":
    main()
