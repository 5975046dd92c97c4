"""Whether somebody said what an indicator waits for: by speaker, topics, act and polarity.

Where no speaker is asked for, sentences of the article's own voice count too. All topics must stand in the same content, or in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.knowledge import Resolved
from onrecord.model import Attribution
from onrecord.read.manner import lexicon
from onrecord.read.numbers import either
from onrecord.text import Span, overlap, words_of
from onrecord.watch import topics
from onrecord.watch.actors import Scene, entity_is, entity_told, is_absent, scene
from onrecord.watch.indication import Crossing, Indication
from onrecord.watch.indicator import StatementTest, Who
from onrecord.watch.weigh import is_unsaid, sentence_of, weigh


def find(test: StatementTest, resolved: Resolved) -> Iterator[Indication]:
    """What the attributions of a reading say to a test, and its own sentences where no speaker is asked for."""
    text = resolved.reading.article.text
    patterns = [topics.spoken_of(word) for word in test.about]
    if not all(p.search(text) for p in patterns) or (test.speaker and is_absent(test.speaker, resolved)):
        return
    for a in resolved.reading.attributions:
        content = words_of(text, a.content)
        if all(p.search(content) for p in patterns) and not inner(test, resolved, a, patterns):
            crossing, why = judged(test, resolved, a)
            if crossing == "crossed" and test.polarity and supposed(resolved, a, patterns):
                crossing, why = "expected", f"{why}, as of what only might come true"
            if crossing:
                sentence = sentence_of(text, (a.cue or a.source or a.content)[0])
                yield Indication(
                    record="attribution", label=a.id, crossing=crossing, sentence=sentence, attribution=a.id, reason=why
                )
    if test.speaker is None and test.act in (None, "statement"):
        yield from own_voice(test, resolved, patterns)
    if test.speaker is not None and test.act in (None, "statement"):
        yield from nominal(test, test.speaker, resolved, patterns)
        yield from spoken(test, test.speaker, resolved, patterns)


def inner(test: StatementTest, resolved: Resolved, a: Attribution, patterns: list[re.Pattern[str]]) -> bool:
    """Whether an attribution within this one says the same, so that it is that one's statement; only where any speaker will do."""
    if test.speaker is not None:
        return False
    within = (b for b in resolved.reading.attributions if b.within == a.id)
    return any(all(p.search(words_of(resolved.reading.article.text, b.content)) for p in patterns) for b in within)


def supposed(resolved: Resolved, a: Attribution, patterns: list[re.Pattern[str]]) -> bool:
    """Whether a statement has one of the topics only in what it says might come true: "only if there is a violation of the border"."""
    ifs = [s for c in resolved.reading.conditions for s in c.if_]
    found = ([m.span() for s in a.content for m in p.finditer(resolved.reading.article.text, *s)] for p in patterns)
    return any(some and all(any(overlap(m, s) for s in ifs) for m in some) for some in found)


def judged(test: StatementTest, resolved: Resolved, a: Attribution) -> tuple[Crossing | None, str]:
    """How one attribution about the topics stands to a test, and why."""
    if test.act not in (None, a.act):
        return None, ""
    who = speaker(test.speaker, resolved, a)
    if who == "no":
        return None, ""
    if a.cue and HEARD.match(words_of(resolved.reading.article.text, a.cue)):
        return None, ""
    if is_open(resolved.reading.article.text, a):
        return "expected", f"whether {words_of(resolved.reading.article.text, a.source)} says so is open"
    if is_to_come(resolved.reading.article.text, a):
        return "expected", f"{words_of(resolved.reading.article.text, a.source) or 'somebody'} has yet to say so"
    if is_unsaid(resolved.reading.article.text, a) and test.polarity is None:
        return "expected", f"{words_of(resolved.reading.article.text, a.source) or 'somebody'} does not say so"
    denied = a.negated or a.certainty.endswith("-") or is_scorned(resolved.reading.article.text, a)
    if a.negated and test.polarity and WHETHER.match(words_of(resolved.reading.article.text, a.content)):
        return "expected", f"{words_of(resolved.reading.article.text, a.source)} is not sure"
    reason = f"{words_of(resolved.reading.article.text, a.source) or 'somebody'} {'denies it' if denied else 'says so'}"
    if who == "unknown":
        return "untied", f"{reason}; whose that is, the article does not say"
    if test.polarity == "asserted" and denied:
        return "against", reason
    if test.polarity == "denied" and not denied:
        return ("against", reason) if a.certainty != "Uu" else (None, "")
    if test.polarity and test.act is None and a.certainty in ("Uu", "PS+"):
        return "expected", f"{reason}; without being sure"
    return "crossed", reason


def is_scorned(text: str, a: Attribution) -> bool:
    """Whether somebody calls what he speaks of untrue: "called the story of a leak a fairy tale"."""
    if a.content and NOT_SO.match(words_of(text, a.content)):
        return True
    if not a.cue or not a.content or not CALLS.search(words_of(text, a.cue)):
        return False
    end = max(a.cue[-1][1], a.content[-1][1])
    return bool(untrue().search(text[a.content[0][0] : end]))


@cache
def untrue() -> re.Pattern[str]:
    """What something is called that is not so, at the end of what is said."""
    return re.compile(rf"\b(?:{either(lexicon('indicators')['fate']['negated'])})[”\"’']?[\s.,;]*$", re.I)


def is_open(text: str, a: Attribution) -> bool:
    """Whether it is left open that somebody says something: "if he says that", "he may say that", "has he said that …?"."""
    if not a.cue or not a.source or not a.content or a.content[0][0] < a.cue[0][0]:
        return False
    sentence = sentence_of(text, a.cue[0])
    first = min(a.source[0][0], a.cue[0][0])
    asked = QUESTION.match(text, *sentence) and text[: sentence[1]].rstrip().endswith("?")
    return bool(
        asked
        or IF.search(text, sentence[0], first)
        or MAY.search(text[max(sentence[0], a.cue[0][0] - 20) : a.cue[-1][1]])
    )


def is_to_come(text: str, a: Attribution) -> bool:
    """Whether it is only told that somebody will say something, "will explain on Thursday", "is to announce"; "would like to thank" thanks."""
    if not a.cue or a.act not in ("statement", "question"):
        return False
    start, end = a.cue[0][0], a.cue[-1][1]
    m = TO_COME.search(text[max(0, start - 40) : end])
    return bool(m and not WISH.search(m.group()))


def speaker(who: Who | None, resolved: Resolved, a: Attribution) -> str:
    """Whether an attribution is of the speaker who is asked for."""
    if who is None:
        return "yes"
    if a.speaker is None or a.speaker_kind == "anonymous":
        return "no"
    at = scene(who, resolved)
    if is_somebody(who, resolved) and is_of(at, a):
        return "no"
    told = entity_told(at, a.speaker)
    return "no" if told == "unknown" and (who.role or not who.country) else told


def is_somebody(who: Who, resolved: Resolved) -> bool:
    """Whether who is asked for is a person, for whom nobody else speaks."""
    return any(e.type == "person" and entity_is(who, e, resolved) == "yes" for e in resolved.reading.entities)


def nominal(test: StatementTest, who: Who, resolved: Resolved, patterns: list[re.Pattern[str]]) -> Iterator[Indication]:
    """What somebody is said to have said by a noun: "a warning of famine came from the board", "the board issued a warning of famine", "the board's warning of famine"."""
    text, at = resolved.reading.article.text, scene(who, resolved)
    read = spans_read(resolved)
    for m in said_by_noun().finditer(text):
        sentence = sentence_of(text, m.span())
        content = (
            m.end(),
            min((c.start() for c in CONTENT_ENDS.finditer(text, m.end(), sentence[1])), default=sentence[1]),
        )
        if not all(p.search(text, *content) for p in patterns) or any(overlap(m.span("noun"), s) for s in read):
            continue
        if not any(is_whose(text, sentence, m, content, o) for o in at.own):
            continue
        weight = weigh(resolved, m.span("noun"), m.span("noun"), "actual", None, sentence).value
        denies = m["noun"].lower().rstrip("s") in ("denial", "rejection", "refutation", "disavowal")
        crossing = noun_crossing(test, weight, denies)
        if crossing:
            reason = f"by “{m['noun']}” it is told that {next(iter(who.names), who.role or '')} says so"
            yield by_sentence(crossing, sentence, reason)


def spoken(test: StatementTest, who: Who, resolved: Resolved, patterns: list[re.Pattern[str]]) -> Iterator[Indication]:
    """What somebody is told to have spoken of, in no words of his: "spoke of a leak at the reactor", "in the view of Ada Moreno"."""
    text, at = resolved.reading.article.text, scene(who, resolved)
    read = spans_read(resolved)
    for start, end in at.own:
        sentence = sentence_of(text, (start, end))
        attached = BEFORE_NAME.search(text, sentence[0], start)
        m = None if attached else SPOKE.match(text, end, sentence[1])
        viewed = VIEW.search(text, sentence[0], start)
        if not (m or viewed) or any(overlap((m.start("verb"), m.end()) if m else sentence, s) for s in read):
            continue
        content = (m.end() if m else end, sentence[1])
        if not all(p.search(text, *content) for p in patterns):
            continue
        word = m.span("verb") if m else (start, end)
        weight = weigh(resolved, word, word, "actual", None, sentence).value if m else "actual"
        crossing = noun_crossing(test, "open" if weight == "negated" and test.polarity is None else weight, False)
        if crossing:
            reason = f"{text[start:end]} {m['verb'] if m else 'sees it so'}"
            yield by_sentence(crossing, sentence, reason)


def spans_read(resolved: Resolved) -> list[Span]:
    """The cues and contents of what is attributed already."""
    return [s for a in resolved.reading.attributions for s in (*a.cue, *a.content)]


def by_sentence(crossing: Crossing, sentence: Span, reason: str) -> Indication:
    """An indication by a sentence alone, of which the reading holds no record."""
    return Indication(
        record="sentence", label="", crossing=crossing, sentence=sentence, attribution=None, reason=reason
    )


def noun_crossing(test: StatementTest, weight: str, denies: bool) -> Crossing | None:
    """How a statement that a noun names stands to a test."""
    if weight == "historical":
        return None
    if weight in ("open", "planned"):
        return "expected"
    if weight == "negated":
        return "against"
    if test.polarity is not None and (test.polarity == "denied") != denies:
        return "against"
    return "crossed"


def is_whose(text: str, sentence: Span, m: re.Match[str], content: Span, named: Span) -> bool:
    """Whether somebody named at a place is who says what a noun names: its owner, its subject, or behind "from" or "by"."""
    if sentence[0] <= named[0] and named[1] <= m.start():
        owner = OWNS.fullmatch(text, named[1], m.start())
        return bool(owner) and (text[named[1]] in "’'" or not BEFORE_NAME.search(text, sentence[0], named[0]))
    return content[1] <= named[0] < sentence[1] and bool(FROM.search(text, content[0], named[0]))


@cache
def said_by_noun() -> re.Pattern[str]:
    """A noun of saying with what introduces its content."""
    nouns = either(lexicon("indicators")["saying"]["nouns"])
    return re.compile(
        rf"(?<![\w-])(?P<noun>(?i:{nouns}))\s+(?:of|about|on|over|against|that|to|for|regarding|concerning)\s"
    )


def is_of(s: Scene, a: Attribution) -> bool:
    """Whether the words for a source name somebody only as whose they are: "two officials in the office of President Harsany"."""
    found = [(o, span) for span in a.source for o in s.own if overlap(o, span)]
    return bool(found) and all(
        s.text[slice(*o)].lower() in POSSESSIVE
        or IN_SOURCE.search(s.text[span[0] : o[0]])
        or OWNER.match(s.text, o[1], span[1])
        for o, span in found
    )


POSSESSIVE = ("his", "her", "its", "their")  # "his press aide"
WHETHER = re.compile(r"\s*(?:whether|if)\b", re.I)
NOT_SO = re.compile(
    r"\s*(?:that\s)?(?:it|this)\s(?:is|was)\s(?:not\strue|untrue|false|a\slie|wrong|nonsense|not\sthe\scase)\sthat\b",
    re.I,
)
IF = re.compile(r"\b(?:if|unless|whether|should)\s+(?:the\s+)?(?:[A-Z]?[\w’'-]+\s+){0,2}$", re.I)
MAY = re.compile(r"\b(?:may|might|could)\s+(?:\w+ly\s+|also\s+|still\s+|yet\s+)?[a-z]+\s*$", re.I)
QUESTION = re.compile(r"\s*(?:has|have|had|did|does|do|will|would|is|was|can|could|should)\b", re.I)
CALLS = re.compile(r"\b(?:call|brand|label|describ|dismiss|denounc|term|dub)\w*", re.I)
SPOKE = re.compile(
    r"(?:,\s[^,;.]{1,60},)?\s+(?:(?:has|have|had|also|again|then|yesterday|on\s\w+day|\w+ly)\s+){0,3}(?P<verb>spoke|spoken|speaks|talked|talks|warned|warns|complained|complains|hinted|hints|admitted|admits|confessed|confesses|alluded|boasted|boasts|testified|threatened|threatens|vowed|vows|owned\s+up)\s+(?:(?:on\s\w+day|openly|again|yesterday)\s+)?(?:of|about|to|at|against)\s"
)
BEFORE_NAME = re.compile(r"\b(?:of|for|to|by|with|on|in|from|near|against|and|or)\s(?:the\s)?$", re.I)  # "a friend of"
VIEW = re.compile(r"\b[Ii]n\sthe\s(?:view|opinion|words|eyes|judgement|estimation)\sof\s(?:the\s)?$")
# What is done with somebody else's words: "ignored a warning".
HEARD = re.compile(
    r"(?:(?:has|have|had|was|were|also|long|never)\s+)*(?:ignor|receiv|hear|heed|overlook|await|miss|obey|brush|shrug|forg[eo]t)\w*",
    re.I,
)
# Verbs before the cue by which something is yet to be said.
TO_COME = re.compile(
    r"(?:\b(?:will|shall|would)\s+(?!not\b|have\b)(?:\w+ly\s+|also\s+|then\s+)?|\b(?:is|are|was|were)\s+(?:due|set|scheduled|expected|likely|about|going)?\s?to\s+|\b(?:plans|plan|intends|intend|promised|promises|wants|hopes|due|set|scheduled|expected|going)\s+to\s+)[\w’'-]+\s*$",
    re.I,
)
WISH = re.compile(r"\bwould\s+(?:like|rather|prefer|say|argue|add|stress|note|only)\b|\bwould\b(?!\s\w+$)", re.I)
# Where what a noun of saying holds ends: before the verb of which it is the subject, or a comma.
CONTENT_ENDS = re.compile(
    r"[,;:.]|\s(?:came|comes|come|went|was|were|is|has|had|arrived|reached|followed|drew|by|from)\b"
)
FROM = re.compile(r"\b(?:from|by)\s+(?:(?:the|a|an|its|their|his|her)\s+)?(?:[a-z][\w-]*\s+){0,3}$")
OWNS = re.compile(
    r"(?:[’']s?\s+(?:[a-z][\w-]*\s+){0,3}|(?:,\s[^,;.]{1,60},)?\s+(?:\w+ly\s+|again\s+|also\s+|has\s+|have\s+|had\s+|on\s\w+day\s+|yesterday\s+){0,3}(?:issued?|issues|made|makes|gave|given|gives|sounded|sent|published|released|delivered|repeated|renewed|voiced|put\s+out|came\s+out\s+with|raised|launched|read\s+out|added|offered|signed|wrote|drew\s+up|presented)\s+(?:[a-z][\w-]*\s+){0,4})"
)
IN_SOURCE = re.compile(
    r"\w.*\b(?:of|for|to|in|with|by|near|around|behind|from|under)\s+(?:the\s+)?(?:[A-Z]\w+\s+){0,3}$", re.S
)
OWNER = re.compile(r"[’']s?\s+\w|\s+(?:aide|spokes|office|staff|campaign|camp|team)\w*", re.I)


def own_voice(test: StatementTest, resolved: Resolved, patterns: list[re.Pattern[str]]) -> Iterator[Indication]:
    """The sentences in the article's own voice that speak of all topics as of something that is so."""
    reading = resolved.reading
    said = spans_read(resolved)
    rarest = min(([m.span() for m in p.finditer(reading.article.text)] for p in patterns), key=len, default=[])
    for sentence in dict.fromkeys(sentence_of(reading.article.text, span) for span in rarest):
        found = [p.search(reading.article.text, *sentence) for p in patterns]
        if not found or not all(found) or any(overlap(m.span(), s) for m in found if m for s in said):
            continue
        weights = [weigh(resolved, m.span(), m.span(), "actual", None, sentence).value for m in found if m]
        crossing = own_crossing(test, weights)
        if crossing:
            yield by_sentence(crossing, sentence, "the article says so itself")


def own_crossing(test: StatementTest, weights: Sequence[str]) -> Crossing | None:
    """How a sentence of the article's own voice stands to a test."""
    if "historical" in weights:
        return None
    if "negated" in weights:
        return "against" if test.polarity == "asserted" else "crossed"
    if test.polarity == "denied":
        return "against"
    return "expected" if "open" in weights and test.polarity else "crossed"
