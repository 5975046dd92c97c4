"""Whom an article comes from, and on whose word each statement rests."""

import pytest

from onrecord.model import Article, Attribution, Clutter, Entity, Outlet, ReaderInfo, Reading
from onrecord.resolve.credits import credits
from onrecord.resolve.origins import chain, one_description, origin, origins
from tests.support import article, at
from tests.watch.support import reading as read_as_written

SAID = "The minister said that ships would pay more. She gave no date."


def signed(body: str, outlet: str = "Daily Tern", clutter: str | None = None, **more: object) -> Article:
    lines = (Clutter(text=clutter, kind="credit"),) if clutter else ()
    return article(f"Levy to rise\n\n{body}", outlet=Outlet(name=outlet, domain=None), clutter=lines, **more)


def named(found: Article) -> list[str]:
    return [c.name for c in credits(found)]


@pytest.mark.parametrize(
    ("opening", "names"),
    [
        ("SELDRIN (AP) — ", ["Associated Press"]),
        ("(Reuters) - ", ["Reuters"]),
        ("Seldrin (AFP) - ", ["Agence France-Presse"]),
        ("NEW SELDRIN, Corriel, March 3 (NWA) -- ", ["NWA"]),
        ("SELDRIN, March 3 /Nordwire/ - ", ["Nordwire"]),
        ("Seldrin, March 3 (Nordwire) — ", ["Nordwire"]),
        ("SELDRIN (AP/dpa) — ", ["Associated Press", "Deutsche Presse-Agentur"]),
        ("By our correspondent\n\nSELDRIN (AP) — ", ["Associated Press"]),
        ("SELDRIN (Updated) — ", []),
        ("SELDRIN (Daily Tern) — ", []),
        ("Minister Karvonen (AP) said so. ", []),
        ("Ilse Karvonen (Corriel) - ", []),
        ("SELDRIN — ", []),
    ],
)
def test_an_agency_in_the_dateline(opening: str, names: list[str]) -> None:
    found = signed(opening + SAID)
    assert named(found) == names
    assert all(found.text[slice(*span)] == c.words for c in credits(found) for span in c.spans)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("— Northern Wire Agency", ["Northern Wire Agency"]),
        ("She left on Friday. — AFP", ["Agence France-Presse"]),
        ("© AFP", ["Agence France-Presse"]),
        ("Copyright 2026 The Northern Press Agency. All rights reserved.", ["Northern Press Agency"]),
        ("Source: dpa", ["Deutsche Presse-Agentur"]),
        ("Distributed by Nordwire", ["Nordwire"]),
        ("— Ilse Karvonen", []),
        ("Photo: AFP", []),
        ("© 2026 Daily Tern", []),
    ],
)
def test_an_agency_in_a_credit_line_in_the_text_or_taken_out_of_it(line: str, names: list[str]) -> None:
    for found in (signed(f"{SAID}\n\n{line}"), signed(SAID, clutter=line)):
        assert named(found) == names
    inside = signed(f"{SAID}\n\n{line}")
    assert all(inside.text[slice(*span)] == c.words for c in credits(inside) for span in c.spans)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ann Bar, Associated Press", ["Associated Press"]),
        ("Ann Bar Associated Press", ["Associated Press"]),
        ("Reuters Staff", ["Reuters"]),
        ("Nordwire", ["Nordwire"]),
        ("Ann Bar", []),
        ("Daily Tern", []),
    ],
)
def test_an_agency_in_the_byline(byline: str, names: list[str]) -> None:
    assert named(signed(SAID, byline=(byline,))) == names


@pytest.mark.parametrize(
    "line",
    [
        "With files from The Canadian Press",
        "The Canadian Press contributed to this report.",
        "Additional reporting by the Canadian Press",
        "(Reporting by Ann Bar in Seldrin for The Canadian Press; editing by Tom Fell)",
    ],
)
def test_who_helped_counts_only_where_nobody_signs(line: str) -> None:
    assert named(signed(SAID, clutter=line)) == ["Canadian Press"]
    assert named(signed(SAID, clutter=line, byline=("Ann Bar",))) == []


def test_an_acronym_is_named_by_its_long_form_where_the_article_gives_it() -> None:
    assert named(signed(f"SELDRIN (NWA) - {SAID}\n\n— Northern Wire Agency")) == ["Northern Wire Agency"]


def test_an_agency_signs_its_own_articles_too() -> None:
    assert named(signed("SELDRIN (NWA) - " + SAID, outlet="Northern Wire Agency")) == []


TEXT = (
    "Levy to rise\n\n"
    "Ilse Karvonen told the Tidewire that ships would pay more. Two officials told the Ledger that the dam was unsafe. "
    "The Ledger reported that Lena Marr had resigned. The Herald, citing sources, said the border was shut. "
    "Officials said the strike was over. A fisherman said he saw smoke. A spokesman for the ministry said nobody was hurt. "
    "Police said three were held. The Herald said the bank had closed."
)


def entity(id: str, name: str, type: str, words: str | None = None) -> Entity:
    return Entity(id=id, name=name, type=type, mentions=(at(words or name, TEXT),))  # type: ignore[arg-type]


CAST = (
    entity("e1", "Ilse Karvonen", "person"),
    entity("e2", "Tidewire", "outlet"),
    entity("e3", "Two officials", "group"),
    entity("e4", "Ledger", "outlet"),
    entity("e5", "Lena Marr", "person"),
    entity("e6", "Herald", "organisation"),
    entity("e7", "sources", "group"),
    entity("e8", "Officials", "group"),
    entity("e9", "fisherman", "person", "A fisherman"),
    entity("e10", "spokesman for the ministry", "person", "A spokesman for the ministry"),
    entity("e11", "Police", "group"),
)


def said(
    id: str, speaker: str | None, kind: str, content: str, venue: str | None = None, within: str | None = None
) -> Attribution:
    return Attribution(id=id, kind="indirect", speaker=speaker, speaker_kind=kind, content=(at(content, TEXT),), venue=venue, within=within, confidence=0.9)  # type: ignore[arg-type]  # fmt: skip


ALL = (
    said("a1", "e1", "named", "that ships would pay more", venue="e2"),
    said("a2", "e3", "anonymous", "that the dam was unsafe", venue="e4"),
    said("a3", "e4", "outlet", "that Lena Marr had resigned"),
    said("a4", "e5", "named", "Lena Marr had resigned", within="a3"),
    said("a5", "e6", "named", "the border was shut"),
    said("a6", "e7", "anonymous", "the border was shut", within="a5"),
    said("a7", "e8", "collective", "the strike was over"),
    said("a8", "e9", "described", "he saw smoke"),
    said("a9", "e10", "described", "nobody was hurt"),
    said("a10", "e11", "collective", "three were held"),
    said("a11", None, "anonymous", "the bank had closed"),
    said("a12", "e6", "named", "the bank had closed"),
)


def reading(outlet: str | None = "Daily Tern") -> Reading:
    own = Outlet(name=outlet, domain=None) if outlet else None
    return Reading(input="page.html", reader=ReaderInfo(name="en", version="0"), article=article(TEXT, outlet=own), attributions=ALL, entities=CAST)  # fmt: skip


def test_each_statement_rests_on_somebodys_word() -> None:
    found = {label: (o.kind, o.name) for label, o in origins(reading()).items()}
    assert found == {
        "": ("outlet", "Daily Tern"),
        "a1": ("speaker", "Ilse Karvonen"),
        "a2": ("anonymous", "Ledger"),
        "a3": ("speaker", "Lena Marr"),
        "a4": ("speaker", "Lena Marr"),
        "a5": ("anonymous", "Herald"),
        "a6": ("anonymous", "Herald"),
        "a7": ("anonymous", "Daily Tern"),
        "a8": ("anonymous", "Daily Tern"),
        "a9": ("speaker", "spokesman for the ministry"),
        "a10": ("speaker", "Police"),
        "a11": ("anonymous", "Daily Tern"),
        "a12": ("speaker", "Herald"),
    }


def test_one_unnamed_source_through_one_paper_is_one_origin_in_every_outlet() -> None:
    here, there = origins(reading("Daily Tern")), origins(reading("Corriel Post"))
    assert here["a2"].id == there["a2"].id and here["a1"].id == there["a1"].id
    assert here["a7"].id != there["a7"].id and here[""].id != there[""].id


def test_what_a_paper_is_quoted_with_is_what_its_own_article_says() -> None:
    quoted = origins(reading(), is_outlet=lambda name: name == "Herald")["a12"]
    assert quoted.id == origins(reading("The Herald"))[""].id


def test_an_agency_or_the_article_that_is_copied_stands_behind_the_articles_own_words() -> None:
    wire = credits(signed("SELDRIN (Nordwire) - " + SAID))
    copied = origin("outlet", "Corriel Post")
    for more, kind, name in (
        ({"credits": wire}, "agency", "Nordwire"),
        ({"copied": copied}, "outlet", "Corriel Post"),
        ({"credits": wire, "copied": copied}, "agency", "Nordwire"),
    ):
        found = origins(reading(), **more)  # type: ignore[arg-type]
        assert (found[""].kind, found[""].name) == (kind, name)
        assert (found["a7"].kind, found["a7"].name) == ("anonymous", name)
        assert found["a2"].name == "Ledger"
    assert origins(reading("Nordwire"))[""].id == origins(reading(), credits=wire)[""].id


def test_speakers_are_known_by_what_the_record_calls_them() -> None:
    ids = {"e1": "actor-1"}
    one = origins(reading(), name_of=lambda label: ids.get(label, label))["a1"]
    assert (one.name, one.id) == ("Ilse Karvonen", origin("speaker", "I. Karvonen", "actor-1").id)


def test_through_whom_it_reached_us() -> None:
    r = reading()
    wire = credits(signed("SELDRIN (Nordwire) - " + SAID))
    assert chain(r, "a1") == ("Tidewire", "Daily Tern")
    assert chain(r, "a4") == chain(r, "a3") == ("Ledger", "Daily Tern")
    assert chain(r, "a6", wire) == ("Herald", "Nordwire", "Daily Tern")
    assert chain(r, "a7") == chain(r, "") == ("Daily Tern",)
    assert chain(reading(None), "", copied=origin("outlet", "Corriel Post")) == ("Corriel Post",)


def test_ids_tell_kinds_apart_and_know_no_case() -> None:
    assert origin("outlet", "The Tidewire").id == origin("outlet", "tidewire").id
    assert len({origin(kind, "Tidewire").id for kind in ("speaker", "anonymous", "agency", "outlet")}) == 4  # type: ignore[arg-type]


def test_an_agency_is_one_origin_by_its_long_name_and_its_short_one() -> None:
    wire = credits(signed("SELDRIN (NWA) - " + SAID))
    long, short = origins(reading("Northern Wire Agency")), origins(reading(), credits=wire)
    assert (long[""].id, long["a7"].id) == (short[""].id, short["a7"].id)
    assert origin("agency", "Associated Press").id != origin("agency", "Allied Press Agency").id


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        ("There are 230 fighters at the mine of Velk, two officers of the mountain brigade have told Radio Harn.", "anonymous", "Tidewire"),
        ("Lake Orr stood at 479 metres, according to a radar altimeter of the Arle Commission.", "speaker", "radar altimeter of the Arle Commission"),
        ("Ostland plans to buy 60 ferries, according to a draft of the harbour budget.", "speaker", "draft of the harbour budget"),
        ("Ostland plans to buy 60 ferries, according to a confidential sheet that The Tern has seen.", "speaker", "confidential sheet"),
        ("Two officers of the mountain brigade said there were 230 fighters.", "anonymous", "Tidewire"),
    ],
)  # fmt: skip
def test_whose_word_it_is_as_the_reader_reads_it(body: str, kind: str, name: str) -> None:
    found = read_as_written(body)
    outer = max(found.attributions, key=lambda a: a.content[-1][1] - a.content[0][0])
    told = origins(found)[outer.id]
    assert (told.kind, told.name) == (kind, name)


def test_a_described_outlet_is_the_only_one_that_the_article_names() -> None:
    body = "A radio station in Lesmere reported that 230 fighters were at the mine. Radio Harn said so on Friday."
    found = read_as_written(body)
    told = origins(found, is_outlet=lambda name: name == "Radio Harn")
    assert {told[a.id].name for a in found.attributions} == {"Radio Harn"}
    found = read_as_written("The bridge is shut, a Lesmerian weekly reported. The Harn Post cited two masons.")
    told = origins(found, is_outlet=lambda name: name in ("Harn Post", "The Harn Post"))
    assert "Lesmerian weekly" not in {told[a.id].name for a in found.attributions}


def test_who_is_described_first_is_named_in_the_next_paragraph() -> None:
    body = "Wolves in the park\n\nRangers of the park have counted at least 56 wolves, the head of their union said on Monday.\n\n“We counted twice,” Ulla Brok told a news conference.\n\nThe park is old."
    assert "Ulla Brok" in {o.name for a, o in origins(read_as_written(body)).items() if a}
    assert not any(o.kind == "anonymous" for o in origins(read_as_written(body)).values())


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("coastguard", "Lesmere’s coastguard", True),
        ("Lesmere's coastguard", "Lesmere’s coastguard", True),
        ("Lesmeran army", "Lesmere's army", True),
        ("Lesmeran army", "Quarrin's army", False),
        ("minister", "defence minister", False),
        ("Harn Post", "Post", False),
    ],
)
def test_a_description_is_one_whosesoever_it_is_said_to_be(a: str, b: str, one: bool) -> None:
    assert one_description(a, b) == one_description(b, a) == one


def test_a_relative_who_is_named_is_nobody_else() -> None:
    body = "Police arrested Mirela Holt on Sunday, her brother said.\n\nSix men came at noon, Emil Holt told the Daily Tern."
    found = read_as_written(body, "Mirela Holt is arrested")
    assert {o.name for a, o in origins(found).items() if a} == {"Emil Holt"}


def test_monitors_are_their_monitoring_mission() -> None:
    body = "International monitors said on Sunday that they had counted 640 boats on the Arle.\n\nThe Arle Monitoring Mission said that it had spent four days there."
    found = read_as_written(body, "Monitors count boats")
    assert "Arle Monitoring Mission" in {o.name for a, o in origins(found).items() if a and o.kind == "speaker"}
    counted = next(a for a in found.attributions if a.speaker_kind == "collective")
    assert origins(found)[counted.id].name == "Arle Monitoring Mission"
