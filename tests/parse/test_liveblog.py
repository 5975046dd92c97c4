"""Live blogs of invented outlets: one article, and each update a dated piece of it."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ParseError
from onrecord.model import Article, Capture, Dated, Reading, decode_reading, encode, first_orphan
from onrecord.parse import parse
from onrecord.parse.liveblog import lines_of
from tests.support import EXAMPLES

URL = "https://tidewire.example/live/tern-strait-ferry"
BODY = "".join(
    f"<p>The body of the page has words of its own in paragraph {n}, all of them plain.</p>" for n in range(6)
)


def page(ld: Any, body: str = BODY) -> Article:
    html = f"<html lang='en'><head><title>Live: the strait</title><script type='application/ld+json'>{json.dumps(ld)}</script></head><body><article><h1>Live: the strait</h1>{body}</article></body></html>"
    return parse(Capture(name="x", body=html.encode(), url=URL))


def blog(*updates: Any, **more: Any) -> dict[str, Any]:
    return {"@type": "LiveBlogPosting", "headline": "Live: the strait", "liveBlogUpdate": list(updates), **more}


def update(text: str, **more: Any) -> dict[str, Any]:
    return {"@type": "BlogPosting", "articleBody": text, **more}


def words(article: Article) -> list[str]:
    return [article.text[slice(*piece.span)] for piece in article.pieces]


def test_the_example_is_one_article_of_dated_pieces() -> None:
    article = parse(Capture(name="x", body=(EXAMPLES / "tern-strait-live.html").read_bytes(), url=URL))
    assert article.title == "Tern Strait ferry aground: latest updates"
    assert article.published == Dated(value="2031-09-03T06:20:00+02:00", evidence="json-ld")
    assert article.modified == Dated(value="2031-09-03T09:45:00+02:00", evidence="json-ld")
    assert words(article) == [
        "All passengers ashore\n\n"
        "Everyone who was aboard the Alma Reval has been brought ashore, the coastguard says.\n\n"
        "“We counted twice,” Commander Ilka Storm told Tidewire. “Nobody is missing.”",
        "Owner denies engine trouble\n\n"
        "The owner, Reval Lines, denied that the engines had failed.\n\n“The ship was in good order,” a spokesman said.",
        "Residents of Skerrow were woken by a long blast of the horn.\n\n"
        "If the wind rises above 20 knots, the boats will have to turn back, officials warned.",
    ]
    head = f"{article.title}\n\nThe ferry Alma Reval ran aground off Skerrow with some 210 people aboard."
    assert article.text == "\n\n".join([head, *words(article)])
    assert [(p.title, p.published.value if p.published else None, p.url) for p in article.pieces] == [
        ("All passengers ashore", "2031-09-03T09:40:00+02:00", URL + "#u4"),
        ("Owner denies engine trouble", "2031-09-03T08:15:00+02:00", URL + "#u3"),
        (None, "2031-09-03T06:25:00+02:00", URL + "#u1"),
    ]
    assert article.pieces[0].modified == Dated(value="2031-09-03T09:45:00+02:00", evidence="json-ld")
    assert [(c.kind, c.text[:7]) for c in article.clutter] == [("signup", "Sign up")]


def test_updates_without_words_leave_the_ordinary_body() -> None:
    article = parse(Capture(name="x", body=(EXAMPLES / "harbour-fire-live.html").read_bytes()))
    assert article.pieces == () and "Ferries to Ostrelia are running again" in article.text
    assert page(blog({"@type": "BlogPosting", "headline": "No words"})).pieces == ()
    assert "paragraph 3" in page(blog()).text
    assert page(blog("nonsense", 7, None, [], update("<p> </p>"))).pieces == ()


def test_a_live_blog_is_found_in_graphs_and_lists_but_not_in_listings() -> None:
    one = blog(update("The one update of the day has some words."))
    for ld in (one, [one], {"@graph": [{"@type": "WebPage"}, one]}, {"@type": "WebPage", "mainEntity": one}):
        assert words(page(ld)) == ["The one update of the day has some words."]
    listing = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": one}]}
    assert page(listing).pieces == ()


def test_dates_and_headline_are_the_live_blogs_not_an_updates() -> None:
    article = page(
        blog(
            update("The boats are out again this morning.", headline="Boats out", datePublished="2031-09-03T06:25:00Z")
        )
    )
    assert (article.title, article.published) == ("Live: the strait", None)
    assert article.pieces[0].published == Dated(value="2031-09-03T06:25:00+00:00", evidence="json-ld")


def test_a_single_update_escapes_and_repeated_lines() -> None:
    ld = blog()
    ld["liveBlogUpdate"] = update(
        "&lt;p&gt;Fish &amp;amp; ships all over the bay.&lt;/p&gt;", headline="Fish & ships all over the bay"
    )
    article = page(ld)
    assert (
        words(article) == ["Fish & ships all over the bay."]
        and article.pieces[0].title == "Fish & ships all over the bay"
    )
    same = "The harbour stays closed until the evening, officials said."
    assert words(page(blog(update(same), update(same), update("Live: the strait")))) == [same, same]


def test_lines_keep_breaks_and_lose_markup() -> None:
    assert lines_of("<p>One <b>two</b></p><ul><li>three</li></ul>four<br/>5 < 6 &gt; 4<script>x()</script>") == [
        "One two", "three", "four", "5 < 6 > 4"]  # fmt: skip
    assert lines_of("a\u202eb\r\n\r\nc\u200b") == ["ab", "c"] and lines_of(None) == [] == lines_of(["x"])


texts = st.text(st.sampled_from("abc déf “”.\n\u202e<>&;p/"), max_size=60) | st.sampled_from(
    ["Read more: the levy explained", "Sign up for our newsletter", "<p>Calm.</p><p>Calm.</p>", "Live: the strait"]
)
updates = st.fixed_dictionaries(
    {"articleBody": texts | st.none()}, optional={"headline": texts, "datePublished": texts, "url": texts}
)


@given(st.lists(updates, max_size=6), texts)
@settings(max_examples=100)
def test_pieces_slice_to_their_words(items: list[dict[str, Any]], intro: str) -> None:
    try:
        article = page(blog(*items, description=intro))
    except ParseError:
        return
    reading = Reading(input="x", reader=None, article=article)
    assert first_orphan(reading) is None and decode_reading(encode(reading)) == reading
    if article.pieces:
        assert "\n\n".join(words(article)) == article.text[article.pieces[0].span[0] :]
        assert all(text.strip() == text and text for text in words(article))
