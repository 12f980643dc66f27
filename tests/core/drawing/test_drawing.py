"""Figures come from the model itself, are the same each time, and say when there is nothing."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from matplotlib.text import Text

from hope_core.config.overrides import apply_overrides
from hope_core.config.presets import load_preset
from hope_core.drawing.figures import OF_MODELS, OF_RUNS, model_figure, run_figure, written
from hope_core.drawing.inspection import Part, inspect
from hope_core.drawing.memory_figure import grouped
from hope_core.errors import RunError
from hope_core.inference.messages import MODEL_FIGURES
from hope_core.models import build_model
from hope_core.runs.event_log import EventWriter
from hope_core.runs.events import EvaluationFinished, StepFinished
from hope_core.runs.folder import RunFolder

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

KINDS = ("small", "transformer/small", "titans/small", "mt-hope/small")


def found(root: Part, path: str) -> Part:
    return next(part for part in root.walk() if part.path == path)


def test_an_inspection_tells_parts_shapes_and_order() -> None:
    model = inspect(load_preset("small"), length=32)
    assert model.root.outputs == (1, 32, 256)
    assert (
        model.root.parameters
        == build_model(model.config.model, 256, device="meta").parameter_count()
    )
    block = found(model.root, "blocks.0")
    assert block.inputs == (1, 32, 320)
    assert [part.path for part in model.root.called()][:3] == ["embedding", "blocks.0", "blocks.1"]
    assert found(model.root, "blocks.1").fed_by == ("blocks.0",)
    assert all(shape[0] == 1 for shape in model.state.values())
    assert [level.clock for level in model.levels] == [1, 4]


def test_carried_tensors_of_a_kind_are_counted() -> None:
    state = {"blocks.0.memory": (1, 2), "blocks.1.memory": (1, 2), "window": (1, 3)}
    assert grouped(state) == [("blocks.memory", (1, 2), 2), ("window", (1, 3), 1)]


@pytest.mark.parametrize("preset", KINDS)
def test_every_family_can_be_drawn(preset: str) -> None:
    svg = written(model_figure("architecture", load_preset(preset)), "svg")
    assert ET.fromstring(svg).tag.endswith("svg")


@pytest.mark.parametrize("name", OF_MODELS)
def test_every_figure_can_be_drawn(name: str) -> None:
    svg = written(model_figure(name, load_preset("mt-hope/small")), "svg")
    assert ET.fromstring(svg).tag.endswith("svg")


def test_the_studio_knows_every_figure_by_name() -> None:
    assert (*OF_MODELS,) == MODEL_FIGURES


def words_of(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def test_blocks_that_are_alike_are_shown_once() -> None:
    words = words_of(model_figure("data-flow", load_preset("mt-hope/small")))
    assert "recurrent.blocks.0 (TwistorBlock), the first of 2 alike" in words
    assert words.count("MobiusLayer") == 1


def test_every_component_has_a_name() -> None:
    words = words_of(model_figure("components", load_preset("mt-hope/small")))
    assert {"embedding", "fast_weight", "memory_system", "levels.4", "output"} <= {*words}


@pytest.mark.parametrize("penalty", [0.0, 0.25])
def test_losses_show_the_constraint_where_there_is_one(tmp_path: Path, penalty: float) -> None:
    folder = RunFolder.create(load_preset("mt-hope/small"), tmp_path / "run")
    writer = EventWriter(folder)
    for step in (1, 2):
        writer.write(step_told(step, penalty))
    writer.write(EvaluationFinished(step=2, loss=2.0, bits_per_byte=3.0, best=True, best_step=2))
    writer.close()
    words = words_of(run_figure("losses", folder))
    assert ("constraint (right)" in words) == bool(penalty)
    assert {"training", "held-out"} <= {*words}


def step_told(step: int, penalty: float) -> StepFinished:
    return StepFinished(
        step=step,
        tokens=step,
        loss=2.0,
        bits_per_byte=3.0,
        grad_norm=1.0,
        learning_rates=(0.1,),
        fired=(0,),
        seconds=1.0 * step,
        tokens_per_second=1.0,
        memory_bytes=1,
        penalty=penalty,
    )


def test_a_change_of_the_model_changes_its_figure() -> None:
    config = load_preset("small")
    deeper = apply_overrides(config, ["model.layers=5"])
    pictures = [written(model_figure("architecture", c), "svg") for c in (config, config, deeper)]
    assert pictures[0] == pictures[1]
    assert pictures[0] != pictures[2]


def test_a_picture_can_be_a_png() -> None:
    png = written(model_figure("nesting-levels", load_preset("small")), "png")
    assert png.startswith(b"\x89PNG")


def test_a_run_that_told_nothing_says_so(tmp_path: Path) -> None:
    folder = RunFolder.create(load_preset("small"), tmp_path / "empty")
    for name in OF_RUNS:
        if name != "learning-rates":  # an empty chart has no levels to name
            with pytest.raises(RunError, match="told"):
                run_figure(name, folder)
