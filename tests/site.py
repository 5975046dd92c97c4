"""A local press: outlets on 127.0.x.y with feeds and articles in many page templates, all invented, made by numbers.

`python -m tests.site --outlets 1000 --articles 20 --port 8700` serves it until it is ended; nothing is kept, every page is made
anew from its numbers, so that any size fits in memory.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
from datetime import UTC, datetime, timedelta
from html import escape
from typing import NamedTuple

from onrecord.demo.site import Server

PEOPLE = (
    "Mira Tarn",
    "Oskar Velling",
    "Ilse Karvonen",
    "Dario Pohl",
    "Amina Solis",
    "Henrik Maas",
    "Lena Quill",
    "Tomas Brade",
)
ROLES = (
    "harbour master",
    "interior minister",
    "chief engineer",
    "mayor of Sellik",
    "union leader",
    "head of the Fever Office",
)
SAID = ("said", "warned", "announced", "recalled", "told reporters", "argued", "confirmed", "denied")
THINGS = ("the ferry would sail again", "the dam was sound", "some {n} people had been called up", "the levy would fall by {n} per cent", "no papers had been printed",
          "the talks would go on", "the mine would close by spring", "the water was safe to drink", "at least {n} boats were missing", "the count was wrong")  # fmt: skip
PLAIN = ("The harbour lay quiet in the morning.", "Lorries waited in a long row before the gate.", "The council meets again next week.", "A year ago the same road was closed for a month.",
         "Snow is expected on the passes.", "The company did not comment.", "Shops in the old town opened late.")  # fmt: skip
EPOCH = datetime(2031, 5, 1, 6, 0, tzinfo=UTC)


class Page(NamedTuple):
    """What an article says, before a template dresses it."""

    title: str
    author: str
    published: datetime
    paragraphs: tuple[str, ...]


def page(outlet: int, number: int, version: int = 0) -> Page:
    """The article of these numbers; another version has one sentence changed."""
    rng = random.Random(f"{outlet}/{number}")
    paragraphs = []
    for _ in range(rng.randint(5, 9)):
        who, role, cue = rng.choice(PEOPLE), rng.choice(ROLES), rng.choice(SAID)
        what = rng.choice(THINGS).format(n=rng.randint(2, 40) * 100)
        said = rng.choice(
            (
                f"{who}, the {role}, {cue} that {what}.",
                f"“I know that {what},” {who} said.",
                f"According to the {role}, {what}.",
            )
        )
        paragraphs.append(" ".join([said, *rng.sample(PLAIN, rng.randint(2, 4))]))
    if version:
        paragraphs[2] += f" The figure was corrected {version} times."
    paragraphs[0] = f"Report {number} of outlet {outlet}. " + paragraphs[0]
    title = f"{rng.choice(PEOPLE).split()[1]} speaks on {rng.choice(('ferry', 'dam', 'levy', 'mine', 'harvest'))} {outlet}-{number}"
    return Page(title, rng.choice(PEOPLE), EPOCH + timedelta(minutes=number * 7 + outlet), tuple(paragraphs))


def json_ld(p: Page) -> str:
    about = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": p.title, "datePublished": p.published.isoformat(), "author": {"@type": "Person", "name": p.author}}  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(about)}</script>'


HEADS = (
    json_ld,
    lambda p: (
        f'<meta property="og:title" content="{escape(p.title)}"><meta property="article:published_time" content="{p.published.isoformat()}">'
    ),
    lambda p: (
        f'<meta name="date" content="{p.published.isoformat()}"><meta name="author" content="{escape(p.author)}">'
    ),
    lambda p: "",
)
BODIES = (
    "<article>{}</article>",
    "<main><article class='story'>{}</article></main>",
    "<div id='content'><div class='article-body'>{}</div></div>",
    "<section class='post-content'>{}</section>",
    "<main><div class='entry-content'>{}</div></main>",
)
DRESS = (
    lambda text: f"<p>{text}</p>",
    lambda text: f"<p class='par'>{text.replace('. ', '. <span>', 1)}</span></p>",
    lambda text: f"<div class='p'><p>{text}</p></div>",
    lambda text: f"<p>{text}</p><aside>Read more: <a href='/1'>Another story of ours</a></aside>",
    lambda text: f"<p><b>{text[:6]}</b>{text[6:]}</p>",
)
TEMPLATES = tuple(itertools.product(HEADS, BODIES, DRESS))  # 100


def html(outlet: int, number: int, version: int = 0) -> str:
    """The page of these numbers in its template."""
    p = page(outlet, number, version)
    head, body, dress = TEMPLATES[(outlet * 7 + number) % len(TEMPLATES)]
    time = f'<time datetime="{p.published.isoformat()}">{p.published:%d %B %Y}</time>'
    inner = f"<h1>{escape(p.title)}</h1>{time}" + "".join(dress(escape(t, quote=False)) for t in p.paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{escape(p.title)} | Outlet {outlet}</title>{head(p)}</head>"
        f"<body><nav><a href='/'>Home</a><a href='/news'>News</a></nav>{body.format(inner)}<footer>© Outlet {outlet}</footer></body></html>"
    )


def feed(outlet: int, articles: int, base: str) -> str:
    """The RSS feed of an outlet."""
    items = (page(outlet, n) for n in range(articles))
    rows = "".join(
        f"<item><title>{escape(p.title)}</title><link>{base}/{n}</link><pubDate>{p.published:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for n, p in enumerate(items)
    )
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Outlet {outlet}</title><link>{base}/</link>{rows}</channel></rss>"


class Press(Server):
    """A server of outlets, each on an address of its own; `versions` may name articles that have been edited."""

    def __init__(self, outlets: int, articles: int) -> None:
        super().__init__([host(n) for n in range(outlets)])
        self.outlets, self.articles = outlets, articles
        self.versions: dict[tuple[int, int], int] = {}
        self.asked: list[tuple[int, str]] = []

    def address(self, outlet: int) -> str:
        """Where an outlet is."""
        return f"http://{host(outlet)}:{self.port}"

    def feeds(self) -> list[str]:
        return [self.address(n) + "/feed" for n in range(self.outlets)]

    def answer(self, outlet: int, path: str) -> tuple[int, str, str]:
        """Status, media type and body for a path."""
        self.asked.append((outlet, path))
        name = path.strip("/")
        if name == "feed":
            return 200, "application/rss+xml", feed(outlet, self.articles, self.address(outlet))
        if name.isdigit() and int(name) < self.articles:
            return 200, "text/html; charset=utf-8", html(outlet, int(name), self.versions.get((outlet, int(name)), 0))
        return 404, "text/plain", "not here"


def host(outlet: int) -> str:
    """The loopback address of an outlet."""
    return f"127.1.{outlet // 250}.{outlet % 250 + 1}"


async def serve(outlets: int, articles: int, port: int) -> None:
    press = Press(outlets, articles)
    await press.open(port)
    print(f"{outlets} outlets with {articles} articles each, {press.address(0)}/feed and on", flush=True)
    await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=10)
    parser.add_argument("--articles", type=int, default=20)
    parser.add_argument("--port", type=int, default=8700)
    args = parser.parse_args()
    asyncio.run(serve(args.outlets, args.articles, args.port))


if __name__ == "__main__":
    main()
