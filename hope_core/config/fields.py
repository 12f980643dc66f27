"""The settings as a flat list of described fields: what forms, help and docs are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from hope_core.config.basic import BASIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo as PydanticField

FieldKind = Literal["int", "float", "bool", "text", "choice", "texts"]


@dataclass(frozen=True)
class FieldInfo:
    """One setting as a person sees it."""

    path: str
    """Dotted key, as on the command line."""
    section: str
    """Dotted key of the group it stands in."""
    label: str
    description: str
    kind: FieldKind
    value: Any
    default: Any
    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False
    choices: tuple[str, ...] = ()

    @property
    def basic(self) -> bool:
        """Whether a person meets it first; the others are advanced."""
        return self.path in BASIC

    @property
    def range_text(self) -> str:
        """The allowed range in interval notation, or nothing where there is none."""
        if self.minimum is None and self.maximum is None:
            return ""
        low = "-∞" if self.minimum is None else f"{self.minimum:g}"
        high = "∞" if self.maximum is None else f"{self.maximum:g}"
        left = "(" if self.exclusive_minimum else "["
        right = ")" if self.exclusive_maximum else "]"
        return f"{left}{low}, {high}{right}"


def describe_fields(settings: BaseModel) -> list[FieldInfo]:
    """Every setting below `settings`, in the order of definition, groups walked in place."""
    return list(_walk(settings, ""))


def _walk(settings: BaseModel, prefix: str) -> Iterator[FieldInfo]:
    for name, field in type(settings).model_fields.items():
        value = getattr(settings, name)
        path = f"{prefix}{name}"
        if name in {"kind", "version"}:
            continue
        if isinstance(value, BaseModel):
            yield from _kind_choice(path, field, value)
            yield from _walk(value, f"{path}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            for index, item in enumerate(value):
                yield from _walk(item, f"{path}.{index}.")
        else:
            yield _describe(path, field, value)


def _kind_choice(path: str, field: PydanticField, value: BaseModel) -> Iterator[FieldInfo]:
    """A tagged union shows up as the choice of its kind."""
    kinds = tuple(member.model_fields["kind"].default for member in _members(field.annotation))
    if len(kinds) < 2:
        return
    kind = value.model_dump()["kind"]
    description = field.description or ""
    yield FieldInfo(
        f"{path}.kind", path, "Kind", description, "choice", kind, kinds[0], choices=kinds
    )


def _members(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401 - any type form
    arguments = get_args(annotation)
    return [a for a in arguments if isinstance(a, type) and issubclass(a, BaseModel)]


def _describe(path: str, field: PydanticField, value: Any) -> FieldInfo:  # noqa: ANN401
    section, _, name = path.rpartition(".")
    kind, choices = _kind_of(field.annotation)
    limits = {type(item).__name__: item for item in field.metadata}
    low = _limit(limits, "Ge", "ge", "Gt", "gt")
    high = _limit(limits, "Le", "le", "Lt", "lt")
    return FieldInfo(
        path=path,
        section=section,
        label=name.replace("_", " ").capitalize(),
        description=field.description or "",
        kind=kind,
        value=value,
        default=None if field.is_required() else field.get_default(call_default_factory=True),
        minimum=low[0],
        maximum=high[0],
        exclusive_minimum=low[1],
        exclusive_maximum=high[1],
        choices=choices,
    )


def _limit(
    limits: dict[str, Any], closed: str, closed_name: str, opened: str, opened_name: str
) -> tuple[float | None, bool]:
    if closed in limits:
        return float(getattr(limits[closed], closed_name)), False
    if opened in limits:
        return float(getattr(limits[opened], opened_name)), True
    return None, False


def _kind_of(annotation: Any) -> tuple[FieldKind, tuple[str, ...]]:  # noqa: ANN401 - a type form
    if get_origin(annotation) is Literal:
        return "choice", tuple(str(choice) for choice in get_args(annotation))
    if get_origin(annotation) is tuple:
        return "texts", ()
    plain = next((a for a in get_args(annotation) if a is not NoneType), annotation)
    kinds: dict[Any, FieldKind] = {bool: "bool", int: "int", float: "float", str: "text"}
    return kinds[plain], ()
