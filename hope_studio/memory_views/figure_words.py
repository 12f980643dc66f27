"""The words of the pictures of the Memory page: title, how to read it, and the formula."""

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
            "MemoryPage",
            "A tick at each real update; the deeper the bar behind it, the larger the update. "
            "Rings close until the next one. Slow levels keep what fast ones forget.",
        ),
        translate(
            "MemoryPage",
            "Level l adds up its gradient and steps when step mod C_l = 0 "
            "(clock, learning_rate_factor). Size of an update: |change of the level's weights|, "
            "measured at the nearest look (update_norm), of the level's largest.",
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
            "memory (surprise). MT-HOPE: |u_t - u_(t-1)|. Colours show ranks.",
        ),
    )
    figures["gates"].set_words(
        translate("MemoryPage", "Gates"),
        translate("MemoryPage", "One column a token, one row a head: pale is 0, deep is the most."),
        translate(
            "MemoryPage",
            "S_t = eta_t S_(t-1) - theta_t grad l;  M_t = (1 - alpha_t) M_(t-1) + S_t. "
            "Half-life = ln 2 / mean(-ln(1 - alpha)). MT-HOPE: u_t = f_t e^(-i phi_t) u_(t-1) + "
            "sqrt(1 - f_t^2) theta_t c_t with alpha = 1 - f; where omega and pi have gates apart, "
            "each by an f and theta of its own, and their means are drawn.",
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
    _set_deeper_words(figures)


def _set_deeper_words(figures: dict[str, Figure]) -> None:
    figures["rates"].set_words(
        translate("MemoryPage", "Learning rate of each level"),
        translate(
            "MemoryPage", "Dashed: what it comes to, as a slow level moves at few of the steps."
        ),
        translate(
            "MemoryPage",
            "learning_rate * learning_rate_factor of the level; effective: times updates / steps.",
        ),
    )
    figures["matrix"].set_words(
        translate("MemoryPage", "Memory matrix"),
        translate(
            "MemoryPage",
            "The head chosen in the norm map: how large its entries are, and how many directions "
            "it uses. Hold Space for the change since the look before.",
        ),
        translate(
            "MemoryPage",
            "|M|, 256 x 256 squares at most, of older looks 64 x 64; a larger memory in blocks, "
            "each the root mean square of its entries (matrices); "
            "singular values of M (singular_values); effective rank = e^H, H the entropy of their "
            "shares (effective_rank).",
        ),
    )
    figures["recall"].set_words(
        translate("MemoryPage", "Recall over filler"),
        translate(
            "MemoryPage",
            "How much of a text each part of the memory still holds after more and more other "
            "text: quick parts fall first. Dashed: how like what was written the rest still is.",
        ),
        translate(
            "MemoryPage",
            "D_d: difference of the memories of two texts after d tokens of filler. Solid: "
            "<D_d, D_0> / |D_0|^2 (share); dashed: cos(D_d, D_0) (cosine).",
        ),
    )
    figures["plane"].set_words(
        translate("MemoryPage", "Complex plane of the Moebius maps"),
        translate(
            "MemoryPage",
            "The image of a round grid under one learned map, its fixed points (filled: attracting,"
            " hollow: repelling) and the path of a point that you can drag.",
        ),
        translate(
            "MemoryPage",
            "z -> (a z + b) / (c z + d), a d - b c = 1, all cycles in a row (mobius); k: slope at "
            "the attracting fixed point. z of a head: best omega = z pi over its channels (z). "
            "Domain colours at z: hue arg f(z), dark to bright |f(z)|, a band each doubling of it.",
        ),
    )
    figures["twistors"].set_words(
        translate("MemoryPage", "Twistors and slots"),
        translate(
            "MemoryPage",
            "Helicity tells how omega and pi lie to each other; slots hold what the text left, "
            "the first one changes quickest.",
        ),
        translate(
            "MemoryPage",
            "S = Re<omega, pi> / (|omega| |pi|) (helicity); slots M_k (slots), |M_k| (slot_norm), "
            "alpha_k a_(t,k) (slot_write).",
        ),
    )
    figures["spread"].set_words(
        translate("MemoryPage", "Sizes of weights and gradients"),
        translate(
            "MemoryPage",
            "Over the steps of training, one column a deeper look: the deeper the colour, the more "
            "values have this size. Bands that wander up blow up, those that wander down die out.",
        ),
        translate(
            "MemoryPage",
            "Shares of |w| (weight_spread) and of the last step's |g| (gradient_spread) in "
            "quarters of a power of ten, of at most 65,536 evenly spaced values of each part.",
        ),
    )
