"""State tracking: trained on sequences of 40 tokens, tested on 256 (Nested Learning, Table 5).

parity: is the number of ones so far odd?  abab: is the text so far in (abab)*? Half of its texts
have one letter turned at a random place. Models answer after every token. Accuracy is the mean over
the two answers, so that always saying one of them scores 0.5, and counts the tokens beyond the
trained length only. The learning rate is chosen by the loss on other sequences of 80 tokens: at the
trained length several rates are perfect, and only some of them have learned to count.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from benchmarks._contenders import Size
from benchmarks._learning import OPTIMIZERS, follow_schedule
from benchmarks._training import CLIP_NORM
from hope_core.optim import build_optimizer

if TYPE_CHECKING:
    from torch import Tensor

    from benchmarks._book import Book
    from benchmarks._contenders import Contender
    from hope_core.models.contract import LanguageModel

TASKS = ("parity", "abab")
TRAINED, CHOSEN, TESTED, ROWS = 40, 80, 256, 128
SIZE = Size(width=64, layers=2, heads=2, vocabulary=2)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """How a model learns a task."""

    task: str
    learning_rate: float
    steps: int
    batch: int
    seed: int
    optimizer: str = "muon"


@dataclass(frozen=True, kw_only=True)
class Score:
    """Balanced accuracy at the trained length and beyond it; loss at the length for choosing."""

    trained: float
    beyond: float
    loss: float
    seconds: float
    code: str


def examples(task: str, *, rows: int, length: int, seed: int) -> tuple[Tensor, Tensor]:
    """Tokens and answers (rows, length), each 0 or 1, from the seed alone."""
    draw = np.random.default_rng(seed)
    if task == "parity":
        bits = draw.integers(0, 2, (rows, length))
        return torch.from_numpy(bits), torch.from_numpy(bits.cumsum(1) % 2)
    places = np.arange(length)
    turned = draw.integers(0, 2 * length, (rows, 1))
    letters = (places % 2) ^ (places == turned)
    member = (places % 4 == 3) & (places < turned)
    return torch.from_numpy(letters), torch.from_numpy(member.astype(np.int64))


def balanced_accuracy(logits: Tensor, answers: Tensor) -> float:
    """Mean over both answers of the share that was right."""
    right = logits.argmax(-1) == answers
    return float(torch.stack([right[answers == a].float().mean() for a in (0, 1)]).mean())


def score_of(trial: Trial, contender: Contender, book: Book) -> Score:
    """The trial's score, from the book or by training now."""
    key = {"trial": asdict(trial), "model": contender.described(), "chosen at": CHOSEN}
    name = (
        f"{trial.task}, {contender.name}, {trial.optimizer} {trial.learning_rate:g}, "
        f"{trial.steps} steps, seed {trial.seed}"
    )
    return Score(**book.get(name, key, contender.code(), lambda: attempt(trial, contender)))


def attempt(trial: Trial, contender: Contender) -> dict[str, Any]:
    """Learn the task and be tested."""
    model = contender.build(seed=trial.seed).train()
    optimizer = build_optimizer(OPTIMIZERS[trial.optimizer], model.levels(), tables=model.tables())

    def step(position: int, rate: float) -> None:
        seed = trial.seed << 32 | position + 1
        tokens, answers = examples(trial.task, rows=trial.batch, length=TRAINED, seed=seed)
        optimizer.zero_grad()
        loss = cross_entropy(model(tokens)[0].flatten(0, 1), answers.flatten())
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step(rate, CLIP_NORM)

    began = time.perf_counter()
    follow_schedule(step, steps=trial.steps, peak=trial.learning_rate)
    return {"seconds": time.perf_counter() - began, **test(model, trial.task)}


@torch.no_grad()
def test(model: LanguageModel, task: str) -> dict[str, float]:
    """Accuracies and loss on sequences that no training has seen."""
    model.eval()
    near, far = (_answered(model, task, length, seed=0) for length in (TRAINED, TESTED))
    logits, answers = _answered(model, task, CHOSEN, seed=1 << 62)
    return {
        "trained": balanced_accuracy(*near),
        "beyond": balanced_accuracy(far[0][:, TRAINED:], far[1][:, TRAINED:]),
        "loss": float(cross_entropy(logits.flatten(0, 1), answers.flatten())),
    }


def _answered(model: LanguageModel, task: str, length: int, *, seed: int) -> tuple[Tensor, Tensor]:
    """The model's logits (rows, length, 2) and the right answers."""
    tokens, answers = examples(task, rows=ROWS, length=length, seed=seed)
    return model(tokens)[0], answers
