"""Other forms of MT-HOPE's parts take their places only where settings ask for them."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch.testing import assert_close

from hope_core.config.models import TwistorSettings
from hope_core.config.models.twistor import RecurrenceSettings, SelfModificationSettings
from hope_core.models import build_model
from hope_core.models.twistor_forms import FormedTwistorHope
from hope_core.models.twistor_hope import TwistorHope

CHUNKS: dict[str, Any] = {"mode": "chunk_truncated", "chunk": 6}
FORMS = {
    "untied": RecurrenceSettings(gates="untied"),
    "warmed up": RecurrenceSettings(warm_up=3, **CHUNKS),
    "connected": RecurrenceSettings(connector=True, **CHUNKS),
    "self-referential": SelfModificationSettings(self_referential=True),
    "scaled": SelfModificationSettings(train_scale=0.1),
}


def settings(*forms: RecurrenceSettings | SelfModificationSettings) -> TwistorSettings:
    given: dict[str, Any] = {
        "recurrence" if isinstance(form, RecurrenceSettings) else "self_modification": form
        for form in forms
    }
    return TwistorSettings(width=16, layers=2, heads=2, **given)


def test_default_settings_build_the_model_as_it_was() -> None:
    for plain in (settings(), settings(RecurrenceSettings(**CHUNKS))):
        assert type(build_model(plain, 31)) is TwistorHope


@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_built_where_it_is_asked_for_and_starts_otherwise(name: str) -> None:
    formed = build_model(settings(FORMS[name]), 31)
    mode = formed.settings.recurrence.mode
    plain = build_model(settings(RecurrenceSettings(**(CHUNKS | {"mode": mode}))), 31)
    tokens = torch.randint(31, (1, 20), generator=torch.Generator().manual_seed(1))
    assert type(formed) is FormedTwistorHope
    assert not torch.allclose(formed(tokens)[0], plain(tokens)[0], atol=1e-5)


def test_all_forms_go_together() -> None:
    recurrence = RecurrenceSettings(gates="untied", warm_up=3, connector=True, **CHUNKS)
    modification = SelfModificationSettings(self_referential=True, train_scale=0.1)
    model = build_model(settings(recurrence, modification), 31).double()
    tokens = torch.randint(31, (2, 20), generator=torch.Generator().manual_seed(1))
    state, pieces = None, []
    for piece in tokens.split([1, 8, 11], dim=1):
        logits, state = model(piece, state)
        pieces.append(logits)
    assert_close(torch.cat(pieces, dim=1), model(tokens)[0])
