"""Work in helping processes: the same answers, whoever gives them."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import Any

import pytest

from customerkit.match import aside as module
from customerkit.match.aside import Aside


def _process(_: object) -> int:
    return os.getpid()


def _fails() -> int:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _two_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "workers", lambda: 2)


def test_answers_stand_in_the_order_of_the_tasks() -> None:
    tasks = [partial(sorted, text) for text in ("cab", "fed", "ihg", "lkj")]
    with Aside[list[str]](4) as aside:
        assert aside.answers(tasks) == [list("abc"), list("def"), list("ghi"), list("jkl")]


def test_one_task_needs_no_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.subprocess, "Popen", lambda *_, **__: pytest.fail("a process"))
    with Aside[int](1) as aside:
        assert aside.answers([partial(len, "ab")]) == [2]


def test_a_helper_does_its_share() -> None:
    with Aside[int](2) as aside:
        helper = aside._helpers[0]
        asked = module._Asked[int](helper)
        assert asked(partial(os.getpid)) == helper.pid != os.getpid()
        assert asked(partial(sum, [1, 2])) == 3


def test_what_a_helper_dies_of_is_done_here() -> None:
    with Aside[Any](3) as aside:
        helper = aside._helpers[0]
        with pytest.raises(module._HelperError):
            module._Asked[int](helper)(partial(os._exit, 1))
        assert aside.answers([partial(len, "ab"), partial(len, "abc")]) == [2, 3]


def test_what_cannot_be_sent_is_done_here() -> None:
    with Aside[int](3) as aside:
        assert aside.answers([lambda: 1, lambda: 2, lambda: 3]) == [1, 2, 3]


@pytest.mark.parametrize("executable", ["", "/nowhere/python"])
def test_without_an_interpreter_all_is_done_here(
    executable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    with Aside[int](2) as aside:
        assert aside._helpers == []
        assert aside.answers([partial(_process, 1), partial(_process, 2)]) == [os.getpid()] * 2


def test_what_a_task_raises_is_raised_and_helpers_end() -> None:
    with Aside[int](2) as aside:
        helper = aside._helpers[0]
        with pytest.raises(ZeroDivisionError):
            aside.answers([_fails, _fails])
        assert helper.poll() is not None


def test_helpers_end_with_the_block() -> None:
    with Aside[int](2) as aside:
        helper = aside._helpers[0]
        assert helper.poll() is None
    assert helper.poll() is not None
