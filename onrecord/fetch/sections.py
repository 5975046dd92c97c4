"""Pages as feeds: the feeds that a page links to, and the articles that a section page lists, in the page's order.

A link is an article's where it stays with the same outlet, its words read like a headline, and its address looks like an
article's: a day, a number or a long slug in the path, and no tag, author, video or account page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from courlan import extract_domain
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura.utils import load_html

from onrecord.errors import ParseError
from onrecord.fetch.characters import CHUNK
from onrecord.fetch.entries import Gathered, entry, headline, web_address
from onrecord.model import FeedContent
from onrecord.parse.decode import MAX_BYTES, refuse_depth
from onrecord.parse.liveblog import posting
from onrecord.parse.metadata import squeeze

FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json",
              "application/rdf+xml")  # fmt: skip
MAX_LINKS = 50_000
MAX_FEEDS = 100
MAX_LINK_ELEMENTS = 5_000
MAX_HEADLINE = 250
OTHER = re.compile(
    r"/(?:tags?|topics?|themes?|regions?|series|collections?|authors?|people|profiles?|staff|columnists?|categor(?:y|ies)|keywords?|search|log-?in|sign-?(?:in|up)|"
    r"subscri(?:be|ption|ptions)|registers?|account|my-?account|users?|newsletters?|rss|feeds?|about(?:-us)?|contact(?:-us)?|privacy|"
    r"cookies?|terms|legal|jobs|careers|advertis(?:e|ing)|help|faq|shop|store|wp-(?:admin|login|content)|cdn-cgi|cart)(?:[/.]|$)",
    re.I,
)
LISTING = re.compile(
    r"/(?:videos?|watch|live-?tv|audio|podcasts?|galler(?:y|ies)|photos?|pictures)(?:/[\w-]{0,20})?/?$", re.I
)
FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m3u8|xml|rss|css|js|zip|ics)$", re.I)
DAY = re.compile(
    r"/(?:19|20)\d\d[/-]?(?:\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[/-]?\d{1,2})?[/-]", re.I
)
NUMBER = re.compile(r"\d{5,}")
CODE = re.compile(r"/(?:articles?|story|stories|news|nyheter|a)/(?=[a-z-]*\d)[a-z0-9-]{6,}(?:/|$)", re.I)
QUERY = re.compile(r"(?:^|&)(?:id|p|article|articleid|story|storyid|aid|newsid)=\d{3,}", re.I)
IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
SECOND_LEVEL = ("co", "com", "org", "net", "gov", "ac", "edu")


def site_of(url: str) -> str:
    """The registered domain of an address; for names outside the public suffixes, the last labels of its host."""
    known = extract_domain(url)
    if known:
        return known
    labels = (urlsplit(url).hostname or "").split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in SECOND_LEVEL else labels[-2:])


def like_article(url: str) -> bool:
    """Whether an address looks like an article's."""
    parts = urlsplit(url)
    path = parts.path
    if OTHER.search(path) or LISTING.search(path) or FILE.search(path) or len(path) < 2:
        return False
    last = path.rstrip("/").rpartition("/")[2]
    words = [w for w in re.split(r"[-_+.]|%20", last) if len(w) > 1]
    return bool(
        len(words) >= 4 or DAY.search(path) or NUMBER.search(last) or CODE.search(path) or QUERY.search(parts.query)
    )


def like_headline(text: str) -> bool:
    """Whether the words of a link read like a headline: four words, or eight signs of a script without spaces."""
    return len(text) <= MAX_HEADLINE and (len(text.split()) >= 4 or len(IDEOGRAPHS.findall(text)) >= 8)


def words_of(anchor: HtmlElement) -> str:
    """The words of a link; where a heading stands in it, the heading's."""
    heading = next(anchor.iter("h1", "h2", "h3", "h4", "h5"), None)
    text = (heading if heading is not None else anchor).text_content()
    return headline(text[:2000]) or ""


def within_words(anchor: HtmlElement) -> bool:
    """Whether a link stands in running text, with words right before or after it."""
    before, parent = anchor.getprevious(), anchor.getparent()
    ahead = before.tail if before is not None else parent.text if parent is not None else None
    return parent is not None and parent.tag == "p" and any(len((t or "").split()) > 3 for t in (ahead, anchor.tail))


def links(tree: HtmlElement, base: str) -> Iterator[tuple[str, str]]:
    """The addresses and words of the page's links to articles, in order."""
    site = site_of(base)
    for i, anchor in enumerate(tree.iter("a")):
        if i >= MAX_LINKS:
            return
        url = web_address(anchor.get("href"), base)
        if url is None or url == base or not like_article(url) or site_of(url) != site:
            continue
        text = words_of(anchor)
        if like_headline(text) and not within_words(anchor):
            yield url, text


def feeds_on(tree: HtmlElement, base: str) -> tuple[str, ...]:
    """The feeds that a page says it has."""
    found: dict[str, None] = {}
    for node in islice(tree.iter("link"), MAX_LINK_ELEMENTS):
        rel, kind = (node.get("rel") or "").lower().split(), (node.get("type") or "").lower().partition(";")[0].strip()
        if "alternate" in rel and kind in FEED_TYPES and len(found) < MAX_FEEDS:
            url = web_address(node.get("href"), base)
            if url and url != base and "/wp-json/" not in url:
                found[url] = None
    return tuple(found)


def tree_of(text: Iterator[str]) -> HtmlElement:
    """The page as a tree. Raises ParseError for one that is too large, too deep or no page."""
    html = "".join(islice(text, MAX_BYTES // CHUNK))
    if next(text, ""):
        raise ParseError(f"the page has more than {MAX_BYTES // 2**20} Mi characters; it is not read")
    refuse_depth(html)
    try:
        tree = load_html(html)
    except (LxmlError, RecursionError, ValueError, AssertionError) as error:
        raise ParseError(f"the page cannot be parsed: {type(error).__name__}") from error
    if tree is None:
        raise ParseError("the page cannot be parsed; give the address of a feed, a sitemap or a section page")
    return tree


def base_of(tree: HtmlElement, url: str) -> str:
    """What the page's addresses are relative to."""
    declared = next((n.get("href") for n in tree.iter("base") if n.get("href")), None)
    return web_address(declared, url) or web_address(url) or ""


def live(tree: HtmlElement, url: str) -> FeedContent | None:
    """A live blog as a feed of one: itself."""
    blog = posting(tree)
    if blog is None:
        return None
    about = blog.get("url")
    itself = web_address(url) or web_address(about if isinstance(about, str) else None)
    one = entry(itself, blog.get("headline"), blog.get("datePublished"), blog.get("dateModified"))
    title = one.title if one else None
    return FeedContent(kind="live-blog", title=title, entries=(one,)) if one else None


def read(text: Iterator[str], url: str, limit: int) -> FeedContent:
    """What a page offers to follow. Raises ParseError where it is nothing."""
    tree = tree_of(text)
    if found := live(tree, url):
        return found
    base = base_of(tree, url)
    kept = Gathered(limit)
    for where, words in links(tree, base):
        kept.add(entry(where, words))
        if kept.full:
            break
    feeds = feeds_on(tree, base)
    if not feeds and not kept.found:
        raise ParseError(
            "the page is no feed, names none and lists no articles; give a feed, a sitemap or a section page"
        )
    title = squeeze(next((n.text_content()[:2000] for n in tree.iter("title")), ""))
    return FeedContent(kind="section", title=headline(title), entries=kept.entries, feeds=feeds, truncated=kept.full)
