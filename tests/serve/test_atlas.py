"""The map: outlines, and places as exactly as they are told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.serve.atlas import LARGEST, WIDTH, Atlas, atlas
from onrecord.serve.shapes import countries, unrolled
from onrecord.store.coverage import Mentioned


def place(
    precision: str, country: str | None, name: str, lat: float | None, lon: float | None, n: int = 1
) -> Mentioned:
    return Mentioned(precision=precision, country=country, name=name, lat=lat, lon=lon, articles=n)


FRANCE = place("country", "FR", "France", 46.0, 2.0, 5)
LYON = place("city", "FR", "Lyon", 45.75, 4.85, 3)
BRITTANY = place("region", "FR", "Brittany", 48.0, -3.0)


def shaded(made: Atlas) -> list[str]:
    return [o.code for o in made.outlines if o.articles]


def test_a_country_is_an_area_and_never_a_point() -> None:
    made = atlas([FRANCE])
    assert shaded(made) == ["FR"]
    assert made.spots == ()
    assert {"DE", "ES", "IT"} <= {o.code for o in made.outlines}, "neighbours are in outline"
    assert "AU" not in {o.code for o in made.outlines}


def test_a_city_is_a_point_and_a_region_a_wide_ring() -> None:
    made = atlas([FRANCE, LYON, BRITTANY])
    city, region = made.spots
    assert (city.name, city.precision) == ("Lyon", "city")
    assert region.radius > 2 * city.radius
    assert region.x < city.x
    assert city.y > region.y
    assert city.label and region.label


def test_a_city_does_not_shade_its_country() -> None:
    made = atlas([LYON])
    assert shaded(made) == []
    assert made.countries == ()
    assert "FR" in {o.code for o in made.outlines}


def test_more_articles_make_a_larger_point() -> None:
    few, many = atlas([LYON, place("city", "FR", "Paris", 48.9, 2.4, 30)]).spots
    assert few.radius < many.radius


def test_a_country_too_small_to_be_seen_gets_a_ring() -> None:
    made = atlas([place("country", "RU", "Russia", 60, 90), place("country", "LU", "Luxembourg", 49.6, 6.1)])
    assert [(s.name, s.precision) for s in made.spots] == [("Luxembourg", "country")]


def test_what_cannot_be_located_is_only_named() -> None:
    made = atlas([place("unknown", None, "Marl", None, None), place("country", "QZ", "Seldrin", None, None)])
    assert made.outlines == ()
    assert made.unlocated == ("Marl",)
    assert made.countries == (("Seldrin", 1),)


def test_names_do_not_cover_each_other() -> None:
    near = [place("city", "FR", f"Town {n}", 45.0 + n / 1000, 4.0) for n in range(9)]
    lines = [s.label.y for s in atlas([FRANCE, *near]).spots if s.label]
    assert 1 <= len(lines) < 9


@pytest.mark.parametrize("code", ["RU", "FJ", "AQ", "US"])
def test_no_outline_runs_across_the_map(code: str) -> None:
    for c in countries():
        if c.code == code:
            for ring in c.rings:
                inside = [(a, b) for a, b in zip(ring, ring[1:], strict=False) if a[1] > -89 and b[1] > -89]
                assert all(abs(b[0] - a[0]) < 40 for a, b in inside)


def test_a_ring_across_the_antimeridian_is_cut_there() -> None:
    pieces = list(unrolled(((170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0))))
    assert sorted((min(x for x, _ in p), max(x for x, _ in p)) for p in pieces) == [(-180, -170), (170, 180)]


@settings(max_examples=50)
@given(st.lists(st.builds(place, st.sampled_from(["city", "region", "point", "country"]), st.sampled_from(["FR", "US", "NZ", "AQ", None]), st.just("x"), st.floats(-90, 90), st.floats(-180, 180), st.integers(1, 500)), max_size=6))  # fmt: skip
def test_the_map_holds_what_is_mentioned_and_stays_small(found: list[Mentioned]) -> None:
    made = atlas(found)
    assert all(-1 <= s.x <= WIDTH + 1 and -1 <= s.y <= made.height + 1 for s in made.spots if s.precision != "country")
    assert sum(len(o.path) for o in made.outlines) <= LARGEST
    assert all(re.fullmatch(r"(M[-\d ]+l[-\d ]+z)+", o.path) for o in made.outlines)
