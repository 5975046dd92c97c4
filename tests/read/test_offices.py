"""People tagged together with their office, and outlets known by what is done with them."""

import numpy as np
import pytest

from onrecord.read import offices, presses
from onrecord.read.speakers_sources import is_unnamed
from tests.support import at

PEOPLE, BODY = np.array([-0.1, -3.0, -3.0, -3.0]), np.array([-3.0, -0.1, -3.0, -3.0])


@pytest.mark.parametrize(
    ("text", "run", "scores", "parts"),
    [
        ("Minister of Defence of Norland Yauhen Drach said so.", "Norland Yauhen Drach", PEOPLE, ["Norland", "Yauhen Drach"]),
        ("The press secretary of the Ministry of Defence Irena Kolb spoke.", "Ministry of Defence Irena Kolb", BODY, ["Ministry of Defence", "Irena Kolb"]),
        ("Head of the Council of Toldia Xo Oss spoke. Oss left.", "Council of Toldia Xo Oss", BODY, ["Council of Toldia", "Xo Oss"]),
        ("The coach of Juan Carlos Ferro left.", "Juan Carlos Ferro", PEOPLE, ["Juan Carlos Ferro"]),
        ("Head of the Bank of New South Wales.", "Bank of New South Wales", BODY, ["Bank of New South Wales"]),
        ("In Norland Yauhen Drach said so.", "Norland Yauhen Drach", PEOPLE, ["Norland Yauhen Drach"]),
    ],
)  # fmt: skip
def test_a_run_is_parted_behind_its_office(text: str, run: str, scores: np.ndarray, parts: list[str]) -> None:
    assert [text[slice(*span)] for span, _ in offices.parted(text, at(run, text), scores)] == parts


def test_the_country_behind_a_portfolio_is_no_part_of_the_role() -> None:
    assert offices.without_country("Minister of Defence of Norland") == "Minister of Defence"
    assert (
        offices.without_country("Minister of Foreign Affairs of the Republic of Toldia")
        == "Minister of Foreign Affairs"
    )
    assert offices.without_country("President of Norland") == "President of Norland"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Two clerks have told The Lantern so. The Lantern is read everywhere.", ["Lantern", "Lantern"]),
        ("The gate was open, The Marl Beacon reported on Sunday.", ["Marl Beacon"]),
        ("The Lantern, a weekly published in Tarn, reported so.", ["Lantern"]),
        ("A woman told The Hague that it was late.", []),
        ("He told The Salvation Army that it was over.", []),
        ("The Guard reported heavy losses.", []),
        ("A Clerk Has Told The Minister Of Salt", []),
    ],
)
def test_outlets_are_told_and_report(text: str, names: list[str]) -> None:
    assert [text[slice(*span)] for span in presses.find(text)] == names


@pytest.mark.parametrize(
    ("source", "unnamed"),
    [
        ("two officers of the customs office", True),
        ("Three senior officials", True),
        ("a diplomat", True),
        ("a nurse at the centre", False),
        ("Several residents", False),
        ("the officers", False),
        ("two thirds of voters", False),
    ],
)
def test_officials_without_a_name(source: str, unnamed: bool) -> None:
    assert is_unnamed(source) is unnamed
