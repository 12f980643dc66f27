"""Proofs on one model: its kernels against their slow twins, and what every model promises.

Notable: the cheap ones, which run before each training, look at a specimen of the same widths,
memories and kernels but at most two blocks and a small vocabulary.
"""

from __future__ import annotations

import copy
import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch.nn.functional import cross_entropy

from hope_core.errors import ProofError
from hope_core.models import build_model
from hope_core.ops.choice import kernels_by
from hope_core.ops.recurrence import backends_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from torch import Tensor

    from hope_core.config.models import ModelSettings
    from hope_core.models.contract import LanguageModel

EXACT = 1e-12
"""What float64 may lose where the same numbers are computed in the same order."""
REGROUPED = 1e-9
"""What float64 may lose where they are computed in another order."""
SINGLE = 2e-3
"""What float32 may lose on its way through a whole model."""
BLOWN_UP = (
    "The model's answers are no finite numbers, token by token either: its settings let a memory "
    "blow up. Lower the memory's largest step: theta_max, beta_max, eta_max or eta_scale under "
    "model.memory."
)
FINITE = "finite answers"
QUICK_BLOCKS = 2
QUICK_VOCABULARY = 64
QUICK_LENGTH = 70
"""More than one of a kernel's chunks."""


@dataclass(frozen=True)
class Check:
    """One proof: what was measured, against which limit, and what it means."""

    name: str
    passed: bool
    figure: float
    """The largest difference, relative to the largest value; or a count."""
    limit: float
    sentence: str


@dataclass(frozen=True)
class Verification:
    """All proofs of one model."""

    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether every proof holds."""
        return all(check.passed for check in self.checks)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: `passed`, `figures` by name, and every check."""
        return {
            "passed": self.passed,
            "figures": {check.name: check.figure for check in self.checks},
            "checks": [asdict(check) for check in self.checks],
        }


def quick_checks(settings: ModelSettings) -> Iterator[Check]:
    """The proofs that cost less than a second, on a specimen of these settings."""
    blocks = min(QUICK_BLOCKS, settings.layers)
    model = build_model(settings.model_copy(update={"layers": blocks}), QUICK_VOCABULARY)
    tokens = _tokens(model, 2, QUICK_LENGTH)
    with torch.no_grad():
        kernels = list(_kernels_agree(model, tokens, torch.float32, SINGLE, ("auto",)))
    yield from kernels
    with kernels_by("chunked"):
        yield from _promises(model.double(), tokens)


def refuse_unproven(settings: ModelSettings, *, check: Callable[[], None]) -> None:
    """Run the quick checks.

    Args:
        settings: of the model that is about to train.
        check: called after each proof; may raise to stop.

    Raises:
        ProofError: one of them fails; a model that breaks its promises is not trained.
    """
    failed = []
    for proof in quick_checks(settings):
        check()
        if not proof.passed:
            failed.append(proof.sentence)
        if proof.name == FINITE and not proof.passed:
            break  # what else fails, fails of this
    if failed:
        raise ProofError(" ".join(failed))


def all_checks(model: LanguageModel, *, length: int = 135) -> Iterator[Check]:
    """Every proof on this very model with its own weights, one after the other.

    Args:
        model: left as it is; copies are made.
        length: tokens read; more than two of a kernel's chunks by default.
    """
    tokens = _tokens(model, 2, length)
    for dtype, limit in ((torch.float64, REGROUPED), (torch.float32, SINGLE)):
        same = copy.deepcopy(model).to(dtype).requires_grad_(requires_grad=True)
        fast = [name for name in backends_for(tokens.device, dtype) if name != "reference"]
        yield from _kernels_agree(same, tokens, dtype, limit, fast)
    yield from _promises(copy.deepcopy(model).double().requires_grad_(requires_grad=True), tokens)


def _kernels_agree(
    model: LanguageModel,
    tokens: Tensor,
    dtype: torch.dtype,
    limit: float,
    backends: Iterable[str],
) -> Iterator[Check]:
    """Each backend against the token loop; nothing for a model that has no such kernel.

    Gradients are compared too, where autograd is switched on.
    """
    number = str(dtype).removeprefix("torch.")
    with kernels_by("reference") as choice:
        expected = _logits_and_gradients(model, tokens)
    if choice.asked and not bool(torch.isfinite(expected[0]).all()):
        yield Check(FINITE, False, math.inf, limit, BLOWN_UP)
        return
    for backend in backends if choice.asked else ():
        with kernels_by(backend):
            found = _logits_and_gradients(model, tokens)
        differences = [_difference(x, y) for x, y in zip(found, expected, strict=True)]
        kernels = "fastest" if backend == "auto" else backend
        for what, figures in (("values", differences[:1]), ("gradients", differences[1:])):
            if figures:
                subject = f"The {what} of the {kernels} kernels and of the token-by-token loop"
                outcome = ("are the same", "differ")
                name = f"{kernels} kernels, {what}, {number}"
                yield _check(name, max(figures), limit, subject, outcome)


def _promises(model: LanguageModel, tokens: Tensor) -> Iterator[Check]:
    """What every model promises (architecture.md, contract 4); the model is a float64 one."""
    with torch.no_grad():
        logits = model(tokens)[0]
    for promise in (_causality, _isolation, _pieces):
        with torch.no_grad():
            outcome = promise(model, tokens, logits)
        yield outcome
    yield _reach(model, tokens)


def _causality(model: LanguageModel, tokens: Tensor, logits: Tensor) -> Check:
    middle = tokens.shape[1] // 2
    others = tokens.clone()
    others[:, middle:] = (others[:, middle:] + 1) % model.vocabulary
    figure = _difference(model(others)[0][:, :middle], logits[:, :middle])
    outcome = ("does not depend on later ones", "depends on later ones")
    return _check("causality", figure, EXACT, "What is predicted after a token", outcome)


def _isolation(model: LanguageModel, tokens: Tensor, logits: Tensor) -> Check:
    others = tokens.clone()
    others[1:] = (others[1:] + 1) % model.vocabulary
    figure = _difference(model(others)[0][:1], logits[:1])
    outcome = ("do not touch each other", "touch each other")
    return _check("batch isolation", figure, EXACT, "The sequences of a batch", outcome)


def _pieces(model: LanguageModel, tokens: Tensor, logits: Tensor) -> Check:
    state, answers = None, []
    for piece in tokens.tensor_split([1, tokens.shape[1] // 3], dim=1):
        answer, state = model(piece, state)
        answers.append(answer)
    figure = _difference(torch.cat(answers, dim=1), logits)
    outcome = ("is read as the whole", "is read otherwise than the whole")
    return _check("pieces", figure, REGROUPED, "A text in pieces with the state carried", outcome)


def _reach(model: LanguageModel, tokens: Tensor) -> Check:
    _logits_and_gradients(model, tokens)
    later = {id(parameter) for parameter in model.acting_later(tokens.shape[1] - 1)}
    unreached = [
        name
        for name, parameter in model.named_parameters()
        if id(parameter) not in later and (parameter.grad is None or not parameter.grad.any())
    ]
    model.zero_grad(set_to_none=True)
    sentence = "The gradient reaches every parameter."
    if later:
        sentence = (
            "The gradient reaches every parameter that acts in so short a text; "
            f"{len(later)} parameters act only in longer ones."
        )
    if unreached:
        names = ", ".join(unreached[:5]) + (", ..." if len(unreached) > 5 else "")
        sentence = f"No gradient reaches {len(unreached)} parameters, which never learn: {names}."
    return Check("gradient reach", not unreached, float(len(unreached)), 0.0, sentence)


def _logits_and_gradients(model: LanguageModel, tokens: Tensor) -> list[Tensor]:
    """The logits and, if autograd is on, the gradient of each parameter that has one."""
    model.zero_grad(set_to_none=True)
    logits, _ = model(tokens)
    if not torch.is_grad_enabled():
        return [logits]
    loss = cross_entropy(logits[:, :-1].flatten(0, 1), tokens[:, 1:].flatten())
    loss.backward()  # type: ignore[no-untyped-call]
    gradients = [p.grad for p in model.parameters() if p.grad is not None]
    return [logits.detach(), *gradients]


def _difference(found: Tensor, expected: Tensor) -> float:
    """The largest difference relative to the largest value; infinite if any is no number."""
    if not found.numel():
        return 0.0
    scale = expected.abs().max().clamp(min=torch.finfo(expected.dtype).tiny)
    figure = float((found - expected).abs().max() / scale)
    return float("inf") if math.isnan(figure) else figure


def _check(name: str, figure: float, limit: float, subject: str, ways: tuple[str, str]) -> Check:
    passed = figure <= limit
    sentence = (
        f"{subject} {ways[0] if passed else ways[1]} (off by {figure:.1e}, at most {limit:g})."
    )
    return Check(name, passed, figure, limit, sentence)


def _tokens(model: LanguageModel, batch: int, length: int) -> Tensor:
    """Fixed random tokens (B, T) on the model's device."""
    generator = torch.Generator().manual_seed(1)
    tokens = torch.randint(model.vocabulary, (batch, length), generator=generator)
    return tokens.to(next(model.parameters()).device)
