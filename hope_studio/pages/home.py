"""The first page: four presets with their cost on this machine, text to train on, recent runs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Slot

from hope_core.config.families import CARDS, card_preset
from hope_core.inference.messages import (
    ErrorReply,
    EstimateReply,
    EstimateRequest,
    HardwareReply,
    HardwareRequest,
)
from hope_studio.background import Background
from hope_studio.pages.page import Page
from hope_studio.run_words import digests_of, listed_runs
from hope_studio.widgets.banner import Banner
from hope_studio.widgets.card_grid import CardGrid
from hope_studio.widgets.drop_zone import DropZone
from hope_studio.widgets.family_switch import FamilySwitch
from hope_studio.widgets.hardware_words import hardware_sentence
from hope_studio.widgets.labels import label
from hope_studio.widgets.page_column import PageColumn
from hope_studio.widgets.preset_card import PresetCard
from hope_studio.widgets.recent_runs import RecentRuns

if TYPE_CHECKING:
    from hope_core.config.run import RunConfig
    from hope_core.runs.listing import RunSummary
    from hope_studio.session import Session

RECENT = 8


class HomePage(Page):
    """Starts a run with one press: Enter on the first card is enough."""

    name: ClassVar[str] = "home"
    icon: ClassVar[str] = "home"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._configs: dict[str, RunConfig] = {}
        self._asked: dict[str, str] = {}
        self._waiting_for_hardware = False
        self._hardware: HardwareReply | None = None
        self._interrupted = ""
        self._presets = Background()
        self._listing = Background()
        self._reading = Background()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self.title = label(role="title")
        self.greeting = label(role="muted", wrap=True)
        self.banner = Banner()
        self.cards = {name: PresetCard(name, primary=name == CARDS[0]) for name in CARDS}
        self.families = FamilySwitch()
        self.zone = DropZone()
        self.recent = RecentRuns()
        self._lay_out()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text of the page's own."""
        self.title.setText(self.tr("What shall it learn?"))
        known = self._hardware
        looking = self.tr("Looking at this machine ...")
        self.greeting.setText(hardware_sentence(known) if known else looking)
        self.families.retranslate()
        self.recent.retranslate()
        for card in self.cards.values():
            card.retranslate()

    def shown(self) -> None:
        """Ask for what may have changed; the first time also for the presets and the hardware."""
        self._listing.run(listed_runs)
        if not self._configs and not self._presets.busy:
            self._soon.start()
        self.cards[CARDS[0]].train_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def phase_changed(self) -> None:
        """While a run is going on, no other can start; when it ended, the list is another."""
        refusal = self.tr("A run is going on. Stop it first.") if self.session.phase.live else ""
        for card in self.cards.values():
            card.refuse(refusal)
        if self.isVisible():
            self._listing.run(listed_runs)

    def busy(self) -> bool:
        """Whether figures or the list of runs are still to come."""
        reading = self._presets.busy or self._listing.busy or self._reading.busy
        return reading or self._soon.isActive() or bool(self._asked)

    def _lay_out(self) -> None:
        column = PageColumn(self)
        column.add(self.title)
        column.add(self.greeting)
        column.add(self.banner)
        column.add(self.families)
        column.add(CardGrid(list(self.cards.values())))
        column.add(self.zone)
        column.add(self.recent)
        column.finish()

    def _connect(self) -> None:
        for card in self.cards.values():
            card.train_asked.connect(self._train)
            card.adjust_asked.connect(self._adjust)
            card.shrink_asked.connect(self._shrink)
        self.families.chosen.connect(self._show_family)
        self.zone.path_chosen.connect(self._use_text)
        self.banner.acted.connect(self._resume_interrupted)
        self.recent.open_asked.connect(self._open)
        self.recent.resume_asked.connect(self._resume)
        self._soon.timeout.connect(self._load_presets)
        self._presets.done.connect(self._show_presets)
        self._presets.failed.connect(self._show_fault)
        self._listing.done.connect(self._show_runs)
        self._listing.failed.connect(self._show_fault)
        self._reading.done.connect(self.recent.show_digests)
        self.session.service.replied.connect(self._take_reply)
        self.session.config_changed.connect(self._show_source)

    @Slot()
    def _load_presets(self) -> None:
        self._presets.run(partial(_read_presets, self.families.family))
        self._waiting_for_hardware = True
        self.session.service.ask(HardwareRequest())

    @Slot(str)
    def _show_family(self, family: str) -> None:
        """Let the cards stand for another family's presets."""
        self._asked.clear()
        for size, card in self.cards.items():
            card.show_preset(card_preset(family, size))
        self.phase_changed()
        self._presets.run(partial(_read_presets, family))

    @Slot(object)
    def _show_presets(self, configs: dict[str, RunConfig]) -> None:
        if configs[CARDS[0]].name != self.cards[CARDS[0]].preset:
            return  # of a family that is no longer shown
        self._configs = configs
        for name, config in configs.items():
            self.cards[name].show_sentence(config.description)
            request = EstimateRequest(config=config.model_dump_json())
            self._asked[request.id] = name
            self.session.service.ask(request)

    @Slot(object)
    def _take_reply(self, reply: object) -> None:
        match reply:
            case HardwareReply():
                self._hardware = reply
                self.retranslate()
                self._show_available(reply)
            case EstimateReply() if reply.id in self._asked:
                self.cards[self._asked.pop(reply.id)].show_estimate(reply)
            case ErrorReply() if reply.id in self._asked:
                card = self.cards[self._asked.pop(reply.id)]
                words = f"{reply.message} {reply.hint}".rstrip()
                card.show_sentence(words)
                card.refuse(words)
            case _:
                pass

    def _show_available(self, hardware: HardwareReply) -> None:
        best = next((d for d in hardware.devices if d.name != "cpu"), None)
        device = best or next(iter(hardware.devices), None)
        for card in self.cards.values():
            card.show_available(device.free_bytes if device else 0)

    @Slot(object)
    def _show_runs(self, runs: list[RunSummary]) -> None:
        recent = runs[:RECENT]
        self.recent.show_runs(recent)
        self._reading.run(partial(digests_of, recent))
        newest = runs[0] if runs else None
        if newest is None or newest.state != "interrupted":
            self._interrupted = ""
            self.banner.hide()
            return
        self._interrupted = str(newest.path)
        words = self.tr("The run {name} did not end cleanly. What it had saved is safe.")
        self.banner.say(words.format(name=newest.name), tone="warning", action=self.tr("Resume it"))

    @Slot(object)
    def _show_fault(self, error: Exception) -> None:
        self._interrupted = ""
        self.banner.say(str(error), tone="error")

    @Slot(object)
    def _show_source(self, config: RunConfig) -> None:
        path = getattr(config.data.source, "path", "")
        self.zone.show_sentence(
            self.tr("Training on {path}. Drop another file to change it.").format(path=path)
            if path
            else ""
        )

    @Slot(str)
    def _train(self, preset: str) -> None:
        self._load(preset)
        self.session.start()

    @Slot(str)
    def _adjust(self, preset: str) -> None:
        self._load(preset)
        self.session.show_page("configure")

    @Slot(str)
    def _shrink(self, preset: str) -> None:
        """Smaller batches on the way to Configure, which shows what became of them."""
        self._load(preset)
        card = next(card for card in self.cards.values() if card.preset == preset)
        if card.estimate is not None:
            self.session.shrink_to_fit(card.estimate, card.available)
        self.session.show_page("configure")

    def _load(self, preset: str) -> None:
        """Load a preset, and keep the person's own text."""
        path = getattr(self.session.config.data.source, "path", "")
        self.session.load_preset(preset)
        if path:
            self.session.set_data_path(Path(path))
        if self.session.start_refusal:
            from hope_studio.draft import draft_of

            draft_of(self.session).adopt(self.session.config)

    @Slot(str)
    def _use_text(self, path: str) -> None:
        self.session.set_data_path(Path(path))

    @Slot(str)
    def _open(self, path: str) -> None:
        self.session.open_run(Path(path))
        self.session.show_page("train")

    @Slot(str)
    def _resume(self, path: str) -> None:
        self.session.resume_run(Path(path))
        self.session.show_page("train")

    @Slot()
    def _resume_interrupted(self) -> None:
        if self._interrupted:
            self._resume(self._interrupted)


def _read_presets(family: str) -> dict[str, RunConfig]:
    """A family's four presets; runs in a thread, since it loads the settings classes, too."""
    from hope_core.config.presets import load_preset

    return {size: load_preset(card_preset(family, size)) for size in CARDS}
