"""The timeline: lanes, points and what is folded."""

from __future__ import annotations

from onrecord.knowledge import Origin
from onrecord.serve.lanes import APART, EDGE, LANES, POINTS, WIDTH, Timeline, chosen, ticks, timeline
from onrecord.store.coverage import Covering, Printed, folded


def covering(n: int, origin: str, hour: int, copy_of: int | None = None) -> Covering:
    moment = f"2031-05-{14 + hour // 24:02}T{hour % 24:02}:00:00Z"
    return Covering(n, moment, Origin(id=origin, kind="outlet", name=origin), copy_of, "whole" if copy_of else None)


def drawn(found: list[Covering]) -> Timeline:
    names = {c.article: Printed(id=f"{c.article:064}", outlet="Tidewire", title="Quay", published=None, url=None) for c in found}  # fmt: skip
    return timeline(found, chosen(found), names)


def test_a_copy_lies_in_the_lane_of_its_origin() -> None:
    found = [covering(1, "tidewire", 0), covering(2, "tidewire", 3, copy_of=1), covering(3, "herald", 24)]
    first, second = drawn(found).lanes
    assert (first.name, first.articles, first.copies) == ("tidewire", 2, 1)
    assert [p.copy for p in first.points] == [False, True]
    assert second.points[0].x == WIDTH - EDGE


def test_points_of_one_moment_lie_in_rows_below_each_other() -> None:
    found = [covering(n, "tidewire", 0) for n in range(3)] + [covering(9, "herald", 48)]
    points = drawn(found).lanes[0].points
    assert len({(p.x, p.y) for p in points}) == 3
    rows = [[p.x for p in points if p.y == y] for y in {p.y for p in points}]
    assert all(b - a >= APART for row in rows for a, b in zip(row, row[1:], strict=False))


def test_what_is_too_much_to_draw_is_counted() -> None:
    found = [covering(n, f"outlet {n % 60}", n // 30, copy_of=1 if n > 100 else None) for n in range(1, 901)]
    made = drawn(found)
    assert (len(made.lanes), made.folded) == (LANES, 20)
    assert sum(len(lane.points) for lane in made.lanes) == POINTS
    assert sum(lane.articles for lane in made.lanes) + made.folded_articles == len(found)
    assert sum(lane.undrawn for lane in made.lanes) + made.folded_articles == len(found) - POINTS
    assert all(lane.points for lane in made.lanes)


def test_copies_are_folded_under_what_they_copy_in_the_end() -> None:
    found = [covering(1, "a", 0), covering(2, "a", 1, copy_of=1), covering(3, "a", 2, copy_of=2), covering(4, "b", 3, copy_of=99)]  # fmt: skip
    assert [(c.article, [x.article for x in copies]) for c, copies in folded(found)] == [(1, [2, 3]), (4, [])]


def test_copies_in_a_circle_get_lost_nowhere() -> None:
    found = [covering(1, "a", 0, copy_of=2), covering(2, "a", 1, copy_of=1), covering(3, "a", 1, copy_of=3)]
    listed = [n for c, copies in folded(found) for n in (c.article, *(x.article for x in copies))]
    assert sorted(listed) == [1, 2, 3]


def test_ticks_are_round_moments() -> None:
    assert [t.words for t in ticks("2031-05-14T09:10:00Z", "2031-05-18T10:00:00Z")] == [
        "15 May",
        "16 May",
        "17 May",
        "18 May",
    ]
    assert [t.words for t in ticks("2031-05-14T09:10:00Z", "2031-05-14T11:30:00Z")] == [
        "14 May, 10:00",
        "14 May, 11:00",
    ]
    assert len(ticks("2031-05-14T09:10:00Z", "2031-05-14T09:10:00Z")) == 1
    assert drawn([]).lanes == ()
