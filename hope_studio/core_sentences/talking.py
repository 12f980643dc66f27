"""Texts and conversations: wishes that cannot be served, and memories that do not fit."""

from __future__ import annotations

SENTENCES = (
    "The helper met a fault it does not know: {fault}",
    "This is no request: {reason}.",
    "{name}: {value} is not between {low} and {high}.",
    "top_p: {value} is not above 0 and at most 1.",
    "No text has left a memory behind yet, so this one began with a fresh memory.",
    "No conversation has left a memory behind yet: this one begins afresh.",
    "This conversation has ended.",
    "Begin a new one.",
    "The text has {count} characters: tell at most {most} at once.",
    "The text is empty.",
    "Write what the model should read.",
    "There is no moment {moment}; there are 0 to {last}.",
    "The surprise is no number any more.",
    "Lower the learning rate and roll back.",
    "Nothing in this model's state learns, so that it cannot study.",
    "A text of {tokens} tokens cannot be studied: give it 2 to {most}.",
    "This model has no memory that learns: what it carries from token to token is the text itself.",
    "Choose a model with a memory, or let the weights learn as well (full_model).",
    "There is no mode {mode}: use memory_only or full_model.",
    "There is no memory {name} in {folder}.",
    "Use another memory.",
    "Use a memory of this run.",
    "Use a memory of this model.",
    "{path} does not fit this model.",
    "'{name}' has no place in this model's memory.",
    "'{name}' is missing.",
    "'{name}' is {there} there, {here} in this model.",
    "'{name}' holds {there} there, {here} in this model.",
    "{path} holds values that are no numbers.",
    "The memory {name} belongs to another model (of the run {run}): its settings or its "
    "tokenizer differ.",
    "The memory {name} belongs to the run {run}, whose weights are others although the model has "
    "the same shape.",
    "The memory {name} was written with other weights (step {step}) than those in use (step "
    "{now}), which may read it otherwise.",
    "The second memory's share is {share}: use 0 to 1.",
    "its sequences stand at different tokens: {places}.",
    "Read them one after the other.",
)
