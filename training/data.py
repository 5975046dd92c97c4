"""Training examples: windows with the labels of the cue, role, names and facts heads.

Four kinds: PolNeAR articles (style 0), our own style of annotation with nested attributions (style 1: the Wikinews
records, those of `annotations/`, the articles in `written/`, and PolNeAR sentences put into a further speaker's mouth, so
that the inner attribution is nested), name annotation, and event words with what they are worth as facts, from -3 (did not happen)
to 3 (happened). Labels are per token; -100 means "not judged". Every document is in one of `FOLDS` parts, by its name.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.read import certainty, certainty_words
from onrecord.read.windows import Vocabulary, Window, windows
from onrecord.text import digest
from training import marked
from training.annotate import texts

IGNORE = -100
NAME_TYPES = ("PER", "ORG", "LOC", "OTH")
POLNEAR, READING = 0, 1
FACTS = ("MEANTIME", "UDS_IH2", "MV2", "rules")  # whose idea of a fact: three annotations, and what our own rules say
FOLDS = 5
FULL = 3.0  # the score of what happened for certain

Record = dict[str, Any]


class Example(NamedTuple):
    window: Window
    style: int
    cues: list[int] | None  # BIO a token, or None where cues are not judged
    roles: list[tuple[list[int], list[int]]]  # (the cue's tokens, the role of each token of the window)
    names: list[int] | None  # 0 outside, 1 + 2 * type begin, 2 + 2 * type inside
    fold: int
    facts: list[tuple[int, int, float]]  # (token, number in FACTS, score from -1 to 1)


def fold_of(name: str) -> int:
    """The part that a document is in."""
    return int(digest(name)[:8], 16) % FOLDS


def read_lines(path: Path) -> list[Record]:
    """The objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def owned(window: Window, spans: Sequence[Sequence[int]]) -> list[int]:
    """The window's tokens that overlap any of the spans."""
    ends = [e for _, e in window.spans]
    found = []
    for start, end in spans:
        k = bisect_left(ends, start + 1)
        while k < len(window.spans) and window.spans[k][0] < end:
            found.append(k)
            k += 1
    return sorted(set(found))


def label_attributions(window: Window, records: Sequence[Record], style: int, fold: int) -> Example:
    """Cue and role labels of one window. Borderline records teach roles, but their cues are not judged."""
    bio = [0] * len(window.spans)
    roles = []
    for record in records:
        cue = owned(window, record["cue"])
        if not cue:
            continue
        soft = bool(record.get("borderline"))
        for n, k in enumerate(cue):
            bio[k] = IGNORE if soft else 1 if n == 0 else 2
        tags = [0] * len(window.spans)
        for k in owned(window, record["source"]):
            tags[k] = 1
        for k in owned(window, record["content"]):
            tags[k] = 2
        for k in cue:
            tags[k] = IGNORE
        roles.append((cue, tags))
    return Example(window, style, bio, roles, None, fold, [])


def label_names(window: Window, names: Sequence[Sequence[Any]], fold: int) -> Example:
    """Names labels of one window."""
    tags = [0] * len(window.spans)
    for start, end, kind in names:
        for n, k in enumerate(owned(window, [(start, end)])):
            tags[k] = 1 + 2 * NAME_TYPES.index(kind) + (n > 0)
    return Example(window, POLNEAR, None, [], tags, fold, [])


def verbs(text: str, window: Window) -> Iterator[int]:
    """The window's tokens that look like verbs: past and -ing forms, and what stands behind a modal or "to"."""
    auxiliary, modal, before = certainty_words.listed("auxiliary"), certainty_words.modals(), ""
    for k, (start, end) in enumerate(window.spans):
        word = text[start:end]
        plain = word.isalpha() and word.islower() and word not in auxiliary and word not in modal
        if plain and (before == "to" or before in modal or certainty_words.word_form(word) in ("ed", "ing")):
            yield k
        before = word


def label_rules(text: str, window: Window) -> list[tuple[int, int, float]]:
    """What our own rules say of a window's verbs."""
    rules = FACTS.index("rules")
    return [(k, rules, certainty.factuality(text, window.spans[k]).score / FULL) for k in verbs(text, window)]


def polnear(path: Path, vocabulary: Vocabulary) -> Iterator[Example]:
    """The windows of PolNeAR articles, with what our rules for facts say in every third."""
    for article in read_lines(path):
        for n, window in enumerate(windows(article["text"], vocabulary)):
            found = label_attributions(window, article["attributions"], POLNEAR, fold_of(article["id"]))
            yield found if n % 3 else found._replace(facts=label_rules(article["text"], window))


def wikinews(folder: Path, pattern: str, vocabulary: Vocabulary) -> Iterator[Example]:
    """The windows of the Wikinews records whose names match the pattern."""
    for path in sorted(folder.glob(pattern + ".json")):
        text = (folder / "articles" / (path.stem + ".txt")).read_text(encoding="utf-8")
        for window in windows(text, vocabulary):
            records = json.loads(path.read_text(encoding="utf-8"))["attributions"]
            yield label_attributions(window, records, READING, fold_of(path.stem))


def annotated(path: Path, gold: Path, vocabulary: Vocabulary) -> Iterator[Example]:
    """The windows of the texts that a stand-off file annotates. Raises ValueError where a text is not the one annotated."""
    known = texts(gold)
    for document in read_lines(path):
        text = known[document["doc"]]
        if digest(text) != document["digest"]:
            raise ValueError(f"{document['doc']} is not the text that was annotated")
        for window in windows(text, vocabulary):
            yield label_attributions(window, document["attributions"], READING, fold_of(document["doc"]))


def written(folder: Path, vocabulary: Vocabulary) -> Iterator[Example]:
    """The windows of the articles written for training, marked inline."""
    for path in sorted(folder.glob("*.txt")):
        for article in marked.articles(path):
            for window in windows(article.text, vocabulary):
                yield label_attributions(window, article.attributions, READING, fold_of(article.name))


def names(path: Path, vocabulary: Vocabulary) -> Iterator[Example]:
    """The windows of name-annotated texts."""
    for record in read_lines(path):
        for window in windows(record["text"], vocabulary):
            yield label_names(window, list(record["names"]), fold_of(record["id"]))


def held_out(text: str) -> bool:
    """Whether a sentence of UDS-IH2, which has no part for development, is kept for that."""
    return int(digest(text)[8:16], 16) % 2 == 1


def facts(folder: Path, vocabulary: Vocabulary, seed: int = 7) -> Iterator[Example]:
    """Windows of one to six sentences with events, of one set and one fold each; the sentences twice, in two orders."""
    rng = random.Random(seed)
    for column, name in enumerate(("MEANTIME_train", "UDS_IH2_dev", "MV2_train")):
        parts: list[list[Record]] = [[] for _ in range(FOLDS)]
        for record in read_lines(folder / f"{name}.jsonl"):
            if name != "UDS_IH2_dev" or not held_out(record["text"]):
                parts[fold_of(record["text"])].append(record)
        for fold, part in enumerate(parts):
            for _ in range(2):
                rng.shuffle(part)
                at = 0
                while at < len(part):
                    some = part[at : (at := at + rng.randint(1, 6))]
                    yield from _facts(some, column, fold, vocabulary)


def _facts(records: Sequence[Record], column: int, fold: int, vocabulary: Vocabulary) -> Iterator[Example]:
    words: list[str] = []
    targets = []
    for record in records:
        more = record["text"].split()
        targets += [
            (len(words) + min(t["span1"][1], len(more)) - 1, float(t["label"]) / FULL) for t in record["targets"]
        ]
        words += more
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    for window in windows(" ".join(words), vocabulary):
        events = [
            (token[-1], column, score)
            for last, score in targets
            if (token := owned(window, [(starts[last], starts[last] + len(words[last]))]))
        ]
        yield Example(window, POLNEAR, None, [], None, fold, events)


SPEAKERS = (
    "the minister",
    "Mira Halloran",
    "Oduya",
    "he",
    "she",
    "they",
    "the official",
    "General Tarn",
    "Ms. Keller",
    "the spokeswoman",
    "one resident",
    "the company",
    "Dr. Amara Solis",
    "the governor",
    "the report",
    "officials",
)
SAYING = (
    "said",
    "added",
    "explained",
    "recalled",
    "told reporters",
    "argued",
    "noted",
    "has said",
    "stressed",
    "wrote",
    "revealed",
    "insisted",
    "pointed out",
    "claimed",
    "acknowledged",
    "testified",
    "continued",
    "concluded",
)
THAT = (
    *SAYING[:6],
    "has stressed",
    "warned",
    "reported",
    "has pointed out",
    "announced",
    "believes",
    "denied",
    "indicated",
)


def _shift(record: Record, by: int) -> Record:
    return {r: [[s + by, e + by] for s, e in record[r]] for r in ("source", "cue", "content")}


def _wrap(sentence: str, inner: Sequence[Record], rng: random.Random) -> tuple[str, list[Record]]:
    """A sentence with its attributions, put into a further speaker's mouth."""
    speaker, direct = rng.choice(SPEAKERS), rng.random() < 0.5 and '"' not in sentence and "“" not in sentence
    if direct:
        cue = rng.choice(SAYING)
        head, tail = rng.choice(("“", '"')), ","
        body = sentence.rstrip(".")
        close = {"“": "”", '"': '"'}[head]
        first = rng.random() < 0.4
        inverted = rng.random() < 0.3 and speaker not in ("he", "she", "they") and " " not in cue
        parts = (cue, speaker) if inverted else (speaker, cue)
        text = (
            f"{head}{body}{tail}{close} {parts[0]} {parts[1]}."
            if not first
            else f"{speaker[0].upper()}{speaker[1:]} {cue}: {head}{body}.{close}"
        )
        start = text.index(body)
        who = text.index(speaker, start + len(body)) if not first else 0
        how = text.index(cue, (start + len(body)) if not first else len(speaker))
        content = [start, start + len(body) + 1]
    else:
        cue = rng.choice(THAT)
        opening = f"{speaker[0].upper()}{speaker[1:]} {cue} "
        text = opening + "that " + sentence
        start, who, how = len(opening) + 5, 0, len(speaker) + 1
        content = [len(opening), len(text)]
    outer = {"source": [[who, who + len(speaker)]], "cue": [[how, how + len(cue)]], "content": [content]}
    return text, [outer, *(_shift(r, start) for r in inner)]


def nested(path: Path, vocabulary: Vocabulary, count: int, seed: int = 5) -> Iterator[Example]:
    """Paragraphs made of PolNeAR sentences, some of them wrapped so that their attributions are nested (style 1)."""
    articles = read_lines(path)
    for fold in range(FOLDS):
        part = [a for a in articles if fold_of(a["id"]) == fold]
        yield from _nested(part, vocabulary, count // FOLDS, random.Random(seed + fold), fold)


def _nested(
    articles: Sequence[Record], vocabulary: Vocabulary, count: int, rng: random.Random, fold: int
) -> Iterator[Example]:
    pool: list[tuple[str, list[Record]]] = []
    for article in articles:
        text, start = article["text"], 0
        for paragraph in text.split("\n"):
            end = start + len(paragraph)
            body = paragraph.strip()
            here = [a for a in article["attributions"] if a["cue"] and start <= a["cue"][0][0] < end]
            inside = all(start <= s and e <= end for a in here for r in ("source", "cue", "content") for s, e in a[r])
            if body and here and inside and 40 < len(body) < 320 and body.endswith((".", "”", '"')):
                pool.append((paragraph, [_shift(a, -start) for a in here]))
            start = end + 1
    rng.shuffle(pool)
    at = 0
    while count > 0 and at < len(pool):
        text, records = "", []
        while len(text) < 900 and at < len(pool):
            body, inner = pool[at]
            at += 1
            if rng.random() < 0.6:
                body, inner = _wrap(body, inner, rng)
            if text:
                text += "\n\n"
            records += [_shift(r, len(text)) for r in inner]
            text += body
        for window in windows(text, vocabulary):
            yield label_attributions(window, records, READING, fold)
            count -= 1
