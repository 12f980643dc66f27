"""What runs wrote after the same prompts, side by side, the words marked that only one has."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from hope_studio.theme import color, control
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number
from hope_studio.widgets.samples_list import breakable
from hope_studio.widgets.text_marks import marked

if TYPE_CHECKING:
    from hope_core.runs.events import SampleWritten
    from hope_studio.loaded_run import LoadedRun

MOST = 4
"""Columns that can be read side by side."""


class RunTexts(QWidget):
    """A table: one row a prompt, one column a run, the newest text of each."""

    def __init__(self) -> None:
        super().__init__()
        self.view = QTextBrowser()
        self.view.setOpenLinks(False)
        self.sentence = label(role="muted", wrap=True)
        self._runs: list[LoadedRun] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.sentence)
        column.addWidget(self.view, 1)
        control.theme_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Write it again in the language and the colours in use."""
        self.view.setAccessibleName(self.tr("Texts of the selected runs"))
        self.show_runs(self._runs)

    def show_runs(self, runs: list[LoadedRun]) -> None:
        """Show what these runs wrote; of one run, its first and its last texts."""
        self._runs = runs
        columns = _columns(runs[:MOST])
        prompts = list(dict.fromkeys(prompt for _, texts in columns for prompt in texts))
        self.view.setVisible(bool(prompts))
        self.sentence.setVisible(not prompts)
        self.sentence.setText(
            self.tr("The selected runs have not written a sample yet.")
            if runs
            else self.tr("Select runs above; what they wrote is shown here side by side.")
        )
        self.view.setHtml(self._table(columns, prompts) if prompts else "")

    def _table(self, columns: Columns, prompts: list[str]) -> str:
        width = 100 // len(columns)
        head = "".join(f'<th align="left" width="{width}%">{escape(t)}</th>' for t, _ in columns)
        rows = [f"<tr>{head}</tr>"]
        for prompt in prompts:
            samples = [texts.get(prompt) for _, texts in columns]
            first = samples[0].text if samples[0] else ""
            cells = [self._cell(s, first if i else None) for i, s in enumerate(samples)]
            rows.append(
                "<tr>" + "".join(f'<td valign="top">{cell}</td>' for cell in cells) + "</tr>"
            )
        return f'<table width="100%" cellpadding="6">{"".join(rows)}</table>'

    def _cell(self, sample: SampleWritten | None, other: str | None) -> str:
        if sample is None:
            return f'<span style="color:{color("muted").name()}">-</span>'
        step = self.tr("Step {step}").format(step=number(sample.step))
        prompt = f'<b style="color:{color("accent").name()}">{breakable(sample.prompt)}</b>'
        body = breakable(sample.text) if other is None else marked(sample.text, other)[0]
        return (
            f'<span style="color:{color("muted").name()}">{step}</span><br>'
            f'<span style="font-family:monospace">{prompt}{body}</span>'
        )


Columns = list[tuple[str, dict[str, "SampleWritten"]]]
"""A heading, and a text for each prompt."""


def _columns(runs: list[LoadedRun]) -> Columns:
    if len(runs) == 1:
        samples = runs[0].history.samples
        first = {sample.prompt: sample for sample in reversed(samples)}
        return [(runs[0].title, first), ("", {sample.prompt: sample for sample in samples})]
    return [(run.title, {s.prompt: s for s in run.history.samples}) for run in runs]
