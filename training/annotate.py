"""Compiles drafts of annotation into stand-off records: `python -m training.annotate DRAFT.jsonl --gold ../shared/gold --out DIR`.

A draft line holds words, which only the person who annotates needs: `{"doc", "source", "cue", "content": [...]}`, with
`"borderline": true` where the record is optional. A string may leave out its middle (` … `) and may put brackets around
the meant part of a longer, unique string (`he [said] on Friday`). What is written holds offsets and the digest of the
text, and no word of it. The texts are Wikinews (CC BY 2.5): GeoVirus, MEANTIME and the unlabelled ones of
`wikinews_attributions`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.text import Span, digest, words_of

FAR = 160  # characters between a cue and its content or source that make a line suspicious


def texts(gold: Path) -> dict[str, str]:
    """The Wikinews texts by name."""
    found = {}
    for folder in ("geovirus", "meantime_wikinews"):
        for line in (gold / folder / "docs.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            found[record["id"]] = record["text"]
    for path in (gold / "wikinews_attributions" / "articles").glob("*.txt"):
        found[path.stem] = path.read_text(encoding="utf-8")
    return found


def places(text: str, words: str) -> list[Span]:
    """Every place of the words in the text; a bracketed part is what counts."""
    before, _, rest = words.partition("[")
    inner, closed, after = rest.partition("]")
    parts = (before, inner, after) if closed else ("", words, "")

    def pattern(part: str) -> str:
        return r"[^\n]*?".join(re.escape(p) for p in part.split(" … "))

    full = re.compile(f"{pattern(parts[0])}({pattern(parts[1])}){pattern(parts[2])}")
    edge = (r"(?<!\w)" if words[:1].isalnum() else "", r"(?!\w)" if words[-1:].isalnum() else "")
    return [m.span(1) for m in re.finditer(edge[0] + full.pattern + edge[1], text)]


def away(span: Span, others: Sequence[Span]) -> int:
    """Characters between a span and the nearest of others; 0 where they touch."""
    return min((max(s - span[1], span[0] - e, 0) for s, e in others), default=0)


def compiled(draft: dict[str, Any], text: str) -> dict[str, Any]:
    """The stand-off record of one draft line. Raises ValueError with what cannot be placed."""
    contents: list[list[Span]] = []
    for words in draft["content"]:
        found = places(text, words)
        if not found:
            raise ValueError(f"content not in the text: {words!r}")
        contents.append(found)
    best: tuple[int, list[Span], Span, list[Span]] | None = None
    cues = places(text, draft["cue"])
    if not cues:
        raise ValueError(f"cue not in the text: {draft['cue']!r}")
    sources = places(text, draft["source"]) if draft.get("source") else []
    if draft.get("source") and not sources:
        raise ValueError(f"source not in the text: {draft['source']!r}")
    for cue in cues:
        content = [min(found, key=lambda s: away(s, [cue])) for found in contents]
        if any(s < cue[1] and cue[0] < e for s, e in content):
            continue
        free = [s for s in sources if not any(a < s[1] and s[0] < b for a, b in [cue, *content])] or sources
        source = [min(free, key=lambda s: away(s, [cue]))] if free else []
        cost = away(cue, content) + sum(away(s, [cue]) for s in source)
        if best is None or cost < best[0]:
            best = cost, sorted(content), cue, source
    if best is None:
        raise ValueError(f"cue only inside its content: {draft['cue']!r}")
    record = {"source": best[3], "cue": [best[2]], "content": best[1]}
    return record | ({"borderline": True} if draft.get("borderline") else {})


def documents(lines: Sequence[str], gold: Path) -> Iterator[dict[str, Any]]:
    """The documents of a draft with their records; a faulty line is told on standard error."""
    known = texts(gold)
    by_name: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            draft = json.loads(line)
            records = by_name.setdefault(draft["doc"], [])
            if "content" not in draft:  # the document was read and holds no attribution
                continue
            record = compiled(draft, known[draft["doc"]])
        except (ValueError, KeyError) as error:
            print(f"line {number}: {error}", file=sys.stderr)
            continue
        if away(record["cue"][0], record["content"]) > FAR or (
            record["source"] and away(record["source"][0], record["cue"]) > FAR
        ):
            print(f"line {number}: source, cue and content lie far apart; is that meant?", file=sys.stderr)
        records.append(record)
    for name, records in by_name.items():
        records.sort(key=lambda r: r["cue"])
        yield {"doc": name, "digest": digest(known[name]), "attributions": records}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("draft", type=Path)
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--out", type=Path, help="JSON lines file to write")
    parser.add_argument("--show", action="store_true", help="print each record in words")
    args = parser.parse_args()
    found = list(documents(args.draft.read_text(encoding="utf-8").splitlines(), args.gold))
    if args.show:
        known = texts(args.gold)
        for document in found:
            print("##", document["doc"])
            for r in document["attributions"]:
                shown = (words_of(known[document["doc"]], r[part]) for part in ("source", "cue", "content"))
                print("   ", " | ".join(shown), "(borderline)" if r.get("borderline") else "")
    if args.out:
        args.out.write_text("".join(json.dumps(d) + "\n" for d in found), encoding="utf-8")
    print(f"{len(found)} documents, {sum(len(d['attributions']) for d in found)} attributions")


if __name__ == "__main__":
    main()
