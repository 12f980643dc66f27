"""What the proofs of a model found, and their names."""

from __future__ import annotations

SENTENCES = (
    "The values of the {kernels} kernels and of the token-by-token loop are the same (off by "
    "{figure}, at most {limit}).",
    "The values of the {kernels} kernels and of the token-by-token loop differ (off by {figure}, "
    "at most {limit}).",
    "The values of the fastest kernels and of the token-by-token loop are the same (off by "
    "{figure}, at most {limit}).",
    "The values of the fastest kernels and of the token-by-token loop differ (off by {figure}, "
    "at most {limit}).",
    "The gradients of the {kernels} kernels and of the token-by-token loop are the same (off by "
    "{figure}, at most {limit}).",
    "The gradients of the {kernels} kernels and of the token-by-token loop differ (off by "
    "{figure}, at most {limit}).",
    "What is predicted after a token does not depend on later ones (off by {figure}, at most "
    "{limit}).",
    "What is predicted after a token depends on later ones (off by {figure}, at most {limit}).",
    "The sequences of a batch do not touch each other (off by {figure}, at most {limit}).",
    "The sequences of a batch touch each other (off by {figure}, at most {limit}).",
    "A text in pieces with the state carried is read as the whole (off by {figure}, at most "
    "{limit}).",
    "A text in pieces with the state carried is read otherwise than the whole (off by {figure}, "
    "at most {limit}).",
    "The gradient reaches every parameter.",
    "The gradient reaches every parameter that acts in so short a text; {count} parameters act "
    "only in longer ones.",
    "No gradient reaches {count} parameters, which never learn: {names}.",
    "The model's answers are no finite numbers, token by token either: its settings let a memory "
    "blow up.",
    "Lower the memory's largest step: theta_max, beta_max, eta_max or eta_scale under "
    "model.memory.",
)
PHRASES = (
    "{kernels} kernels, values, {number}",
    "{kernels} kernels, gradients, {number}",
    "fastest kernels, values, {number}",
    "finite answers",
    "causality",
    "batch isolation",
    "pieces",
    "gradient reach",
)
