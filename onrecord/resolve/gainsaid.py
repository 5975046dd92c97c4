"""What is denied in words of one's own: a negative sentence set against what others wrote of the affair within days.

1. A negative clause ("There has been no looting in Fen", "Fen will not be evacuated") is about the roots of its words.
2. It denies a sentence of another outlet that has all of these roots in one clause, is not negative, and asks, supposes and refuses nothing.
3. What somebody does not know, want or say is no matter that others could have told; nor is what only has not come yet.

In an article's own voice it counts near the top only. Word lists: `[gainsaid]` in `lexicon/refusals.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from onrecord.knowledge import Claim
from onrecord.model import Noun, Reading
from onrecord.read.manner import lexicon
from onrecord.read.sentences import sentences
from onrecord.resolve.changes import Change, cut_short, voice
from onrecord.resolve.drift import versions
from onrecord.resolve.refusals import excluding
from onrecord.resolve.reversals import Clause, is_conditional, parted
from onrecord.resolve.roots import beginnings
from onrecord.resolve.stances import says_no
from onrecord.text import digest, overlap

TOP = 4  # sentences in which an article denies something by itself
FAR = 1200  # characters that they are looked for in
READ = 1500  # and those of another article that are looked through
LEAST, MOST = 2, 8  # roots of a clause that says what is denied
AT_NO_TIME = re.compile(r"\bat no (?:time|point|moment|stage)\b", re.I)
MARK = re.compile('[“”"‘]')
MORE = 12  # roots that the other's clause may have beyond these


class Told(Noun, frozen=True):
    """An article of the affair as it can be gainsaid."""

    article: str  # id
    outlet: str | None
    origin: str  # id of what it says by itself
    text: str


def of_claim(claim: Claim) -> list[Clause]:
    """The clauses of a claim that may deny what others wrote."""
    unknown = claim.speaker is None and claim.origin.kind != "speaker"
    return (
        [] if claim.stance != "denies" or claim.kind != "statement" or unknown else negatives(claim.words, denies=True)
    )


def of_article(reading: Reading) -> Iterator[tuple[str, list[Clause]]]:
    """The sentences near the top of an article that deny something by themselves, with their negative clauses."""
    text = reading.article.text
    body = max(text.find("\n\n"), 0)
    where = [s for s in sentences(text[: body + FAR]) if s[0] >= body][:TOP]
    others = [s for a in reading.attributions for s in (*a.content, *a.cue)]
    for span in where:
        words = text[slice(*span)]
        if not any(overlap(span, s) for s in others) and firm().search(words) and (found := negatives(words)):
            yield words.strip(), found


def negatives(words: str, *, denies: bool = False) -> list[Clause]:
    """The negative clauses of some words that say enough to be set against others'."""
    if idle().search(words) or is_conditional(words) or "?" in words:
        return []
    plain = light().sub(" ", AT_NO_TIME.sub("never", words))
    found = parted(plain, denies or says_no(plain))
    return [c for c in found if c.denies and LEAST <= len(c.every) <= MOST and c.matter]


def gainsaid(words: str, clauses: Sequence[Clause], told: Sequence[Told], speaker: str = "") -> Told | None:
    """The first article with a sentence that says what one of the clauses of some words denies, and is not their speaker's own, well or badly quoted."""
    own = speaker.split()[-1:]

    def theirs(sentence: str) -> bool:
        quoted = bool(MARK.search(sentence)) and versions(words, sentence)
        return not (own and (own[0] in sentence or quoted))

    return next((t for t in told for c in clauses if any(theirs(s) for s in saying(t.text, c))), None)


def saying(text: str, denied: Clause) -> Iterator[str]:
    """The sentences of a text, its headline among them, that say what a clause denies."""
    low = text[:READ].lower()
    if not all(any(form in low for form in beginnings(root)) for root in denied.every):
        return
    title, _, body = text[:READ].partition("\n\n")
    yield from (words for words in (title, *(body[slice(*s)] for s in sentences(body))) if asserts(words, denied))


def asserts(words: str, denied: Clause) -> bool:
    """Whether one clause of a sentence asserts what another clause denies."""
    if refusing().search(words) or is_conditional(words) or "?" in words:
        return False
    return any(
        not c.denies and denied.every <= c.every and len(c.every - denied.every) <= MORE
        for c in parted(words, says_no(words))
    )


def denial(claim: Claim, told: Told) -> Change:
    """The change that a claim is which denies what an article said."""
    return made(claim.id, claim.article, f"{voice(claim)} denies: {cut_short(claim.words)}", told, claim.id)


def denial_by_itself(words: str, name: str, article: str, told: Told) -> Change:
    """The same of a sentence in an article's own voice; `name` is whose that is."""
    return made(words, article, f"{name} denies: {cut_short(words)}", told)


def made(key: str, article: str, words: str, told: Told, claim: str | None = None) -> Change:
    """A denial of what another article said."""
    return Change(
        id=digest("denied", article, key, told.article),
        kind="denied",
        words=words,
        article=article,
        other=told.article,
        claim=claim,
    )


@cache
def light() -> re.Pattern[str]:
    """Verbs that only say that something was: "took place"."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('refusals')['gainsaid']['light'])})\b", re.I)


@cache
def idle() -> re.Pattern[str]:
    """What makes a negative sentence none that others could have gainsaid: "does not know", "not yet", "let nobody"."""
    table = lexicon("refusals")["gainsaid"]
    return re.compile(rf"\b(?:{'|'.join(table['minds'])})\b|\b(?:{'|'.join(table['yet'])})\b", re.I)


@cache
def firm() -> re.Pattern[str]:
    """How an article says by itself that something is not so: it has not been done, there was none."""
    return re.compile(rf"\b(?:{'|'.join(lexicon('refusals')['gainsaid']['firm'])})\b", re.I)


@lru_cache(maxsize=1)
def refusing() -> re.Pattern[str]:
    """Words by which a sentence tells of a denial."""
    return re.compile(rf"{excluding().pattern}|\b(?:{'|'.join(lexicon('refusals')['gainsaid']['refusing'])})\b", re.I)
