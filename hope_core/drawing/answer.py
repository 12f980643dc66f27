"""Figures for the studio: one request, one picture."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hope_core.config.validation import parse_config
from hope_core.drawing.figures import FORMATS, OF_MODELS, model_figure, written
from hope_core.drawing.retelling import retell
from hope_core.errors import HopeError
from hope_core.inference.messages import DrawReply
from hope_core.table import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hope_core.inference.messages import DrawRequest


def answer_draw(request: DrawRequest, check: Callable[[], None]) -> Iterator[DrawReply]:
    """Draw the figure that is asked for.

    Raises:
        HopeError: there is no such figure or format, or the settings cannot be used.
    """
    for what, given, known in (
        ("figure", request.figure, [*OF_MODELS]),
        ("format", request.format, FORMATS),
    ):
        if given not in known:
            raise HopeError(f"There is no {what} '{given}'. {did_you_mean(given, known)}")
    config = parse_config(json.loads(request.config), source="the settings")
    figure = model_figure(request.figure, config)
    retell(figure, request.words, request.fonts)
    check()
    yield DrawReply(id=request.id, picture=written(figure, request.format))
