from __future__ import annotations

import pytest
import torch

from benchmarks._contenders import SIZES, TOLERANCE, contender, names


@pytest.mark.parametrize("name", names())
def test_contender_has_the_parameters_of_the_transformer(name: str) -> None:
    target = contender("transformer", SIZES["1M"]).parameters()
    assert abs(contender(name, SIZES["1M"]).parameters() - target) <= TOLERANCE * target


def test_unknown_contender_is_named() -> None:
    with pytest.raises(ValueError, match="no contender 'hop'"):
        contender("hop", SIZES["tiny"])


@pytest.mark.parametrize("name", ["lstm", "gru"])
def test_stack_in_pieces_equals_the_whole(name: str) -> None:
    model = contender(name, SIZES["tiny"]).build().double()
    tokens = torch.randint(256, (2, 9))
    whole, _ = model(tokens)
    first, state = model(tokens[:, :4])
    rest, _ = model(tokens[:, 4:], state)
    torch.testing.assert_close(torch.cat([first, rest], 1), whole, rtol=0, atol=1e-12)


def test_forget_gates_of_an_lstm_start_open() -> None:
    model = contender("lstm", SIZES["tiny"]).build()
    width = model.embedding.weight.shape[1]
    for layer in range(2):
        bias = getattr(model.cells, f"bias_ih_l{layer}")
        assert bias[width : 2 * width].eq(1).all()
        assert bias[:width].eq(0).all()


def test_same_seed_gives_the_same_stack() -> None:
    one, other = (contender("gru", SIZES["tiny"]).build(seed=3) for _ in range(2))
    assert all(torch.equal(p, q) for p, q in zip(one.parameters(), other.parameters(), strict=True))


def test_incidence_attention_is_added_to_the_same_model_and_reads_no_future() -> None:
    size = SIZES["tiny"]
    added = contender("mt-hope with incidence attention", size)
    model = added.build().double()
    plain = dict(contender("mt-hope", size).build().named_parameters())
    known = {
        name.replace(".evolution.evolution.", ".evolution.") for name, _ in model.named_parameters()
    }
    assert plain.keys() < known
    tokens = torch.randint(256, (2, 9))
    later = tokens.clone()
    later[:, 5:] = (later[:, 5:] + 1) % 256
    before, after = (model(given)[0] for given in (tokens, later))
    torch.testing.assert_close(after[:, :5], before[:, :5], rtol=0, atol=1e-12)
    before.sin().sum().backward()
    slopes = [p.grad for name, p in model.named_parameters() if ".attention." in name]
    assert slopes
    assert all(slope is not None and slope.any() for slope in slopes)
    assert "incidence_attention" in added.described()


def test_settings_that_came_later_are_told_only_where_they_are_used() -> None:
    size = SIZES["tiny"]
    plain = contender("mt-hope", size).described()
    assert "gates" not in plain["recurrence"]
    assert (
        contender("mt-hope with untied gates", size).described()["recurrence"]["gates"] == "untied"
    )
