"""The rule of self-modifying Titans in chunks (Nested Learning, eqs. 83-93), for linear memories.

Notable: within a chunk everything but the erasure comes from the memories as they stood at its
start (eq. 90, whose index we read as the chunk's start, not its end), so that a chunk is one call
of the master recurrence. The memories that make keys, values, steps and retentions share one chunk
length and one recurrence, their rows stacked, and run ahead of the memory that answers, which they
never see. (Factoring their common update out, would need two matrices of rows
for residual memories, as many as these have with static queries: it would save nothing.)
Shapes: B batch, T time, H heads, K head width; x, q, k, v (B, T, H, K); eta, alpha (B, T, H); a
memory's matrix (B, H, rows, K) with K rows, or 1 for scalar gates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

from hope_core.memories.self_modifying_parts import Answers, Biases, Inputs, dot_sign, squash
from hope_core.nn.heads import read_heads
from hope_core.nn.norms import unit_length
from hope_core.ops.mlp_memory import chunk_spans
from hope_core.ops.recurrence import first_order_recurrence, recurrence
from hope_core.ops.self_writing import SelfWriting, fits, self_writing

if TYPE_CHECKING:
    from hope_core.config.self_modifying import SelfModifyingSettings


class Weights(NamedTuple):
    """The matrices of all memories, or their momenta; no query where queries are static."""

    key: Tensor
    value: Tensor
    step: Tensor
    retention: Tensor
    memory: Tensor
    query: Tensor | None


class Boxes(NamedTuple):
    """All memories: as they stand, their momenta (or None), and as their chunks began."""

    live: Weights
    momenta: Weights | None
    frozen: Weights


def project(
    x: Tensor,
    q: Tensor | None,
    biases: Biases,
    boxes: Boxes,
    *,
    settings: SelfModifyingSettings,
    position: int,
) -> tuple[Inputs, Boxes]:
    """Let the other memories make keys, values, steps, retentions (and queries), and learn.

    Args:
        x: what they read.
        q: static queries, or None where a memory makes them.
        biases: of step and retention.
        boxes: before the first token; the main memory is left as it is.
        settings: the rule.
        position: tokens read before these.
    """
    rows = _rows(boxes.live, settings)
    live, frozen = _stack(boxes.live), _stack(boxes.frozen)
    rule = _fused_rule(boxes, settings, position) if q is not None else None
    if q is not None and rule is not None and fits(x, live, rule):
        k, v, eta, alpha, live, frozen = self_writing(
            x, torch.stack(biases), live, frozen, rule=rule
        )
        after = _unstack(live, boxes.live, rows), None, _unstack(frozen, boxes.frozen, rows)
        return Inputs(q, k, v, eta, alpha), Boxes(*after)
    S = None if boxes.momenta is None else _stack(boxes.momenta)
    made = []
    for span in chunk_spans(x.shape[1], settings.chunk_other, position=position):
        if (position + span.start) % settings.chunk_other == 0:
            frozen = live
        seen = x[:, span]
        answers = torch.split(read_heads(frozen, seen) + rows.spread(seen), rows.counts, dim=-1)
        key, value, step, retention, *query = answers
        eta, alpha = squash(step.mean(-1), retention.mean(-1), biases, settings)
        k = unit_length(key)
        v = unit_length(value) if settings.unit_values else value
        queries = unit_length(query[0]) if q is None else q[:, span]
        made.append(Inputs(queries, k, v, eta, alpha))
        through = rows.spread(_through(v, k, settings))
        _, live, S = _write(live, S, frozen, made[-1], through, ask=k, settings=settings)
    inputs = Inputs(*(torch.cat(parts, dim=1) for parts in zip(*made, strict=True)))
    momenta = None
    if boxes.momenta is not None and S is not None:
        momenta = _unstack(S, boxes.momenta, rows)
    return inputs, Boxes(
        _unstack(live, boxes.live, rows), momenta, _unstack(frozen, boxes.frozen, rows)
    )


def remember(
    inputs: Inputs, boxes: Boxes, *, ask: Tensor, settings: SelfModifyingSettings, position: int
) -> tuple[Answers, Boxes]:
    """Let the main memory answer `ask` (B, T, H, K), each before its token is written, and learn.

    Arguments and results as `project`.
    """
    live, frozen = boxes.live.memory, boxes.frozen.memory
    S = None if boxes.momenta is None else boxes.momenta.memory
    reads, targets = [], []
    for span in chunk_spans(ask.shape[1], settings.chunk_memory, position=position):
        if (position + span.start) % settings.chunk_memory == 0:
            frozen = live
        part = Inputs(*(x[:, span] for x in inputs))
        asked = ask[:, span]
        through = _through(part.v, part.k, settings)
        through = through if settings.residual else torch.zeros_like(through)
        y, live, S = _write(live, S, frozen, part, through, ask=asked, settings=settings)
        y = read_heads(frozen, asked) if settings.read == "snapshot" else y
        target = read_heads(frozen, part.v)
        reads.append(asked + y if settings.residual else y)
        targets.append(part.v + target if settings.residual else target)
    answers = Answers(torch.cat(reads, dim=1), torch.cat(targets, dim=1))
    momenta = boxes.momenta
    if momenta is not None and S is not None:
        momenta = momenta._replace(memory=S)
    return answers, Boxes(
        boxes.live._replace(memory=live), momenta, boxes.frozen._replace(memory=frozen)
    )


def _fused_rule(boxes: Boxes, settings: SelfModifyingSettings, position: int) -> SelfWriting | None:
    """The rule as the fused kernel knows it; None where it does not."""
    known = (settings.gradient, settings.gate_form, settings.loss, settings.gate_meaning) == (
        "snapshot",
        "scalar",
        "l2",
        "retain",
    )
    if boxes.momenta is not None or settings.outer_gradient == "first_order" or not known:
        return None
    return SelfWriting(
        size=settings.eta_scale,
        erase=settings.erase_scale,
        grad=settings.grad_scale,
        residual=settings.residual,
        bounded=settings.bounded_step,
        unit_values=settings.unit_values,
        chunk=settings.chunk_other,
        position=position,
    )


def _write(
    live: Tensor,
    S: Tensor | None,
    frozen: Tensor,
    inputs: Inputs,
    through: Tensor,
    *,
    ask: Tensor,
    settings: SelfModifyingSettings,
) -> tuple[Tensor, Tensor, Tensor | None]:
    """Some tokens of one chunk (eq. 88 or 93): the master recurrence, its rows "HOPE".

    The target is vhat = M_c v, both sides with the residual's v and k added where there is one:
    `through` is v - k for residual rows, 0 for others. With the dot product (eq. 92) the write is
    the target itself, or minus it, and `through` is v.
    """
    write = settings.grad_scale * inputs.eta
    first_order = settings.outer_gradient == "first_order"
    correct = torch.zeros_like(write)
    live_known = settings.gradient == "live" and settings.loss == "l2"
    if settings.loss == "dot_product":
        z = dot_sign(settings) * (read_heads(frozen, inputs.v) + through)
    elif live_known:
        correct = write
        z = read_heads(frozen, inputs.v) + through
    elif first_order:
        z = read_heads(frozen, inputs.v) - read_heads(frozen.detach(), inputs.k) + through
    else:
        z = read_heads(frozen, inputs.v - inputs.k) + through
    run = first_order_recurrence if first_order and live_known else recurrence
    return run(
        ask,
        inputs.k,
        z,
        inputs.alpha,
        settings.erase_scale * inputs.eta if settings.erase_scale else None,
        None if S is None else torch.full_like(write, settings.momentum),
        write,
        correct,
        live,
        S,
        read="before",
        chunk=max(settings.chunk_memory, settings.chunk_other),
    )


def _through(v: Tensor, k: Tensor, settings: SelfModifyingSettings) -> Tensor:
    """What residuals add to a write: to the target, less what they add to the known answer."""
    return v if settings.loss == "dot_product" else v - k


class _Rows(NamedTuple):
    """How the other memories are stacked: rows of each, and whether each adds its input."""

    counts: list[int]
    residual: list[bool]

    def spread(self, x: Tensor) -> Tensor:
        """Tokens x (..., K) in the rows of residual memories, 0 in the others: (..., rows)."""
        parts = [
            x if added else x.new_zeros(*x.shape[:-1], count)
            for count, added in zip(self.counts, self.residual, strict=True)
        ]
        return torch.cat(parts, dim=-1)


def _others(weights: Weights) -> list[Tensor]:
    """All memories but the main one, in the order of their rows."""
    first = [weights.key, weights.value, weights.step, weights.retention]
    return first if weights.query is None else [*first, weights.query]


def _rows(weights: Weights, settings: SelfModifyingSettings) -> _Rows:
    counts = [W.shape[-2] for W in _others(weights)]
    gates = settings.residual and settings.gate_form == "square"
    residual = [settings.residual, settings.residual, gates, gates, settings.residual]
    return _Rows(counts, residual[: len(counts)])


def _stack(weights: Weights) -> Tensor:
    return torch.cat(_others(weights), dim=-2)


def _unstack(stacked: Tensor, before: Weights, rows: _Rows) -> Weights:
    """The other memories out of their stack; the main one as before."""
    key, value, step, retention, *query = torch.split(stacked, rows.counts, dim=-2)
    return Weights(key, value, step, retention, before.memory, query[0] if query else None)
