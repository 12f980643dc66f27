"""A figure says what its asker would have it say, where there is a font for it."""

from __future__ import annotations

from matplotlib.figure import Figure

from hope_core.drawing.retelling import retell

HERE = ("No Such Family", "DejaVu Sans")


def figure_of(*words: str) -> Figure:
    figure = Figure()
    for one in words:
        figure.text(0, 0, one)
    return figure


def words_of(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.texts]


def test_lines_are_retold_with_their_values() -> None:
    figure = figure_of("small: parts", "level 2\n1.5 k weights", "blocks.0")
    retell(figure, {"{name}: parts": "Teile von {name}", "{n} weights": "{n} Gewichte"}, HERE)
    assert words_of(figure) == ["Teile von small", "level 2\n1.5 k Gewichte", "blocks.0"]


def test_the_pattern_that_says_most_goes_first() -> None:
    figure = figure_of("all; 3 weights")
    retell(figure, {"{n} weights": "{n} short", "all; {n} weights": "{n} long"}, HERE)
    assert words_of(figure) == ["3 long"]


def test_without_a_font_that_has_the_words_nothing_changes() -> None:
    figure = figure_of("small: parts")
    retell(figure, {"{name}: parts": "{name}: Teile"}, HERE[:1])
    assert words_of(figure) == ["small: parts"]


def test_only_retold_words_get_the_other_font() -> None:
    figure = figure_of("parts", "blocks.0")
    retell(figure, {"parts": "Teile"}, ("DejaVu Serif",))
    assert ["DejaVu Serif" in text.get_fontfamily() for text in figure.texts] == [True, False]
