"""Words of time that open a condition: "as soon as the reserve falls below nine days", "not until the mines are cleared".

A clause of time is a condition where what it tells is still to come and something hangs on it; "when he arrived" and "the day the war began" tell what was, and
"when the minister arrives on Monday" only when. By the lists of `lexicon/conditions.toml`: 1. *soon* words want something that will follow; 2. *level* words also a number that is
passed; 3. *until* wants a refusal before it, or a demand behind it. What somebody said that would be stands one tense back: "would ration flour once stocks fell below nine days".
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.read.conditions_sides import FUTURE, HAS, PAST
from onrecord.read.manner import lexicon

CLAUSE = (
    r"\s+(?:(?:the|a|an|any|this|that|these|those|its|his|her|their|our|no|all|both|each|every|some)\s+\w+"
    r"|(?:it|they|he|she|we|you|I|there|everyone|nobody)\b|[A-Z])"
)
CLAUSE_HEAD = re.compile(CLAUSE)
ONLY_THEN = re.compile(
    r"\b(?:will|can|may|would|could|must|should)\s+only\s+(?:\w+\s+){1,5}$(?<!time )(?<!moment )(?<!point )|\bonly\s*$",
    re.I,
)
IDLE = re.compile(
    r"(?:possible|practicable|feasible|necessary|there (?:is|are) (?:some|any|more|news)\b|(?:we|I) (?:have|know|hear|get|can)\b)",
    re.I,
)
AT_A_TIME = re.compile(
    r"(?:before|after|of|just|later|next|at|about|around|early|late|mid|this|last|then|now|recently|today|tomorrow|\d{4}|\w+ed)\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
)
REFUSED = re.compile(
    r"\b(?:will|would|can|could|shall|may|must|should|does|do|is|are)\s+(?:not|never)\b|\b(?:wo|ca|would|could|do|does|is|are)n['’]t\b|\bcannot\b|\brefus\w+\s+to\b"
    r"|\b(?:no|nobody|none|nothing|never|neither)\b[^,;]*\b(?:will|can|would|may|shall|could|is to|are to)\b|\b(?:will|can|would|may|shall|could)\b[^,;]*\b(?:no|nobody|nothing)\b",
    re.I,
)
NEAR = 80  # characters of a main clause before "until" in which its refusal stands
QUOTED = re.compile(r"[“”\"]")
WAITING = re.compile(r"\b(?:wait|waits|waited|waiting|up|ever|not)\s*$", re.I)
BENT = re.compile(r"\b(?:vow|pledge|promis|swor|swear|determin|will|going to|shall|would|plan|mean)\w*", re.I)
SAID = re.compile(
    r"\b(?:said|warned|told|added|vowed|pledged|promised|announced|insisted|threatened|predicted|agreed|hoped|expected|ruled|decided)\b"
)
WOULD = re.compile(r"(?:[^\s,;]+\s+){0,8}?(?:would|could|might)\b", re.I)


@cache
def timed(kind: str = "") -> frozenset[str]:
    """The words of time of a list, or of all three."""
    table = lexicon("conditions")["marker"]
    return frozenset(w for k in ((kind,) if kind else ("soon", "level", "until")) for w in table[k])


@cache
def level() -> re.Pattern[str]:
    """Words that say that a number, in figures or in words, is passed or not reached."""
    table = lexicon("conditions")["threshold"]
    limit, number, more = ("|".join(table[k]) for k in ("words", "numbers", "behind"))
    some = rf"(?:\d|(?:{number}|\w+teen|\w+ty-\w+)\b)"
    return re.compile(rf"\b(?:{limit})\b(?:\W+[^\W\d]+){{0,3}}?\W+{some}|\b{some}[^.;]{{0,40}}?\b(?:{more})\b", re.I)


@cache
def finite() -> re.Pattern[str]:
    """What may be a verb in the present: one of a list where it ends the clause, so that "the early hours" is none."""
    last = "|".join(lexicon("conditions")["marker"]["last"])
    return re.compile(
        rf"\b(?:has|have|is|are)\b|\b(?:it|they|he|she|we|you|I|(?!(?:this|his|its|always|us|was|perhaps|across|news|as|years|months|weeks|days|hours|minutes|seconds|times|\w+[su]s)\b)\w+s)\s|\b(?:{last})$",
        re.I,
    )


@cache
def demand() -> re.Pattern[str]:
    """What somebody waits for as his due."""
    return re.compile(r"\b(?:" + "|".join(lexicon("conditions")["marker"]["demand"]) + r")\b", re.I)


@cache
def of_a_noun() -> re.Pattern[str]:
    """Words before a word of time that make it a noun: "at the moment"."""
    return re.compile(r"\b(?:" + "|".join(lexicon("conditions")["marker"]["noun"]) + r")\s*$", re.I)


def is_level(words: str) -> bool:
    """Whether words say that a number is passed: "stocks fall below nine days"."""
    return bool(level().search(words))


def may_open(word: str, before: str, text: str, at: int) -> bool:
    """Whether a word of time, by the words beside it, may open a clause at `at`."""
    if word.startswith("the ") and of_a_noun().search(before) and not re.search(r"\b[Oo]n\s*$", before):
        return False
    if word in timed("until") and WAITING.search(before):
        return False
    return not (IDLE if word == "as soon as" else AT_A_TIME).match(text, at + 1)


def is_timed(word: str, if_side: str, then: str, before: str, headed: bool) -> bool:
    """Whether a clause of time that `word` opens is a condition.

    `before` is what the sentence says before the word, `headed` whether the clause begins as a subject does.
    """
    passed = is_level(if_side)
    past = bool(PAST.search(if_side)) and not HAS.search(if_side)
    if past and not (SAID.search(before) and WOULD.match(then)):
        return False
    if word in timed("until"):
        return is_awaited(if_side, then, past)
    if word == "when" and ONLY_THEN.search(before):
        return follows(if_side, then, past)
    if word in timed("level"):
        return passed and bool(FUTURE.search(then) or HAS.search(then) or not PAST.search(then))
    return (headed or passed) and follows(if_side, then, past)


def follows(if_side: str, then: str, past: bool) -> bool:
    """Whether something will or can follow a clause that is told as still to come."""
    return bool(FUTURE.search(then) and (past or finite().search(if_side)))


def is_awaited(if_side: str, then: str, past: bool) -> bool:
    """Whether "until" says on what something hangs, rather than how long it lasts: a refusal before it, or a demand behind it."""
    if not (past or finite().search(if_side)) or (PAST.search(then) and not (FUTURE.search(then) or BENT.search(then))):
        return False
    refused = then if len(then) <= NEAR else then[-NEAR:]
    return bool(REFUSED.search(QUOTED.split(refused)[-1]) or (demand().search(if_side) and BENT.search(then)))
