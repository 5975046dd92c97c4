"""The articles of a record with their current readings, on both databases."""

import pytest

from onrecord.store import Store, read_by, to_re_read
from onrecord.store import listing as module
from onrecord.store.listing import listed
from tests.store.support import URL, keep, made


def test_the_current_reading_of_each_article_comes_back_as_it_was(store: Store) -> None:
    keep(store, reader="1")
    keep(store, reader="2")
    keep(store, url=URL + "/2", reader=None)
    assert list(listed(store)) == [made(reader="2")[1], made(url=URL + "/2", reader=None)[1]]


def test_outlets_and_days(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGE", 2)
    for n in range(1, 6):
        keep(store, url=f"{URL}/{n}", published=f"2026-02-0{n}", outlet="Ledger" if n > 3 else "Tidewire")

    def days(**filters: str) -> list[str]:
        return [str(r.article.published and r.article.published.value)[-1] for r in listed(store, **filters)]

    assert days() == ["1", "2", "3", "4", "5"]
    assert days(since="2026-02-02", until="2026-02-04") == ["2", "3", "4"]
    assert days(outlet="Ledger") == days(outlet="ledger.example") == ["4", "5"]
    assert days(outlet="Ledger", until="2026-02-04") == ["4"]
    assert days(outlet="nobody") == []


def test_who_read_an_article_and_what_none_of_several_readers_has_read(store: Store) -> None:
    keep(store, reader="1")
    keep(store, reader="2", url=URL + "/2")
    keep(store, reader=None, url=URL + "/3")
    one, two, none = (made(reader=r, url=u)[1] for r, u in (("1", URL), ("2", URL + "/2"), (None, URL + "/3")))
    assert [read_by(store, r.article.id) for r in (one, two, none)] == ["en", "en", None]
    assert read_by(store, "f" * 64) is None
    assert one.reader and two.reader
    assert [a.url for _, a in to_re_read(store, one.reader, two.reader)] == [URL + "/3"]
    assert [a.url for _, a in to_re_read(store, two.reader)] == [URL, URL + "/3"]
