"""Names taken apart, so that spellings, scripts and forms of one name come out alike.

1. What describes is cut off: "aircraft maker Tolmar", "Anna Quill, chair of the board"; what stands in brackets is kept as an acronym. 2. Each word is put
into Latin letters (anyascii) and given its kind by the tables of `lexicon/identity.toml`: honorifics and legal forms go, particles weigh little.
3. Each word has a *fold*, in which usual spellings of one sound come out the same, and a *code*, its coarse consonants, for looking up (Soundex's
idea, with romanisations of Slavic and Arabic names in mind).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from onrecord.model import EntityType
from onrecord.read.manner import lexicon
from onrecord.resolve.name_tables import Kind, bodies, latin, people

MAX_WORDS = 12  # of a name that are looked at
MAX_NAME = 200  # code points of it

ABJAD = re.compile(r"[\u0590-\u08ff]")
SYLLABIC = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
QUOTES = str.maketrans({**dict.fromkeys("’‘ʼ`´ʻ", "'"), **dict.fromkeys("“”\"„«»/_|", " "), **dict.fromkeys("‐‑–—", "-"), "&": " & "})  # fmt: skip
BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]?")
ACRONYM = re.compile(r"(?=.{2,10}$)[A-Z][A-Za-z.&-]*[A-Z][A-Za-z.&-]*")
APPOSED = re.compile(r",\s+(?:an?|the|its|his|her|their|who|which|whose|[a-z]\w+)\s.*$")
DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")
GLUED = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
KIN = re.compile(r"'s? [a-z]")  # "Anna Quill's mother", who is not Anna Quill
OWNED = re.compile(r"\b([OD])' (?=[A-Z])")  # "O' Leary"
BREAKS = re.compile(r"[\s,;:.!?\-+*=…]+")
ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})(?<=.)")


class Word(NamedTuple):
    """One word of a name that counts, in lower-case Latin letters."""

    text: str
    fold: str
    code: str
    kind: Kind
    native: str  # as written, where that is another script; else ""
    groups: frozenset[str]  # the names that it is a spelling of
    first: bool  # whether it is known as a first name


class Spelled(NamedTuple):
    """A name as it is compared."""

    words: tuple[Word, ...]
    forms: frozenset[str]  # the classes of legal forms that it has
    family: str  # the number that tells a person from namesakes: "2" of "Jr", "3" of "III"; else ""
    short: frozenset[str]  # acronyms that it is or gives itself
    initials: frozenset[str]  # acronyms that its words would make
    body: str  # the first name of its line in the table of bodies with several, or ""
    codes: frozenset[str]  # of its words
    joined: str  # the folds of its words as one
    ordered: str  # the same, in the order of the alphabet


class Raw(NamedTuple):
    """A word as written, and in lower-case Latin letters."""

    written: str
    text: str


FOLDS = tuple(
    (re.compile(a), b)
    for a, b in (
        (r"[^a-z0-9]", ""), (r"^hs|^x(?=[iu])", "sh"), (r"tsch|tch|tsh|sch", "ch"), (r"dzh|dj", "j"), (r"ph", "f"), (r"kh", "h"), (r"zh", "j"), (r"([bdgt])h", r"\1"),
        (r"ck|q", "k"), (r"ch|sh", "S"), (r"c(?=[eiy])", "s"), (r"c", "k"), (r"x", "ks"), (r"w", "v"), (r"t[sz]", "z"), (r"ff?$", "v"),
        (r"oo|ou|ue|eu", "u"), (r"eo", "o"), (r"ee|ie|iy|yi|ij$", "i"), (r"[ae][iy]", "e"), (r"y", "i"), (r"ae", "e"), (r"oe", "o"), (r"(?<=.)h$", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
CODE = str.maketrans(
    {
        **dict.fromkeys("gqk", "k"),
        **dict.fromkeys("td", "t"),
        **dict.fromkeys("bp", "p"),
        **dict.fromkeys("vf", "f"),
        **dict.fromkeys("szjS", "s"),
    }
)


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """A Latin word as it sounds, roughly."""
    for pattern, to in FOLDS:
        text = pattern.sub(to, text)
    return text


@lru_cache(maxsize=1 << 16)
def code(folded: str) -> str:
    """The coarse consonants of a folded word, at most six; a vowel counts where it begins the word."""
    head = "a" if folded[:1] in "aeiou" else folded[:1]
    rest = re.sub(r"[aeiouh]", "", folded[1:])
    return re.sub(r"(.)\1+", r"\1", (head + rest).translate(CODE))[:6]


def word(raw: Raw, kind: Kind) -> Word:
    """A word with all that it is compared by."""
    folded = fold(raw.text) or raw.text
    native = "" if raw.written.isascii() or raw.written[0] < "\u0370" else raw.written.casefold()
    if kind != "word":
        return Word(raw.text, folded, code(folded), kind, native, frozenset(), False)
    plain = raw.text.replace("'", "")
    return Word(
        raw.text, folded, code(folded), kind, native, people().groups.get(plain, frozenset()), plain in people().first
    )


def raws(text: str) -> list[Raw]:
    """The words of a text, as written and in Latin letters."""
    found = (w.strip("'") for w in BREAKS.split(text))
    return [Raw(w, latin(w).strip("'` ")) for w in found if w and latin(w).strip("'` ")][:MAX_WORDS]


@lru_cache(maxsize=1 << 14)
def spelled(name: str, type: EntityType) -> Spelled:
    """A name of that type as it is compared; one without a letter has no words."""
    text = unicodedata.normalize("NFKC", name[:MAX_NAME]).translate(QUOTES).strip()
    inside = [m.strip() for m in BRACKETS.findall(text)]
    text = DOTTED.sub(lambda m: m[0].replace(".", ""), described(APPOSED.sub("", BRACKETS.sub(" ", text))))
    short = frozenset(squeezed(x) for x in inside if ACRONYM.fullmatch(x))
    if type == "person":
        return person(text)
    qualifiers = " ".join(x for x in inside if not ACRONYM.fullmatch(x) and x[:1].isupper())
    head, comma, tail = text.partition(", ")
    if comma and re.search(r"(?:^|\s)[^\W\d_A-Z]+$", head) and tail[:1].isupper():
        text = tail
    return body(text, qualifiers, short)


def squeezed(acronym: str) -> str:
    """An acronym's letters."""
    return re.sub(r"[^a-z0-9]", "", latin(acronym))


def described(text: str) -> str:
    """A name without the description before it: "German airline Tolmar" is Tolmar."""
    words = text.split()
    small = bodies().small
    start = 0
    for i, w in enumerate(words[:-1]):
        plain = w.isascii() and w.islower() and w.isalpha() and len(w) > 2
        joined = i and words[i - 1].lower() in small
        if plain and w not in small and w not in people().particles and not joined and words[i + 1][:1].isupper():
            start = i + 1
    return " ".join(words[start:])


def person(text: str) -> Spelled:
    """A person's name as it is compared."""
    if KIN.search(text):
        text = re.sub(r"\W+", "", text.lower())
    table = people()
    found = raws(GLUED.sub(" ", OWNED.sub(r"\1'", inverted(text))))
    found, family = unnumbered(found, text.isupper())
    found = without_junk(untitled(found), text.isupper())
    shouted = any(len(r.written) > 3 and r.written.isupper() for r in found)
    count = sum(r.text not in table.particles for r in found)
    ends = [len(found) - 1] if found and (count < 2 or found[-1].text in table.attached) else []
    words = [word(*split) for i, r in enumerate(found) for split in parts(r, shouted, count, i in ends)]
    if not words:
        words = [word(r, "word") for r in raws(text)]
    kept = tuple(words)
    return Spelled(kept, frozenset(), family, frozenset(), frozenset(), "", *run(kept))


def unnumbered(found: list[Raw], upper: bool) -> tuple[list[Raw], str]:
    """The words without "Jr" or a king's number, and which number that is, else ""."""
    table, last = people().family, len(found) - 1
    for i, r in enumerate(found):
        roman = bool(ROMAN.fullmatch(r.written.upper()))
        if i and r.text in table and (not roman or (i == last and r.written.isupper() and not upper)):
            return found[:i] + found[i + 1 :], table[r.text]
    return found, ""


def inverted(text: str) -> str:
    """ "Quill, Anna" as "Anna Quill"; of "Anna Quill, chair of the board" and "the board's chair, Anna Quill" the name."""
    head, comma, tail = (part.strip(" ") for part in text.partition(", "))
    if not (head and comma and tail) or latin(tail).strip(". ") in people().family:
        return text
    if describes(tail) or "," in tail:
        return head
    return tail if describes(head) else f"{tail} {head}"


def describes(text: str) -> bool:
    """Whether words before or behind a name describe whose it is."""
    words = text.split()
    plain = [w for w in words if w.islower() and w not in people().particles.difference(("of", "the"))]
    return (bool(plain) and text != text.lower()) or latin(words[-1]) in lexicon("speakers")["roles"]["words"]


def untitled(found: list[Raw]) -> list[Raw]:
    """The words without honorifics at their start."""
    table, start = people(), 0
    while start < len(found) - 1 and found[start].text in table.honorifics:
        start += 1
    return found[start:]


def without_junk(found: list[Raw], upper: bool) -> list[Raw]:
    """The words without a company's legal form behind a person's name."""
    last = found[-1] if found else None
    if last and len(found) > 2 and not upper and last.written.isupper() and (last.text,) in bodies().forms:
        return found[:-1]
    return found


def parts(raw: Raw, upper: bool, count: int, last: bool) -> Iterator[tuple[Raw, Kind]]:
    """What one word of a person's name amounts to: nothing, a word, initials."""
    table, text = people(), raw.text
    particle = text in table.particles and (len(text) > 1 or raw.written.islower())
    if particle and not last and (text not in table.ambiguous or count > 1):
        return
    if SYLLABIC.search(raw.written) and 2 <= len(raw.written) <= 4:
        yield from ((Raw(c, latin(c)), "word") for c in raw.written if latin(c).strip())
    elif len(text) == 1 and not SYLLABIC.match(raw.written):
        yield raw, "initial"
    elif not upper and not last and re.fullmatch(r"[A-Z]{2}|[B-DF-HJ-NP-TV-XZ]{3}", raw.written):
        yield from ((Raw(c, c), "initial") for c in text)
    else:
        head = next((a for a in table.attached if text.startswith(a) and len(text) > len(a) + 2), "")
        yield Raw(raw.written, text[len(head) :]), "word"


def body(text: str, qualifiers: str, short: frozenset[str]) -> Spelled:
    """An organisation's name, or another thing's, as it is compared; `qualifiers` are words in brackets."""
    table = bodies()
    every = [Raw(r.written, re.sub(r"'s?$", "", r.text)) for r in raws(text.replace("&", " and "))]
    found, forms = formless(every)
    found = found + raws(qualifiers)
    counted = list(kinds(found))
    words = tuple(dict.fromkeys(word(Raw(r.written, t), k) for r, t, k in counted))
    if not words:
        words = tuple(word(r, "word") for r in every)
    plain = [r for r, _, k in counted if k == "word"]
    if len(plain) == 1 and 2 <= len(plain[0].text) <= 6 and plain[0].written.isupper() and plain[0].written.isascii():
        short |= {plain[0].text}
    whole = [r.text.replace("'", "") for r in found if r.text != "the"]
    own = [w for w in whole if (w,) not in table.countries]
    office = frozenset(w.text for w in words if w.kind != "country")
    known = table.aliases.get(" ".join(whole)) or table.aliases.get(" ".join(own)) or table.offices.get(office, "")
    initials = frozenset(acronyms(found)) if len(found) > 1 else frozenset()
    return Spelled(words, forms, "", short, initials, known, *run(words))


def formless(found: list[Raw]) -> tuple[list[Raw], frozenset[str]]:
    """The words without legal forms at their ends, and the classes of those."""
    table, forms = bodies().forms, set()
    moved = True
    while moved:
        moved = False
        for n in range(min(5, len(found) - 1), 0, -1):
            for part, rest in ((found[-n:], found[:-n]), (found[:n], found[n:])):
                form = table.get(tuple(r.text.replace("'", "") for r in part))
                if form and not moved:
                    forms.add(form)
                    found, moved = rest, True
    return found, frozenset(forms)


def kinds(found: Sequence[Raw]) -> Iterator[tuple[Raw, str, Kind]]:
    """The words that count, under one name for each thing, and their kinds."""
    table, i = bodies(), 0
    while i < len(found):
        n, text, kind = phrase(found[i : i + 4])
        if kind or not (text in table.weak or text in table.small):
            yield found[i], text, kind or table.kinds.get(text, "word")
        i += n


def phrase(found: Sequence[Raw]) -> tuple[int, str, Kind | None]:
    """How many words belong together, what they are called, and the kind, where that is a country or number."""
    table, first = bodies(), found[0]
    for n in range(len(found), 0, -1):
        key = tuple(r.text.replace("'", "") for r in found[:n])
        if key in table.countries:
            return n, table.countries[key], "country"
        if key in table.same or n > 1:
            if key in table.same:
                return n, table.same[key], None
            continue
    roman = ROMAN.fullmatch(first.written) and first.text in table.numerals
    spelled_out = first.text in table.numerals and not ROMAN.fullmatch(first.written.upper())
    if roman or spelled_out:
        return 1, table.numerals[first.text], "numeral"
    if first.text[0].isdigit():
        return 1, first.text, "numeral"
    return 1, first.text, None


def acronyms(found: Sequence[Raw]) -> Iterator[str]:
    """What the words could be shortened to: with small words and without."""
    heads = [
        (r.text if r.written.isupper() and len(r.text) <= 4 else r.text[0], r.text in bodies().small) for r in found
    ]
    yield "".join(h for h, small in heads if not small)
    yield "".join(h[0] for h, small in heads if not small)
    yield "".join(h[0] for h, small in heads)


def fullest(names: Iterable[str]) -> list[str]:
    """Names from the fullest to the shortest, each once."""
    return sorted(set(names), key=lambda n: (-len(n.split()), -len(n), n))


def run(words: Sequence[Word]) -> tuple[frozenset[str], str, str]:
    """The codes of words, and their folds as one, in their order and in the alphabet's."""
    folds = [w.fold for w in words]
    return frozenset(w.code for w in words), "".join(folds), "".join(sorted(folds))
