"""What every question to the helper process, and every answer of it, begins with."""

from __future__ import annotations

import msgspec

from hope_core.runs.commands import new_id


class Request(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """The base of every request."""

    id: str = msgspec.field(default_factory=new_id)


class Reply(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """The base of every reply; `id` is that of the request."""

    id: str
