"""Turns: who follows which feeds, and one at a time where only one may be at work."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.store import Store, open_store
from onrecord.store.turns import DELIVERY, TURNS, Shared, Turns, alone, fair, turn_of, turns


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(0, 40))
def test_turns_come_to_be_shared_evenly_whoever_begins_with_how_many(begin: list[int], free: int) -> None:
    held, turns = dict(enumerate(begin)), sum(begin) + free
    for _ in range(3 * len(held) + 3):
        for own in held:
            most, more = fair(held, own, turns, free)
            kept = min(held[own], most)
            free += held[own] - kept
            taken = min(more, free)
            held[own], free = kept + taken, free - taken
    assert free == 0 and max(held.values()) - min(held.values()) <= 1


def settle(*all_of: tuple[Turns, set[int]], wanted: set[int]) -> list[int]:
    """Lets each share until nothing changes; how many each has."""
    for _ in range(4):
        for own, busy in all_of:
            own.share(wanted, busy)
    return sorted(len(own.active) for own, _ in all_of)


def test_a_host_has_one_turn() -> None:
    assert turn_of("a.example") == turn_of("a.example") and 0 <= turn_of("a.example") < TURNS
    assert len({turn_of(f"{n}.example") for n in range(50)}) > 40


def test_followers_share_evenly_and_take_what_one_leaves(store: Store) -> None:
    if store.dialect == "sqlite":
        pytest.skip("beside SQLite one follows")
    wanted = set(range(9))
    with turns(store) as first, turns(store) as second:
        assert settle((first, set()), wanted=wanted) == [5], "a share, as there are two"
        assert settle((first, set()), (second, set()), wanted=wanted) == [4, 5]
        with turns(store) as third:
            assert settle((first, set()), (second, set()), (third, set()), wanted=wanted) == [3, 3, 3]
            assert first.active | second.active | third.active == wanted
            kept = set(third.active)
        assert settle((first, set()), (second, set()), wanted=wanted) == [4, 5]
        assert kept <= first.active | second.active and not first.active & second.active
    with turns(store) as last:
        assert settle((last, set()), wanted=wanted) == [9]
        assert settle((last, set()), wanted={1, 2}) == [2], "what no feed has any more is given up"


def test_what_is_under_way_is_kept_until_it_is_done_and_nothing_more_begun(store: Store) -> None:
    if store.dialect == "sqlite":
        pytest.skip("beside SQLite one follows")
    wanted = {1, 2}
    with turns(store) as first:
        first.share(wanted, set())
        with turns(store) as second:
            settle((first, {1, 2}), (second, set()), wanted=wanted)
            assert (len(first.active), second.active) == (1, set()), "it begins nothing more, and nobody else does"
            settle((first, set()), (second, set()), wanted=wanted)
            assert first.active | second.active == wanted and len(first.active) == 1


def test_a_session_that_the_server_ends_ends_its_turns(store: Store) -> None:
    if store.dialect == "sqlite":
        pytest.skip("beside SQLite there is no server")
    from onrecord.errors import SetupError

    own = Shared(store)
    own.share({1}, set())
    with store.writing() as transaction:
        transaction.run("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 0 AND classid = 7219038")  # fmt: skip
    with pytest.raises(SetupError, match="the record postgresql"):
        own.share({1}, set())
    with turns(store) as other:
        assert settle((other, set()), wanted={1}) == [1]
    own.close()


def test_beside_sqlite_one_follows_and_the_next_takes_over(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, turns(store) as second:
        with turns(store) as first:
            assert first.share({1, 2}, set()) and first.whole and first.active == {1, 2}
            assert not first.share({1, 2}, set()), "nothing new"
            assert not second.share({1, 2}, set()) and not second.whole and second.active == set()
        assert second.share({1, 2}, set()) and second.whole


def test_one_is_at_work_at_a_time(store: Store) -> None:
    at_work, most = [0], [0]

    def work() -> None:
        for _ in range(5):
            with alone(store, DELIVERY):
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
                time.sleep(0.01)
                at_work[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (at_work, most) == ([0], [1])


def test_who_does_not_wait_goes_without(store: Store) -> None:
    with alone(store, DELIVERY) as first, alone(store, DELIVERY, wait=False) as second:
        assert (first, second) == (True, False)
    with alone(store, DELIVERY, wait=False) as third:
        assert third


def test_what_fails_at_work_gives_its_turn_up(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), alone(store, DELIVERY):
        _ = 1 / 0
    with alone(store, DELIVERY):
        pass


def test_a_server_that_was_started_again_is_found_again(store: Store) -> None:
    if store.dialect == "sqlite":
        pytest.skip("beside SQLite there is no server")
    with store.reading(), store.reading(), store.reading():
        pass  # three connections lie idle
    with store.reading() as transaction:
        own = transaction.value("SELECT pg_backend_pid()")
        transaction.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> ?", (own,))  # fmt: skip
    with store.writing() as transaction:
        transaction.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")  # fmt: skip
    for _ in range(3):
        with store.reading() as first, store.reading() as second:
            assert first.value("SELECT 1") == second.value("SELECT 1") == 1


def test_a_connection_that_is_lost_is_told_in_one_line(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    if store.dialect == "sqlite":
        pytest.skip("beside SQLite there is no server")
    from onrecord.errors import SetupError

    with pytest.raises(SetupError, match="cannot be used"), store.writing() as lost:
        with store.reading() as transaction:
            transaction.run("SELECT pg_terminate_backend(?)", (lost.value("SELECT pg_backend_pid()"),))
        time.sleep(0.2)
        lost.value("SELECT 1")
    assert caplog.text == ""
