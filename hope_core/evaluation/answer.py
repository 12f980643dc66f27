"""Answers the studio's question whether a model computes what it should."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

from hope_core.config.validation import parse_config
from hope_core.inference.messages import CheckDescription, VerifyReply
from hope_core.models import build_model
from hope_core.models.proofs import all_checks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.inference.messages import VerifyRequest


def answer_verify(request: VerifyRequest, check: Callable[[], None]) -> Iterator[VerifyReply]:
    """One reply for each proof as soon as it is done, and a last one with all of them.

    Raises:
        HopeError: the settings cannot be used.
    """
    config = parse_config(json.loads(request.config), source="the settings")
    tokenizer = config.data.tokenizer
    vocabulary = tokenizer.vocabulary if tokenizer.kind == "bpe" else 256
    checks: list[CheckDescription] = []
    for proof in all_checks(build_model(config.model, vocabulary, seed=config.seed)):
        check()
        figure = proof.figure if math.isfinite(proof.figure) else None
        checks.append(
            CheckDescription(proof.name, proof.passed, figure, proof.limit, proof.sentence)
        )
        yield VerifyReply(id=request.id, checks=tuple(checks), passed=False, done=False)
    passed = all(done.passed for done in checks)
    yield VerifyReply(id=request.id, checks=tuple(checks), passed=passed, done=True)
