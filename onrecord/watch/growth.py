"""The growth of a story: which articles count, and how many independent origins told it within so many days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from onrecord.knowledge import Resolved
from onrecord.watch import topics
from onrecord.watch.indication import Indication
from onrecord.watch.indicator import GrowthTest


def find(test: GrowthTest, resolved: Resolved) -> Iterator[Indication]:
    """That an article counts: it is of the story; or its headline or first paragraph speaks of all topics, or its story is known to (`Resolved.setting`)."""
    text = resolved.reading.article.text
    head = max(text.find("\n\n"), 0) or len(text)
    lead = text.find("\n\n", head + 2)
    top = text[: lead if lead > 0 else len(text)]
    told = set(test.about) <= set(resolved.setting) or all(topics.topic((t,)).every.search(top) for t in test.about)
    wanted = test.story == resolved.story if test.story else told
    if resolved.story and wanted:
        yield Indication(
            record="story",
            label=resolved.story,
            crossing="counts",
            sentence=(0, head),
            attribution=None,
            reason="an article of the story",
        )


def most(seen: Iterable[tuple[str, str]], days: int) -> int:
    """The most independent origins within so many days in a row; `seen` are moments (ISO 8601) and ids of origins, in any order."""
    by_day = sorted((date.fromisoformat(when[:10]), origin) for when, origin in set(seen))
    span = timedelta(days=days)
    return max((len({o for d, o in by_day if first <= d < first + span}) for first, _ in by_day), default=0)
