"""Text from a language model, one token after the other.

Notable: the prompt is read in short pieces, so that a caller gets control back every few
milliseconds; the draw comes from a generator of its own and touches no global random state; an
empty prompt starts from a line break. Repetition is made less likely as CTRL does it (Keskar et al.
2019, section 4.1), over the newest tokens that the model itself wrote.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

from hope_core.errors import GenerationError
from hope_core.inference.threads import writing_threads

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from torch import Tensor

    from hope_core.data.tokenizers import Tokenizer
    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State

PROMPT_PIECE = 64
"""Tokens of the prompt that are read at once."""


LONGEST_WINDOW = 4096
"""Tokens."""


@dataclass(frozen=True, kw_only=True)
class SamplingSettings:
    """How tokens are drawn from the model's distribution."""

    tokens: int = 200
    """How many to write."""
    temperature: float = 0.8
    """Divides the logits; 0 takes the most likely token each time."""
    top_k: int = 0
    """Draw among this many most likely tokens; 0: among all."""
    top_p: float = 1.0
    """Draw among the fewest tokens whose probabilities reach this share."""
    repetition_penalty: float = 1.0
    """Makes the newest tokens it wrote less likely: divides their logits where these are positive
    and multiplies them where they are negative; 1: none."""
    repetition_window: int = 64
    """How many of the tokens it wrote last that concerns."""
    seed: int = 0

    def check(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            GenerationError: a number is out of its range.
        """
        for name, value, low, high in (
            ("tokens", self.tokens, 1, 1_000_000),
            ("temperature", self.temperature, 0.0, 100.0),
            ("top_k", self.top_k, 0, 10_000_000),
            ("repetition_penalty", self.repetition_penalty, 1.0, 100.0),
            ("repetition_window", self.repetition_window, 1, LONGEST_WINDOW),
            ("seed", self.seed, 0, 2**63 - 1),
        ):
            if not low <= value <= high:
                raise GenerationError(f"{name}: {value} is not between {low:,} and {high:,}.")
        if not 0.0 < self.top_p <= 1.0:
            raise GenerationError(f"top_p: {self.top_p} is not above 0 and at most 1.")


@dataclass(frozen=True)
class Piece:
    """What became known by one more look at the model."""

    text: str
    """New text; empty while the prompt is read or inside a character."""
    tokens: int
    """Tokens written so far."""
    token: int = -1
    """The new token; -1 while the prompt is read."""
    logits: Tensor | None = None
    """What it was drawn from (V,), before temperature and cuts."""
    state: State | None = None
    """What the model carries, without the new token."""


def generate(
    model: LanguageModel,
    tokenizer: Tokenizer,
    prompt: str,
    settings: SamplingSettings,
    *,
    state: State | None = None,
) -> Iterator[Piece]:
    """Continue a prompt; yields after every piece of the prompt and every new token.

    The prompt is read with what the model carries in `state`; None: a fresh one.

    The prompt may be longer than the training sequences. The model is left in the mode (training or
    evaluation) in which it was found, and torch with as many threads, also when the caller stops
    early.

    Raises:
        GenerationError: a setting is out of range, or the model answers with no numbers.
    """
    settings.check()
    mode = model.training
    model.eval()
    try:
        with writing_threads(model):
            yield from _pieces(model, tokenizer, prompt or "\n", settings, state)
    finally:
        model.train(mode)


def _pieces(
    model: LanguageModel,
    tokenizer: Tokenizer,
    prompt: str,
    settings: SamplingSettings,
    state: State | None,
) -> Iterator[Piece]:
    device = next(model.parameters()).device
    generator = torch.Generator().manual_seed(settings.seed)
    stream = tokenizer.decode_stream()
    written: deque[int] = deque(maxlen=settings.repetition_window)
    waiting = torch.from_numpy(tokenizer.encode(prompt)).long()[None].to(device)
    logits, state = _feed(model, waiting[:, :PROMPT_PIECE], state)
    for start in range(PROMPT_PIECE, waiting.shape[1], PROMPT_PIECE):
        yield Piece("", 0)
        logits, state = _feed(model, waiting[:, start : start + PROMPT_PIECE], state)
    for count in range(1, settings.tokens + 1):
        token = draw(logits, settings, generator, written)
        written.append(token)
        last = count == settings.tokens
        text = stream.push(token) + (stream.finish() if last else "")
        yield Piece(text, count, token, logits, state)
        if not last:
            logits, state = _feed(model, torch.tensor([[token]], device=device), state)


@torch.inference_mode()
def _feed(model: LanguageModel, tokens: Tensor, state: State | None) -> tuple[Tensor, State]:
    """The logits (V,) of the token after the last one, and the state there."""
    logits, state = model(tokens, state)
    return logits[0, -1].float().cpu(), state


def draw(
    logits: Tensor,
    settings: SamplingSettings,
    generator: torch.Generator,
    written: Collection[int] = (),
) -> int:
    """One token from logits (V,), in the light of those that were `written` just before.

    Raises:
        GenerationError: the logits are not numbers.
    """
    if not bool(torch.isfinite(logits).all()):
        raise GenerationError(
            "The model's answer is not a number. Its weights are damaged or its training diverged: "
            "choose an earlier checkpoint."
        )
    if settings.repetition_penalty != 1.0 and written:
        logits = penalise(logits, written, settings.repetition_penalty)
    if settings.temperature == 0.0:
        return int(logits.argmax())
    logits = logits / settings.temperature
    if 0 < settings.top_k < len(logits):
        logits = logits.masked_fill(logits < logits.topk(settings.top_k).values[-1], -torch.inf)
    probabilities = logits.softmax(-1)
    if settings.top_p < 1.0:
        probabilities = _nucleus(probabilities, settings.top_p)
    return int(torch.multinomial(probabilities, 1, generator=generator))


def penalise(logits: Tensor, written: Collection[int], penalty: float) -> Tensor:
    """Logits (V,) in which each token that was written, however often, is less likely."""
    places = torch.tensor(sorted(set(written)))
    before = logits[places]
    after = torch.where(before > 0, before / penalty, before * penalty)
    return logits.scatter(0, places, after)


def _nucleus(probabilities: Tensor, share: float) -> Tensor:
    """The most likely tokens that together reach the share; all others get probability 0."""
    ordered, places = probabilities.sort(descending=True)
    before = ordered.cumsum(-1) - ordered
    return torch.zeros_like(probabilities).scatter(0, places, ordered * (before < share))
