"""Negative sentences that say enough to be set against what others wrote, and those that do not; and what they deny."""

import pytest

from onrecord.resolve.gainsaid import Told, gainsaid, negatives


def against(words: str, other: str, speaker: str = "") -> bool:
    told = Told("a", "star.example", "o", f"Fog over the bay\n\n{other}")
    return gainsaid(words, negatives(words), [told], speaker) is not None


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("Lissa will not be evacuated.", "The port of Lissa is to be EVACUATED by the weekend."),
        ("There has been no robbery in Oster.", "Chemists in Oster fear a robbery, and one had a robbery on Monday."),
        ("At no time did a pump stop.", "A pump had stopped for four minutes, a stoker said."),
        (
            "The trawler Marianne did not sink off Lissa.",
            "The trawler Marianne sank off Lissa on Monday, two sailors said.",
        ),
        ("Our guards did not fire on anybody in Lissa.", "Guards fired on a crowd in Lissa on Monday."),
        ("No explosion took place at Brenn.", "A boiler exploded at Brenn during the night."),
    ],
)
def test_what_others_wrote_is_denied(words: str, other: str) -> None:
    assert against(words, other)


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("Lissa will not be evacuated.", "The port of Lissa will not be evacuated, the mayor said."),
        ("Lissa will not be evacuated.", "If the dam breaks, Lissa will be evacuated."),
        ("Lissa will not be evacuated.", "The mayor denied that Lissa would be evacuated."),
        ("Lissa will not be evacuated.", "Will Lissa be evacuated?"),
        ("Lissa will not be evacuated.", "The village of Oster is to be evacuated. Lissa sleeps."),
        ("Lissa has not been evacuated yet.", "Lissa is to be evacuated."),
        ("I do not know whether Lissa will be evacuated.", "Lissa is to be evacuated."),
        ("Let nobody evacuate Lissa.", "Lissa is to be evacuated."),
        ("Nobody resigned.", "The mayor resigned on Monday."),
    ],
)
def test_nothing_is_denied(words: str, other: str) -> None:
    assert not against(words, other)


def test_nobody_denies_himself_nor_his_own_words_badly_quoted() -> None:
    assert not against("Lissa will not be evacuated.", "Maur said that Lissa would be evacuated.", "Edvard Maur")
    assert not against(
        "We are not ready to close the bridge at Lissa.", "‘We are ready to close the bridge at Lissa.’", "Ida Moll"
    )
