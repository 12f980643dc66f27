"""What the installed torch was built for, told without loading it."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch

from hope_core.runs.torch_build import TorchBuild, build_told_by, torch_build


def test_build_is_that_of_the_installed_torch() -> None:
    build = torch_build()
    assert build is not None
    assert build.cuda == (torch.version.cuda or "")
    assert build.hip == (torch.version.hip or "")


def test_torch_is_not_loaded_for_it() -> None:
    code = (
        "import sys; from hope_core.runs.torch_build import torch_build; torch_build(); "
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("source", "build"),
    [
        ("cuda: Optional[str] = '13.0'\nhip: Optional[str] = None", TorchBuild("13.0", "")),
        ("cuda = None\nhip = '6.4'", TorchBuild("", "6.4")),
        ("cuda = '12.8'\n", TorchBuild("12.8", "")),
        ("hip = '6.4'", None),
        ("cuda = version()", None),
        ("cuda = ", None),
        ("", None),
    ],
)
def test_file_tells_the_build_or_nothing(source: str, build: TorchBuild | None) -> None:
    assert build_told_by(source) == build
