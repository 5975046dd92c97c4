"""Name annotation of several public sets as one: `python -m training.names_data --gold ../shared/gold --out DIR`.

Writes JSON lines {"id", "set", "text", "names": [[start, end, PER|ORG|LOC|OTH]]}: `train.jsonl` (GUM's Wikinews part,
CrossNER politics train, re3d, MEANTIME) and, for measuring only, `crossner_dev.jsonl` and `pud.jsonl`.
Only proper names count: the longest run of proper-noun tokens, without titles and articles before it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

Record = dict[str, Any]
Names = list[tuple[int, int, str]]

GUM = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "OTH", "object": "OTH", "abstract": "OTH"}
CROSSNER = {
    "country": "LOC",
    "location": "LOC",
    "politician": "PER",
    "person": "PER",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "election": "OTH",
    "event": "OTH",
    "misc": "OTH",
}
RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "OTH"}
MEANTIME = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "PRO": "OTH"}
TITLE = re.compile(
    r"(?:(?:the|a|an|mr|mrs|ms|dr|sir|lord|prof|professor|president|vice|prime|foreign|defen[cs]e|minister|secretary|general|gen|col|colonel|captain|"
    r"senator|sen|rep|representative|governor|gov|mayor|king|queen|prince|pope|judge|justice|chancellor|ambassador|commissioner|chief|"
    r"former|then|late|us|uk|premier|deputy|emeritus|spokesman|spokeswoman|director|ceo|administrator|administration)\b\.?\s+)+",
    re.I,
)
LOWER_INSIDE = {
    "of",
    "the",
    "and",
    "for",
    "de",
    "la",
    "al",
    "bin",
    "von",
    "van",
    "der",
    "du",
    "del",
    "in",
    "on",
    "&",
    "-",
}
PRONOUNS = {"we", "i", "he", "she", "it", "they", "you", "our", "his", "her", "their", "its", "us"}
WORD = re.compile(r"\S+")
MENTION = re.compile(r"(\()?(\d+)(?:\[\d+/\d+\])?(?:-(\w+[^()]*))?(\))?")


def tidy(text: str, start: int, end: int, kind: str) -> tuple[int, int, str] | None:
    """A name without titles before it, ending in a capitalised word or number; None where no name is left."""
    if kind in ("PER", "LOC") or text[start:end].lower().startswith(("the ", "a ")):
        lead = (
            TITLE.match(text, start, end)
            if kind == "PER"
            else re.compile(r"(?:the|a|an)\s+", re.I).match(text, start, end)
        )
        if lead and lead.end() < end:
            start = lead.end()
    for tail in ("'s", "’s"):
        if text[start:end].endswith(tail):
            end -= 2
    words = [m.group() for m in WORD.finditer(text, start, end)]
    if (kind == "PER" and len(words) > 4) or (words and words[-1].lower() in PRONOUNS):
        return None  # a description with a name in it, or no name at all
    plain = [w for w in words if w[0].islower() and w.lower() not in LOWER_INSIDE]
    if (
        not words
        or plain
        or not text[start].isupper()
        or (not any(c.isupper() for c in words[-1]) and not words[-1][0].isdigit())
    ):
        return None
    return start, end, kind


def outermost(names: Iterable[tuple[int, int, str]]) -> Names:
    """Names without those that lie inside another; of two over the same words the first that was annotated."""
    out: Names = []
    for name in sorted(dict.fromkeys(names), key=lambda n: (n[0], -n[1])):
        if not out or name[0] >= out[-1][1]:
            out.append(name)
    return out


class Mention(NamedTuple):
    """One of GUM's mentions: the entity that it is of, by its number in the document; tokens from `first` up to `last`; of these
    the head and the words around it that belong to the least that names it."""

    entity: int
    kind: str
    first: int
    last: int
    core: range


class Gum:
    """Rebuilds one CoNLL-U document's text and collects its tokens and mentions."""

    def __init__(self) -> None:
        self.text, self.tokens = "", []  # type: tuple[str, list[tuple[int, int, str]]]
        self.heads: list[int] = []  # of each token: the token that it depends on, -1 for none
        self.mentions: list[Mention] = []
        self._open: list[tuple[int, str, int, str]] = []

    def break_line(self, mark: str) -> None:
        if self.text:
            self.text = self.text.rstrip(" ") + mark

    def add(self, form: str, tag: str, up: int, misc: dict[str, str], space: bool) -> None:
        """One token; `up` says how many tokens further its head stands, 0 where it has none."""
        start = len(self.text)
        self.text += form
        self.heads.append(len(self.tokens) + up if up else -1)
        self.tokens.append((start, len(self.text), tag))
        for opened, entity, rest, closed in MENTION.findall(misc.get("Entity", "")):
            if opened:
                kind, *more = rest.split("-")
                core = more[3] if len(more) > 3 else ""
                self._open.append((int(entity), kind, len(self.tokens) - 1, core))
            if closed:
                last = max((i for i, o in enumerate(self._open) if o[0] == int(entity)), default=None)
                if last is not None:
                    number, kind, first, core = self._open.pop(last)
                    least = {first + int(n) - 1 for n in core.split(",") if n.isdigit()}
                    self.mentions.append(Mention(number, kind, first, len(self.tokens), self.core(first, least)))
        if space:
            self.text += " "

    def core(self, first: int, least: set[int]) -> range:
        """A mention's head with the words of the least that names it which stand next to it without a gap."""
        inside = range(first, len(self.tokens))
        head = next((i for i in inside if self.heads[i] not in inside), first)
        start, end = head, head
        while start - 1 in least:
            start -= 1
        while end + 1 in least:
            end += 1
        return range(start, end + 1)

    def names(self) -> Iterator[tuple[int, int, str]]:
        for _, kind, first, last, _ in self.mentions:
            if kind not in GUM:
                continue
            best: tuple[int, int] | None = None
            run: list[int] = []
            for i in [*range(first, last), -1]:
                proper = i >= 0 and (self.tokens[i][2] in ("NNP", "NNPS"))
                small = (
                    i >= 0
                    and run
                    and self.text[slice(*self.tokens[i][:2])].lower() in ("of", "the", "and", "-", "for", "&")
                )
                if proper or small:
                    run.append(i)
                    continue
                while run and self.tokens[run[-1]][2] not in ("NNP", "NNPS"):
                    run.pop()
                if run and (best is None or run[-1] - run[0] >= best[1] - best[0]):
                    best = (run[0], run[-1])
                run = []
            if best and best[1] >= last - 2:
                yield self.tokens[best[0]][0], self.tokens[best[1]][1], GUM[kind]


def gum_documents(folder: Path, pattern: str = "*") -> Iterator[tuple[str, Gum]]:
    """(name, document) of each file of GUM's `dep` folder that fits the pattern."""
    for path in sorted(folder.glob(f"dep/{pattern}.conllu")):
        doc = Gum()
        skip = 0
        glued = False
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(("# newpar_block", "# newpar")):
                doc.break_line("" if doc.text.endswith("\n\n") else "\n\n")
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            misc = dict(c.split("=", 1) for c in cells[9].split("|") if "=" in c)
            if "-" in cells[0]:
                skip = 2
                glued = "SpaceAfter" in misc
                continue
            if "." in cells[0]:
                continue
            space = misc.get("SpaceAfter") != "No"
            if skip:
                skip -= 1
                space = skip == 0 and not glued
            doc.add(cells[1], cells[4], int(cells[6]) - int(cells[0]) if cells[6] != "0" else 0, misc, space)
        yield path.stem, doc


def gum(folder: Path) -> Iterator[Record]:
    for name, doc in gum_documents(folder):
        found = outermost(t for s, e, k in doc.names() if (t := tidy(doc.text, s, e, k)))
        yield {"id": name, "set": "gum", "text": doc.text, "names": found}


def from_tags(rows: Iterable[tuple[str, str]], types: dict[str, str], name: str, number: int) -> Record:
    """One sentence from (token, BIO tag) pairs."""
    text, found, glue = "", [], True
    for token, tag in rows:
        if not glue and token not in {",", ".", ";", ":", "!", "?", ")", "]", "'s", "’s", "n't", "%", "”", "’"}:
            text += " "
        start = len(text)
        text += token
        glue = token in {"(", "[", "“", "$", "‘"}
        if tag.startswith("B-"):
            found.append([start, len(text), types.get(tag[2:], "OTH")])
        elif tag.startswith("I-") and found:
            found[-1][1] = len(text)
    names = outermost(t for s, e, k in found if (t := tidy(text, s, e, k)))
    return {"id": f"{name}-{number}", "set": name, "text": text, "names": names}


def tagged(path: Path, types: dict[str, str], name: str, token: int, tag: int) -> Iterator[Record]:
    """Sentences of a file with a token and its tag on a line."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    for number, block in enumerate(blocks):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("# ")]
        if rows:
            yield from_tags([(r[token], r[tag]) for r in rows], types, name, number)


def re3d(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*/documents.json")):
        found: dict[str, Names] = {}
        for line in (path.parent / "entities.json").read_text(encoding="utf-8").splitlines():
            e = json.loads(line)
            if e["type"] in RE3D:
                found.setdefault(e["documentId"], []).append((e["begin"], e["end"], RE3D[e["type"]]))
        for line in path.read_text(encoding="utf-8").splitlines():
            doc = json.loads(line)
            names = outermost(t for s, e, k in found.get(doc["_id"], []) if (t := tidy(doc["text"], s, e, k)))
            yield {"id": doc["_id"], "set": "re3d", "text": doc["text"], "names": names}


def meantime(path: Path) -> Iterator[Record]:
    for line in path.read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        ends = [m["end"] for m in doc["mentions"] if m["sent"] <= 5]
        text = "\n".join(doc["text"].split("\n")[:6]) if ends else ""
        named = [
            (m["start"], m["end"], MEANTIME[m["type"]])
            for m in doc["mentions"]
            if m["syn"] == "NAM" and m["type"] in MEANTIME and m["end"] <= len(text)
        ]
        if text:
            yield {
                "id": doc["id"],
                "set": "meantime",
                "text": text,
                "names": outermost(t for s, e, k in named if (t := tidy(text, s, e, k))),
            }


def write(path: Path, records: Iterable[Record]) -> None:
    counts: Counter[str] = Counter()
    with path.open("w", encoding="utf-8") as out:
        for record in records:
            if record["names"]:
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
                counts.update([record["set"], *(f"{record['set']} {k}" for _, _, k in record["names"])])
    print(path.name, dict(sorted(counts.items())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    politics, pud = args.gold / "ner_crossner_politics", args.gold / "ner_uner_pud" / "en_pud.iob2"
    train = [
        *gum(args.gold / "gum_wikinews"),
        *tagged(politics / "train.txt", CROSSNER, "crossner", 0, 1),
        *re3d(args.gold / "re3d"),
        *meantime(args.gold / "meantime_wikinews" / "docs.jsonl"),
    ]
    write(args.out / "train.jsonl", train)
    write(args.out / "crossner_dev.jsonl", tagged(politics / "dev.txt", CROSSNER, "crossner", 0, 1))
    write(args.out / "pud.jsonl", tagged(pud, {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}, "pud", 1, 2))


if __name__ == "__main__":
    main()
