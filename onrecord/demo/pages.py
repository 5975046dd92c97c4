"""What the sites of a stream show at a moment: pages in each outlet's own template, and feeds of six kinds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from string import Template
from typing import NamedTuple

from onrecord.demo import DEMONSTRATION, Line, Paper, Update, Written, articles, at, papers

NEWEST = 30  # articles that a feed lists
HTML = "text/html; charset=utf-8"


class Page(NamedTuple):
    """What a site answers with."""

    kind: str  # the media type
    text: str


def pages(until: datetime, stream: Path = DEMONSTRATION) -> dict[tuple[str, str], Page]:
    """Every page and feed that is there at a moment, by host and path."""
    shown = [found for article in articles(stream) if (found := at(article, until))]
    out = {(a.paper.host, a.path): Page(HTML, page(a)) for a in shown}
    for paper in papers(stream).values():
        own = [a for a in reversed(shown) if a.outlet == paper.key][:NEWEST]
        out[paper.host, paper.feed_path] = FEEDS[paper.feed](paper, own)
    return out


# pages ------------------------------------------------------------------------------------------------------------------


def page(article: Written) -> str:
    """The page of an article in its outlet's template."""
    paper = article.paper
    published, modified = (m.astimezone(paper.local) for m in (article.moment, article.modified or article.moment))
    words = {
        "title": article.title,
        "summary": article.paragraphs[0] if article.paragraphs else article.title,
        "byline": " and ".join(article.byline),
        "canonical": f"https://{paper.host}{article.path}",
        "published": published.isoformat(),
        "modified": modified.isoformat(),
        "day": published.strftime(paper.day),
    }
    in_json = {f"{name}_json": json.dumps(value, ensure_ascii=False) for name, value in words.items()}
    html = {
        "body": body(article),
        "json_ld": json.dumps(live_blog(article), ensure_ascii=False) if article.updates else "",
    }
    return Template(paper.live if article.updates else paper.page).substitute(
        {k: escape(v) for k, v in words.items()}, **in_json, **html
    )


def body(article: Written) -> str:
    """The lines of an article, each in the dress of its outlet; of a live blog the latest update comes first."""
    out = [dressed(article.paper, line) for line in article.lines]
    for number, update in reversed(list(enumerate(article.updates, 1))):
        when = update.moment.astimezone(article.paper.local)
        inner = "".join(dressed(article.paper, line) for line in update.lines)
        out.append(f'<section class="update" id="u{number}"><time datetime="{when.isoformat()}">{when:%H:%M}</time><h2>{escape(update.title, False)}</h2>{inner}</section>')  # fmt: skip
    return "\n".join(out)


def dressed(paper: Paper, line: Line) -> str:
    """A line as its outlet marks it up."""
    fragment: str = getattr(paper, line.kind)
    return fragment.format(text=escape(line.text, quote=False))


def live_blog(article: Written) -> dict[str, object]:
    """The JSON-LD of a live blog."""
    zone = article.paper.local
    newest_first = list(reversed(list(enumerate(article.updates, 1))))
    return {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": article.title,
        "description": " ".join(line.text for line in article.lines if line.kind == "paragraph"),
        "datePublished": article.moment.astimezone(zone).isoformat(),
        "dateModified": (article.modified or article.moment).astimezone(zone).isoformat(),
        "publisher": {"@type": "NewsMediaOrganization", "name": article.paper.name},
        "liveBlogUpdate": [posting(n, update, article) for n, update in newest_first],
    }


def posting(number: int, update: Update, article: Written) -> dict[str, object]:
    """The JSON-LD of an update."""
    return {
        "@type": "BlogPosting",
        "headline": update.title,
        "datePublished": update.moment.astimezone(article.paper.local).isoformat(),
        "url": f"https://{article.paper.host}{article.path}#u{number}",
        "articleBody": "\n\n".join(line.text for line in update.lines),
    }


# feeds ------------------------------------------------------------------------------------------------------------------


def rows(form: str, found: list[Written]) -> str:
    """A row of each article; `form` is filled with its address, title, moment, and moment of modification."""
    return "".join(
        form.format(
            path=escape(a.path),
            title=escape(a.title),
            mail=format_datetime(a.moment.astimezone(a.paper.local)),
            moment=a.moment.astimezone(a.paper.local).isoformat(),
            modified=(a.modified or a.moment).astimezone(a.paper.local).isoformat(),
        )
        for a in found
    )


def rss(paper: Paper, found: list[Written]) -> Page:
    """RSS 2.0."""
    items = rows("<item><title>{title}</title><link>{path}</link><pubDate>{mail}</pubDate></item>", found)
    return Page("application/rss+xml", f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{paper.name}</title>{items}</channel></rss>')  # fmt: skip


def rdf(paper: Paper, found: list[Written]) -> Page:
    """RSS 1.0."""
    items = rows(
        '<item rdf:about="{path}"><title>{title}</title><link>{path}</link><dc:date>{moment}</dc:date></item>', found
    )
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return Page("application/rdf+xml", f'<?xml version="1.0"?><rdf:RDF {spaces}><channel rdf:about="/"><title>{paper.name}</title></channel>{items}</rdf:RDF>')  # fmt: skip


def atom(paper: Paper, found: list[Written]) -> Page:
    """Atom 1.0, with the moment of modification."""
    form = '<entry><title>{title}</title><link rel="alternate" type="text/html" href="{path}"/><published>{moment}</published><updated>{modified}</updated></entry>'
    return Page("application/atom+xml", f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{paper.name}</title>{rows(form, found)}</feed>')  # fmt: skip


def json_feed(paper: Paper, found: list[Written]) -> Page:
    """JSON Feed 1.1, with the moment of modification."""
    items = [
        {
            "id": str(a.number),
            "url": a.path,
            "title": a.title,
            "date_published": a.moment.astimezone(paper.local).isoformat(),
            "date_modified": (a.modified or a.moment).astimezone(paper.local).isoformat(),
        }
        for a in found
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": paper.name, "items": items}
    return Page("application/feed+json", json.dumps(feed, ensure_ascii=False))


def sitemap(paper: Paper, found: list[Written]) -> Page:
    """A sitemap with the news extension."""
    form = "<url><loc>{path}</loc><news:news><news:publication_date>{moment}</news:publication_date><news:title>{title}</news:title></news:news></url>"
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    return Page(
        "application/xml", f'<?xml version="1.0" encoding="UTF-8"?><urlset {spaces}>{rows(form, found)}</urlset>'
    )


def section(paper: Paper, found: list[Written]) -> Page:
    """A page that lists articles."""
    cards = "".join(cards_of(found))
    return Page(HTML, f'<!doctype html><html lang="en"><head><title>Reporting | {paper.name}</title></head><body><h1>Reporting</h1><main>{cards}</main></body></html>')  # fmt: skip


def cards_of(found: list[Written]) -> Iterator[str]:
    """The links of a section page."""
    for a in found:
        yield f'<div class="card"><h3><a href="{escape(a.path)}">{escape(a.title, False)}</a></h3></div>'


FEEDS = {"rss": rss, "rdf": rdf, "atom": atom, "json": json_feed, "sitemap": sitemap, "section": section}

__all__ = ["Page", "page", "pages"]
