"""The full data behind a plot, as text that a spreadsheet reads."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy.typing as npt


class Table(NamedTuple):
    """One curve: its name, its places (N,) on each axis and its values (N,)."""

    name: str
    axes: Mapping[str, npt.NDArray[Any]]
    values: npt.NDArray[Any]


def curves_csv(curves: Iterable[Table]) -> bytes:
    """One line a point: curve, its place on each axis, its value as it came; UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    head: list[str] = []
    for curve in curves:
        if not head:
            head = list(curve.axes)
            writer.writerow(["curve", *head, "value"])
        places = (_plain(curve.axes[axis]) for axis in head)
        names = [curve.name] * len(curve.values)
        writer.writerows(zip(names, *places, _plain(curve.values), strict=True))
    return text.getvalue().encode()


def _plain(numbers: npt.NDArray[Any]) -> list[str]:
    """The shortest text that reads back as the same number of this precision."""
    return [str(number).removesuffix(".0") for number in numbers]
