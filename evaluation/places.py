"""Scores places on GeoVirus (Gritta et al. 2018): `python -m evaluation.places --shared ../shared [--verbose]`.

- *given*: the gold mentions are given. A mention is right *within 161 km* of the gold point; where the gold page is a
  country's, the country's code decides instead, since a country has no point. The country of any other gold point is that
  of the nearest city; *wrong country* counts answers with another one, *answered* those with any, both of all mentions
  that lie in a country.
- *found*: the whole reader finds the mentions. Precision, recall and F1 want the same span, but for a leading "the" and a
  final full stop; the *located* ones want the answer to be within 161 km as well.
- *ms*, *load*, *MiB*: time for 750 words once the names are found (median of five passes), time and memory to load the gazetteer.

The articles are split by a digest of their ids: rules were written from the "read" half, the "kept" half was left for
checking. GeoVirus marks some places in names of organisations, and no buildings; some mentions it misses.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import statistics
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import numpy as np

from onrecord.model import Article, Place
from onrecord.read import gazetteer, names, network, places
from onrecord.read.places_sense import candidates
from onrecord.read.windows import windows
from onrecord.text import Span

NEAR = 161.0
HALVES = ("read", "kept")


class Gold(NamedTuple):
    """A place of the gold: its words, its point, its country, and whether it is that country."""

    span: Span
    name: str
    lat: float
    lon: float
    country: str | None
    is_country: bool


def half(ident: str) -> str:
    """The half that a document lies in."""
    return HALVES[hashlib.sha256(ident.encode()).digest()[0] % 2]


@cache
def _cities() -> tuple[np.ndarray, list[str]]:
    lines = [line.split("\t") for line in gazetteer.tables().places.decode("utf-8").splitlines()]
    cities = [c for c in lines if c[1] == "city"]
    return np.radians(np.array([[float(c[4]), float(c[5])] for c in cities])), [c[3][:2] for c in cities]


def nearest_country(lat: float, lon: float) -> str:
    """The country of the city nearest to a point."""
    at, codes = _cities()
    here = np.radians([lat, lon])
    d = np.sin((at - here) / 2) ** 2
    return codes[int((d[:, 0] + np.cos(at[:, 0]) * np.cos(here[0]) * d[:, 1]).argmin())]


def gold(record: dict[str, Any]) -> Gold:
    """A gold location with its country; None for what belongs to none."""
    title = unquote(record["page"].rpartition("/")[2]).replace("_", " ")
    bare = title.partition(" (")[0]
    found = gazetteer.look_up(bare if bare == title or title.endswith("(country)") else "")
    nation = next((e for e in found if e.kind == "nation"), None)
    area = next((e for e in found if e.kind == "area" and e.country is None), None)
    country = nation.country if nation else None if area else nearest_country(record["lat"], record["lon"])
    span = (record["start"], record["end"])
    return Gold(span, record["name"], record["lat"], record["lon"], country, nation is not None)


def documents(shared: Path) -> Iterator[tuple[str, Article, list[Gold]]]:
    """(id, article, places) of each document."""
    path = shared / "gold" / "geovirus" / "docs.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        article = Article(id=record["id"], capture="", language="en", text=record["text"])
        yield record["id"], article, [gold(g) for g in record["locations"]]


def error(g: Gold, p: Place | None) -> float:
    """How far off an answer is, in km; 0 for the right country of a country, infinite where there is no answer."""
    if p is None:
        return float("inf")
    if g.is_country:
        return 0.0 if p.precision == "country" and p.country == g.country else float("inf")
    if p.lat is None or p.lon is None:
        return float("inf")
    return places.distance(g.lat, g.lon, p.lat, p.lon)


def given(article: Article, wanted: list[Gold]) -> list[Place | None]:
    """The answers for gold spans, in their order."""
    spans = sorted({g.span for g in wanted})
    found = {p.span: p for p in places.resolve(article.text, spans, article)}
    return [found.get(g.span) for g in wanted]


def encoded(article: Article) -> list[network.Encoded]:
    """What the network makes of an article."""
    return network.encode(network.shipped(), windows(article.text, network.vocabulary()))


def end_to_end(article: Article) -> tuple[Place, ...]:
    """The places that the whole reader would find."""
    return places.find(article.text, names.find(article.text, encoded(article)), article)


def trimmed(text: str, span: Span) -> Span:
    """A span without a leading "the" and a final full stop."""
    start, end = span
    return start + 4 * text[start:end].lower().startswith("the "), end - text[start:end].endswith(".")


def shares(rows: Iterable[tuple[Gold, Place | None]]) -> dict[str, float]:
    """Within 161 km, median error and wrong country of answers for given mentions."""
    pairs = list(rows)
    errors = [error(g, p) for g, p in pairs]
    known = [(g, p) for g, p in pairs if g.country]
    wrong = sum(p is not None and p.country is not None and p.country != g.country for g, p in known)
    return {
        "within 161 km": sum(e <= NEAR for e in errors) / len(errors),
        "median km": statistics.median(errors),
        "wrong country": wrong / len(known),
        "answered": sum(p is not None and p.country is not None for _, p in known) / len(known),
    }


def score(shared: Path, verbose: bool = False, net: bool = True) -> dict[str, float]:
    """Shares of both halves and all of it, by name; `net` False leaves out what needs the network."""
    rows: dict[str, list[tuple[Gold, Place | None]]] = {h: [] for h in HALVES}
    counts: dict[str, Counter[str]] = {h: Counter() for h in HALVES}
    for ident, article, wanted in documents(shared):
        answers = list(zip(wanted, given(article, wanted), strict=True))
        rows[half(ident)] += answers
        if verbose and half(ident) == "read":
            show(ident, article, answers)
        if net:
            counts[half(ident)].update(met(article, wanted, verbose and half(ident) == "read"))
    found = {}
    for name in (*HALVES, "all"):
        parts = HALVES if name == "all" else (name,)
        found |= {f"{name}, given: {k}": v for k, v in shares(r for h in parts for r in rows[h]).items()}
        if net:
            total = sum((counts[h] for h in parts), Counter())
            found |= {f"{name}, found: {k}": v for k, v in prf(total["right"], total).items()}
            found |= {f"{name}, found and located: {k}": v for k, v in prf(total["near"], total).items()}
    return found


def prf(right: int, total: Counter[str]) -> dict[str, float]:
    """Precision, recall and F1 of what is right among the marked and the gold mentions."""
    precision, recall = right / max(1, total["marked"]), right / max(1, total["gold"])
    return {"P": precision, "R": recall, "F1": 2 * right / max(1, total["marked"] + total["gold"])}


def resident() -> float:
    """This process's memory in MiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def costs(shared: Path) -> dict[str, float]:
    """What the gazetteer and 750 words cost, once the names are found; call it before anything loads the gazetteer."""
    begun, before = time.perf_counter(), resident()
    gazetteer.tables()
    loaded, grown = time.perf_counter() - begun, resident() - before
    articles = [article for _, article, _ in documents(shared)]
    ready = [(a, names.find(a.text, encoded(a))) for a in articles]
    words = sum(len(a.text.split()) for a in articles)
    passes = []
    for _ in range(5):
        gazetteer.look_up.cache_clear()
        candidates.cache_clear()
        begun = time.perf_counter()
        for article, found in ready:
            places.find(article.text, found, article)
        passes.append(time.perf_counter() - begun)
    return {"load, ms": 1000 * loaded, "load, MiB": grown, "750 words, ms": 750_000 * statistics.median(passes) / words}


def met(article: Article, wanted: list[Gold], verbose: bool) -> Counter[str]:
    """How many mentions there are, are marked, are both, and of those are near."""
    marked = {trimmed(article.text, p.span): p for p in end_to_end(article)}
    spans = {trimmed(article.text, g.span): g for g in wanted}
    both = spans.keys() & marked.keys()
    near = sum(error(spans[s], marked[s]) <= NEAR for s in both)
    if verbose:
        print("  missed:", sorted({spans[s].name for s in spans.keys() - both}))
        print("  too many:", sorted({marked[s].name for s in marked.keys() - both}))
    return Counter(gold=len(spans), marked=len(marked), right=len(both), near=near)


def show(ident: str, article: Article, answers: list[tuple[Gold, Place | None]]) -> None:
    """Prints the answers that are not right."""
    for g, p in answers:
        if error(g, p) > NEAR:
            around = article.text[max(0, g.span[0] - 30) : g.span[1] + 30].replace("\n", " ")
            got = (p.country, p.precision, p.geonames_id, p.lat, p.lon) if p else None
            print(f"{ident}: {g.name} {g.country} {g.lat},{g.lon} read as {got}: …{around}…")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument(
        "--verbose", action="store_true", help="show what is wrong in the half that rules are written from"
    )
    parser.add_argument("--given", action="store_true", help="given mentions alone, without the network")
    args = parser.parse_args()
    spent = {} if args.given else costs(args.shared)
    for name, value in (score(args.shared, args.verbose, net=not args.given) | spent).items():
        print(f"{name:40} {value:8.3f}")


if __name__ == "__main__":
    main()
