"""What makes training faster or leaner: compiling, batches cut ahead, memory given back."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import psutil
import pytest
import torch
from tiny_runs import Scripted, saved_bytes, told

from hope_core.models import build_model
from hope_core.runs import commands, events
from hope_core.training import compiling, trainer
from hope_core.training.compiling import compile_where_it_pays
from hope_core.training.devices import give_back_memory
from hope_core.training.loader import Loader
from hope_core.training.precision import Precision
from hope_core.training.trainer import Trainer

if TYPE_CHECKING:
    from collections.abc import Callable

    from hope_core.runs.folder import RunFolder

    MakeRun = Callable[..., RunFolder]

FP32 = Precision("fp32", "cpu")


def train(folder: RunFolder, script: dict[int, list[commands.Command]] | None = None) -> None:
    Trainer(folder, Scripted(folder, script or {})).run()


# -- batches cut ahead -------------------------------------------------------------------------
def test_threads_give_each_batch_in_its_place() -> None:
    loader = Loader(lambda at: torch.tensor(at), workers=3, prefetch=2, end=20)
    assert [int(loader.batch(at)) for at in range(20)] == list(range(20))


def test_batches_are_cut_ahead_but_never_past_the_end() -> None:
    asked: list[int] = []
    gate = threading.Event()

    def cut(at: int) -> torch.Tensor:
        asked.append(at)
        if len(asked) == 5:
            gate.set()
        return torch.tensor(at)

    loader = Loader(cut, workers=2, prefetch=3, end=5)
    loader.batch(0)
    assert gate.wait(10.0)
    assert sorted(asked) == [0, 1, 2, 3, 4]


def test_without_threads_a_batch_is_cut_where_it_is_used() -> None:
    threads = set[str]()

    def cut(at: int) -> torch.Tensor:
        threads.add(threading.current_thread().name)
        return torch.tensor(at)

    assert int(Loader(cut, end=9).batch(3)) == 3
    assert threads == {threading.current_thread().name}


def test_error_of_a_thread_reaches_whoever_asks() -> None:
    def cut(at: int) -> torch.Tensor:
        raise OSError(at)

    with pytest.raises(OSError, match="4"):
        Loader(cut, workers=1, prefetch=1, end=9).batch(4)


def test_threads_change_nothing_in_what_is_learned(make_run: MakeRun) -> None:
    alone = make_run("alone", accumulation=2)
    ahead = make_run("ahead", accumulation=2, loader_workers=2)
    train(alone)
    train(ahead, {3: [commands.Stop()]})
    train(ahead)
    assert saved_bytes(ahead) == saved_bytes(alone)


# -- memory given back -------------------------------------------------------------------------
def test_freed_memory_goes_back_to_the_system() -> None:
    process = psutil.Process()
    held = [torch.ones(12_000) for _ in range(2000)]  # 96 MB in pieces of the heap
    last = torch.ones(12_000)  # lies above them, so that they cannot go by themselves
    held.clear()
    before = process.memory_info().rss
    give_back_memory(torch.device("cpu"))
    assert process.memory_info().rss < before - 50_000_000 or not psutil.LINUX
    assert last.all()


def test_memory_is_given_back_as_often_as_asked(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[torch.device] = []
    monkeypatch.setattr(trainer, "give_back_memory", given.append)
    train(make_run(clear_cache_every=3))
    assert given == [torch.device("cpu")] * 2
    train(make_run("never"))
    assert len(given) == 2


# -- compiling ---------------------------------------------------------------------------------
@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """A torch.compile that only passes calls on and counts them, and a clock that it moves."""

    def install(compiled: float, plain: float = 1.0) -> list[Any]:
        calls: list[Any] = []
        now = [0.0]

        def compile_(forward: Callable[..., Any], **_: object) -> Callable[..., Any]:
            def read(tokens: torch.Tensor) -> Any:
                calls.append(tuple(tokens.shape))
                now[0] += compiled - plain
                return forward(tokens)

            return read

        def clock() -> float:
            now[0] += plain
            return now[0]

        monkeypatch.setattr(torch, "compile", compile_)
        monkeypatch.setattr(time, "perf_counter", clock)
        return calls

    return install


@pytest.mark.parametrize(
    ("seconds", "used", "says"), [(0.75, True, "which makes it"), (0.99, False, "left as it is")]
)
def test_compiled_form_is_used_where_it_is_faster(
    make_config: Any, compiler: Any, seconds: float, used: bool, says: str
) -> None:
    compiler(seconds)
    config = make_config(compile="auto")
    found = compile_where_it_pays(build_model(config.model, 256), config, FP32, check=lambda: None)
    assert (found.read is not None) == used
    assert says in found.told


def test_no_one_compiles_unasked(make_config: Any, compiler: Any) -> None:
    calls = compiler(0.1)
    config = make_config()
    found = compile_where_it_pays(build_model(config.model, 256), config, FP32, check=lambda: None)
    assert found.read is None
    assert not found.told
    assert not calls


def test_trial_has_the_shape_of_the_run(make_config: Any, compiler: Any) -> None:
    calls = compiler(0.5)
    config = make_config(compile="auto", batch_size=3)
    compile_where_it_pays(build_model(config.model, 256), config, FP32, check=lambda: None)
    assert set(calls) == {(3, 16)}


def test_compiler_that_fails_is_told_and_done_without(
    make_run: MakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(forward: object, **_: object) -> Callable[..., Any]:
        def read(tokens: torch.Tensor) -> None:
            raise RuntimeError("no working C++ compiler\nand more")

        return read

    monkeypatch.setattr(torch, "compile", broken)
    folder = make_run(compile="auto")
    train(folder)
    (notice,) = told(folder, events.Notice)
    assert notice.message.endswith("no working C++ compiler")
    assert folder.state.state == "finished"


def test_compiled_run_goes_on_compiled_and_untimed(make_run: MakeRun, compiler: Any) -> None:
    calls = compiler(0.5)
    folder = make_run(compile="auto")
    train(folder, {3: [commands.Stop()]})
    before = len(calls)
    train(folder)
    messages = [notice.message for notice in told(folder, events.Notice)]
    assert messages[-1] == "The model is compiled, as it was before."
    assert before == 1 + compiling.REPEATS + 3
    assert len(calls) - before == 1 + 4
