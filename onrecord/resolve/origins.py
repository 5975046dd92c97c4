"""Origins: on whose word each statement of an article rests, and through whom it came.

An origin is an independent source: those who share one would all be wrong if it were wrong.

1. What an article says in its own voice is the word of the agency it is credited to, else of the outlet of the article it copies, else of its own.
2. What a speaker on the record says is that speaker's, wherever it is printed; an outlet or agency that speaks is its newsroom.
3. What an unnamed source says is the word of the person on the record who hands it on, if there is one; else it rests on the outlet it told:
   the venue, else the outlet that an enclosing attribution has reporting it, else as in 1.
4. Where an attribution only passes another on ("according to the Herald, Marr said …") both are of the inner one's origin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from onrecord.knowledge import Credit, Origin, OriginKind
from onrecord.model import Article, Attribution, Entity, Reading
from onrecord.read.manner import lexicon
from onrecord.resolve.credits import agency, folded, known_by
from onrecord.text import digest, merge, words_of

UNNAMED = re.compile(r"(?:an?|one|another|some|several|two|three|many)\s", re.I)
# What measures or holds what it says: "a radar altimeter of the river commission" is nobody who hides his name.
INSTRUMENT = re.compile(
    r"\b(?:\w*meter|gauge|sensor|satellite|camera|radar|drone|buoy|telescope|probe|census|survey|poll|index|register|database)s?\b",
    re.I,
)
# What a newsroom has seen, and what then speaks, is a piece of writing, whatever it is called.
SEEN = re.compile(
    r"\b(?:that|which)\s[^.;]{1,40}?\s(?:has|have|had)\s(?:seen|read|obtained|reviewed|viewed|examined)\b"
    r"|\b(?:seen|obtained|reviewed|viewed|examined)\sby\b|\b(?:leaked|passed|shown)\sto\b"
)
ATTACHED = re.compile(r"(?<=\w)\s(?:of|in|from|for|at|with)\s")
COMPARISON = re.compile(r"\b(?:as|than)$")
SPOKESMAN = re.compile(r"\bspokes\w+", re.I)
JOINING = {"that", "the", "and", "to", "had", "has", "have"}
UNKNOWN = "an unknown outlet"
TELLING = re.compile(r"(?:(?:have|has|had)\s)?(?:told|tell|tells)", re.I)
OWNED = re.compile(  # "Pellany's coastguard", "the Lesmeran army"
    r"(?:[Tt]he\s)?(?:(?P<owner>[^\s].*?)(?:['’]s|(?<=s)['’])|(?P<of>[A-ZÀ-Þ][\w-]+(?:n|ese|ish|i|ic)))\s(?P<head>[a-z][^A-ZÀ-Þ]*)"
)
CALLED = re.compile(r"^(?:the|his|her|its|their)\s", re.I)
AGENT = re.compile(r"(?:er|or)$")  # of "monitor", "observer"
SAME = 5  # letters that a country and its adjective have in common
LEAD = 8  # characters before a name beside the words that describe who bears it
BEHIND = 6  # characters between "told" and the newsroom that it was told: "the", "our"
NEXT = 5  # characters between a paragraph's end and a quotation that opens the next one


def origin(kind: OriginKind, name: str, key: str | None = None) -> Origin:
    """The origin of this name. Its id is made of the kind and of `key`, where the record knows the name's owner by one, else of the name."""
    return Origin(
        id=digest("origin", kind, key or (folded(name) if kind == "speaker" else known_by(name))), kind=kind, name=name
    )


def newsroom(name: str) -> Origin:
    """The origin that is an outlet's or agency's own word."""
    known = agency(name)
    return origin("agency", known) if known else origin("outlet", name)


def outlet_of(article: Article) -> str:
    """What an article's outlet is called; empty where that is not known."""
    return (article.outlet and (article.outlet.name or article.outlet.domain)) or ""


def house(article: Article, credits: Sequence[Credit] = (), copied: Origin | None = None) -> Origin:
    """On whose word rests what the article says by itself."""
    if credits:
        own = origin("agency", credits[0].name)
        return copied if copied and copied.id == own.id else own
    return copied or newsroom(outlet_of(article) or UNKNOWN)


def origins(
    reading: Reading,
    credits: Sequence[Credit] = (),
    copied: Origin | None = None,
    name_of: Callable[[str], str] | None = None,
    is_outlet: Callable[[str], bool] | None = None,
) -> dict[str, Origin]:
    """The origin of each attribution by its label; under "" that of what the article says by itself.

    `copied` is the origin of the own voice of the article that this one carries whole. `name_of` gives an entity's label the name, or id, that all
    articles know it by; without it its name here counts. `is_outlet` says of a name whether the record has an outlet of that name: what the reader
    took for a company may be one.
    """
    own = house(reading.article, credits, copied)
    found = {"": own}
    cast = Cast(reading, is_outlet or (lambda name: False))
    for a in reading.attributions:
        told = cast.innermost(a)
        speaker = cast.people.get(told.speaker or "")
        if speaker is None or not cast.on_record(told, speaker):
            speaker = cast.vouching(told) or (
                cast.body_of(speaker) if speaker and told.speaker_kind == "collective" else None
            )
            speaker = cast.introduced(speaker) if speaker else None
        elif is_role(speaker):
            speaker = cast.bearer(speaker) or cast.relative(speaker) or cast.introduced(speaker)
        if speaker is None:
            heard = (name for e in cast.through(told) if (name := cast.heard_by(e)))
            found[a.id] = unnamed(newsroom(name) if (name := next(heard, None)) else own)
        elif cast.is_its_own(speaker):
            found[a.id] = newsroom(cast.outlet)
        elif cast.is_newsroom(speaker):
            found[a.id] = newsroom(cast.paper(speaker, own))
        else:
            found[a.id] = origin("speaker", speaker.name, name_of(speaker.id) if name_of else None)
    return found


def unnamed(through: Origin) -> Origin:
    """The origin of unnamed sources known through a newsroom: no more independent of it than its own word is."""
    return Origin(id=f"{through.root}:unnamed", kind="anonymous", name=through.name)


def chain(
    reading: Reading, label: str, credits: Sequence[Credit] = (), copied: Origin | None = None
) -> tuple[str, ...]:
    """Through whom an attribution reached us, the nearest to the source first, the article's outlet last; "" is the article's own voice."""
    cast = Cast(reading)
    inside = [e.name for e in cast.through(cast.innermost(cast.attributions[label]))] if label else []
    names = [*inside, *(c.name for c in credits), *([copied.name] if copied else []), outlet_of(reading.article)]
    return tuple({folded(known): known for name in names if name for known in (agency(name) or name,)}.values())


class Cast:
    """Who speaks in a Reading, through whom."""

    def __init__(self, reading: Reading, is_outlet: Callable[[str], bool] = lambda name: False) -> None:
        self.text = reading.article.text
        self.is_outlet = is_outlet
        self.outlet = outlet_of(reading.article)
        self.people = {e.id: e for e in reading.entities}
        self.attributions = {a.id: a for a in reading.attributions}

    def innermost(self, a: Attribution) -> Attribution:
        """The attribution that this one only passes on, or itself."""
        inside = [b for b in self.attributions.values() if b.within == a.id and passes_on(self.text, a, b)]
        return self.innermost(inside[0]) if len(inside) == 1 else a

    def through(self, a: Attribution) -> Iterator[Entity]:
        """Whom its words went through inside the article: where they were said, who passed them on, and where that was said."""
        seen: set[str] = set()
        at: Attribution | None = a
        while at and at.id not in seen:
            seen.add(at.id)
            for label in (None if at is a else at.speaker, at.venue or self.told(at)):
                if label in self.people:
                    yield self.people[label]
            at = self.attributions.get(at.within or "")

    def told(self, a: Attribution) -> str | None:
        """The newsroom that something was told right behind the cue: "told a local station, Radio Fen"."""
        if not a.cue or not TELLING.fullmatch(words_of(self.text, a.cue)):
            return None
        end = a.cue[-1][1]
        papers = (e for e in self.people.values() if self.is_newsroom(e) and e.id != a.speaker)
        return next((e.id for e in papers if any(0 < start - end <= BEHIND for start, _ in e.mentions)), None)

    def bearer(self, role: Entity) -> Entity | None:
        """The one person with a name who is called just as somebody is described: "the lawyer, Odile Fenn" is her client's lawyer of the first line."""
        words = role.name.split()
        title = " ".join(words[next((i for i, w in enumerate(words) if w[:1].islower()), 0) :])  # of "Tarn mayor"
        called = [
            e
            for e in self.people.values()
            if e.type == "person" and e.name[:1].isupper() and not is_role(e) and self.is_called(e, title)
        ]
        return called[0] if len(called) == 1 else None

    def body_of(self, people: Entity) -> Entity | None:
        """The one body that speaks and is called by what these people do: "international monitors said … The River Monitoring Mission said"."""
        head = last_word(ATTACHED.split(people.name)[0]).casefold().removesuffix("s")
        stem = AGENT.sub("", head)
        if len(stem) < SAME:
            return None
        speaking = {a.speaker for a in self.attributions.values()}
        bodies = [
            e for e in self.people.values() if e.type == "organisation" and e.id in speaking and e.name[:1].isupper()
        ]
        found = [e for e in bodies if any(w.startswith(stem) for w in e.name.casefold().split())]
        return found[0] if len(found) == 1 else None

    def relative(self, role: Entity) -> Entity | None:
        """The one person of a family who speaks and is named, where it is only said whose relative he is: "her brother said … Emil Dascar told"."""
        if last_word(owned(role.name)[1]) not in lexicon("speakers")["kin"]["nouns"]:
            return None
        people = [e for e in self.people.values() if e.type == "person" and " " in e.name and e.name[:1].isupper()]
        families = Counter(e.name.split()[-1] for e in people)
        speaking = {a.speaker for a in self.attributions.values()}
        found = [e for e in people if families[e.name.split()[-1]] > 1 and e.id in speaking]
        return found[0] if len(found) == 1 else None

    def is_called(self, entity: Entity, role: str) -> bool:
        """Whether one of somebody's mentions is a definite description in these words, or stands behind one: "the lawyer, Odile Fenn"."""
        before = re.compile(rf"\b(?:the|his|her|its|their)\s{re.escape(role)},?\s$", re.I)
        return any(
            CALLED.sub("", self.text[slice(*m)]).casefold() == role.casefold()
            or before.search(self.text[max(0, m[0] - len(role) - LEAD) : m[0]])
            for m in entity.mentions
        )

    def vouching(self, a: Attribution) -> Entity | None:
        """The person on the record who hands on what an unnamed source says: "observers have counted 600, the head of their mission said"."""
        at, seen = self.attributions.get(a.within or ""), {a.id}
        while at and at.id not in seen:
            seen.add(at.id)
            entity = self.people.get(at.speaker or "")
            if entity:
                return entity if entity.type == "person" and self.on_record(at, entity) else None
            at = self.attributions.get(at.within or "")
        return None

    def introduced(self, entity: Entity) -> Entity:
        """Who a person is that the opening paragraph only describes, where the next one opens with a quotation of somebody who is named there first."""
        start = self.text.find("\n\n") + 2
        end = self.text.find("\n\n", start)
        beyond = (self.text + "\n\n").find("\n\n", end + 2)
        known = last_word(entity.name)[:1].isupper()
        if end < 0 or not entity.mentions or known or max(entity.mentions)[1] > end:
            return entity
        quoted = {
            a.speaker
            for a in self.attributions.values()
            if a.kind == "direct" and a.speaker_kind == "named" and opens(a, end)
        }
        people = [e for e in self.people.values() if e.id in quoted and e.type == "person"]
        new = [
            e
            for e in people
            if any(end < m[0] < beyond for m in e.mentions) and not any(start <= m[0] < end for m in e.mentions)
        ]
        return new[0] if len(new) == 1 else entity

    def heard_by(self, entity: Entity) -> str | None:
        """The name of an outlet or body that an unnamed source is known through; None for a person."""
        return (agency(entity.name) or entity.name) if entity.type in ("outlet", "organisation") else None

    def is_newsroom(self, entity: Entity) -> bool:
        """Whether somebody who speaks is an outlet or an agency."""
        if entity.type not in ("outlet", "organisation"):
            return False
        return (
            entity.type == "outlet"
            or self.is_outlet(entity.name)
            or (len(entity.name) > 4 and bool(agency(entity.name)))
        )

    def is_its_own(self, entity: Entity) -> bool:
        """Whether somebody who speaks is the article's outlet, by its name in short: "PBC" asks the questions at PBC News."""
        words, its = folded(entity.name).split(), folded(self.outlet).split()
        short = words and len(words) < len(its) and words == its[: len(words)]
        return bool(short) and entity.type != "person" and entity.name[:1].isupper()

    def paper(self, entity: Entity, own: Origin) -> str:
        """The name of a newsroom that speaks; of one that is only described ("a radio station", "a Norlandian weekly") the name of the only other that the article names and the record knows."""
        if entity.name[:1].isupper() and last_word(ATTACHED.split(entity.name)[0])[:1].isupper():
            return entity.name
        named = {e.name for e in self.people.values() if e.name[:1].isupper() and self.is_outlet(e.name)} - {own.name}
        others = {n for n in named if not agency(n)}
        return others.pop() if len(others) == 1 else entity.name

    def on_record(self, a: Attribution, entity: Entity) -> bool:
        """Whether a speaker is named, or described so that it can be only one: no "officials", no "an aide"."""
        if a.speaker_kind in ("named", "document", "outlet"):
            return True
        if a.speaker_kind == "collective":
            head = ATTACHED.split(entity.name)[0].split()[-1]  # of "two officers of the brigade" the officers
            return entity.type == "organisation" or head.casefold() in bodies()
        first = self.text[slice(*min(entity.mentions))] if entity.mentions else entity.name
        known = bool(SPOKESMAN.search(entity.name) or INSTRUMENT.search(entity.name)) or is_document(entity)
        known = known or any(SEEN.search(self.text[slice(*m)]) for m in entity.mentions)
        return a.speaker_kind == "described" and (known or not UNNAMED.match(first))


def is_role(entity: Entity) -> bool:
    """Whether a person is only described: "lawyer"."""
    return entity.type == "person" and last_word(entity.name)[:1].islower()  # also "Tarn mayor"


def is_document(entity: Entity) -> bool:
    """Whether somebody is a piece of writing: "a draft of the budget" is nobody who hides his name."""
    head = ATTACHED.split(entity.name)[0].split()[-1:]
    return bool(head) and head[0].casefold() in documents()


@cache
def documents() -> frozenset[str]:
    """The words for pieces of writing."""
    return frozenset({*lexicon("speakers")["document"]["words"], *lexicon("refusals")["passing"]["written"].split()})


def opens(a: Attribution, end: int) -> bool:
    """Whether a quotation opens the paragraph behind the one that ends here."""
    return bool(a.content) and 0 <= a.content[0][0] - end <= NEXT


def passes_on(text: str, a: Attribution, b: Attribution) -> bool:
    """Whether nothing is left of what the one says besides what the other says, and who says it."""
    if b.content and COMPARISON.search(text, max(0, b.content[-1][1] - 12), b.content[-1][1]):
        return False  # "twice as many as the ministry says"
    inner = merge((*b.content, *b.source, *b.cue))
    left = "".join(
        text[i] for start, end in a.content for i in range(start, end) if not any(s <= i < e for s, e in inner)
    )
    return not set(re.findall(r"\w+", left.casefold())) - JOINING


@cache
def bodies() -> frozenset[str]:
    """The words that a body's name ends with: "police", "army"."""
    return frozenset(lexicon("speakers")["organisation"]["ends"])


def last_word(name: str) -> str:
    """The last word of a name, or nothing."""
    return (name.split() or [""])[-1]


def bare(name: str) -> str:
    """A name as two mentions of it are compared."""
    return name.casefold().replace("’", "'").removeprefix("the ")


def one_description(a: str, b: str) -> bool:
    """Whether two descriptions may be of one: the same words, whosesoever one of them says it is, as "coastguard" and "Pellany's coastguard"."""
    (mine, head), (yours, other) = owned(a), owned(b)
    shared = sum(a == b for a, b in zip(bare(mine), bare(yours), strict=False))  # "Pellany", "Pellanian"
    return (
        head == other and head[:1].islower() and (not mine or not yours or shared >= min(SAME, len(mine), len(yours)))
    )


@lru_cache(maxsize=1 << 14)
def owned(name: str) -> tuple[str, str]:
    """Whose somebody is, if the description says so, and what he is."""
    m = OWNED.fullmatch(name)
    return (m["owner"] or m["of"], m["head"]) if m else ("", re.sub(r"^[Tt]he\s", "", name))
