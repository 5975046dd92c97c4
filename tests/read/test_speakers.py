"""Speakers from given spans and names: the rules alone, without the network."""

from onrecord.model import Attribution, Entity
from onrecord.read.names import Name
from onrecord.read.speakers import resolve
from tests.support import at

TEXT = (
    "“The watch was agreed,” Quarrin’s Interior Minister Marta Velling has said.\n\n"
    "“I would believe it,” she said in an interview with the weekly ‘The Lantern’, and the interior minister warned that it was late.\n\n"
    "The chief of the Frontier Guard, Anders Pohl, assured that it stays open. “We wait,” he stressed.\n\n"
    "“It is a call-up,” sources close to the staff have told the above-mentioned weekly. They added that it was big. These same sources said more.\n\n"
    "Velling’s spokesman said she was away. The minister, who laughed, said no."
)


def said(number: int, source: str, cue: str, content: str, n: int = 0, within: str | None = None) -> Attribution:
    return Attribution(
        id=f"a{number}",
        kind="direct",
        source=(at(source, TEXT, n),),
        cue=(at(cue, TEXT),),
        content=(at(content, TEXT),),
        within=within,
        confidence=1.0,
    )


ATTRIBUTIONS = (
    said(1, "Quarrin’s Interior Minister Marta Velling", "has said", "The watch was agreed"),
    said(2, "she", "said in", "I would believe it"),
    said(3, "the interior minister", "warned", "it was late"),
    said(4, "The chief of the Frontier Guard, Anders Pohl", "assured", "it stays open"),
    said(5, "he", "stressed", "We wait", n=TEXT[: TEXT.index("he stressed")].count("he")),
    said(6, "sources close to the staff", "have told", "It is a call-up"),
    said(7, "They", "added", "it was big"),
    said(8, "These same sources", "said more", "more"),
    said(9, "Velling’s spokesman", "said she", "she was away"),
    said(10, "I", "would believe", "it,", n=TEXT[: TEXT.index("I would")].count("I"), within="a2"),
)
NAMES = [
    Name(at("Marta Velling", TEXT), "person"), Name(at("The Lantern", TEXT), "outlet"), Name(at("Frontier Guard", TEXT), "organisation"),
    Name(at("Anders Pohl", TEXT), "person"), Name(at("Velling", TEXT, 1), "person"),
]  # fmt: skip


def resolved() -> tuple[dict[str, Entity], dict[str, Attribution]]:
    found, entities = resolve(TEXT, ATTRIBUTIONS, NAMES)
    return {e.id: e for e in entities}, {a.id: a for a in found}


def test_speakers_in_full() -> None:
    entities, found = resolved()
    names = {k: entities[a.speaker].name if a.speaker else None for k, a in found.items()}
    assert names == {
        "a1": "Marta Velling", "a2": "Marta Velling", "a3": "Marta Velling", "a4": "Anders Pohl", "a5": "Anders Pohl",
        "a6": "sources close to the staff", "a7": "sources close to the staff", "a8": "sources close to the staff", "a9": "Velling’s spokesman", "a10": "Marta Velling",
    }  # fmt: skip


def test_kinds_venues_and_roles() -> None:
    entities, found = resolved()
    assert (found["a1"].speaker_kind, found["a6"].speaker_kind, found["a9"].speaker_kind) == (
        "named",
        "anonymous",
        "described",
    )
    assert [entities[v].name for v in (found["a2"].venue, found["a6"].venue) if v] == ["The Lantern", "The Lantern"]
    roles = {e.name: e.role for e in entities.values() if e.role}
    assert roles["Anders Pohl"] == "chief of the Frontier Guard" and roles["Marta Velling"].endswith(
        "Interior Minister"
    )


def test_mentions_hold_names_descriptions_and_pronouns() -> None:
    entities, _ = resolved()
    velling = next(e for e in entities.values() if e.name == "Marta Velling")
    words = [TEXT[s:e] for s, e in velling.mentions]
    assert {"Marta Velling", "she", "the interior minister", "I"} <= set(words)


def one(text: str, source: str, *names: tuple[str, str]) -> str | None:
    """The name of the speaker behind a source, given the names in the text."""
    said = Attribution(id="a1", kind="indirect", source=(at(source, text),), cue=(at("said", text),), content=(at("it", text),), confidence=1.0)  # fmt: skip
    found, entities = resolve(text, (said,), [Name(at(words, text), kind) for words, kind in names])  # type: ignore[arg-type]
    return next((e.name for e in entities if e.id == found[0].speaker), None)


def test_an_acronym_is_no_pronoun() -> None:
    assert one("In the Isles, WHO said it works.", "WHO", ("Isles", "place")) == "WHO"


def test_a_person_behind_the_name_of_a_town() -> None:
    text = "Port Sorrel Mayor Ann Bar said it works."
    assert one(text, "Port Sorrel Mayor Ann Bar", ("Port Sorrel", "person"), ("Ann Bar", "person")) == "Ann Bar"


def test_the_agency_is_the_body_named_before_where_no_outlet_is() -> None:
    text = "The Fever Office met. The agency said it works."
    assert one(text, "The agency", ("Fever Office", "organisation")) == "Fever Office"


def test_a_venue_stands_in_the_sentence_of_its_cue() -> None:
    text = "Ann Bar said it works. Tom Vey spoke later, telling the Tidewire so."
    said = Attribution(id="a1", kind="indirect", source=(at("Ann Bar", text),), cue=(at("said", text),), content=(at("it works", text),), confidence=1.0)  # fmt: skip
    found, _ = resolve(text, (said,), [Name(at("Ann Bar", text), "person"), Name(at("Tidewire", text), "outlet")])
    assert found[0].venue is None


def test_it_is_the_body_that_its_sentence_begins_with() -> None:
    """Also behind a dateline, and not the country that the sentence names last."""
    text = "TARN, Isles, June 2 (NW) — The charity Open Sky has counted 900 people in the Isles, it said on Friday."
    said = Attribution(id="a1", kind="indirect", source=(at("it", text, 1),), cue=(at("said", text),), content=(at("900 people", text),), confidence=1.0)  # fmt: skip
    assert text[slice(*said.source[0])] == "it"
    names = [Name(at("Open Sky", text), "organisation"), Name(at("Isles", text), "place"), Name(at("Isles", text, 1), "place")]  # fmt: skip
    found, entities = resolve(text, (said,), names)
    assert [e.name for e in entities if e.id == found[0].speaker] == ["Open Sky"]


def test_an_office_has_its_capital_from_the_headline() -> None:
    assert one("Coroner said it was late.\n\nNobody slept.", "Coroner") == "coroner"
    assert one("Nobody slept. Coroner said it was late.", "Coroner") == "Coroner"


def test_it_is_the_document_that_the_sentence_before_begins_with() -> None:
    text = "Tarn wants an end. A draft letter, of which the Tidewire has a copy, sets out how. By March, it said so, all must go."
    said = Attribution(id="a1", kind="indirect", source=(at("it", text),), cue=(at("said", text),), content=(at("all must go", text),), confidence=1.0)  # fmt: skip
    found, entities = resolve(text, (said,), [Name(at("Tidewire", text), "outlet"), Name(at("Tarn", text), "place")])
    assert [(e.name, e.type) for e in entities if e.id == found[0].speaker] == [("draft letter", "document")]
