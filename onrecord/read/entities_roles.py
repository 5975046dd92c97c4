"""A person's role and gender, from the words around the name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from onrecord.read import countries, offices
from onrecord.read.entities_names import Gender
from onrecord.read.manner import lexicon
from onrecord.text import Span

APPOSITION = re.compile(
    r",\s+(?:\d{1,3},\s+)?(?:who is\s+)?((?:the|a|an|its|their|his|her|former|then|acting|deputy)\s+)?([^,;.!?“”\"()\n]{3,110})"
)
APART = re.compile(r"[^\w’'.&/ -]")  # no word of a role before a name has such a character, nor is one between two
MOST = 10  # words before a name that are looked at
CUT = re.compile(
    r"\b(?:and|but|said|says|told|that|while|as|with|by|from|to|when|after|before|because|including|like|against|between|on|in|at|if|were|was|is|are|has|have|had)\s",
    re.I,
)


@cache
def _gendered() -> dict[str, Gender]:
    table = lexicon("speakers")
    found: dict[str, Gender] = {}
    for word in (*table["gender"]["male"], *table["titles"]["male"], *table["gender"]["male_roles"]):
        found[word] = "m"
    for word in (*table["gender"]["female"], *table["titles"]["female"], *table["gender"]["female_roles"]):
        found[word] = "f"
    return found


def gender_of(words: Iterable[str]) -> Gender:
    """The gender that the first telling word gives: a title, a role, a first name."""
    return next((g for w in words if (g := _gendered().get(w.lower().strip(".,")))), None)


@cache
def role_head() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, lexicon("speakers")["roles"]["words"])) + r")s?\b", re.I)


ROLE_TAIL = {"of", "for", "at", "to", "the", "and", "in", "a", "an", "its", "their", "state", "government", "ministry", "party", "company", "group", "agency", "department", "council", "committee", "commission", "union", "university", "police", "army", "court", "board", "foreign", "affairs", "health", "defence", "defense", "education", "public", "local", "national"}  # fmt: skip
ROLE_WORDS = {"deputy", "former", "prime", "foreign", "vice", "acting", "senior", "chief", "interim", "defence", "defense", "finance", "interior", "health", "general", "party", "opposition", "security", "army", "police", "company", "state",
              "government", "military", "press", "campaign", "public", "executive", "managing", "associate", "assistant", "research", "education", "transport", "energy", "justice", "economy", "national", "regional", "district", "city", "union", "human", "rights", "board", "co-", "top", "lead", "head"}  # fmt: skip


@lru_cache(maxsize=8192)
def is_role(word: str) -> bool:
    """Whether a word is the head of a role."""
    return role_head().fullmatch(word) is not None


def role_before(text: str, span: Span) -> str | None:
    """The words of a role right before a name: "Foreign Minister", "spokesman for the ministry"."""
    line = text.rfind("\n", 0, span[0]) + 1
    before = text[max(line, span[0] - 110) : span[0]].replace("‘", " ").replace("“", " ")
    if not before.endswith(" "):
        return None
    words = APART.split(before)[-1].split()[-MOST:]
    heads = [i for i, w in enumerate(words) if is_role(w.strip(",."))]
    if not heads or (heads[-1] < len(words) - 1 and not re.match(r"(?:of|for|at|to)$", words[heads[-1] + 1])):
        return None
    behind = words[heads[-1] + 1 :]
    if len(behind) > 8 or any(w.islower() and w not in ROLE_TAIL and not is_role(w) for w in behind):
        return None
    start = heads[-1]
    while (
        start > 0
        and (words[start - 1][0].isupper() or words[start - 1].lower() in ROLE_WORDS)
        and not words[start - 1].endswith((",", ".", ";"))
    ):
        start -= 1
    return " ".join(words[start:]) or None


def last_description(words: str) -> str | None:
    """The last stretch of words that an article opens and a role's head follows soon; without the article."""
    for m in reversed(list(re.finditer(r"\b(?:the|an|a|his|her|its)\s+", words, re.I))):
        rest = words[m.end() :]
        if role_head().search(" ".join(rest.split()[:5])):
            return rest
    return None


def role_around(text: str, span: Span) -> str | None:
    """A person's role from before the name, from "the ROLE, NAME," or from "NAME, the ROLE,"."""
    before = text[max(text.rfind("\n", 0, span[0]) + 1, span[0] - 140) : span[0]]
    m = re.search(
        r"(?:^|[,;.“”\"]\s*|\b(?:after|that|and|when|as|while|by|to|from|with|for)\s+)((?:The|the|His|her|Her|his|its|Its|A|a|an)\s+[^,;“”\"\n]{3,110}),\s*$",
        before,
    )
    if m and (found := last_description(m.group(1))):
        return found
    if role := role_before(text, span):
        return role
    after = APPOSITION.match(text, span[1], min(len(text), span[1] + 140))
    if (
        after
        and (after.group(1) or role_head().match(after.group(2).split()[0]))
        and role_head().search(" ".join(after.group(2).split()[:7]))
    ):
        role = (
            CUT.split(after.group(2))[0]
            if not after.group(1)
            else re.split(r"\b(?:who|which|said|says|told)\b", after.group(2))[0]
        )
        return role.strip() or None
    return None


def tidy_role(role: str) -> tuple[str, str | None]:
    """A role without the country's word before it, and the country."""
    country = countries.first_in(role)
    role = countries.stripped_demonym(re.sub(r"^(?:the|a|an)\s+", "", role.strip(), flags=re.I))
    return offices.without_country(re.sub(r"^(?:US|U\.S\.|UK)\s+", "", role)), country
