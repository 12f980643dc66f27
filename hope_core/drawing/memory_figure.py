"""What a model carries from token to token, and the rule by which it is rewritten."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hope_core.config.models import TwistorSettings
from hope_core.drawing.boxes import MUTED, TEXT, arrow, box, shape_words, sheet
from hope_core.drawing.twistor_rules import twistor_rules

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from hope_core.drawing.inspection import Inspection, Shape

RULES = {
    "titans": (
        r"$S_t = \eta_t S_{t-1} - \theta_t (M_{t-1} k_t - v_t)\, k_t^\top$",
        r"$M_t = (1-\alpha_t) M_{t-1} + S_t,\qquad y_t = M_t\, q_t$",
    ),
    "hope_dgd": (
        r"$S_t = \mu_t S_{t-1} - (1-\mu_t)\, \eta_t (M_{t-1} k_t - v_t)\, k_t^\top$",
        r"$M_t = M_{t-1}(\alpha_t I - \eta_t k_t k_t^\top) + S_t,\qquad y_t = M_t\, q_t$",
    ),
    "self_modifying": (
        r"$M_t = M_{t-1}(\alpha_t I - \eta_t k_t k_t^\top) - \eta_t \nabla \ell(M; k_t, \hat v_t)$",
        r"$(k, v, \eta, \alpha)_t = M^{k, v, \eta, \alpha}_{t-1}(x_t),\ \hat v_t = M_{t-1}(v_t)$",
    ),
    "gated_delta": (
        r"$M_t = \alpha_t M_{t-1}(I - \beta_t k_t k_t^\top) + \beta_t v_t k_t^\top$",
        r"$y_t = M_t\, q_t$",
    ),
    "ttt_linear": (
        r"$W_t = W_{t-1} - \eta_t \nabla \ell(W; k_t, v_t)$",
        r"$y_t = f(q_t; W_t)$",
    ),
    "attention": (r"$y_t = \mathrm{softmax}(q_t K^\top) V$",),
}
"""The rules as their papers write them (Titans, eqs. 13 to 15; Nested Learning; Gated DeltaNet)."""


def memory_update(model: Inspection) -> Figure:
    """State in, token in, rule, state out; every carried tensor with its shape."""
    groups = grouped(model.state)
    rules = _rules_of(model)
    height = max(0.42 * len(groups), 0.8 * len(rules) + 0.4) + 1.7
    figure, axes = sheet(11.0, height, f"{model.config.name}: what a token rewrites")
    top = height - 1.0
    for index, (name, shape, times) in enumerate(groups):
        y = top - 0.42 * index - 0.2
        words = name if times == 1 else f"{name}  (x {times})"
        box(axes, 0.3, y, 3.1, 0.34, f"{words}   {shape_words(shape)}", tint=index)
        box(axes, 7.9, y, 2.8, 0.34, words, tint=index)
    middle = top - 0.21 * len(groups)
    box(
        axes,
        4.2,
        middle - 0.3,
        2.9,
        0.7,
        "the token's step",
        note="the same for every token",
        tint=6,
    )
    arrow(axes, (3.45, middle + 0.05), (4.2, middle + 0.05))
    arrow(axes, (7.1, middle + 0.05), (7.85, middle + 0.05))
    for index, rule in enumerate(rules):
        axes.text(5.65, middle - 0.62 - 0.36 * index, rule, ha="center", fontsize=10, color=TEXT)
    words = f"Shapes begin with the batch ({model.batch}). One row: tensors of the same kind."
    axes.text(0.3, 0.2, words, fontsize=8, color=MUTED)
    return figure


def grouped(state: dict[str, Shape]) -> list[tuple[str, Shape, int]]:
    """Carried tensors of one name and shape, numbers in the name left out, counted."""
    counts: dict[tuple[str, Shape], int] = {}
    for name, shape in state.items():
        plain = re.sub(r"(^|\.)\d+(?=\.|$)", "", name).strip(".")
        counts[plain, shape] = counts.get((plain, shape), 0) + 1
    return [(name, shape, count) for (name, shape), count in counts.items()]


def _rules_of(model: Inspection) -> tuple[str, ...]:
    settings = model.config.model
    if isinstance(settings, TwistorSettings):
        return twistor_rules(settings)
    return RULES.get(settings.memory.kind if hasattr(settings, "memory") else settings.kind, ())
