"""What a page says about itself: headline, people, dates, outlet, address, language.

Candidates come, in this order of trust, from 1 JSON-LD (schema.org), 2 Open Graph and other meta elements, 3 `<time>`
elements and the h1, 4 the address; htmldate is asked last. Headlines are voted on, since sites put their own name into
most of them. Dates keep their time and zone where the page gives them.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache, lru_cache
from html import unescape
from importlib.resources import files
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement
from msgspec import Struct

from onrecord.model import Dated, Evidence, Outlet

ARTICLE = re.compile(r"(?:Article|Posting|Report|Review|Story|CreativeWork)$")
NEWS = re.compile(r"(?:NewsArticle|Article|BlogPosting|Posting|Report)$")
ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,6})?\d*)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{0,2})?)?",
    re.I,
)
URL_DAY = re.compile(r"/(20\d\d|19\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
PUBLISHED = ("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
             "dc.date", "dcterms.created", "date", "pubdate", "publishdate", "publish-date", "publication_date", "article.published", "cxenseparse:recs:publishtime", "citation_online_date", "citation_publication_date", "prism.publicationdate")  # fmt: skip
MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
    "article.updated",
)
SEPARATORS = re.compile(r"\s+[|·•–—»:-]+\s+|\s*\|\s*|\s+::\s+")
MARKS, LETTER = re.compile(r"\W+"), re.compile(r"\w")
MAX_LD = 2_000_000
MAX_ITEMS = 2_000


class Metadata(Struct, frozen=True):
    """What was found; every field may be empty."""

    title: str | None = None
    byline: tuple[str, ...] = ()
    published: Dated | None = None
    modified: Dated | None = None
    outlet: Outlet | None = None
    canonical_url: str | None = None
    language: str | None = None


def squeeze(text: str | None) -> str:
    """White space folded, ends trimmed, entities resolved once more (sites escape twice)."""
    return " ".join(unescape(text or "").split())


def iso(value: object) -> str | None:
    """A date or moment as ISO 8601, or None where it is no real one. A bare day stays a day."""
    m = ISO.search(value) if isinstance(value, str) else None
    if not m:
        return None
    year, month, day, hour, minute, second, fraction, zone = m.groups()
    try:
        moment = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=UTC
        )
    except ValueError:
        return None
    if not 1900 <= moment.year <= 2100:
        return None
    if hour is None:
        return moment.date().isoformat()
    if zone and zone.upper() in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    elif zone:
        digits = zone[1:].replace(":", "").ljust(4, "0")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:4]}"
    fraction = f".{fraction[1:]:0<3}" if fraction and int(fraction[1:]) else ""
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + fraction + (zone or "")


def blocks(tree: HtmlElement) -> Iterator[Any]:
    """The JSON of all JSON-LD elements; broken ones are mended a little or passed over."""
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower():
            continue
        raw = (node.text_content() or "").strip()[:MAX_LD]
        raw = (
            re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*;?\s*$", "", raw)
            .strip()
            .rstrip(";")
        )
        for attempt in (raw, re.sub(r",\s*([}\]])", r"\1", raw), re.sub(r"[\x00-\x1f]+", " ", raw)):
            try:
                yield json.loads(attempt, strict=False)
                break
            except (ValueError, RecursionError):
                continue
        else:
            yield salvage(raw)


def salvage(raw: str) -> dict[str, str]:
    """The fields that can still be told from JSON that is broken, the first of each."""
    found = {}
    for key in ("@type", "headline", "datePublished", "dateModified"):
        m = re.search(rf'"{key}"\s*:\s*"((?:[^"\\]|\\.){{1,400}})"', raw)
        if m:
            found[key] = m.group(1).replace('\\"', '"')
    return found


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of JSON-LD, outermost first, at most `MAX_ITEMS`."""
    queue = [value]
    for _ in range(MAX_ITEMS):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, list):
            queue = item[:100] + queue
        elif isinstance(item, dict):
            yield item
            queue += [
                v
                for k, v in item.items()
                if k
                in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "liveBlogUpdate", "item", "hasPart")
            ]


def types(item: dict[str, Any]) -> list[str]:
    """The schema.org types of an object."""
    kind = item.get("@type") or ""
    return [str(k) for k in kind] if isinstance(kind, list) else [str(kind)]


def article_of(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object that describes the page's article, or an empty one."""
    found = [t for b in blocks(tree) for t in things(b) if any(ARTICLE.search(k) for k in types(t))]

    def rank(item: dict[str, Any]) -> tuple[bool, ...]:
        return (
            any(NEWS.search(k) for k in types(item)),
            bool(iso(item.get("datePublished"))),
            bool(item.get("headline") or item.get("name")),
        )

    return max(found, key=rank, default={})


def names(value: Any) -> Iterator[str]:
    """The names of people in a JSON-LD author."""
    if isinstance(value, str):
        yield from (squeeze(n) for n in re.split(r"\s*(?:,|;|\band\b)\s*", value[:400]))
    elif isinstance(value, list):
        for item in value[:30]:
            yield from names(item)
    elif isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, (str, list)):
            yield from names(name)


def metas(tree: HtmlElement) -> dict[str, str]:
    """The page's meta elements by lower-case name; the first of a name counts."""
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = (
            (node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv") or "")
            .strip()
            .lower()
        )
        content = squeeze(node.get("content"))
        if key and content:
            found.setdefault(key, content)
    return found


def first_date(candidates: Iterator[tuple[Evidence, str | None]]) -> Dated | None:
    """The most trusted candidate, unless a less trusted one of the same day also gives the time, or the zone."""
    found = [(e, v) for e, v in candidates if v]
    if not found:
        return None
    evidence, value = found[0]
    for other, longer in found[1:]:
        if longer[:10] == value[:10] and len(longer) > len(value) and (len(value) == 10 or longer.startswith(value)):
            evidence, value = other, longer
    return Dated(value=value, evidence=evidence)


def times(tree: HtmlElement, modified: bool) -> Iterator[str]:
    """The moments of `<time>` elements, those in the article's head first."""
    for node in list(tree.iter("time"))[:20]:
        around = f"{node.get('class') or ''} {node.get('itemprop') or ''} {node.get('id') or ''} {(node.getparent().get('class') if node.getparent() is not None else '') or ''}".lower()
        changed = any(w in around for w in ("modif", "updat"))
        value = iso(node.get("datetime") or node.get("content") or "")
        if value and changed == modified:
            yield value


def dates(
    tree: HtmlElement, ld: dict[str, Any], meta: dict[str, str], url: str | None
) -> tuple[Dated | None, Dated | None]:
    """When the page says it was published and modified."""

    def published() -> Iterator[tuple[Evidence, str | None]]:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            yield "json-ld", iso(ld.get(key))
        for key in PUBLISHED:
            yield "meta", iso(meta.get(key))
        for value in list(times(tree, False))[:1]:
            yield "time-tag", value
        m = URL_DAY.search(urlsplit(url).path) if url else None
        if m:
            yield "url", iso("-".join(m.groups()))

    def modified() -> Iterator[tuple[Evidence, str | None]]:
        yield "json-ld", iso(ld.get("dateModified"))
        for key in MODIFIED:
            yield "meta", iso(meta.get(key))
        for value in list(times(tree, True))[:1]:
            yield "time-tag", value

    return first_date(published()), first_date(modified())


@lru_cache(maxsize=64)
def stripped(line: str) -> str:
    """A line without marks and case; a headline is compared with many lines."""
    return MARKS.sub("", line).casefold()


def same(line: str, headline: str) -> bool:
    """Whether two lines differ only in marks and case."""
    m, words = LETTER.search(line), stripped(headline)
    return bool(m and m.group().casefold()[0] == words[:1] and MARKS.sub("", line).casefold() == words)


@cache
def outlet_facts() -> dict[str, dict[str, str]]:
    """What is known of outlets by domain, from `outlets/`."""
    facts: dict[str, dict[str, str]] = tomllib.loads(
        (files("onrecord.outlets") / "pages.toml").read_text(encoding="utf-8")
    )
    return facts


def headline(tree: HtmlElement, ld: dict[str, Any], meta: dict[str, str], outlet: Outlet | None) -> str | None:
    """The headline: JSON-LD's, else Open Graph's, else the h1's, else the title's; one cut short gives way to its whole.

    For outlets whose visible headline runs on while the story moves, `outlets/pages.toml` says to keep Open Graph's.
    """
    domain = outlet.domain or "" if outlet else ""
    own = outlet.name if outlet else None
    first = ld.get("headline") if outlet_facts().get(domain, {}).get("headline") != "og" else None
    h1s = [squeeze(" ".join(n.itertext())) for n in list(tree.iter("h1"))[:6]]
    raw_title = squeeze(next((n.text_content() for n in tree.iter("title")), ""))
    named = (
        first,
        meta.get("og:title"),
        meta.get("twitter:title"),
        *h1s,
        ld.get("name"),
        meta.get("dc.title"),
        raw_title,
    )
    candidates = [c for v in named if isinstance(v, str) and (c := squeeze(v)) and not (own and same(c, own))]
    shortened = [without_outlet(c, own, candidates) for c in candidates]
    if not shortened:
        return None
    best = shortened[0]
    stem = re.sub(r"\s*(?:…|\.\.\.)$", "", best)
    if stem != best or len(best) > 100:
        best = next(
            (
                c
                for c in shortened
                if len(c) > len(stem) + 1 and c.startswith(stem) and not SEPARATORS.search(c[len(stem) :])
            ),
            best,
        )
    return best


def without_outlet(title: str, outlet: str | None, others: list[str]) -> str:
    """The headline without the outlet's name or section that follows or precedes a separator."""
    for m in reversed(list(SEPARATORS.finditer(title))):
        left, right = title[: m.start()].strip(), title[m.end() :].strip()
        if any(same(left, o) for o in others):
            return left
        if (outlet and (same(right, outlet) or same(right.removeprefix("The "), outlet.removeprefix("The ")))) and len(
            left
        ) > 15:
            return left
        if "|" in m.group() and len(right) < 40 and len(left) > 20:
            title = left
    return title


def outlet_of(ld: dict[str, Any], meta: dict[str, str], url: str | None) -> Outlet | None:
    """The publisher's name and domain."""
    publisher = ld.get("publisher")
    if isinstance(publisher, list):
        publisher = next((p for p in publisher if isinstance(p, dict)), None)
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    if not isinstance(name, str) or not name.strip():
        name = meta.get("og:site_name") or meta.get("application-name") or meta.get("publisher")
    host = (urlsplit(url).hostname or "") if url else ""
    domain = host.removeprefix("www.").removeprefix("m.") or None
    clean = squeeze(name) if isinstance(name, str) else ""
    return Outlet(name=clean or None, domain=domain) if clean or domain else None


def byline(ld: dict[str, Any], meta: dict[str, str], outlet: str | None) -> tuple[str, ...]:
    """The people named as authors, in order, without addresses."""
    found = list(names(ld.get("author"))) or [
        n
        for k in ("author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author")
        if k in meta
        for n in names(meta[k])
    ]
    clean = (
        re.sub(r"^by\s+", "", n, flags=re.I) for n in found if n and "://" not in n and "@" not in n and len(n) < 80
    )
    return tuple(dict.fromkeys(n for n in clean if n))


def address(value: str | None, base: str | None) -> str | None:
    """An absolute http(s) address, or None."""
    try:
        full = urljoin(base or "", (value or "").strip())
        return full if urlsplit(full).scheme in ("http", "https") and urlsplit(full).hostname else None
    except ValueError:
        return None


def metadata(tree: HtmlElement, url: str | None) -> Metadata:
    """All that a page says about itself."""
    ld, meta = article_of(tree), metas(tree)
    link = next((n.get("href") for n in tree.iter("link") if (n.get("rel") or "").lower() == "canonical"), None)
    canonical = next((a for value in (link, meta.get("og:url")) if value and (a := address(value, url))), None)
    where = url or canonical
    outlet = outlet_of(ld, meta, where)
    name = outlet.name if outlet else None
    published, modified = dates(tree, ld, meta, where)
    language = (
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or meta.get("og:locale") or ""
    ).lower()[:2]
    return Metadata(
        title=headline(tree, ld, meta, outlet),
        byline=byline(ld, meta, name),
        published=published,
        modified=modified,
        outlet=outlet,
        canonical_url=canonical,
        language=language if language.isalpha() and len(language) == 2 else None,
    )
