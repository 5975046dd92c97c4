"""Scores names and who they stand for: `python -m evaluation.entities --shared ../shared`.

**names** (UNER's English PUD; the development part of CrossNER politics): people, organisations and places, sentence by sentence.
A name is right with exactly the annotated words and type; an outlet counts as an organisation; annotations of other types are
left out. Precision, recall, F1.

**mentions** (GUM's Wikinews articles and, apart, its interviews; MEANTIME's first six sentences of each article): the whole road
from text to entities; and once more with all annotated names *given*, which measures who is who apart from finding names. A mention that was read is the smallest annotated one that holds it and shares its core words (of several in one description, the one that begins where
it does). An entity
that was read is *right* as the annotated one that most of its names belong to (most of its mentions, where it has no name).

- variant names: of the name mentions whose words (case, articles and possessives apart) are not those of the first name in their
  annotated entity, the share put together with an earlier mention of it by other words. Precision: of the name mentions that were
  put with an earlier name of other words, the share whose annotated entity had one of those.
- he/she, they/it, descriptions (definite ones: "the minister", "their company"): of the mentions whose annotated entity is named somewhere in the article, the share given to the
  right entity (recall). Precision: of all that were given to an entity with a name, the share given to the right one; here a
  mention whose annotated entity is never named is always wrong. What the annotation does not know is not counted.
- false merges: of all names read that are annotated, the share in an entity that most of its names say is another's.

**fields** (annotated Wikinews articles and the seed): an annotated entity is the one read that shares most of its mentions. type:
share right. role: right where the words are the same, or all of the one are in the other, articles and nations apart; country: equal.
Precision over the roles and countries that were given to such entities, recall over those that are annotated.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from evaluation.entities_gold import KINDS, Annotated, Gold, gum, half_of, known_names, meantime, records
from evaluation.records import documents
from onrecord.model import Article, Entity
from onrecord.read import attributions, countries, names, network, read, speakers
from onrecord.read.network import Network
from onrecord.read.windows import windows
from onrecord.text import Span, overlap
from training.names_data import CROSSNER, tagged

PUD = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
Tally = Counter[str]
Reader = Callable[[str], Sequence[Entity]]


def named(shared: Path, which: str) -> Iterator[tuple[str, set[tuple[int, int, str]]]]:
    """(sentence, its annotated names) of a set."""
    gold = shared / "gold"
    records = (
        tagged(gold / "ner_uner_pud" / "en_pud.iob2", PUD, "pud", 1, 2)
        if which == "pud"
        else tagged(gold / "ner_crossner_politics" / "dev.txt", CROSSNER, "crossner", 0, 1)
    )
    for record in records:
        yield record["text"], {(s, e, k) for s, e, k in record["names"] if k != "OTH"}


def score_names(shared: Path, which: str, net: Network, verbose: bool = False) -> dict[str, float]:
    """Names of one set: precision, recall, F1, and F1 without types."""
    tally: Tally = Counter()
    for text, gold in named(shared, which):
        found = names.find(text, network.encode(net, windows(text, network.vocabulary())))
        got = {(*n.span, KINDS[n.type]) for n in found}
        tally["gold"] += len(gold)
        tally["got"] += len(got)
        tally["right"] += len(gold & got)
        tally["spans"] += len({g[:2] for g in gold} & {g[:2] for g in got})
        if verbose and gold != got:
            missed = [f"{text[s:e]}/{k}" for s, e, k in sorted(gold - got)]
            wrong = [f"{text[s:e]}/{k}" for s, e, k in sorted(got - gold)]
            print(f"{which} missed {missed} wrong {wrong} | {text}")
    return {**ratios("", tally["right"], tally["got"], tally["gold"]),
            "F1 without types": 2 * tally["spans"] / max(1, tally["got"] + tally["gold"])}  # fmt: skip


def ratios(prefix: str, right: int, got: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1 under a prefix; 0 where there is nothing to divide by."""
    return {
        f"{prefix}P": right / got if got else 0.0,
        f"{prefix}R": right / wanted if wanted else 0.0,
        f"{prefix}F1": 2 * right / (got + wanted) if got + wanted else 0.0,
    }


def aligned(gold: Iterable[Gold], mention: Span) -> Gold | None:
    """The annotated mention that a read one is: the smallest that holds it and shares its core."""
    fit = [g for g in gold if g.span[0] <= mention[0] and mention[1] <= g.span[1] and overlap(g.core, mention)]
    return min(fit, key=lambda g: g.span[1] - g.span[0], default=None)


def plain(words: str) -> str:
    """A name's words for comparison."""
    return re.sub(r"^the\s+|[’']s?$", "", " ".join(words.lower().split()))


def tally_mentions(text: str, gold: list[Gold], entities: Sequence[Entity], report: Callable[[str], None]) -> Tally:
    """The counts behind the measures of mentions in one article."""
    tally: Tally = Counter()
    has_name = {g.entity for g in gold if g.form == "name"}
    placed: dict[Gold, int] = {}
    words_of = {g: text[slice(*g.span)] for g in gold}
    forms: list[list[tuple[int, str, Gold | None]]] = []  # of each entity: where, the words read, what they are
    says: list[str | None] = []
    for place, e in enumerate(entities):
        rows = [(s, text[s:t], aligned(gold, (s, t))) for s, t in e.mentions]
        for at, _, g in rows:
            if g is not None and (g not in placed or (g.form == "description" and at == g.span[0])):
                placed[g] = place
        forms.append(rows)
        votes = Counter(g.entity for _, _, g in rows if g and g.form == "name")
        votes = votes or Counter(g.entity for _, _, g in rows if g)
        says.append(votes.most_common(1)[0][0] if votes else None)
        tally["names"] += sum(bool(g and g.form == "name") for _, _, g in rows)
        for at, words, g in rows:
            if g and g.form == "name" and g.entity != says[-1]:
                tally["merged"] += 1
                report(f"false merge: {words!r} at {at} in {e.name!r}")
    first: dict[str, str] = {}
    for g in sorted((g for g in gold if g.form == "name"), key=lambda g: g.span):
        mine = plain(text[slice(*g.core)])
        variant = first.setdefault(g.entity, mine) != mine
        number = placed.get(g)
        before = [
            (plain(text[slice(*x.core)]), x) for at, _, x in forms[number] if at < g.core[0] and x and x.form == "name"
        ] if number is not None else []  # fmt: skip
        linked = [x for w, x in before if w != mine]
        hit = any(x.entity == g.entity for x in linked)
        if variant:
            tally["variant wanted"] += 1
            tally["variant right"] += hit
            if not hit:
                report(
                    f"variant missed: {words_of[g]!r} of {first[g.entity]!r}; {'alone' if number is not None else 'not read'}"
                )
        if linked:
            tally["variant got"] += 1
            tally["variant good"] += hit
    for g in gold:
        if g.form not in ("he/she", "they/it", "description"):
            continue
        number = placed.get(g)
        answered = number is not None and any(x and x.form == "name" for _, _, x in forms[number])
        right = answered and number is not None and says[number] == g.entity
        wanted = g.entity in has_name
        tally[f"{g.form} wanted"] += wanted
        tally[f"{g.form} got"] += answered
        tally[f"{g.form} right"] += right
        if wanted != right or answered != right:
            who = entities[number].name if number is not None else None
            whose = next((words_of[x] for x in gold if x.entity == g.entity and x.form == "name"), None)
            report(
                f"{g.form}: {words_of[g]!r} at {g.span[0]} is {whose!r}, got {who!r} | {text[max(0, g.span[0] - 60) : g.span[1] + 30]!r}"
            )
    return tally


def score_mentions(
    articles: Iterable[tuple[str, str, list[Gold], Sequence[Entity]]], verbose: bool = False
) -> dict[str, float]:
    """Variant names, pronouns, descriptions and false merges over annotated articles with their entities as read."""
    tally: Tally = Counter()
    for name, text, gold, entities in articles:

        def report(line: str, name: str = name) -> None:
            if verbose:
                print(f"{name} {line}")

        tally += tally_mentions(text, gold, entities, report)
    out: dict[str, float] = {
        "variant names P": tally["variant good"] / max(1, tally["variant got"]),
        "variant names R": tally["variant right"] / max(1, tally["variant wanted"]),
        "false merges": tally["merged"] / max(1, tally["names"]),
    }
    for form in ("he/she", "they/it", "description"):
        out |= ratios(f"{form} ", tally[f"{form} right"], tally[f"{form} got"], tally[f"{form} wanted"])
    return out | {
        "variant names n": tally["variant wanted"],
        **{f"{f} n": tally[f"{f} wanted"] for f in ("he/she", "they/it", "description")},
    }


def folded(role: str) -> set[str]:
    """The words of a role that count."""
    text = countries.stripped_demonym(re.sub(r"^(?:the|an?)\s+", "", role.strip(), flags=re.I))
    return {w for w in re.findall(r"[\w’'-]+", text.lower()) if w not in ("the", "of", "a", "an", "for", "us", "u.s")}


def score_fields(shared: Path, pattern: str, reader: Reader, verbose: bool = False) -> dict[str, float]:
    """Type, role and country of annotated entities."""
    tally: Tally = Counter()
    for name, expected, text in documents(shared, pattern):
        got = reader(text)
        for e in expected.get("entities", []):
            mentions = [tuple(m) for m in e.get("mentions", [])]
            found = max(got, key=lambda x: shared_mentions(mentions, x), default=None)
            if not mentions:
                found = next((x for x in got if plain(x.name) == plain(e["name"])), None)
            elif found and not shared_mentions(mentions, found):
                found = None
            tally["entities"] += 1
            tally["found"] += found is not None
            if found is None:
                continue
            tally["type right"] += found.type == e["type"]
            for what, right in (
                ("role", same_role(e.get("role"), found.role)),
                ("country", e.get("country") == found.country),
            ):
                mine = getattr(found, what)
                tally[f"{what} got"] += mine is not None
                tally[f"{what} wanted"] += e.get(what) is not None
                tally[f"{what} right"] += mine is not None and right
                if verbose and (mine or e.get(what)) and not right:
                    print(f"{name} {what} of {e['name']!r}: {e.get(what)!r}, got {mine!r}")
            if verbose and found.type != e["type"]:
                print(f"{name} type of {e['name']!r}: {e['type']}, got {found.type}")
    out = {"found": tally["found"] / max(1, tally["entities"]), "type": tally["type right"] / max(1, tally["found"])}
    for what in ("role", "country"):
        out |= ratios(f"{what} ", tally[f"{what} right"], tally[f"{what} got"], tally[f"{what} wanted"])
    return out


def shared_mentions(mentions: Sequence[tuple[int, ...]], entity: Entity) -> int:
    """How many of an annotated entity's mentions a read entity has."""
    return sum(any(overlap((a, b), m) for m in entity.mentions) for a, b in mentions)


def same_role(wanted: str | None, got: str | None) -> bool:
    """Whether two roles are the same by the definition above."""
    a, b = folded(wanted or ""), folded(got or "")
    return bool(a and b) and (a <= b or b <= a)


def reader(net: Network) -> Reader:
    """Reads a text's entities; each text once, since the measures share articles."""
    cache: dict[str, Sequence[Entity]] = {}

    def entities(text: str) -> Sequence[Entity]:
        if text not in cache:
            article = Article(id="", capture="", text=text, language="en")
            cache[text] = read(article, net=net).entities
        return cache[text]

    return entities


def given(articles: Iterable[Annotated], net: Network) -> Iterator[tuple[str, str, list[Gold], Sequence[Entity]]]:
    """Annotated articles with what is read of them when all annotated names are given."""
    for name, text, gold in articles:
        encoded = network.encode(net, windows(text, network.vocabulary()))
        found = speakers.resolve(text, attributions.find(text, net, encoded), known_names(gold))
        yield name, text, gold, found[1]


def figures(shared: Path, net: Network, half: int | None = None, verbose: bool = False) -> dict[str, float]:
    """All measures of this module by their names; of half the articles, only those of mentions."""
    entities = reader(net)
    out: dict[str, float] = {}
    for which in ("pud", "politics") if half is None else ():
        out |= {f"names, {which}: {k}": v for k, v in score_names(shared, which, net, verbose).items()}
    for which, annotated in (
        ("GUM news", gum(shared, "GUM_news_*")),
        ("GUM interviews", gum(shared, "GUM_interview_*")),
        ("MEANTIME", meantime(shared)),
        ("records", records(shared, "geovirus_*")),
    ):
        articles = [a for a in annotated if half is None or half_of(a[0]) == half]
        whole = ((name, text, gold, entities(text)) for name, text, gold in articles)
        out |= {f"mentions, {which}: {k}": v for k, v in score_mentions(whole, verbose).items()}
        out |= {f"mentions, names given, {which}: {k}": v for k, v in score_mentions(given(articles, net)).items()}
    for pattern in ("seed", "GUM_news_*", "geovirus_*") if half is None else ():
        out |= {f"fields, {pattern}: {k}": v for k, v in score_fields(shared, pattern, entities, verbose).items()}
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--half", type=int, choices=(0, 1), help="mentions only, of this half of the articles")
    parser.add_argument("--verbose", action="store_true")
    args = parser.parse_args()
    for name, value in figures(args.shared, network.shipped(), args.half, args.verbose).items():
        print(f"{name:50} {value:.3f}" if not name.endswith(" n") else f"{name:50} {value:.0f}")


if __name__ == "__main__":
    main()
