import time

import pytest

from onrecord.errors import InputError, ParseError
from onrecord.model import Article, Capture
from onrecord.parse import decode, parse
from tests.support import EXAMPLES

BODY = "".join(
    f"<p>The council of the four lakes met for hour number {n}, and nobody left the table early that night.</p>"
    for n in range(1, 7)
)


def of(data: str | bytes, **more: str) -> Article:
    body = data.encode() if isinstance(data, str) else data
    return parse(Capture(name="x", body=body), **more)


def page(head: str = "", body: str = BODY, title: str = "Lake council meets through the night") -> str:
    return f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>"


def example(name: str) -> Article:
    return parse(Capture(name=name, body=(EXAMPLES / name).read_bytes()))


def test_json_ld_comes_first_and_keeps_time_and_zone() -> None:
    article = example("harbour-levy.html")
    assert article.title == "Vardania halves harbour levy after grain ships turn away"
    assert article.published and (article.published.value, article.published.evidence) == (
        "2031-05-14T10:42:00+02:00",
        "json-ld",
    )
    assert article.modified and article.modified.value == "2031-05-14T11:05:00+02:00"
    assert article.byline == ("Oona Rask",)
    assert article.outlet and article.outlet.name == "Tidewire"
    assert article.canonical_url == "https://tidewire.example/2031/05/14/harbour-levy"
    assert article.text.startswith(article.title + "\n\nPORT SELDRIN")
    assert "Five ways to bake" not in article.text and "Ten quiet islands" not in article.text


def test_adverts_promos_and_their_dates_are_no_part_of_the_article() -> None:
    article = example("border-call-up.html")
    assert article.published is None
    assert {c.kind for c in article.clutter} == {"promo", "advert"}
    assert "Betting" not in article.text and "Seven herbs" not in article.text
    assert "President Oduya prepares “quiet call-up” of some 1,800 reservists, paper says\n\n" in article.text


@pytest.mark.parametrize(
    ("head", "value", "evidence"),
    [
        (
            '<meta property="article:published_time" content="2031-08-06T07:15:00+01:00">',
            "2031-08-06T07:15:00+01:00",
            "meta",
        ),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","datePublished":"2031-02-03T04:05:06Z"}]}</script>',
            "2031-02-03T04:05:06+00:00",
            "json-ld",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"broken","datePublished":"2031-02-03",,}</script>',
            "2031-02-03",
            "json-ld",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-02-03"}</script><meta property="article:published_time" content="2031-02-03T08:00:00Z">',
            "2031-02-03T08:00:00+00:00",
            "meta",
        ),
    ],
)
def test_where_the_date_comes_from(head: str, value: str, evidence: str) -> None:
    article = of(page(head))
    assert article.published and (article.published.value, article.published.evidence) == (value, evidence)


def test_a_given_date_wins_and_a_bad_one_is_refused() -> None:
    article = of(page(), published="2031-05-14")
    assert article.published and (article.published.value, article.published.evidence) == ("2031-05-14", "given")
    with pytest.raises(InputError, match="no date"):
        of(page(), published="last spring")


def test_the_address_gives_the_day_when_nothing_else_does() -> None:
    article = of(page(), url="https://example.org/2031/07/09/lakes")
    assert article.published and (article.published.value, article.published.evidence) == ("2031-07-09", "url")
    assert article.outlet and article.outlet.domain == "example.org"


def test_plain_text_goes_the_same_road() -> None:
    article = example("meeting-notes.txt")
    assert article.title == "Orchard growers vote to pool their cold store"
    assert [c.kind for c in article.clutter] == ["promo"]
    assert article.text.count("\n\n") == 4
    assert article.published is None


ADDRESS = "https://lakes.example/a?from=feed"


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ("<link rel='canonical' href='/a'><meta property='og:url' content='/b'>", "https://lakes.example/a"),
        ("<meta property='og:url' content='https://lakes.example/b'>", "https://lakes.example/b"),
        ("<link rel='canonical' href=''><meta property='og:url' content='/b'>", "https://lakes.example/b"),
        ("<link rel='canonical' href='mailto:a'><meta property='og:url' content='/b'>", "https://lakes.example/b"),
        ("", None),
    ],
)
def test_the_canonical_address_is_the_links_else_open_graphs(head: str, canonical: str | None) -> None:
    assert of(page(head), url=ADDRESS).canonical_url == canonical


def test_who_signed_and_when_is_what_the_page_says_of_itself() -> None:
    body = "The council met. Nobody left the table early that night."
    article = of(f"The levy is halved\n\nAda Rill and Bo Stream | 8 March 2031\n\n{body}")
    assert article.text == f"The levy is halved\n\n{body}"
    assert article.byline == ("Ada Rill", "Bo Stream")
    assert article.published and (article.published.value, article.published.evidence) == ("2031-03-08", "text")
    dressed = of(page(body=f"<p>By Ada Rill, Wednesday 8 March</p>{BODY}"))
    assert "Ada Rill" not in dressed.text and dressed.byline == ("Ada Rill",)


def test_plain_text_without_blank_lines_has_a_paragraph_a_line() -> None:
    assert of("The ferry is late again, she said.\nNobody was surprised by that.").text.count("\n\n") == 1


def test_paragraph_breaks_survive() -> None:
    assert of(page()).text.count("\n\n") == 6


def test_links_that_read_like_headlines_are_teasers() -> None:
    teaser = '<p><a href="/n">Choir of the northern lakes wins the festival prize</a></p>'
    article = of(page(body=BODY + teaser + BODY.replace("lakes", "rivers")))
    assert [c.kind for c in article.clutter] == ["teaser"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"   \n\n ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\x00\x01\x02\x03" * 200, "binary"),
        (b"<html><head><title>Nothing</title></head><body><nav><a href='/'>x</a></nav></body></html>", "no article"),
        (b"<html><body>" + b"<div>" * 5000 + b"x", "nested"),
    ],
)
def test_bad_input_gets_one_clear_line(data: bytes, message: str) -> None:
    with pytest.raises(ParseError, match=message) as caught:
        of(data)
    assert "\n" not in str(caught.value)


def test_millions_of_nested_tags_are_refused_quickly() -> None:
    begun = time.process_time()
    with pytest.raises(ParseError):
        of(b"<html><body>" + b"<div>" * 4_000_000)
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16", "iso-8859-1"])
def test_charsets_are_told_also_when_declared_wrong(charset: str) -> None:
    text = page(
        head='<meta charset="utf-8">',
        body=BODY.replace("lakes", "lakes of Sjöbygd"),
        title="Möte vid sjön hela natten lång",
    )
    assert "Sjöbygd" in of(text.encode(charset)).text


def test_marks_that_print_nothing_are_taken_out() -> None:
    article = of("A headline of four words\n\nThe min\u200bister\u202e said\xa0no to\x07 the plan, again.")
    assert article.text.endswith("The minister said no to the plan, again.")


def test_language_is_told_and_ids_name_text_and_address() -> None:
    assert example("puerto-cerrado.html").language == "es"
    one, two = of(page()), of(page(), url="https://example.org/a")
    assert one.language == "en" and one.id != two.id and one.capture == two.capture and one.id == of(page()).id


def test_a_declared_encoding_that_no_page_has_is_not_believed() -> None:
    body = (
        b'<html><head><meta charset="punycode"></head><body><p>'
        + b"Caf\xe9 owners said it was late. " * 20_000
        + b"</p></body></html>"
    )
    assert "Café owners" in decode.as_text(body)
