"""Where the next run trains: a device of this machine, or all of its GPUs together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QComboBox

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig
    from hope_core.inference.messages import DeviceDescription
    from hope_studio.session import Session

ANY, ALL_GPUS = "auto", "all"
_FIRST_GPU = "cuda:0"


class DeviceChoice(QComboBox):
    """Edits the device of the next run, and how many processes train it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._gpus = 0
        self.addItem("", ANY)
        self.activated.connect(self._take)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.setAccessibleName(self.tr("Device"))
        self.setToolTip(self.tr("Where the next run trains"))
        self.setItemText(0, self.tr("Any device"))
        if (index := self.findData(ALL_GPUS)) >= 0:
            self.setItemText(index, self.tr("{count} GPUs together").format(count=self._gpus))

    def offer(self, devices: tuple[DeviceDescription, ...], config: RunConfig) -> None:
        """Offer these devices, and several GPUs as one."""
        with QSignalBlocker(self):
            self.clear()
            self.addItem("", ANY)
            for device in devices:
                self.addItem(device.label, device.name)
        self._gpus = sum(device.name.startswith("cuda") for device in devices)
        if self._gpus > 1:
            self.addItem("", ALL_GPUS)
        self.retranslate()
        self.show_config(config)

    def show_config(self, config: RunConfig) -> None:
        """Name the device of these settings, also one that is not here."""
        is_team = self._gpus > 1 and config.parallel.processes == self._gpus
        name = ALL_GPUS if is_team and config.device in (ANY, "cuda", _FIRST_GPU) else config.device
        with QSignalBlocker(self):
            index = self.findData(name)
            if index < 0:
                self.addItem(name, name)
                index = self.count() - 1
            self.setCurrentIndex(index)

    @Slot(int)
    def _take(self, index: int) -> None:
        config, device = self._session.config, str(self.itemData(index))
        if device == ALL_GPUS:
            kind = "ddp" if config.parallel.kind == "none" else config.parallel.kind
            team = f"parallel={{kind: {kind}, processes: {self._gpus}}}"
            self._session.change(team, f"device={_FIRST_GPU!r}")
        elif config.parallel.processes == self._gpus > 1:
            self._session.change("parallel={kind: none}", f"device={device!r}")
        else:
            self._session.change(f"device={device!r}")
        self.show_config(self._session.config)
