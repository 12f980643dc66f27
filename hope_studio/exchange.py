"""Taking files of others in and giving runs away: the work is done by `hope import` and `export`.

The window opens nothing of a stranger's but the first bytes; the command line runs as a process of
its own, which can be ended at any time and tells its result as one JSON line.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, Signal, Slot
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog

from hope_core.errors import HopeError
from hope_core.exchange.kinds import LIKE_OPTION, kind_of, local_path
from hope_studio.background import Background
from hope_studio.export_target import ask_for_target
from hope_studio.messages import Message
from hope_studio.preset_offer import PresetOffer

if TYPE_CHECKING:
    from hope_core.exchange.kinds import Kind
    from hope_studio.session import Session

COMMAND = (sys.executable, "-m", "hope_core.cli")
GRACE_MS = 1000
"""How long a process may tidy up after it was told to end."""


def exchange_of(session: Session) -> Exchange:
    """The one exchange of a window: menus, drops and lists share it."""
    known = session.findChild(Exchange)
    return known if isinstance(known, Exchange) else Exchange(session)


class Exchange(QObject):
    """Asks for files, has them imported or written, and tells in the notice bar how it went.

    Signals:
        done: what the command told, as a dictionary, after it went well.
    """

    done = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._process: QProcess | None = None
        self._path = Path()
        self._looking = Background()
        self._looking.done.connect(self._take_kind)
        self._looking.failed.connect(self._tell_error)
        self.offer = PresetOffer(session)
        self.offer.kept.connect(self._keep_preset)
        self.offer.taken.connect(self._tell_taken)
        self.offer.failed.connect(self._tell_error)

    @property
    def busy(self) -> bool:
        """Whether a file is being read or written at the moment."""
        return self._process is not None or self._looking.busy or self.offer.busy

    # -- in --------------------------------------------------------------------------------------
    @Slot()
    def choose_import(self) -> None:
        """Ask for a file and take it in."""
        kinds = self.tr("Runs, weights and presets ({endings});;All files (*)").format(
            endings="*.zip *.safetensors *.pt *.pth *.bin *.yaml *.yml"
        )
        path, _ = QFileDialog.getOpenFileName(
            QApplication.activeWindow(), self.tr("Import"), "", kinds
        )
        if path:
            self.take(path)

    @Slot(str)
    def take(self, path: str) -> None:
        """Open or import what lies at a path, whatever it is."""
        if self.busy:
            self._say(self.tr("Another file is being read. Wait for it, or cancel it."), "warning")
            return
        self._looking.run(partial(_kind, path))

    @Slot(object)
    def _take_kind(self, found: tuple[Path, Kind]) -> None:
        self._path, kind = found
        match kind:
            case "run":
                self._session.open_run(self._path)
                self._session.show_page("train")
            case "text":
                self._session.set_data_path(self._path)
                self._session.show_page("data")
            case "preset":
                self.offer.begin(self._path)
            case "torch":
                self._ask_for_settings()
            case _:
                self._import()

    @Slot()
    def _keep_preset(self) -> None:
        self._import()

    @Slot()
    def _tell_taken(self) -> None:
        words = self.tr("The settings of {name} are being edited now.")
        self._say(words.format(name=self._path.name), "success")

    def _import(self, *options: str) -> None:
        self._say(self.tr("Importing {name} ...").format(name=self._path.name), "info", "cancel")
        self._start("import", str(self._path), *options)

    def _ask_for_settings(self) -> None:
        """Weights of a stranger do not say which settings they belong to."""
        from hope_core.config.presets import own_preset_names, preset_names

        choices = [*preset_names(), *own_preset_names()]
        run = self._session.run
        if run is not None:
            choices.insert(0, str(run.path))
        title = self.tr("Import weights")
        question = self.tr("Which settings do the weights of {name} belong to?").format(
            name=self._path.name
        )
        chosen, is_sure = QInputDialog.getItem(
            QApplication.activeWindow(), title, question, choices, 0, False
        )
        if is_sure:
            self._import("--like", chosen)

    # -- out -------------------------------------------------------------------------------------
    def export_run(self, path: Path, kind: str) -> None:
        """Ask where to, and write a run: "bundle", "weights" or "preset"."""
        if self.busy:
            self._say(self.tr("Another file is being read. Wait for it, or cancel it."), "warning")
            return
        target = ask_for_target(path.name, kind)
        if target:
            self._path = Path(target)
            words = self.tr("Writing {name} ...").format(name=self._path.name)
            self._say(words, "info", "cancel")
            self._start("export", str(path), "--to", target, "--kind", kind, "--overwrite")

    @Slot()
    def export_settings(self) -> None:
        """Ask where to, and write the settings being edited as a preset."""
        from hope_core.exchange.export import export_preset

        config = self._session.config
        target = ask_for_target(config.name.replace("/", "-"), "preset")
        if not target:
            return
        try:
            export_preset(config, Path(target))
        except HopeError as error:
            self._tell_error(error)
        else:
            self._say(self.tr("Wrote {name}.").format(name=Path(target).name), "success")

    # -- the process -----------------------------------------------------------------------------
    @Slot(str)
    def act(self, action: str) -> None:
        """Follow the button of the notice that tells of the work."""
        if action == "cancel":
            self.cancel()

    @Slot()
    def cancel(self) -> None:
        """End the work; nothing half-made stays."""
        if self._process is not None:
            self._process.terminate()
            if not self._process.waitForFinished(GRACE_MS):
                self._process.kill()

    def _start(self, *arguments: str) -> None:
        process = QProcess(self)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._broke)
        self._process = process
        process.start(COMMAND[0], [*COMMAND[1:], *arguments, "--json"])

    @Slot(QProcess.ProcessError)
    def _broke(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._ended()

    @Slot()
    def _ended(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        told = _last_object(bytes(process.readAllStandardOutput().data()))
        process.deleteLater()
        if process.exitStatus() is not QProcess.ExitStatus.NormalExit or not told:
            self._say(self.tr("It was given up; nothing was left behind."), "info")
        elif "error" in told:
            self._tell_refusal(str(told["error"]))
        else:
            self._welcome(told)
            self.done.emit(told)

    def _tell_refusal(self, words: str) -> None:
        if LIKE_OPTION in words:
            self._ask_for_settings()
        else:
            self._say(words, "error")

    def _welcome(self, told: dict[str, Any]) -> None:
        name = Path(str(told["path"])).name
        if "bytes" in told:
            self._say(self.tr("Wrote {name}.").format(name=name), "success")
        elif told["kind"] == "preset":
            self._session.load_preset(str(told["name"]))
            self._session.show_page("configure")
            self._say(self.tr("Imported the preset {name}.").format(name=told["name"]), "success")
        else:
            self._session.open_run(Path(str(told["path"])))
            self._session.show_page("train")
            self._say(self.tr("Imported as the run {name}.").format(name=name), "success")

    @Slot(object)
    def _tell_error(self, error: Exception) -> None:
        self._say(str(error), "error")

    def _say(self, words: str, severity: str, action: str = "") -> None:
        self._session.noticed.emit(Message(words, severity=severity, action=action))


def _kind(path: str) -> tuple[Path, Kind]:
    """What lies at a path; a few bytes are read, in a thread. A checkpoint stands for its run."""
    found = local_path(path)
    run = found.parent.parent
    if found.parent.name == "checkpoints" and (run / "run.json").is_file():
        return run, "run"
    return found, kind_of(found)


def _last_object(output: bytes) -> dict[str, Any]:
    """The JSON object in the last line, if there is one."""
    lines = output.splitlines()
    try:
        told = json.loads(lines[-1]) if lines else None
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
