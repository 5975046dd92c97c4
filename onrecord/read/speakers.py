"""Who stands behind each source: names, descriptions and pronouns resolved within one article.

1. Top-level attributions in the order of the text, then nested ones, whose "I" is their parent's speaker.
2. A source with a person's name is that person; "X's spokesman" is not X.
3. A pronoun is the previous speaker or the last person made the subject, whose gender and number fit.
4. A description is the person with that role, else an earlier group of that description, else an entity of its own.
5. Venues: the outlet or platform that something was said to or in.
6. The mentions elsewhere in the text (`mentions`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import itemgetter

from msgspec.structs import replace

from onrecord.model import Attribution, EntityType, SpeakerKind
from onrecord.model import Entity as ModelEntity
from onrecord.read import appositions, countries, descriptions, mentions
from onrecord.read.entities import gather
from onrecord.read.entities_names import Entity, parts
from onrecord.read.entities_roles import gender_of, role_head
from onrecord.read.manner import lexicon
from onrecord.read.mentions import Words
from onrecord.read.names import Name
from onrecord.read.quotes import quoted
from onrecord.text import Span, Spans, envelope, overlap, words_of

HE = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
SELF = {"i", "we", "me", "us", "my", "our", "myself", "ourselves", "mine"}
THEY = {"they", "them", "their", "themselves", "these", "those", "both", "all"}
IT = {"it", "its", "itself"}
RELATIVE = {"who", "which", "that", "whom", "whose"}
PRONOUNS = HE.keys() | SELF | THEY | IT | RELATIVE
ARTICLE = re.compile(
    r"^(?:the|a|an|this|these|those|that|his|her|its|their|our|one|another|both|some|same|said)\s+", re.I
)
POSSESSIVE = re.compile(r"[’']s?\s+\w")
OWNER = re.compile(
    r"\b(?:of|for|by|from|with|to|against|near|under|representing|behind|on behalf of)\s+(?:the\s+)?(?:(?:Mr|Mrs|Ms|Dr|Sir|President|Senator|Gov|Sen)\.?\s+)?$",
    re.I,
)
STATE = re.compile(
    r"\b(?:government|ministry|army|military|parliament|authorities|police|navy|embassy|court|council|cabinet|administration)$",
    re.I,
)
TAIL = re.compile(r",\s|\s+(?:who|which|that|whose|where|speaking|including)\b|\s+\(")
VENUE = re.compile(
    r"\b(?:told|tells|telling|interview(?:s|ed)?(?: published)? (?:with|to|by|in|on|for)|speaking (?:to|with|on|at)|spoke (?:to|with)|talk(?:ed|ing) to|quoted (?:by|in)|wrote (?:in|on|for)|writing (?:in|on|for)|posted (?:on|to)|(?:post|tweet|message|statement|video|live|broadcast|appearance) (?:on|to)|remarks to|comments to|published (?:in|by|on)|appear(?:ed|ing) on|reported by|via|on|in) (?:the |an? )?(?:[\w-]+ ){0,3}[‘'“\"]?$",
    re.I,
)
SAME_OUTLET = re.compile(
    r"\b(?:the\s+)?(?:above-mentioned|aforementioned|same)\s+(?:\w+\s+){0,2}(?:outlet|newspaper|daily|weekly|paper|agency|magazine|website|portal|channel|station|broadcaster|journal|publication|media)\b|\btold the (?:newspaper|paper|daily|agency|magazine|broadcaster|outlet|channel|station)\b",
    re.I,
)
TWEETED = re.compile(r"\b(?:re)?tweet", re.I)
FAR = 20_000  # how far back a pronoun looks for a name, in code points
NEAR = 160  # how far from its cue a venue may stand


@cache
def word_pattern(group: str) -> re.Pattern[str]:
    """The words of a speaker kind, whole words only."""
    words = lexicon("speakers")[group]["words"]
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + r")(?!\w)", re.I)


def bare(source: str) -> str:
    """A description without article and relative clause, on one line."""
    source = " ".join(source.split())
    cut = TAIL.search(source, 3)
    head = source[: cut.start()] if cut else source
    return ARTICLE.sub("", head).strip(" ,;:‘’“”\"'") or source


@lru_cache(maxsize=8192)
def head_of(description: str) -> str:
    """The head noun of a description: the last word before a preposition."""
    words = re.split(r"\s+(?:of|for|at|from|in|on|close|familiar|with|to|near|within|by|inside|under)\b", description)[
        0
    ].split()
    return words[-1].lower() if words else ""


def proper(description: str) -> bool:
    """Whether a description is nothing but capitalised words and the small ones between them."""
    return all(w[0].isupper() or w in ("of", "the", "and", "for", "in") for w in description.split())


def kind_of(description: str, source: str) -> SpeakerKind:
    """The kind of a speaker that has no proper name."""
    head = head_of(description)
    if (
        proper(description)
        and not role_head().fullmatch(head)
        and not word_pattern("document").fullmatch(head)
        and not word_pattern("outlet").fullmatch(description.lower())
    ):
        return (
            "collective"
            if word_pattern("collective").fullmatch(head)
            or (" " not in description and source[:1] == description[:1] and description.endswith("s"))
            else "named"
        )
    if word_pattern("anonymous").search(source) or re.match(
        r"(?:colleagues|officials|diplomats|people|friends|aides|insiders) (?:from|in|of|at) (?:some|several|certain|various)\b",
        source,
        re.I,
    ):
        return "anonymous"
    if word_pattern("document").fullmatch(head):
        return "document"
    if word_pattern("outlet").fullmatch(head) or head == "media":
        return "outlet"
    if word_pattern("collective").fullmatch(head) or (
        head.endswith("s") and not head.endswith("ss") and not source.lower().startswith(("a ", "an "))
    ):
        return "collective"
    return "described"


class Resolver:
    """Walks through one article's attributions and remembers who has spoken."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.entities = gather(text, names)
        self.quotes = quoted(text)
        self.by_mention = sorted((s, i) for i, e in enumerate(self.entities) for s in e.names)
        self.speakers: dict[str, Entity] = {}
        self.groups: dict[tuple[str, ...], Entity] = {}  # entities without a name of their own, by their words
        self.sources: set[Span] = set()
        self.antecedents: dict[str, Spans] = {}  # what "who" looks back at, where it stands right before it
        self.last: list[tuple[int, Entity]] = []  # (where, who) of earlier speakers, in order of the text

    # what a source says -------------------------------------------------------------------------------------------

    def named_in(self, span: Span) -> list[tuple[Span, Entity]]:
        """The entities named inside a span, in order."""
        return [(s, e) for s, e in self.mentioned(*span) if s[1] <= span[1]]

    def mentioned(self, start: int, end: int) -> list[tuple[Span, Entity]]:
        """The names that begin in a stretch of the text, with their entities, in order."""
        low, high = bisect_left(self.by_mention, ((start, 0), 0)), bisect_left(self.by_mention, ((end, 0), 0))
        return [(s, self.entities[i]) for s, i in self.by_mention[low:high]]

    def possessive(self, mention: Span, end: int) -> bool:
        """Whether a name is only the owner of what follows ("Makei's spokesman")."""
        return bool(POSSESSIVE.match(self.text[mention[1] : min(end, mention[1] + 6)]))

    def behind_of(self, mention: Span, start: int) -> bool:
        """Whether a name only completes a description ("a spokesman for X")."""
        return bool(
            re.search(
                r"\b(?:of|for|by|from|at|with|to|in|against|and|on|near|under|representing|behind)\s+(?:the\s+|an?\s+)?(?:[\w.-]+\s+){0,4}$",
                self.text[start : mention[0]],
            )
        )

    def by_name(self, span: Span) -> Entity | None:
        """The entity that a source names as its own head."""
        named = self.named_in(span)
        people = [(s, e) for s, e in named if e.type == "person" and not self.possessive(s, span[1])]
        free = [(s, e) for s, e in people if not OWNER.search(self.text[span[0] : s[0]])]
        if (
            len({id(e) for _, e in free}) > 1
            and re.search(r"\band\b", self.text[free[0][0][1] : free[-1][0][0]])
            and not re.search(r",\s*(?:the|a|an|his|her)\b", self.text[slice(*span)])
        ):
            return self.group(span, "named")
        if free:
            before = self.text[span[0] : free[0][0][0]]
            between = self.text[free[0][0][1] : free[-1][0][0]]
            only_title = len(free) > 1 and not re.search(
                r"[,;(]|\b(?:who|of|for)\b", between
            )  # "Foo City Mayor Ann Bar"
            return free[-1][1] if "," in before or only_title else free[0][1]
        bodies = [
            (s, e)
            for s, e in named
            if e.type != "person" and not self.possessive(s, span[1]) and not self.behind_of(s, span[0])
        ]
        if not bodies:
            return None
        rest = self.text[bodies[-1][0][1] : span[1]]
        rest = re.split(r"[,(]|\s(?:which|who|in|of|for|on)\s|\s(?:today|yesterday|later|also)$", rest)[0].strip(
            " ’'”\"‘“)"
        )
        if rest:  # "US officials", "NASA engineers": the name only modifies
            return self.description(span)
        if len(bodies) > 1 and re.search(r"\band\b", self.text[bodies[0][0][1] : bodies[-1][0][0]]):
            return self.group(span, "named")
        return bodies[-1][1] if bodies[-1][1].type == "outlet" else bodies[0][1]

    def group(self, span: Span, kind: str) -> Entity:
        """An entity of its own for what a source says, or the earlier one of the same words."""
        words = bare(self.text[slice(*span)])
        head = head_of(words)
        person: EntityType = "person" if role_head().fullmatch(head) else descriptions.bodies().get(head, "group")
        types: dict[str, EntityType] = {"document": "document", "outlet": "outlet", "described": person}
        known = self.groups.get(parts(words))
        if known is None:
            known = Entity(
                name=words,
                type=types.get(kind, "group"),
                kind=kind,
                country=countries.first_in(words),
                gender=gender_of(words.lower().split()),
            )
            self.entities.append(known)
            self.groups[parts(words)] = known
        known.mentions.append(span)
        return known

    def description(self, span: Span) -> Entity:
        """Who a description stands for."""
        source = self.text[slice(*span)]
        words = bare(source)
        kind = kind_of(words, source)
        definite = bool(
            re.match(r"(?:the|this|these|those|that|his|her|its|their|our)\b|same\b", source.strip(), re.I)
        ) or (source[:1].islower() and not re.match(r"(?:a|an|some|one|two|three|several|many)\b", source))
        if kind == "described" and definite and (person := self.by_role(words, span[0])):
            person.mentions.append(span)
            return person
        if definite and kind in ("anonymous", "collective", "document", "outlet", "described"):
            earlier = [
                e
                for e in self.entities
                if e.kind
                and e.mentions
                and e.mentions[0][0] < span[0]
                and head_of(e.name).rstrip("s") == head_of(words).rstrip("s")
            ]
            if kind == "outlet":
                publishers = [e for e in self.entities if e.type == "outlet" and e.mentions[0][0] < span[0]]
                bodies = [e for e in self.entities if e.type == "organisation" and e.mentions[0][0] < span[0]]
                earlier = publishers or (bodies if head_of(words) in ("agency", "network") else []) or earlier
            if earlier and len(parts(words)) <= 2:
                earlier[-1].mentions.append(span)
                return earlier[-1]
            if kind == "described" and (body := self.body_meant(words, span[0])):
                body.mentions.append(span)
                return body
        return self.group(span, kind)

    def body_meant(self, words: str, at: int) -> Entity | None:
        """The organisation named before that a description stands for: the last one that has its head in its name, else the last of its
        kind, else the last that nothing speaks against, where the head stands for any."""
        head = head_of(words)
        before = [e for e in self.entities if e.names and e.type != "person" and e.names[0][0] < at]
        if descriptions.bodies().get(head) not in ("organisation", "place") or countries.first_in(words):
            return None
        middle = set(parts(words)) - {head}
        likely = [
            (descriptions.closeness(head, middle, e, self.introduced(e)), e.names[bisect_left(e.names, (at, 0)) - 1], e)
            for e in before
        ]
        return max(filter(itemgetter(0), likely), key=itemgetter(0, 1), default=(0, (0, 0), None))[2]

    def introduced(self, e: Entity) -> frozenset[str]:
        """What an entity is called where it is introduced: "Foo Group, a research firm"."""
        return frozenset(appositions.introduced(self.text, s) for s in e.names[:3]) - {""}

    def by_role(self, words: str, at: int) -> Entity | None:
        """The latest person whose role has the description's head and does not contradict its other words."""
        head = head_of(words)
        if not role_head().fullmatch(head):
            return None
        country = countries.first_in(words)
        wanted = set(parts(countries.stripped_demonym(words)))
        people = [e for e in self.entities if e.type == "person" and e.role and e.mentions[0][0] < at]
        fit = [
            e
            for e in people
            if descriptions.names_role(head, descriptions.role_heads(e.role or ""))
            and (not country or not e.country or e.country == country)
        ]
        exact = [e for e in fit if wanted <= set(parts(e.role or "")) | {head}]
        best = exact or ([e for e in fit if len(wanted) == 1])
        home = self.last[-1][1].country if self.last else None

        def rank(e: Entity) -> tuple[bool, int]:
            return bool(home) and e.country == home, max((s[0] for s in e.mentions if s[0] < at), default=-1)

        return max(best, key=rank) if best else None

    # pronouns -----------------------------------------------------------------------------------------------------

    def in_quote(self, span: Span) -> bool:
        i = bisect_right(self.quotes, (span[0], len(self.text))) - 1
        return i >= 0 and span[1] <= self.quotes[i][1]

    def recent_person(self, at: int, gender: str | None) -> Entity | None:
        """The last speaker, unless a person was made the subject since; gender must not contradict."""

        def fits(e: Entity) -> bool:
            return e.type == "person" and (gender is None or e.gender in (None, gender))

        paragraph = self.text.rfind("\n", 0, at) + 1
        spoke = next(((w, e) for w, e in reversed(self.last) if w < at and fits(e)), None)
        since = spoke[0] if spoke else -1
        fresh = [(s, e) for s, e in self.mentioned(max(since + 1, at - FAR), at) if not self.in_quote(s)]
        subjects = [(s, e) for s, e in fresh if fits(e) and self.is_subject(s)]
        here = [(s, e) for s, e in subjects if s[0] >= paragraph]
        if here:
            return here[-1][1] if not spoke or spoke[0] < here[0][0][0] else spoke[1]
        if spoke and (spoke[0] >= paragraph or (at - spoke[0] < 1500 and not subjects)):
            return spoke[1]
        if subjects:
            return subjects[-1][1]
        known = [e for s, e in fresh if fits(e) and not self.possessive(s, s[1] + 6)]
        return spoke[1] if spoke else known[-1] if known else None

    def is_subject(self, mention: Span) -> bool:
        """Whether a name stands where a sentence's subject does: at its start but for a role, or before a verb."""
        low = max(0, mention[0] - 300)
        start = max(self.text.rfind(m, low, mention[0]) for m in (". ", "\n", "” ", "? ", "! "))
        lead = self.text[max(start + 1, low) : mention[0]].strip(' “"')
        if re.match(r"[’']s?\b", self.text[mention[1] : mention[1] + 3]):
            return False
        return len(lead.split()) <= 6 and not re.search(
            r"\b(?:to|with|by|of|against|for|from|told|about|between|and|after)$", lead
        )

    def pronoun(self, word: str, span: Span, parent: Attribution | None) -> Entity | None:
        """Who a pronoun stands for, or None where nobody fits."""
        if word in SELF:
            return (
                self.speakers.get(parent.id)
                if parent
                else next((e for w, e in reversed(self.last) if w < span[0]), None)
            )
        if word in HE:
            found = self.recent_person(span[0], HE[word])
            if found and found.gender is None:
                found.gender = "m" if HE[word] == "m" else "f"
            return found
        if word in RELATIVE:
            return self.antecedent(span)
        plural = word in THEY
        wanted = (
            ("group", "organisation", "outlet", "document")
            if plural
            else ("organisation", "outlet", "document", "place", "group")
        )
        spoke = [e for w, e in self.last if w < span[0] and e.type in wanted]
        if spoke:
            return spoke[-1]
        before = reversed(self.mentioned(max(0, span[0] - FAR), span[0]))
        return next(
            (e for s, e in before if e.type in ("organisation", "outlet", "place") and self.is_subject(s)), None
        )

    def addressed(self, parent: Attribution | None) -> Entity | None:
        """Whom "you" means: in a transcript who answers next, or spoke before; elsewhere nobody that one could name."""
        if not parent or not parent.source or words_of(self.text, parent.cue) != ":":
            return None
        at, asker = envelope(parent.source)[0], self.speakers.get(parent.id)
        others = [(w < at, abs(w - at), e) for w, e in self.last if e is not asker]
        return min(others, key=lambda x: x[:2])[2] if others else None

    def antecedent(self, span: Span) -> Entity | None:
        """What a relative pronoun looks back at: the mention right before it, else the last name, else the last speaker."""
        touching = [
            (s, e)
            for e in self.entities
            for s in e.mentions
            if span[0] - 9 < s[1] <= span[0] and not re.search(r"\w", self.text[s[1] : span[0]])
        ]
        if touching:
            return max(touching, key=lambda x: x[0])[1]
        before = [(s, e) for s, e in self.mentioned(max(0, span[0] - 150), span[0]) if s[1] <= span[0] < s[1] + 90]
        return before[-1][1] if before else next((e for w, e in reversed(self.last) if w < span[0]), None)

    # all together ---------------------------------------------------------------------------------------------------

    def speaker(self, a: Attribution, parent: Attribution | None) -> Entity | None:
        """The entity behind an attribution's source, its mention recorded."""
        if not a.source:
            return None
        span = envelope(a.source)
        words = self.text[slice(*span)].strip(' ,;“”"‘’')
        lower = words.lower()
        if lower == "you":
            return self.addressed(parent)
        acronym = words.isupper() and len(words) > 1  # WHO, US and IT are no pronouns
        if not acronym and lower in PRONOUNS:
            found = self.pronoun(lower, span, parent)
            if found and lower in RELATIVE:
                touching = [
                    m for m in found.mentions if m[1] <= span[0] and not re.search(r"\w", self.text[m[1] : span[0]])
                ]
                if touching and max(touching) in self.sources:
                    self.antecedents[a.id] = (max(touching),)
            if found and span not in found.mentions:
                found.mentions.append(span)
            return found
        return self.by_name(span) or self.description(span)

    def kind(self, a: Attribution, entity: Entity | None) -> SpeakerKind | None:
        """The kind of an attribution's speaker."""
        if entity is None:
            return None if a.source else "anonymous"
        if entity.type == "outlet":
            return "outlet"
        if entity.names:
            return "named"
        if STATE.search(entity.name) and entity.country:
            return "named"
        return entity.kind  # type: ignore[return-value]

    def venue(self, a: Attribution, speaker: Entity | None) -> Entity | None:
        """The outlet or platform named near the cue as the place of saying."""
        start, end = envelope(a.cue)
        low, high = self.text.rfind("\n", 0, start) + 1, min(len(self.text), end + NEAR)
        line = self.text.find("\n", end)
        high = min(high, line if line >= 0 else high)
        for s, e in self.mentioned(max(low, start - NEAR), high):
            if (
                e.type == "outlet"
                and e is not speaker
                and not any(overlap(s, c) for c in (*a.source, *a.content))
                and VENUE.search(self.text[max(low, s[0] - 60) : s[0]])
            ):
                return e
        if SAME_OUTLET.search(self.text[max(low, start - 10) : high]):
            earlier = [e for _, e in self.mentioned(0, start) if e.type == "outlet"]
            if earlier and earlier[-1] is not speaker:
                return earlier[-1]
        if TWEETED.search(self.text[start:end]):
            return next((e for e in self.entities if e.type == "outlet" and e.name.lower() == "twitter"), None)
        return None


SEVERAL = re.compile(
    r"(?:(?:at least |more than |some |about )?(?:two|three|four|five|six|seven|eight|nine|ten|several|some|\d{1,2}|a (?:number|handful|group|pair|couple|dozen) of)"
    r"(?: of)?(?: (?:its|the|their|his|her|other|more))?)\s+(.+)$",
    re.I | re.S,
)
NOT_NAMED = re.compile(
    r"\s*,?\s(?:who|whom|which)\b[^.;“”]{0,40}\b(?:not|declined|refused|without|n['’]t)\b[^.;“”]{0,30}\bnam(?:e|ed|ing)\b"
)
TOLD_IT = re.compile(r"(?<=told)\s(?:it|us|the (?:paper|newspaper|weekly|magazine|daily|agency|broadcaster|website))\b")
CITING = re.compile(r"citing|quoting|cited|quoted|cites|quotes")


def is_unnamed(source: str) -> bool:
    """Whether a source is officials without a name: "two officers of the customs office", "a diplomat"."""
    several, table = SEVERAL.match(source), lexicon("speakers")["anonymous"]
    head = head_of(bare(several[1] if several else source))
    if several:
        return head in table["tellers_several"]
    return source.lower().startswith(("a ", "an ", "one ", "another ")) and head in table["tellers"]


def stays_unnamed(text: str, a: Attribution, venue: Entity | None) -> bool:
    """Whether a source without a name tells an outlet, is cited by one, or is said not to be named."""
    start, end = envelope(a.source)
    told = (
        venue is not None
        or CITING.fullmatch(words_of(text, a.cue))
        or TOLD_IT.match(text, a.cue[-1][1], a.cue[-1][1] + 40)
    )
    return (bool(told) and is_unnamed(text[start:end])) or NOT_NAMED.match(text, end, end + 100) is not None


def order(attributions: Sequence[Attribution]) -> list[Attribution]:
    """Top-level ones in the order of the text, then nested ones, parents first."""
    depth: dict[str, int] = {}
    by_id = {a.id: a for a in attributions}
    for a in attributions:
        level, up = 0, a.within
        while up and level < 10:
            level, up = level + 1, by_id[up].within
        depth[a.id] = level
    return sorted(attributions, key=lambda a: (depth[a.id], envelope(a.source or a.cue)[0]))


def quoted_words(resolver: Resolver, attributions: Sequence[Attribution]) -> list[Words]:
    """The quoted stretches of a text with their speakers; one of which nobody says whose it is goes on from the one before it
    in its paragraph."""
    contents = sorted((span, a.id) for a in attributions if a.kind != "indirect" for span in a.content)
    starts = [span[0] for span, _ in contents]
    out: list[Words] = []
    for quote in resolver.quotes:
        near = contents[max(0, bisect_right(starts, quote[0]) - 3) : bisect_right(starts, quote[1])]
        inside = [resolver.speakers.get(i) for span, i in near if overlap(span, quote)]
        speaker = inside[0] if inside else None
        if not inside and out and "\n" not in resolver.text[out[-1].span[1] : quote[0]]:
            speaker = out[-1].speaker
        out.append(Words(quote, speaker))
    return out


def resolve(
    text: str, attributions: Sequence[Attribution], names: Sequence[Name]
) -> tuple[tuple[Attribution, ...], tuple[ModelEntity, ...]]:
    """The attributions with speaker, its kind and venue filled in, and the article's entities (e1, e2, …)."""
    resolver = Resolver(text, names)
    by_id = {a.id: a for a in attributions}
    kinds: dict[str, SpeakerKind | None] = {}
    venues: dict[str, Entity | None] = {}
    resolver.sources = {envelope(a.source) for a in attributions if a.source}
    for a in order(attributions):
        parent = by_id.get(a.within) if a.within else None
        entity = resolver.speaker(a, parent)
        if entity:
            resolver.speakers[a.id] = entity
            if not parent:
                resolver.last.append((envelope(a.source or a.cue)[0], entity))
                resolver.last.sort(key=lambda x: x[0])
        kinds[a.id] = resolver.kind(a, entity)
        venues[a.id] = resolver.venue(a, entity)
        if kinds[a.id] in ("collective", "described") and stays_unnamed(text, a, venues[a.id]):
            kinds[a.id] = "anonymous"
            if entity and not entity.names:
                entity.kind = "anonymous"  # so are "these officers" further down
    mentions.fill(text, resolver.entities, quoted_words(resolver, attributions))
    kept = [e for e in resolver.entities if e.mentions]
    kept.sort(key=lambda e: min(e.mentions))
    ids = {id(e): f"e{n}" for n, e in enumerate(kept, 1)}

    def ident(e: Entity | None) -> str | None:
        return ids.get(id(e)) if e else None

    out = [
        replace(
            a,
            speaker=ident(resolver.speakers.get(a.id)),
            speaker_kind=kinds[a.id],
            venue=ident(venues[a.id]),
            source=resolver.antecedents.get(a.id, a.source),
        )
        for a in attributions
    ]
    entities = [
        ModelEntity(
            id=ids[id(e)],
            name=e.name,
            type=e.type,
            role=e.role,
            country=e.country,
            mentions=tuple(sorted(set(e.mentions))),
        )
        for e in kept
    ]
    return tuple(out), tuple(entities)
