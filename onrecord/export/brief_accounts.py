"""An account in sentences: who says what, through whom and how firmly, what values are told, and how far it can be trusted.

Hedges stay hedges, plans stay plans, and a speaker's words are given in the sentence of the article that they stand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec.structs import replace

from onrecord.export import telling
from onrecord.export.notes import Item, Notes, Run, Sentence, quoted, sentence
from onrecord.export.view import number, shorten
from onrecord.store import bundles
from onrecord.store.database import Transaction
from onrecord.store.sayings import Saying, texts
from onrecord.store.standings import Told
from onrecord.wording import plural

VOICES = 8  # of each stance of an account
EVIDENCE = 5  # notes of a sentence that rests on several claims
FEWEST = 5  # words of a statement that says something by itself
CONFIRMED = "12"  # credibility of what is not one origin's word alone
MARKS = "“”‘’\"' .,;"  # that are left out around a title
STANCES = (("asserts", "Says so"), ("hedges", "Says it less firmly, or does not commit to it"), ("denies", "Denies it, or says the contrary"))  # fmt: skip
HEDGED = {"PR+": "thinks it likely", "PS+": "thinks it possible", "PR-": "thinks it unlikely", "PS-": "thinks that it may not be so", "Uu": "is not reported to commit to it"}  # fmt: skip


class Book:
    """What a brief looks up: the articles' names and texts, and its notes."""

    def __init__(self, transaction: Transaction, rows: Iterable[int]) -> None:
        self.transaction = transaction
        self.sources = bundles.sources(transaction, rows)
        self.notes = Notes()

    def claim(self, s: Saying) -> int:
        """The number of the note of a claim."""
        return self.notes.of(self.sources[s.article], s.claim.words, s.claim.id)

    def claims(self, some: Iterable[Saying]) -> tuple[int, ...]:
        """The numbers of the notes of claims, each once, a few at most."""
        return tuple(dict.fromkeys(self.claim(s) for s in list(some)[:EVIDENCE]))

    def article(self, row: int) -> int:
        """The number of the note of an article as a whole, by its title."""
        source = self.sources[row]
        return self.notes.of(source, source.title or "", None)

    def named(self, article: str, claim: str | None, words: str = "") -> int:
        """The number of the note of a claim, or of an article as a whole, by their ids."""
        source = bundles.source_of(self.transaction, article)
        found = (bundles.words_of_claim(self.transaction, article, claim) if claim else None) or words
        return self.notes.of(source, found or source.title or "", claim if found else None)


def day(moment: str) -> str:
    """A moment in UTC as people write it."""
    at = datetime.fromisoformat(moment)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def says_something(t: Told) -> bool:
    """Whether an account can be understood from its words: a figure, an event, or a statement of some words."""
    first = stands_for(t)
    return first is not None and (t.standing.kind != "statement" or len(first.claim.words.split()) >= FEWEST)


def stands_for(t: Told) -> Saying | None:
    """The claim that stands for an account: one that commits to it, where there is one."""
    firm = tuple(s for s in t.sayings if s.claim.stance == "asserts")
    return telling.lead(replace(t, sayings=firm)) if firm else telling.lead(t)


def is_confirmed(t: Told) -> bool:
    """Whether more than one origin holds to an account."""
    return t.standing.admiralty[1] in CONFIRMED


def is_plain(t: Told) -> bool:
    """Whether an account tells of what is or was, is committed to by somebody, and is not contested."""
    first = stands_for(t)
    firm = bool(t.standing.asserted_by) and not t.standing.denied_by
    return first is not None and firm and not t.contested and first.claim.status in ("actual", "historical") and says_something(t)  # fmt: skip


def chosen(book: Book, some: Sequence[Told], most: int) -> list[Told]:
    """The accounts that come first, no sentence of an article twice."""
    kept: dict[str, Told] = {}
    read = texts(book.transaction, [s.article for t in some if (s := stands_for(t))])
    for t in some:
        first = stands_for(t)
        assert first
        said = "".join(p.words for p in telling.pieces(read[first.article], first.words_at))
        kept.setdefault(said, t)
    return list(kept.values())[:most]


def point(book: Book, t: Told) -> Item:
    """An account that nobody contradicts, in a sentence of an article."""
    first = stands_for(t)
    assert first
    return Item(sentences=(voice(book, t, first), standing(book, t)))


def against(book: Book, t: Told) -> Item:
    """An account with all its voices."""
    items = [Item(label=label, items=tuple(of_stance(book, t, stance))) for stance, label in STANCES]
    first = stands_for(t)
    assert first
    spread = ranged(book, t) if t.standing.kind == "figure" else ()
    return Item(
        title=shorten(headed(t, first), 160), sentences=(*spread, standing(book, t)),
        items=tuple(i for i in items if i.items),
    )  # fmt: skip


def headed(t: Told, first: Saying) -> str:
    """What an account is about, in a line."""
    if t.standing.kind != "figure":
        return f"“{' '.join(t.standing.words.split()).strip(MARKS)}”"
    what, value = telling.unit(t.sayings) or "", telling.value(first)
    latest = "What is denied is" if first.claim.stance == "denies" else "The latest value told is"
    return f"How many{' ' if what else ''}{what}?" + (f" {latest} {value}" if value else "")


def of_stance(book: Book, t: Told, stance: str) -> Iterator[Item]:
    """The voices of an account that take a stance, each once with its first words, and how many more there are."""
    voices: dict[tuple[str, float | None, float | None], list[Saying]] = {}
    for s in sorted(t.sayings, key=lambda s: (s.claim.moment, s.copy_of is not None)):
        if stance_of(t, s) == stance:
            voices.setdefault((speaker(s), s.claim.low, s.claim.high), []).append(s)
    shown, left = picked(list(voices.values()))
    for some in shown:
        first, again = voice(book, t, some[0]), [s for s in some[1:] if s.article != some[0].article]
        further = (sentence(f"Told again in {plural(len(again), 'article')}.", notes=book.claims(again), aside=True),) if again else ()  # fmt: skip
        yield Item(sentences=(first, *further))
    if left:
        yield Item(sentences=(sentence(f"So {'does' if len(left) == 1 else 'do'} {plural(len(left), 'voice')} more.", notes=book.claims(v[0] for v in left)),))  # fmt: skip


def picked(voices: list[list[Saying]]) -> tuple[list[list[Saying]], list[list[Saying]]]:
    """The voices that are shown, at least one for each value as far as there is room, and those that are not; each in order of time."""
    firsts: dict[tuple[float | None, float | None], int] = {}
    for n, some in enumerate(voices):
        firsts.setdefault((some[0].claim.low, some[0].claim.high), n)
    order = [*firsts.values(), *(n for n in range(len(voices)) if n not in firsts.values())]
    kept = set(order[:VOICES])
    return [v for n, v in enumerate(voices) if n in kept], [v for n, v in enumerate(voices) if n not in kept]


def stance_of(t: Told, s: Saying) -> str:
    """The stance of a claim towards its account: "there will be no …" alone denies nothing."""
    if s.claim.stance == "denies":
        return "denies" if telling.is_denial(t, s) else "asserts"
    return s.claim.stance


def ranged(book: Book, t: Told) -> Iterator[Sentence]:
    """From the least to the most that is told of a figure, and what is told of it as planned, as of earlier times and so on."""
    held = [s for s in t.sayings if s.claim.stance != "denies" and (s.claim.low is not None or s.claim.high is not None)]  # fmt: skip
    now = [s for s in held if s.claim.status == "actual"]
    if not held:
        yield sentence("Nobody gives a value; it is only denied.", notes=book.claims(t.sayings))
    if now:
        least, most = min(now, key=lambda s: ends(s)[0]), max(now, key=lambda s: ends(s)[1])
        told = f"s told run from {amount(t, least)} to {amount(t, most)}" if ends(least) != ends(most) else f" told is {amount(t, least)}"  # fmt: skip
        yield sentence(f"The value{told}.", notes=book.claims(dict.fromkeys((least, most))))
    if others := list({(s.claim.status, ends(s)): s for s in reversed(held) if s.claim.status != "actual"}.values()):
        shown = [amount(t, s) + status(t, s).replace(", told ", ", ") for s in reversed(others[-EVIDENCE:])]
        yield sentence(f"{'Besides' if now else 'Told is'}: {'; '.join(shown)}.", notes=book.claims(reversed(others)))


def ends(s: Saying) -> tuple[float, float]:
    """The least and the most of a figure, for putting figures in order; an open end counts as the other."""
    known = [v for v in (s.claim.low, s.claim.high) if v is not None]
    return min(known), max(known)


def amount(t: Told, s: Saying) -> str:
    """A figure with its unit."""
    unit = shorten(s.unit or s.of or telling.unit(t.sayings) or "", telling.NAME)
    return f"{telling.value(s) or 'a figure'} {unit}".rstrip()


def speaker(s: Saying) -> str:
    """Whose word a claim is."""
    return telling.name(s.claim.speaker_name or s.claim.origin.name)


def voice(book: Book, t: Told, s: Saying) -> Sentence:
    """Who says what, through whom, in a sentence of the article with the words of the claim marked."""
    text = texts(book.transaction, [s.article])[s.article]
    source = book.sources[s.article]
    through = [telling.name(n) for n in dict.fromkeys((*s.via, source.outlet or "")) if n and telling.bare(n) != telling.bare(speaker(s))]  # fmt: skip
    where = f" ({', '.join([*(['through ' + ', '.join(through)] if through else []), day(s.claim.moment)])})"
    runs = [Run(f"{manner(t, s)}: "), *quoted(telling.pieces(text, s.words_at)), Run(where + status(t, s) + ".")]
    return Sentence(runs=tuple(runs), notes=(book.claim(s),))


def manner(t: Told, s: Saying) -> str:
    """Who says it, and how."""
    by, c = speaker(s)[:1].upper() + speaker(s)[1:], s.claim
    if c.origin.kind == "anonymous" and not c.speaker_name:
        by = f"An unnamed source, through {telling.name(c.origin.name)},"
    stance = stance_of(t, s)
    if stance == "denies":
        return f"{by} denies it"
    if stance == "hedges":
        return f"{by} {HEDGED.get(s.firmness, HEDGED['Uu'])}"
    if c.kind == "figure":
        return f"{by} gives {amount(t, s)}"
    if s.manner is None:
        return f"{by} reports in its own words"
    return {"direct": f"{by} is quoted", "mixed": f"{by} is quoted in part"}.get(s.manner, f"{by} is reported to say")


def status(t: Told, s: Saying) -> str:
    """How a claim is told where it is not told as what happened."""
    told = {"planned": "as planned", "hypothetical": "as what may be", "negated": "as what did not happen", "historical": "as of earlier times"}  # fmt: skip
    return f", told {told[s.claim.status]}" if s.claim.status in told and stance_of(t, s) != "denies" else ""


def standing(book: Book, t: Told) -> Sentence:
    """How many origins and articles tell an account, and its Admiralty pair with the reasons; it rests on a claim of each origin."""
    s = t.standing
    each = {x.claim.origin.root: x for x in reversed(t.sayings)}
    copies = f", {number(t.copies)} of {'them a copy' if t.copies == 1 else 'them copies'}" if t.copies else ""
    grade = telling.RELIABILITY[s.admiralty[0]]
    outlets = f"outlets {grade}" if s.admiralty[0] == "F" else f"the best graded outlet {grade}"
    runs = (
        Run(f"Told by {plural(s.origins, 'origin')} in {plural(s.articles, 'article')}{copies}. Admiralty "),
        Run(s.admiralty, "strong"), Run(f": {outlets}; {shorten(s.reason, telling.LONGEST).rstrip('.')}."),
    )  # fmt: skip
    return Sentence(runs=runs, notes=book.claims(sorted(each.values(), key=lambda x: x.claim.moment)), aside=True)
