"""Numbers as a person says them: parameters, bytes, durations, speeds; in the window's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

translate = QCoreApplication.translate


def number(value: float, decimals: int = 0) -> str:
    """A number with the language's separators."""
    return QLocale().toString(float(value), "f", decimals)


def short_number(value: float) -> str:
    """A count in three figures: 950, 12.4 k, 4.7 M, 1.2 G."""
    units = (
        (1e9, translate("Quantities", "{value} G")),
        (1e6, translate("Quantities", "{value} M")),
        (1e3, translate("Quantities", "{value} k")),
    )
    for limit, text in units:
        if abs(value) >= limit * 0.9995:
            scaled = value / limit
            return text.format(value=number(scaled, 1 if scaled < 99.95 else 0))
    return number(value)


def size(count: float) -> str:
    """Bytes in decimal units: 640 kB, 81 MB, 0.2 GB, 11.2 GB."""
    if count >= 0.95e8:
        return translate("Quantities", "{value} GB").format(value=number(count / 1e9, 1))
    if count >= 0.95e6:
        return translate("Quantities", "{value} MB").format(
            value=number(count / 1e6, 1 if count < 9.95e6 else 0)
        )
    if count >= 1000:
        return translate("Quantities", "{value} kB").format(value=number(count / 1e3))
    return translate("Quantities", "{value} bytes").format(value=number(count))


def duration(seconds: float) -> str:
    """A length of time in one unit: 45 s, 60 s, 14 min, 3.5 h, 2.1 days."""
    if seconds < 99.5:
        return translate("Quantities", "{value} s").format(value=number(seconds))
    if seconds < 99.5 * 60:
        return translate("Quantities", "{value} min").format(value=number(seconds / 60))
    if seconds < 48 * 3600:
        return translate("Quantities", "{value} h").format(value=number(seconds / 3600, 1))
    return translate("Quantities", "{value} days").format(value=number(seconds / 86_400, 1))


def speed(tokens_per_second: float) -> str:
    """A speed in tokens a second."""
    return translate("Quantities", "{value} tokens/s").format(value=short_number(tokens_per_second))


def percent(share: float) -> str:
    """A share of one as whole per cent."""
    return translate("Quantities", "{value} %").format(value=number(100 * share))
