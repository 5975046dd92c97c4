"""The outlines of countries: borders stay shared, small islands go."""

from __future__ import annotations

from training.shapes import built, simplified

# two squares side by side, in steps of a hundredth of a degree: arc 0 is their border, with a bend too small to keep
BORDER = [[100, 0], [1, 40], [-1, 60]]
LEFT, RIGHT = [[100, 100], [-100, 0], [0, -100], [100, 0]], [[100, 0], [100, 0], [0, 100], [-100, 0]]
ISLAND = [[500, 500], [10, 0], [0, 10], [-10, 0], [0, -10]]
TOPOLOGY = {
    "transform": {"scale": [0.01, 0.01], "translate": [0, 0]},
    "arcs": [BORDER, LEFT, RIGHT, ISLAND],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "MultiPolygon", "id": "001", "properties": {"name": "Westmark"}, "arcs": [[[0, 1]], [[3]]]},
                {"type": "Polygon", "id": "002", "properties": {"name": "Eastmark"}, "arcs": [[2, -1]]},
                {"type": "Polygon", "id": "002", "properties": {"name": "East Rock"}, "arcs": [[3]]},
                {"type": "Polygon", "properties": {"name": "Nobody's Rock"}, "arcs": [[3]]},
            ]
        }
    },
}


def test_neighbours_share_their_border_and_small_islands_go() -> None:
    made = built(TOPOLOGY, {1: "QW", 2: "QE"})
    assert [(code, name) for code, name, _ in made["countries"]] == [
        ("Nobody's Rock", "Nobody's Rock"), ("QE", "Eastmark"), ("QW", "Westmark"),
    ]  # fmt: skip
    rings = {code: found for code, _, found in made["countries"]}
    assert made["arcs"][rings["QW"][0][0]] == [100, 0, 0, 100]
    assert rings["QE"][0][1] == ~rings["QW"][0][0]
    assert len(rings["QW"]) == 1, "its island is too small"
    assert len(rings["Nobody's Rock"]) == 1, "the largest piece stays, however small"


def test_a_closed_line_keeps_the_point_farthest_from_its_ends() -> None:
    assert simplified([(0, 0), (50, 1), (100, 0), (50, -1), (0, 0)]) == [(0, 0), (100, 0), (0, 0)]
    assert simplified([(0, 0), (50, 40), (100, 0)]) == [(0, 0), (50, 40), (100, 0)]
