"""The settings being edited, which the next run will train."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from hope_core.errors import HopeError
from hope_studio.messages import Message
from hope_studio.settings import remembered_config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hope_core.config.run import RunConfig
    from hope_core.inference.messages import EstimateReply


class EditedSettings(QObject):
    """The base of the session. It imports pydantic only when it is first asked for settings.

    Signals:
        config_changed: the RunConfig being edited.
        noticed: a Message for the notice bar.
    """

    config_changed = Signal(object)
    noticed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._config: RunConfig | None = None
        self._start_refusal = ""

    @property
    def config(self) -> RunConfig:
        """The settings being edited; the small preset until something else is chosen."""
        if self._config is None:
            self._config = remembered_config()
        return self._config

    @property
    def start_refusal(self) -> str:
        """Why the settings being edited cannot be trained, in words; empty when they can."""
        return self._start_refusal

    def set_config(self, config: RunConfig) -> None:
        """Edit these settings from now on."""
        if config != self._config:
            self._config = config
            self.config_changed.emit(config)

    def change(self, *assignments: str) -> None:
        """Change some settings, as in `hope train --set`; a faulty value becomes a notice."""
        from hope_core.config.overrides import apply_overrides

        self._edit(lambda: apply_overrides(self.config, assignments))

    def load_preset(self, name: str) -> None:
        """Edit a preset, by its name or the path of its file; a faulty one becomes a notice."""
        from hope_core.config.presets import load_preset

        self._edit(lambda: load_preset(name))

    def set_data_path(self, path: Path) -> None:
        """Train on this file or folder; a path that cannot be used becomes a notice."""
        from hope_core.config.overrides import with_data_path

        self._edit(lambda: with_data_path(self.config, path))

    def shrink_to_fit(self, estimate: EstimateReply, free_bytes: int) -> None:
        """Train in batches that fit into this much memory; a notice where none would."""
        from hope_core.config.shrinking import shrink_to_fit

        batch = estimate.activation_bytes
        fixed = estimate.total_bytes - batch
        self._edit(
            lambda: shrink_to_fit(
                self.config, fixed_bytes=fixed, activation_bytes=batch, free_bytes=free_bytes
            )
        )

    def notice(self, text: str, *, hint: str = "", severity: str = "info") -> None:
        """Show a sentence in the notice bar."""
        self.noticed.emit(Message(text, hint, severity))

    def _edit(self, make: Callable[[], RunConfig]) -> None:
        try:
            self.set_config(make())
        except HopeError as error:
            self.noticed.emit(Message(str(error), severity="error"))
