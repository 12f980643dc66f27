"""The window's language: translations from assets/translations, changed while the program runs."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase

from hope_studio.resources import assets_folder
from hope_studio.settings import recall, remember

LANGUAGES = {"system": "", "en": "English", "zh_CN": "简体中文"}
"""Codes and their own names; the system's has none."""

_installed: list[QTranslator] = []


def chosen_language() -> str:
    """What the person chose: a code of LANGUAGES."""
    chosen = recall("window/language", "system")
    return chosen if chosen in LANGUAGES else "system"


def choose_language(code: str) -> None:
    """Speak this language from now on, in this and later launches."""
    remember("window/language", code)
    speak(code)


def speak(code: str) -> None:
    """Install the translators of a language; widgets hear of it by LanguageChange."""
    locale = QLocale.system() if code == "system" else QLocale(code)
    if locale.language() is QLocale.Language.C:
        locale = QLocale("en")
    QLocale.setDefault(locale)
    for translator in _installed:
        QCoreApplication.removeTranslator(translator)
    _installed.clear()
    folders = (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("hope", str(assets_folder() / "translations")),
    )
    for name, folder in folders:
        translator = QTranslator()
        if translator.load(locale, name, "_", folder):
            QCoreApplication.installTranslator(translator)
            _installed.append(translator)


def fonts_of_language() -> tuple[str, ...]:
    """Families that have the signs of the chosen language, plain ones first; () where all have."""
    if QLocale().language() is not QLocale.Language.Chinese:
        return ()
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return tuple(sorted(families, key=lambda family: (_is_special(family), "SC" not in family)))


def _is_special(family: str) -> bool:
    return any(kind in family for kind in ("Mono", "Serif"))


def lacks_chinese_font() -> bool:
    """Whether Chinese is to be shown and no font of this system has its signs."""
    if QLocale().language() is not QLocale.Language.Chinese:
        return False
    return not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
