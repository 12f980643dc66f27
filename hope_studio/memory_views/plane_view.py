"""What the learned Moebius maps do to the complex plane, and where the heads' twistors stand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from hope_core.analysis.domain_colours import disc_colours, plane_colours
from hope_core.analysis.moebius import Portrait, grid_image, orbit, portrait, whole_map
from hope_studio.background import Background
from hope_studio.memory_views.plane_canvas import VIEW, PlaneCanvas
from hope_studio.widgets.labels import label
from hope_studio.widgets.quantities import number

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from hope_core.analysis.deep_looks import DeepLook
    from hope_core.analysis.probes import Probe

_SEED = 0.6 + 0.4j


class PlaneView(QWidget):
    """A map is chosen by layer and channel; the seed of the path is dragged."""

    def __init__(self) -> None:
        super().__init__()
        self.plane = PlaneCanvas()
        self.layer = QComboBox()
        self.channel = QSpinBox()
        self.sphere = QCheckBox()
        self.colours = QCheckBox()
        self._colouring = Background()
        self._colouring.done.connect(self._show_colours)
        self.words = label(wrap=True)
        self.trail_words = label(role="small", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._mobius: npt.NDArray[Any] | None = None
        self._seed = _SEED
        self._look: DeepLook | None = None
        self._matrix: npt.NDArray[Any] | None = None
        self._coloured = b""
        """For which map and view the colours are shown or computed; empty: for none."""
        self._lay_out()
        self.layer.currentIndexChanged.connect(self._draw)
        self.channel.valueChanged.connect(self._draw)
        self.sphere.toggled.connect(self._set_sphere)
        self.colours.toggled.connect(self._colour)
        self.plane.seed_moved.connect(self._move_seed)
        self.plane.view_changed.connect(self._colour)
        self.plane.seed.setPos(_SEED.real, _SEED.imag)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the choices."""
        self.layer.setAccessibleName(self.tr("Layer"))
        self.channel.setAccessibleName(self.tr("Channel"))
        self.channel.setPrefix(self.tr("Channel "))
        self.sphere.setText(self.tr("Riemann sphere"))
        self.sphere.setToolTip(self.tr("Both halves of the sphere, so that infinity is in sight"))
        self.colours.setText(self.tr("Domain colours"))
        self.colours.setToolTip(
            self.tr(
                "Each place has the colour of where the map takes it: the hue is the angle, dark "
                "is near 0, bright near infinity; each doubling of the distance begins a new band"
            )
        )
        for place in range(self.layer.count()):
            self.layer.setItemText(place, self.tr("Layer {n}").format(n=place + 1))
        self._draw_trail()
        self._draw()

    def show_probe(self, probe: Probe) -> bool:
        """Draw the maps of this look; False when the model has none."""
        mobius = None if probe.twistors is None else probe.twistors.mobius
        self._mobius = mobius
        if mobius is None:
            return False
        if self.layer.count() != len(mobius):
            self.layer.blockSignals(True)
            self.layer.clear()
            self.layer.addItems([""] * len(mobius))
            self.layer.blockSignals(False)
            self.channel.setRange(1, mobius.shape[-1])
            self.retranslate()
        self._draw()
        return True

    def show_deep(self, look: DeepLook) -> bool:
        """Draw where every head stood at each look."""
        before, self._look = self._look, look
        known = None if before is None else before.trails.get("z")
        if known is None or not np.array_equal(known[0], look.trails.get("z", known)[0]):
            self._draw_trail()
        return "z" in look.trails

    @Slot(object)
    def _move_seed(self, place: complex) -> None:
        self._seed = place
        self._draw()

    @Slot(bool)
    def _set_sphere(self, on: bool) -> None:
        self.plane.set_sphere(on)
        self._draw()
        self._draw_trail()

    @Slot()
    @Slot(int)
    def _draw(self, _index: int = 0) -> None:
        mobius = self._mobius
        if mobius is None or not mobius.size:
            return
        self._matrix = matrix = self._chosen(mobius)
        self._colour()
        found = portrait(matrix)
        fixed = [found.attracting, found.repelling]
        if found.kind in ("identity", "parabolic"):
            fixed = fixed[:1] if found.kind == "parabolic" else []
        self.plane.draw_map(grid_image(matrix), orbit(matrix, self._seed), fixed)
        self.words.setText(f"{self._portrait_words(found)} {self._where_words()}".strip())
        self.setAccessibleDescription(f"{self.words.text()} {self.trail_words.text()}")

    def _chosen(self, mobius: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The map of the chosen layer and channel, all cycles in a row."""
        layer = max(self.layer.currentIndex(), 0)
        return whole_map(mobius[layer, ..., self.channel.value() - 1])

    @Slot()
    @Slot(bool)
    def _colour(self, _on: bool = False) -> None:
        """Have the domain colours computed in a thread where they are wanted and not there yet."""
        if not self.colours.isChecked() or self._matrix is None:
            self.plane.draw_colours(None)
            self._coloured = b""
            return
        across = 0.0 if self.plane.on_sphere else self.plane.across
        wanted = self._matrix.tobytes() + repr(across).encode()
        if wanted != self._coloured:
            self._coloured = wanted
            if self.plane.on_sphere:
                work = partial(disc_colours, self._matrix)
            else:
                work = partial(plane_colours, self._matrix, across, VIEW)
            self._colouring.run(partial(_with_mark, wanted, work))

    @Slot(object)
    def _show_colours(self, found: tuple[bytes, npt.NDArray[Any]]) -> None:
        mark, picture = found
        if mark == self._coloured:  # else another map was chosen meanwhile
            self.plane.draw_colours(picture)

    def _draw_trail(self) -> None:
        found = None if self._look is None else self._look.trails.get("z")
        if found is None:
            return
        steps, z = found
        points = z[..., 0].astype(np.float64) + 1j * z[..., 1]
        ages = np.repeat(np.linspace(0.0, 1.0, len(steps)), points[0].size)
        self.plane.draw_trail(points.reshape(-1), ages)
        now = float(np.median(np.abs(points[-1])))
        text = self.tr(
            "Dots: z of every head, from blue (first look) to orange (last); |z| is now {z}."
        )
        self.trail_words.setText(text.format(z=number(now, 2)))

    def _portrait_words(self, found: Portrait) -> str:
        kinds = {
            "identity": self.tr("The map moves nothing (identity)."),
            "parabolic": self.tr("Parabolic: one fixed point, everything flows round to it."),
            "elliptic": self.tr("Elliptic: it turns around two fixed points."),
            "hyperbolic": self.tr("Hyperbolic: it flows from one fixed point to the other."),
            "loxodromic": self.tr("Loxodromic: it spirals from one fixed point to the other."),
        }
        k = found.multiplier
        figures = self.tr("k = {size} at {angle}°; attracting {first}, repelling {second}.").format(
            size=number(abs(k), 3),
            angle=number(float(np.degrees(np.angle(k))), 1),
            first=_in_words(found.attracting),
            second=_in_words(found.repelling),
        )
        return f"{kinds[found.kind]} {figures}"

    def _where_words(self) -> str:
        """What in the picture does not explain itself."""
        if self.plane.on_sphere:
            return self.tr("Left: the half around 0; right: the half around infinity.")
        return self.tr("Triangles: it goes on further out.") if len(self.plane.edge.data) else ""

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        choices = (self.layer, self.channel, self.sphere, self.colours)
        for part in (*choices, self.words, self.trail_words):
            side.addWidget(part)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.plane, 3)
        row.addLayout(side, 1)


def _with_mark(mark: bytes, work: Callable[[], npt.NDArray[Any]]) -> tuple[bytes, npt.NDArray[Any]]:
    """The picture and what it was asked for by; in a thread."""
    return mark, work()


def _in_words(z: complex) -> str:
    if not np.isfinite(z):
        return "∞"
    sign = "+" if z.imag >= 0 else "-"
    return f"{number(z.real, 2)} {sign} {number(abs(z.imag), 2)} i"
