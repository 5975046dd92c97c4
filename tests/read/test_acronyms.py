"""What acronyms stand for: invented bodies, and some that everybody knows."""

import pytest

from onrecord.read.acronyms import acronym, body, body_pattern, initials, introduced


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A plant of Peat Corp. of Quarrin (PCQ) closed.", [("Peat Corp. of Quarrin", "PCQ")]),
        ("The Anti-Noise Agency (ANA) met.", [("Anti-Noise Agency", "ANA")]),
        ("She left. Sellik Harbour Board (SHB) met.", [("Sellik Harbour Board", "SHB")]),
        ("the gross sellik product (GSP)", []),
        ("The Harbour Board (SHB) met.", []),
    ],
)
def test_brackets_introduce_acronyms(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[slice(*full)], text[slice(*brief)]) for full, brief in introduced(text)] == expected


def test_initials_leave_nations_and_legal_forms_out() -> None:
    assert {"sha", "nsha"} <= initials("Norwegian Sellik Harbour Agency")
    assert "sm" in initials("Sellik Mills Ltd")
    assert acronym("S.H.A.") == "sha"
    assert acronym("Sellik") is None


def test_known_organisations_share_a_full_name_but_name_no_election() -> None:
    assert body("WHO") == body("the World Health Organisation") == "World Health Organization"
    assert body_pattern().search("NATO met")
    assert not body_pattern().search("the 2003 United States Senate election")
