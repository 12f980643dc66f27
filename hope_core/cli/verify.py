"""`hope verify`: prove that a preset's or a run's model computes what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hope_core.cli.describe import vocabulary_of
from hope_core.cli.options import Json, Settings, configure
from hope_core.cli.output import FAILED, Output, user_errors
from hope_core.cli.picking import LATEST, open_run
from hope_core.config.presets import preset_names
from hope_core.errors import ConfigError, Problem, RunError
from hope_core.table import did_you_mean

if TYPE_CHECKING:
    from hope_core.models.proofs import Check, Verification

Subject = Annotated[
    str,
    typer.Argument(metavar="PRESET|RUN", help="A preset or its YAML file; or a run, or 'latest'."),
]


def verify(subject: Subject, *, settings: Settings = None, as_json: Json = False) -> None:
    """Prove a model: fast kernels against the slow loop, causality, batches, pieces, gradients."""
    output = Output(as_json=as_json)
    with user_errors(output):
        verification = _verify(subject, settings, output)
    failed = [check.name for check in verification.checks if not check.passed]
    total = len(verification.checks)
    outcome = f"Failed: {', '.join(failed)}." if failed else f"All {total} proofs hold."
    output.say(outcome)
    output.result({"subject": subject, **verification.as_dict()})
    if failed:
        raise SystemExit(FAILED)


def _verify(subject: str, settings: list[str] | None, output: Output) -> Verification:
    """Each check is told as soon as it is done."""

    def tell(check: Check) -> None:
        output.say(f"{'passed' if check.passed else 'FAILED'}  {check.name}: {check.sentence}")

    from hope_core.evaluation.verify import verify_config, verify_run

    if _is_preset(subject):
        config = configure(subject, data=None, settings=settings, device=None)
        return verify_config(config, vocabulary_of(config), tell=tell)
    if settings:
        raise ConfigError(
            [Problem("--set", "a run keeps its settings.", "Give a preset, or leave --set out.")]
        )
    try:
        run = open_run(subject)
    except RunError as error:
        hint = did_you_mean(subject, preset_names())
        raise RunError(f"{error} Nor is there such a preset. {hint}") from error
    return verify_run(run, tell=tell)


def _is_preset(subject: str) -> bool:
    """Whether the word means settings: a preset's name or a YAML file; else it means a run."""
    if subject == LATEST:
        return False
    return subject in preset_names() or subject.endswith((".yaml", ".yml"))
