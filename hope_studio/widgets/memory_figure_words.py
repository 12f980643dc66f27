"""The words of the figures of the Memory page: title, how to read it, and the formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from hope_studio.widgets.figure import Figure

translate = QCoreApplication.translate


def set_figure_words(figures: dict[str, Figure]) -> None:
    """Set every figure's words in the language of the moment."""
    figures["norms"].set_words(
        translate("MemoryPage", "Memory norm, every head"),
        translate(
            "MemoryPage",
            "One row a head, over the steps of training. Blue: the memory holds less than at "
            "the first look, orange: more. Click a row to see it by itself.",
        ),
        translate(
            "MemoryPage",
            "log10(|M_s| / |M_first|): |M| is the Frobenius norm of a head's memory matrix "
            "after it read the probe text (memory_norm).",
        ),
    )
    figures["lanes"].set_words(
        translate("MemoryPage", "Level clocks"),
        translate(
            "MemoryPage", "A tick at each real update. Slow levels keep what fast ones forget."
        ),
        translate(
            "MemoryPage",
            "Level l adds up its gradient and steps when step mod C_l = 0 "
            "(clock, learning_rate_factor).",
        ),
    )
    figures["surprise"].set_words(
        translate("MemoryPage", "Surprise"),
        translate(
            "MemoryPage", "The probe text: the deeper the colour, the less the memory expected it."
        ),
        translate(
            "MemoryPage",
            "|grad l(M; k_t, v_t)| with l = 1/2 |M k - v|^2: how far a token wants to move the "
            "memory (surprise). Colours show ranks.",
        ),
    )
    figures["gates"].set_words(
        translate("MemoryPage", "Gates"),
        translate("MemoryPage", "One column a token, one row a head: pale is 0, deep is the most."),
        translate(
            "MemoryPage",
            "S_t = eta_t S_(t-1) - theta_t grad l;  M_t = (1 - alpha_t) M_(t-1) + S_t. "
            "Half-life = ln 2 / mean(-ln(1 - alpha)).",
        ),
    )
    figures["stability"].set_words(
        translate("MemoryPage", "Stability"),
        translate(
            "MemoryPage", "One row a layer, one column a head: how near writes are to blowing up."
        ),
        translate(
            "MemoryPage",
            "Bound: theta lambda_max(K^T K) / (1 - eta) over a chunk of keys K; writes settle "
            "below 2. Half-life: ln 2 / mean(-ln(1 - alpha)), in tokens.",
        ),
    )
    figures["histograms"].set_words(
        translate("MemoryPage", "How the gates are spread"),
        translate(
            "MemoryPage", "One row a layer: the deeper the colour, the more tokens have this gate."
        ),
        translate(
            "MemoryPage", "Shares of all tokens and heads of the probe text, in twenty equal steps."
        ),
    )
