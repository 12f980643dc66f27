"""A conversation with a model whose memory learns while one talks (document 003's two modes).

Notable: in `memory_only` the weights are shared with whoever else uses the model and stand still
bit for bit; in `full_model` they learn as well, on a copy, at a rate of their own. Each turn ends
in a moment to which one can go back: states are never changed in place, so that a moment costs no
more than what it keeps.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import torch

from hope_core.errors import TeachingError
from hope_core.inference.feeding import answer_logp, feed
from hope_core.inference.learning_weights import LearningWeights
from hope_core.inference.sampling import draw
from hope_core.inference.study import study
from hope_core.inference.teaching import NOTHING_LEARNS, Moment, make_room
from hope_core.inference.trace import TokenTrace, belief, write_rows, write_sizes
from hope_core.nn.learned import learned_tensors

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from torch import Tensor

    from hope_core.data.tokenizers import Tokenizer
    from hope_core.inference.sampling import SamplingSettings
    from hope_core.inference.teaching import Kind, TeachingSettings
    from hope_core.inference.trace import WriteRow
    from hope_core.models.contract import LanguageModel
    from hope_core.nn.state import State


class Conversation:
    """One model, what it carries, and the moments of the talk so far.

    Args:
        model: its weights are only read; in full_model a copy of it learns.
        tokenizer: the model's.
        settings: how it learns.
        state: a memory to begin with; None: the fresh one.
        tokens: how many that memory has read.

    Raises:
        TeachingError: a setting is out of range, or nothing in the model could learn.
    """

    def __init__(
        self,
        model: LanguageModel,
        tokenizer: Tokenizer,
        settings: TeachingSettings,
        *,
        state: State | None = None,
        tokens: int = 0,
    ) -> None:
        settings.check()
        self.settings = settings
        self.tokenizer = tokenizer
        self.model = model
        self._weights: LearningWeights | None = None
        if settings.mode == "full_model":
            self._weights = LearningWeights(model, settings.learning_rate)
            self.model = self._weights.model
        self.model.eval()
        fresh = self.model.initial_state(1).detach()
        self.rows: tuple[WriteRow, ...] = write_rows(fresh)
        if settings.mode == "memory_only" and not self.rows:
            raise TeachingError(NOTHING_LEARNS)
        self.moments: list[Moment] = []
        self._state, self._logits, self._tokens = state or fresh, torch.zeros(0), tokens
        self._begin("loaded" if state else "start", "")

    @property
    def state(self) -> State:
        """What the model carries now."""
        return self._state

    @property
    def tokens(self) -> int:
        """Read and written so far."""
        return self._tokens

    def read(self, text: str) -> Generator[TokenTrace, None, None]:
        """Read a text; the memory writes as it was trained to, and in full_model the weights learn.

        Raises:
            TeachingError: the text is empty, or too long to be learned from.
        """
        tokens = self._encode(text)
        yield from self._read(tokens)
        surprise = self._learn(tokens, steps=1)
        self._remember("read", text, study=surprise)

    def teach(
        self, text: str, *, check: Callable[[], None] = lambda: None
    ) -> Generator[TokenTrace, None, None]:
        """Read a text as often as set, then study it: with the memory alone, or with the weights.

        `check` is called between the steps of study and stops the work by raising.

        Raises:
            TeachingError: the text is empty, or too long to be studied.
        """
        tokens = self._encode(text)
        for _ in range(self.settings.readings):
            yield from self._read(tokens)
        surprise: tuple[float, ...] = ()
        if self.settings.mode == "full_model":
            surprise = self._learn(tokens, steps=self.settings.study_steps, check=check)
        elif self.settings.study_steps:
            studied = study(
                self.model,
                self._state,
                tokens,
                steps=self.settings.study_steps,
                rate=self.settings.study_rate,
                check=check,
            )
            self._state, surprise = studied.state, studied.surprise
        self._remember("taught", text, study=surprise)

    def write(self, settings: SamplingSettings) -> Generator[TokenTrace, None, None]:
        """Let the model go on; what it writes is read by its memory like anything else.

        Raises:
            GenerationError: a setting is out of range, or the model answers with no numbers.
        """
        settings.check()
        generator = torch.Generator().manual_seed(settings.seed)
        stream = self.tokenizer.decode_stream()
        written: deque[int] = deque(maxlen=settings.repetition_window)
        text = ""
        try:
            for count in range(1, settings.tokens + 1):
                token = draw(self._logits, settings, generator, written)
                written.append(token)
                shown = stream.push(token) + (stream.finish() if count == settings.tokens else "")
                text += shown
                yield self._step(token, shown, written=True)
        finally:
            if text:
                self._remember("written", text)

    def load(self, state: State, name: str, tokens: int, *, another_document: bool = False) -> None:
        """Go on with another memory, and with the weights as they are.

        With `another_document` the text that it has read ends here, which levels that learn inside
        a document may forget (`model.document_end`).
        """
        if another_document:
            with torch.no_grad():
                state = self.model.next_document(state, keep_memory=True)
        self._state, self._tokens = state, tokens
        self._begin("loaded", name)

    def roll_back(self, moment: int) -> None:
        """Be again as after this turn, bit for bit; later moments are forgotten.

        Raises:
            TeachingError: there is no such moment.
        """
        if not 0 <= moment < len(self.moments):
            last = len(self.moments) - 1
            raise TeachingError(f"There is no moment {moment}; there are 0 to {last}.")
        then = self.moments[moment]
        del self.moments[moment + 1 :]
        self._state, self._logits, self._tokens = then.state, then.logits, then.tokens
        if self._weights is not None and then.weights is not None:
            self._weights.put_back(then.weights)

    def answer_logp(self, question: str, answer: str, *, state: State | None = None) -> float:
        """Sum of ln p of the answer's tokens, were the question asked now; nothing is written.

        Raises:
            TeachingError: the question or the answer is empty.
        """
        asked, answered = self._encode(question), self._encode(answer)
        return answer_logp(self.model, asked, answered, state or self._state)

    def read_quietly(self, text: str, state: State, *, limit: int) -> State:
        """What the state becomes by reading `limit` tokens of a text; the conversation stays."""
        tokens = self._encode(text)[:, :limit]
        return feed(self.model, tokens, state)[0]

    def _begin(self, kind: Kind, words: str) -> None:
        """A line break after whatever the memory last read."""
        self._state, self._logits = feed(self.model, self._encode("\n"), self._state)
        self._tokens += 1
        self._remember(kind, words)

    def _read(self, tokens: Tensor) -> Generator[TokenTrace, None, None]:
        stream = self.tokenizer.decode_stream()
        numbers = tokens[0].tolist()
        for place, token in enumerate(numbers, 1):
            shown = stream.push(token) + (stream.finish() if place == len(numbers) else "")
            yield self._step(token, shown, written=False)

    def _step(self, token: int, text: str, *, written: bool) -> TokenTrace:
        """Feed one token, and tell of it."""
        expected = belief(self._logits, token, self.tokenizer)
        before = learned_tensors(self._state)
        fed = torch.tensor([[token]], device=next(self.model.parameters()).device)
        self._state, self._logits = feed(self.model, fed, self._state)
        self._tokens += 1
        return TokenTrace(
            token,
            text,
            expected.surprise,
            expected.entropy,
            expected.alternatives,
            write_sizes(before, learned_tensors(self._state)),
            written,
        )

    def _learn(
        self, tokens: Tensor, *, steps: int, check: Callable[[], None] = lambda: None
    ) -> tuple[float, ...]:
        """Let the weights learn, in full_model, from a text that was read."""
        if self._weights is None or tokens.shape[1] < 2 or not steps:
            return ()
        return self._weights.learn(tokens, state=self._state, steps=steps, check=check)

    def _encode(self, text: str) -> Tensor:
        tokens = torch.from_numpy(self.tokenizer.encode(text)).long()[None]
        if not tokens.shape[1]:
            raise TeachingError("The text is empty. Write what the model should read.")
        return tokens.to(next(self.model.parameters()).device)

    def _remember(self, kind: Kind, words: str, *, study: tuple[float, ...] = ()) -> None:
        weights = self._weights.kept() if self._weights else None
        self.moments.append(
            Moment(
                kind,
                " ".join(words.split())[:80],
                self._state,
                self._logits,
                self._tokens,
                weights,
                study,
            )
        )
        make_room(self.moments)
