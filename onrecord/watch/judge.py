"""What becomes of indications: new alerts, notes on earlier ones, and the state of the indicator.

An indicator fires once for each way of crossing and each origin: twenty copies of one report are one alert. Where two origins turn out to be one, that is a
note on the alerts there are, never a further alert. `decide` looks only at sets, so that which pairs of crossing and origin have alerts does not depend on the
order in which articles come; growth fires once a story, or once an affair where it is asked for by its topic. Credibility is that of `resolve.standing`: who says so, who denies it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from onrecord.knowledge import Alert, Origin, Reliability, Resolved, State
from onrecord.model import Attribution, Noun
from onrecord.resolve.comparing import OWN_WORD
from onrecord.resolve.origins import bare, one_description
from onrecord.resolve.standing import Credibility, Said, credibility
from onrecord.text import digest, words_of
from onrecord.watch.again import kin, told_before
from onrecord.watch.extent import claimed
from onrecord.watch.growth import most
from onrecord.watch.indication import FIRES, Indication, Sighting
from onrecord.watch.indicator import GrowthTest, Indicator
from onrecord.watch.weigh import chain

ACTUAL: frozenset[str] = frozenset({"crossed", "reaches past"})
WHOLE: frozenset[str] = frozenset({"crossed", "crossed as planned"})
HOLDS = {"against": "denies"}  # the stance of an indication, else it asserts


class Earlier(Noun, frozen=True, kw_only=True):
    """An alert that was raised before, with the origin that its evidence has by now."""

    alert: Alert
    origin: Origin


class Decision(Noun, frozen=True, kw_only=True):
    """What a reading changes for an indicator."""

    alerts: tuple[Alert, ...] = ()
    withdrawn: tuple[str, ...] = ()  # ids of earlier alerts whose number turned out to have been on record before
    notes: tuple[tuple[str, str], ...] = ()  # id of an earlier alert, what is to be added to its notes
    sightings: tuple[Sighting, ...] = ()  # to be kept, each once an article
    state: State
    reason: str
    missing: tuple[str, ...] = ()  # for a confirmation


class Evidence(Noun, frozen=True, kw_only=True):
    """An indication that fires, with its origin, under the key that fires once."""

    indication: Indication
    origin: Origin
    key: tuple[str, str]
    kin: frozenset[str] = frozenset()  # roots of those who speak for its origin, or for whom it speaks
    called: tuple[str, ...] = ()  # what a speaker on the record is called


def decide(
    indicator: Indicator,
    found: Sequence[Indication],
    earlier: Sequence[Earlier],
    resolved: Resolved,
    grade: Reliability,
    now: str,
    *,
    when: str | None = None,
    kept: Sequence[Sighting] = (),
    judged: Callable[[Indication], Credibility] | None = None,
    name: Callable[[str], str] = str,
    affair: frozenset[str] = frozenset(),
) -> Decision:
    """What the indications of one reading change.

    `grade` is that of the article's outlet; `when` the article appeared (else when it was first seen); `kept` are the sightings of other articles; `judged`
    gives the credibility of the account that an indication is in, else it is computed from the sightings; `name` makes a label an id of the record;
    `affair` are the ids of the stories of the article's affair, the growth of which is counted together where a topic is asked for.
    """
    seen = [sighting(i, resolved, when or resolved.first_seen) for i in found]
    others = [s for s in kept if s.article != resolved.reading.article.id]
    every = [*others, *seen]
    withdrawn = {e.alert.id for e in earlier if is_repetition(e, every)}
    earlier = [e for e in earlier if e.alert.id not in withdrawn]
    new = [i for i, s in zip(found, seen, strict=True) if not told_before(s, every)]
    fresh = list(unseen(firing(indicator, new, every, resolved, affair), earlier))
    rate = judged or (lambda i: credibility([said(s) for s in every if s.crossing in FIRES or s.crossing in HOLDS]))
    alerts: list[Alert] = []
    for e in fresh:
        known = [
            *((x.alert.crossing, x.origin) for x in earlier),
            *((a.crossing, a.origin) for a in alerts),
            (e.key[0], e.origin),
        ]
        missing = lacking(known, every)
        alerts.append(alert(indicator, e, resolved, rate(e.indication), grade, now, missing, taken(earlier, e), name))
    crossings = [*((x.alert.crossing, x.origin) for x in earlier), *((a.crossing, a.origin) for a in alerts)]
    state, reason = state_of(crossings, every)
    return Decision(
        alerts=tuple(alerts),
        withdrawn=tuple(sorted(withdrawn)),
        notes=tuple(dict.fromkeys(notes(earlier, alerts, seen, resolved))),
        sightings=tuple(seen),
        state=state,
        reason=reason,
        missing=lacking(crossings, every) if crossings else (),
    )


def origin_of(i: Indication, resolved: Resolved) -> Origin:
    """Whose word an indication is in the end."""
    found = resolved.origins.get(i.attribution or "") or resolved.origins.get("")
    if found:
        return found
    outlet = resolved.reading.article.outlet
    name = (outlet and (outlet.name or outlet.domain)) or "an unknown outlet"
    return Origin(id=digest("outlet", name), kind="outlet", name=name)


def is_repetition(e: Earlier, every: Sequence[Sighting]) -> bool:
    """Whether all that an origin said across the threshold turned out to be a number told again."""
    its = [s for s in every if (s.crossing, s.origin.root) == (e.alert.crossing, e.origin.root)]
    return bool(its) and all(told_before(s, every) for s in its)


def sighting(i: Indication, resolved: Resolved, when: str) -> Sighting:
    """An indication as it is kept."""
    text, figures = resolved.reading.article.text, resolved.reading.figures
    figure = next((f for f in figures if f.id == i.label), None) if i.record == "figure" else None
    origin = origin_of(i, resolved)
    return Sighting(
        crossing=i.crossing,
        record=i.record,
        label=i.label,
        article=resolved.reading.article.id,
        when=when,
        origin=origin,
        own=i.attribution is None or (origin.kind in OWN_WORD and origin == resolved.origins.get("")),
        number=claimed(figure, text[slice(*figure.span)]) if figure else None,
        words=text[slice(*i.sentence)],
    )


def said(s: Sighting) -> Said:
    """A sighting as credibility takes it."""
    stance = HOLDS.get(s.crossing, "asserts")
    return Said(origin=s.origin.root, kind=s.origin.kind, name=s.origin.name, stance=stance)


def firing(
    indicator: Indicator,
    found: Sequence[Indication],
    every: Sequence[Sighting],
    resolved: Resolved,
    affair: frozenset[str],
) -> Iterator[Evidence]:
    """The indications that fire, with their keys."""
    for i in found:
        origin = origin_of(i, resolved)
        if isinstance(indicator.test, GrowthTest):
            told = [(s.when, s.origin.root) for s in every if s.label == i.label or s.label in affair]
            if most(told, indicator.test.days) >= indicator.test.origins:
                yield Evidence(indication=i, origin=origin, key=("crossed", i.label), kin=affair)
        elif i.crossing in FIRES:
            said_by = chain(resolved.reading, i.attribution)
            yield Evidence(
                indication=i,
                origin=origin,
                key=(i.crossing, origin.root),
                kin=frozenset(kin(origin, resolved)),
                called=names_of(origin, speaker_name(resolved, said_by[0]) if said_by else None),
            )


def names_of(origin: Origin, speaker: str | None) -> tuple[str, ...]:
    """What a speaker on the record is called: by the record, and by the article."""
    return (origin.name, speaker or origin.name) if origin.kind == "speaker" else ()


def unseen(fired: Iterable[Evidence], earlier: Sequence[Earlier]) -> Iterator[Evidence]:
    """Those whose crossing and origin, or body, have no alert yet; of several in one reading the first."""
    known = {key for e in earlier for key in ((e.alert.crossing, e.origin.root), (e.alert.crossing, e.alert.record))}
    described = {(e.alert.crossing, name) for e in earlier for name in names_of(e.origin, e.alert.speaker)}
    for e in fired:
        crossing = e.key[0]
        again = any(c == crossing and one_description(a, b) for c, a in described for b in e.called)
        if e.key not in known and not again and not any((crossing, root) in known for root in e.kin):
            known.add(e.key)
            described |= {(crossing, name) for name in e.called}
            yield e


def taken(earlier: Sequence[Earlier], e: Evidence) -> bool:
    """Whether an earlier alert was raised for this crossing and origin before its evidence turned out to be another origin's."""
    return any(x.alert.crossing == e.key[0] and x.alert.origin.root == e.origin.root for x in earlier)


def alert(
    indicator: Indicator,
    e: Evidence,
    resolved: Resolved,
    credible: Credibility,
    grade: Reliability,
    now: str,
    missing: tuple[str, ...],
    again: bool,
    name: Callable[[str], str],
) -> Alert:
    """An alert with its evidence."""
    reading, i = resolved.reading, e.indication
    article = reading.article
    said_by = chain(reading, i.attribution)
    grown = i.record == "story"
    parts = (indicator.id, *e.key, *((article.id,) if again else ()))
    return Alert(
        id=digest("alert", *parts),
        indicator=indicator.id,
        crossing=e.key[0],
        when=now,
        article=article.id,
        record=i.label if grown else name(i.label) if i.label else article.id,
        sentence=article.text[slice(*i.sentence)],
        speaker=speaker_name(resolved, said_by[0]) if said_by else None,
        chain=each_once(through(resolved, said_by)),
        origin=e.origin,
        admiralty=f"{grade}{credible.level}",
        reason=f"{i.reason}. Credibility {credible.level}: {credible.reason}",
        missing=missing,
    )


def speaker_name(resolved: Resolved, a: Attribution) -> str | None:
    """Who says so, by the fullest name that the record knows, else in the article's words."""
    if a.speaker in resolved.names and a.speaker_kind in ("named", "document", "outlet"):
        return next(iter(resolved.names[a.speaker]), None)
    entity = next((e for e in resolved.reading.entities if e.id == a.speaker), None)
    return entity.name if entity else words_of(resolved.reading.article.text, a.source) or None


def through(resolved: Resolved, said_by: Sequence[Attribution]) -> Iterator[str]:
    """Through whom words reached us, the nearest to the source first: where they were said, who passed them on, who printed them."""
    entities = {e.id: e.name for e in resolved.reading.entities}
    for k, a in enumerate(said_by):
        if k and (name := speaker_name(resolved, a)):
            yield name
        if a.venue in entities:
            yield entities[a.venue]
    outlet = resolved.reading.article.outlet
    if outlet and (outlet.name or outlet.domain):
        yield outlet.name or outlet.domain or ""


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """Names without those that differ from an earlier one by their article alone."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(bare(name), name)
    return tuple(found.values())


def lacking(crossings: Sequence[tuple[str, Origin]], every: Sequence[Sighting]) -> tuple[str, ...]:
    """What is still missing for a confirmation, in words."""
    out = []
    told = [o for c, o in crossings if c in ACTUAL] or [
        o for _, o in crossings
    ]  # what is only planned confirms nothing
    if len({o.root for o in told}) < 2:
        out.append("a second independent origin")
    if all(o.kind == "anonymous" for o in told):
        out.append("somebody who says so on the record")
    if all(c not in ACTUAL for c, _ in crossings):
        out.append("that it happened, rather than that it is planned")
    if all(c not in WHOLE for c, _ in crossings):
        out.append("a number that lies wholly beyond the threshold")
    asserting = {o.root for _, o in crossings}
    denying = sorted({s.origin.name for s in every if s.crossing == "against" and s.origin.root not in asserting})
    return (*out, *(f"what becomes of the denial by {name}" for name in denying))


def notes(
    earlier: Sequence[Earlier], alerts: Sequence[Alert], seen: Sequence[Sighting], resolved: Resolved
) -> Iterator[tuple[str, str]]:
    """What is to be noted on earlier alerts: origins that turned out to be one, further independent origins, denials."""
    for e in earlier:
        told = []
        if e.origin.root != e.alert.origin.root:
            told.append(f"its origin, {e.alert.origin.name}, is by now known as {e.origin.name}")
        told += [
            f"said independently by {a.origin.name} ({a.crossing})" for a in alerts if a.origin.root != e.origin.root
        ]
        told += [f"denied by {s.origin.name}" for s in seen if s.crossing == "against"]
        yield from ((e.alert.id, t) for t in told if t not in e.alert.notes)


def state_of(crossings: Sequence[tuple[str, Origin]], every: Sequence[Sighting]) -> tuple[State, str]:
    """Quiet, stirring or triggered, and why."""
    if crossings:
        names = sorted({o.name for _, o in crossings})
        ways = sorted({c for c, _ in crossings})
        return (
            "triggered",
            f"{' and '.join(ways)}, by {len(names)} {'origin' if len(names) == 1 else 'origins'}: {', '.join(names[:3])}",
        )
    near = sorted({s.crossing for s in every if s.crossing not in FIRES and s.crossing != "counts"})
    if near:
        return "stirring", f"nothing crosses it; seen: {', '.join(near)}"
    counted = {s.origin.root for s in every if s.crossing == "counts"}
    if len(counted) > 1:
        return "stirring", f"{len(counted)} origins so far"
    return "quiet", "nothing comes near it"
