"""The program `hope-studio`: options, checks before Qt starts, first paint, then everything else.

The order matters. Before the first paint nothing is imported that it does not need: no pydantic, no
numpy, no pyqtgraph, not even the namespace Qt, and torch never. What comes after happens in small
steps of the event loop: the rail, the page, the rest of the window, and last the helper process.
"""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hope_studio.display import missing_library, obstacle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QApplication

SWITCH_INTERVAL = 0.0005
"""Python's thread switch interval (s): its default lets a busy thread stall the window."""

PAGE_NAMES = ("home", "data", "configure", "train", "memory", "generate", "runs")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the studio; the exit code of the program."""
    options = _parser().parse_args(arguments)
    if problem := obstacle():
        sys.stderr.write(problem + "\n")
        return 2
    gc.disable()  # imports leave no garbage, but every few hundred objects it would be looked for
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        sys.stderr.write(missing_library(error) + "\n")
        return 2

    QApplication.setStyle("Fusion")
    app = QApplication(sys.argv[:1])
    app.setOrganizationName("hope-studio")
    app.setOrganizationDomain("hope-studio.org")
    app.setApplicationName("HOPE Studio")
    app.setDesktopFileName("hope-studio")
    return Launch(options, app).run()


class Launch:
    """The steps from an empty window to a whole one."""

    def __init__(self, options: argparse.Namespace, app: QApplication) -> None:
        from PySide6.QtCore import QTimer

        from hope_studio import launches
        from hope_studio.settings import recall
        from hope_studio.theme.control import control
        from hope_studio.window import MainWindow
        from hope_studio.window_state import remembered_page, restore_geometry

        self.options = options
        self.app = app
        self._single_shot = QTimer.singleShot
        self._theme: str = options.theme or recall("window/theme", "system")
        control.tint(app, self._theme)
        self.window = MainWindow()
        self.window.painted.connect(self._painted)
        self.window.safe_mode = not options.screenshot and launches.begin()
        is_fresh = options.screenshot or self.window.safe_mode
        if not is_fresh:
            restore_geometry(self.window)
        page = options.page or ("train" if options.run else "")
        self.window.show_page(page or ("home" if is_fresh else remembered_page()))

    def run(self) -> int:
        """Show the window and stay until it is closed."""
        self.window.show()
        code = self.app.exec()
        if not self.options.screenshot:
            from hope_studio import launches

            launches.end_well()
        session = self.window.session
        if session is not None and not session.leave():
            # A trainer inside this process does not end; to destroy its thread would abort.
            import os

            os._exit(code)
        return code

    def _painted(self) -> None:
        self._report("first paint")
        self._then(self._build)

    def _then(self, step: Callable[[], None]) -> None:
        """Do a step when the event loop has nothing more urgent."""
        self._single_shot(0, self.app, step)

    def _build(self) -> None:
        import locale

        from hope_studio.languages import chosen_language, speak
        from hope_studio.theme.control import control

        # Qt takes the user's locale; a decimal comma would break parsers written in C.
        locale.setlocale(locale.LC_NUMERIC, "C")
        speak(self.options.lang or chosen_language())
        control.apply(self._theme)
        self.window.build()
        self._then(self._install)

    def _install(self) -> None:
        from hope_studio.crash import CrashHooks
        from hope_studio.farewell import Farewell
        from hope_studio.widgets.wheel_guard import WheelGuard

        self.hooks = CrashHooks()
        self.hooks.install()
        self.app.aboutToQuit.connect(self.hooks.close)
        self.guard = WheelGuard()
        self.app.installEventFilter(self.guard)
        sys.setswitchinterval(SWITCH_INTERVAL)
        self.farewell = Farewell(self.app, self.window)
        self.farewell.start()
        self._make_session()

    def _make_session(self) -> None:
        from hope_studio.session import Session
        from hope_studio.settings import recall

        executor = recall("session/executor", "process")
        self.session = Session(executor=executor, parent=self.app)
        self.window.take(self.session)
        self._then(self._furnish_when_page_stands)

    def _furnish_when_page_stands(self) -> None:
        """The rest of the window would only hold up the page that is looked at."""
        if self.window.page(self.window.current_page).built:
            self._load_settings()
        else:
            self._then(self._furnish_when_page_stands)

    def _load_settings(self) -> None:
        """Before any thread begins: two that import pydantic at once may see half of it."""
        if self.window.current_page == "train":
            self._report("page drawn")
        import hope_core.config.presets  # noqa: F401

        self._then(self._furnish)

    def _furnish(self) -> None:
        self.window.furnish(self.session)
        assert self.window.frame is not None
        self.hooks.crashed.connect(self.window.frame.notices.show_message)
        self._then(self._open)

    def _open(self) -> None:
        self._report("whole window")
        self.session.service.start()
        gc.freeze()  # what is imported stays; each look for garbage in it would take 40 ms
        gc.enable()
        self.hooks.open_log()
        self._offer_reports()
        from hope_studio.languages import lacks_chinese_font
        from hope_studio.warm_up import WarmUp

        self.warm_up = WarmUp(self.window)
        if self.options.run:
            self.session.open_run(self.options.run)
            if self.options.report_times:
                self._then(self._wait_for_run)
        if lacks_chinese_font():
            self.session.notice(
                "No font with Chinese signs was found.",
                hint="On Debian or Ubuntu: sudo apt-get install -y fonts-noto-cjk",
                severity="warning",
            )
        if self.options.screenshot:
            from hope_studio.screenshot import Screenshot

            self.screenshot = Screenshot(self.window, self.options)
            self.hooks.crashed.connect(self.screenshot.note_fault)
            self.screenshot.start()
        else:
            assert self.window.frame is not None
            self.window.frame.manners.start()
            if self.window.safe_mode:
                self._tell_of_safe_mode()

    def _tell_of_safe_mode(self) -> None:
        from PySide6.QtCore import QCoreApplication

        translate = QCoreApplication.translate
        self.session.notice(
            translate("Launch", "The last launches did not end well: this one starts afresh."),
            hint=translate(
                "Launch",
                "The arrangement of the window was left out; runs are safe. "
                "Close the window and start it again to leave this safe mode.",
            ),
            severity="warning",
        )

    def _offer_reports(self) -> None:
        """Tell of crashes that nobody has seen yet."""
        from hope_studio.crash_dialog import CrashOffer

        assert self.window.frame is not None
        if self.hooks.keeper is not None:
            self.crash_offer = CrashOffer(self.window.frame, self.hooks.keeper)

    def _wait_for_run(self) -> None:
        """For a benchmark: tell when the run is drawn."""
        page = self.window.page(self.window.current_page)
        if self.session.run is None or page.busy():
            self._then(self._wait_for_run)
        else:
            self._report("run drawn")

    def _report(self, what: str) -> None:
        """Tell a benchmark that this is done; it holds the clock."""
        if self.options.report_times:
            sys.stdout.write(f"{what}\n")
            sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hope-studio",
        description="Train, watch, question and teach small language models whose memory learns.",
    )
    parser.add_argument("--run", metavar="DIR", help="open this run: a folder or a run's name")
    parser.add_argument("--page", choices=PAGE_NAMES, metavar="NAME", help=", ".join(PAGE_NAMES))
    parser.add_argument(
        "--screenshot",
        metavar="FILE_OR_FOLDER",
        type=Path,
        help="draw the page into a PNG file, or every page into a folder, and exit; in a path, "
        "{page}, {theme} and {lang} stand for all there are",
    )
    parser.add_argument("--theme", choices=("light", "dark"), help="instead of the system's")
    parser.add_argument("--lang", choices=("en", "zh_CN"), help="instead of the system's")
    parser.add_argument("--report-times", action="store_true", help=argparse.SUPPRESS)
    return parser
