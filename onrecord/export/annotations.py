"""W3C Web Annotations (Recommendation of 2017): one a statement, whose target is its words on the page.

The target's state is the capture: `cached` names the text and the bytes that were kept, so that positions, which count code points of the article's
text, keep their meaning when the page changes. Selectors of one target say the same twice: by words and by place.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from onrecord.export import view
from onrecord.export.lines import actor_id, encoded, entity, filled, line, moment, page, reader, speaker, urn
from onrecord.model import Attribution
from onrecord.store.dossier import Dossier
from onrecord.store.exporting import Selection
from onrecord.text import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 40  # characters before and after the words, so that they are found again


def write(selection: Selection, out: BinaryIO) -> None:
    """One annotation a line, each a document of its own."""
    for d in selection.dossiers():
        for a in d.attributions:
            line(out, {"@context": CONTEXT} | annotation(d, a))


def write_collection(selection: Selection, out: BinaryIO) -> None:
    """One AnnotationCollection with all annotations on its first and only page."""
    head = {"@context": CONTEXT, "id": urn("export", selection.id), "type": "AnnotationCollection", "label": selection.name}  # fmt: skip
    first = {"id": urn("export", selection.id) + ":1", "type": "AnnotationPage", "startIndex": 0}
    out.write(encoded(head)[:-1] + b',"first":' + encoded(first)[:-1] + b',"items":[')
    total = 0
    for d in selection.dossiers():
        for a in d.attributions:
            out.write((b",\n" if total else b"\n") + encoded(annotation(d, a)))
            total += 1
    out.write(b'\n]},"total":%d}\n' % total)


def annotation(d: Dossier, a: Attribution) -> dict[str, Any]:
    """A statement as an annotation of its content."""
    targets = [target(d, span) for span in a.content]
    software = {"id": urn("software", reader(d)), "type": "Software", "name": reader(d)}
    return {
        "id": urn("attribution", d.ids[a.id]),
        "type": "Annotation",
        "motivation": ["describing", "identifying"],
        "created": moment(d.read_when),
        "creator": software,
        "body": list(bodies(d, a)),
        "target": targets[0] if len(targets) == 1 else targets,  # several targets: the parts of broken words
    }


def bodies(d: Dossier, a: Attribution) -> list[dict[str, Any]]:
    """What is said about the words: who speaks, where it says so, and how it is said."""
    found: list[dict[str, Any]] = []
    if name := speaker(d, a):
        role = getattr(entity(d, a.speaker), "role", None)
        found.append(text(f"{name}, {role}" if role else name, "identifying", d.article.language))
    if a.speaker:
        found.append({"type": "SpecificResource", "source": urn("actor", actor_id(d, a.speaker)), "purpose": "identifying"})  # fmt: skip
    found += [target(d, span) | {"purpose": "linking"} for span in (*a.source, *a.cue)]
    tags = [f"quotation:{a.kind}", f"act:{a.act}", f"certainty:{a.certainty}", *(["denied"] if a.negated else [])]
    tags += [f"speaker:{a.speaker_kind}"] if a.speaker_kind else []
    found += [text(tag, "tagging") for tag in tags]
    manner = view.cells([*view.badges(a)[0], *view.badges(a)[1], *(f"via {name}" for name in view.chain(d.reading, a))])
    return [*found, text(manner, "describing", "en")]


def text(value: str, purpose: str, language: str | None = None) -> dict[str, Any]:
    """Words as a body."""
    return filled(type="TextualBody", value=value, purpose=purpose, format="text/plain", language=language)


def target(d: Dossier, span: Span) -> dict[str, Any]:
    """Words of an article, on its page as it was captured."""
    article = urn("article", d.article.id)
    state = filled(type="TimeState", sourceDate=moment(d.captures[0].fetched or d.first_seen), cached=[article, urn("capture", d.article.capture)])  # fmt: skip
    return {
        "type": "SpecificResource",
        "source": page(d) or article,
        "state": state,
        "selector": selectors(d.article.text, span),
    }


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """The same words by what they are and by where they stand; before and after them no further than the paragraph."""
    start, end = span
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    quote = filled(type="TextQuoteSelector", exact=text[start:end], prefix=before.rpartition("\n")[2], suffix=after.partition("\n")[0])  # fmt: skip
    return [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
