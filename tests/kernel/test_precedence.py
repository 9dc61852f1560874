from __future__ import annotations

import threading
import time

from goodword.kernel.precedence import give_way, go_first


def test_others_wait_until_what_goes_first_is_over() -> None:
    order: list[str] = []
    began, may_end = threading.Event(), threading.Event()

    @go_first()
    def first() -> None:
        began.set()
        may_end.wait(10)
        order.append("first")

    def later() -> None:
        give_way(at_most=30)
        order.append("later")

    threads = [threading.Thread(target=first), threading.Thread(target=later)]
    threads[0].start()
    began.wait(10)
    threads[1].start()
    may_end.set()
    for thread in threads:
        thread.join(20)
    assert order == ["first", "later"]


def test_nobody_waits_for_ever() -> None:
    with go_first():
        begun = time.monotonic()
        give_way(at_most=0.1)
        assert time.monotonic() - begun >= 0.1


def test_what_failed_holds_up_nobody() -> None:
    @go_first()
    def fails() -> None:
        raise RuntimeError

    for _ in range(3):
        try:
            fails()
        except RuntimeError:
            continue
    begun = time.monotonic()
    give_way(at_most=30)
    assert time.monotonic() - begun < 30
