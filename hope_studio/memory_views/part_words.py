"""The parts of a memory in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def part_words(level: str) -> str:
    """A level as the core names it: memory, cells, fast weight, continuum 2, slot 1."""
    kind, _, place = level.partition(" ")
    names = {
        "memory": translate("PartWords", "Memory"),
        "cells": translate("PartWords", "Cells"),
        "fast": translate("PartWords", "Fast weight"),
        "continuum": translate("PartWords", "Level {n}"),
        "slot": translate("PartWords", "Slot {n}"),
    }
    return names.get(kind, level).format(n=place)
