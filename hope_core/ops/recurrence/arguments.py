"""What goes into the master recurrence and what comes out, checked once for all backends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hope_core.errors import ConfigError, Problem

if TYPE_CHECKING:
    from torch import Tensor


class Inputs(NamedTuple):
    """Arguments of one call, all of one floating type (float32 or float64) and on one device.

    Shapes: q, k (B, T, H, K); z (B, T, H, V); a, w, c and, where present, b, m (B, T, H);
    M0 and, where present, S0 (B, H, V, K). No b means b = 0; m and S0 stand or fall together.
    """

    q: Tensor
    k: Tensor
    z: Tensor
    a: Tensor
    b: Tensor | None
    m: Tensor | None
    w: Tensor
    c: Tensor
    M0: Tensor
    S0: Tensor | None


class Outputs(NamedTuple):
    """Reads y (B, T, H, V) and the final states M, S (B, H, V, K); S is None without momentum."""

    y: Tensor
    M: Tensor
    S: Tensor | None


def check_shapes(inputs: Inputs) -> None:
    """Refuse shapes that do not fit together, naming every argument that is wrong.

    Raises:
        ConfigError: one problem for each argument, with the shape it should have.
    """
    if inputs.q.dim() != 4:
        raise ConfigError(
            [Problem("q", f"must be (batch, time, heads, width), not {tuple(inputs.q.shape)}.")]
        )
    B, T, H, K = inputs.q.shape
    V = inputs.z.shape[-1]
    expected: dict[str, tuple[int, ...]] = {"k": (B, T, H, K), "z": (B, T, H, V)}
    expected |= dict.fromkeys(("a", "b", "m", "w", "c"), (B, T, H))
    expected |= dict.fromkeys(("M0", "S0"), (B, H, V, K))
    problems = [
        Problem(name, f"has shape {tuple(value.shape)}, expected {expected[name]}.")
        for name, value in inputs._asdict().items()
        if value is not None and name in expected and tuple(value.shape) != expected[name]
    ]
    if T == 0:
        problems.append(Problem("q", "has no tokens.", "Pass at least one."))
    if inputs.S0 is not None and inputs.m is None:
        problems.append(Problem("m", "is missing although S0 is given.", "Pass the momentum gate."))
    if problems:
        raise ConfigError(problems)
