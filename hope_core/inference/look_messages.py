"""What the studio asks its helper process about looks into the memory of a run that is over."""

from __future__ import annotations

from hope_core.inference.message_base import Reply, Request


class LookRequest(Request, frozen=True, kw_only=True, tag="look"):
    """Look into the memory of a run that nobody trains, from its newest checkpoint."""

    run: str
    """Path of the run folder."""


class LookReply(Reply, frozen=True, kw_only=True, tag="look"):
    """The look stands in the run folder, and its event in the run's events."""

    step: int
    """Of the checkpoint that was looked into."""
