from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch

from benchmarks import _peers, oracles
from benchmarks._peers import FOLDER, Peer, PeerError

LISTED = (FOLDER / "peers.txt").read_text(encoding="utf-8").split()


@pytest.fixture
def answering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that answers each request with itself, fails at "fail" and ends at "end"."""
    worker = tmp_path / "worker.py"
    worker.write_text(
        "import json, sys\n"
        "for line in sys.stdin:\n"
        "    request = json.loads(line)\n"
        "    if request['do'] == 'end': sys.exit(3)\n"
        "    if request['do'] == 'fail': request = {'error': 'no such peer'}\n"
        "    print(json.dumps(request), flush=True)\n"
    )
    monkeypatch.setattr(_peers, "WORKER", worker)


@pytest.mark.usefixtures("answering")
def test_peer_answers_what_it_was_asked() -> None:
    with Peer(Path(sys.executable)) as peer:
        assert peer.ask("step", width=3) == {"do": "step", "width": 3}


@pytest.mark.usefixtures("answering")
def test_peers_failure_is_told_in_its_words() -> None:
    with Peer(Path(sys.executable)) as peer, pytest.raises(PeerError, match="no such peer"):
        peer.ask("fail")


@pytest.mark.usefixtures("answering")
def test_a_dead_peer_is_told_with_its_code() -> None:
    with Peer(Path(sys.executable)) as peer, pytest.raises(PeerError, match="code 3"):
        peer.ask("end")


def test_every_peer_has_its_version() -> None:
    assert {line.split("==")[0] for line in LISTED} == {
        "torch",
        "titans-pytorch",
        "flash-linear-attention",
    }
    assert all("==" in line for line in LISTED)


@pytest.mark.parametrize("rule", oracles.RULES)
def test_our_side_of_the_oracle_is_the_rule_written_out(rule: str) -> None:
    given = oracles.arguments((1, 5, 1, 3, 2))
    S, answers = given["state"][0, 0], []
    for t in range(5):
        q, k, v = (given[name][0, t, 0] for name in "qkv")
        S = S * given["g"][0, t, 0].exp() if rule == "gated_delta" else S
        S = S + given["beta"][0, t, 0] * torch.outer(k, v - k @ S)
        answers.append(q @ S / 3**0.5)
    found = oracles.ours(rule, given, "reference")
    torch.testing.assert_close(found["y"][0, :, 0], torch.stack(answers))
    torch.testing.assert_close(found["state"][0, 0], S)


def test_an_oracle_that_differs_is_seen() -> None:
    given = oracles.arguments((1, 5, 1, 3, 2))
    found = oracles.ours("delta", given, "reference")
    answer = {
        "y": (found["y"] + 1e-3).tolist(),
        "state": found["state"].tolist(),
        "gradients": {name[1:]: v.tolist() for name, v in found.items() if name.startswith("d")},
    }
    off = oracles.differences(answer, found)
    assert off["y"] > oracles.LIMIT
    assert off["state"] == 0
    assert {"y", "state", "dq", "dk", "dv", "dbeta", "dstate"} == set(off)
