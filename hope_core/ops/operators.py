"""Our own operators: torch's compiler and its distributed wrappers see one opaque op each.

Notable: registered piece by piece and not by `torch.library.custom_op`, whose calls load torch's
compiler (more than a second) and cost more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable


class Operator:
    """A function of tensors under a name of its own, e.g. "hope::recurrence".

    It may change none of its arguments, and each result must have memory of its own.
    """

    def __init__(self, name: str, function: Callable[..., Any], device: str) -> None:
        self.name = name
        schema = torch.library.infer_schema(function, mutates_args=())
        torch.library.define(name, schema)
        torch.library.impl(name, device, function)
        space, _, short = name.partition("::")
        self._call = getattr(getattr(torch.ops, space), short).default

    def __call__(self, *arguments: Any) -> Any:  # noqa: ANN401 - whatever the function returns
        """The function's results, by way of torch's dispatcher."""
        return self._call(*arguments)

    def register_fake(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Say by a function how large the results are, for tensors that are only shapes."""
        torch.library.register_fake(self.name, function)
        return function

    def register_autograd(
        self, backward: Callable[..., Any], *, setup_context: Callable[..., None]
    ) -> None:
        """Say how to differentiate, as `torch.library.register_autograd` wants it."""
        torch.library.register_autograd(self.name, backward, setup_context=setup_context)


def operator(name: str, *, device: str = "default") -> Callable[[Callable[..., Any]], Operator]:
    """Make an operator of a function; `device` is "cpu", or "default" for any."""
    return lambda function: Operator(name, function, device)
