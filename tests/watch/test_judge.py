"""Alerts: once an origin and crossing, in whatever order articles come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.knowledge import Alert, Origin, Resolved
from onrecord.resolve.standing import Credibility
from onrecord.watch.definition import from_words
from onrecord.watch.indication import Crossing, Indication, Sighting
from onrecord.watch.indicator import Indicator
from onrecord.watch.judge import Decision, Earlier, decide, each_once
from onrecord.watch.match import match
from tests.watch.support import origin, resolved

RECRUITS = from_words("figure > 5000 people of recruitment by Quarrin")
GROWTH = from_words("growth 3 origins in 2 days of recruitment")
VELLING, PAPER, AGENCY = origin("Marta Velling", "speaker"), origin("Corriel Post", "anonymous"), origin("Nordwire")


@dataclass
class Desk:
    """What the store keeps of one indicator, and which origins turned out to be one."""

    indicator: Indicator
    alerts: list[Alert] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    same: dict[str, Origin] = field(default_factory=dict)

    def current(self, o: Origin) -> Origin:
        return self.same.get(o.id, o)

    def take(self, article: Resolved, found: tuple[Indication, ...], affair: frozenset[str] = frozenset()) -> Decision:
        now_known = {label: self.current(o) for label, o in article.origins.items()}
        earlier = [Earlier(alert=a, origin=self.current(a.origin)) for a in self.alerts]
        kept = [replace(s, origin=self.current(s.origin)) for s in self.sightings]
        decision = decide(self.indicator, found, earlier, replace(article, origins=now_known), "C", "2031-05-16T12:00:00Z", kept=kept, affair=affair)  # fmt: skip
        noted = Counter(id for id, _ in decision.notes)
        self.alerts = [replace(a, notes=(*a.notes, *(n for id, n in decision.notes if id == a.id))) if noted[a.id] else a for a in self.alerts]  # fmt: skip
        self.alerts = [a for a in self.alerts if a.id not in decision.withdrawn] + list(decision.alerts)
        self.sightings = [s for s in self.sightings if s.article != article.reading.article.id] + list(decision.sightings)  # fmt: skip
        return decision

    def pairs(self) -> set[tuple[str, str]]:
        return {(a.crossing, self.current(a.origin).id) for a in self.alerts}


def told(body: str, by: Origin, outlet: str = "Tidewire") -> tuple[Resolved, tuple[Indication, ...]]:
    """An article, all whose words are of one origin, and what it says to the indicator."""
    article = resolved(body, outlet=outlet)
    origins = {"": by, **{a.id: by for a in article.reading.attributions}}
    article = replace(article, origins=origins)
    return article, match(RECRUITS, article)


def test_an_alert_carries_its_evidence() -> None:
    body = "The Corriel Post reported that sources close to the staff said that 6,000 men had been drafted in Quarrin."
    decision = Desk(RECRUITS).take(*told(body, PAPER))
    (alert,) = decision.alerts
    assert alert.crossing == "crossed" and alert.sentence == body
    assert alert.speaker == "sources close to the staff"
    assert alert.chain == ("Corriel Post", "Tidewire")
    assert alert.origin == PAPER and alert.admiralty == "C6"
    assert alert.missing == ("a second independent origin", "somebody who says so on the record")
    assert decision.state == "triggered"


def test_one_origin_in_many_outlets_is_one_alert() -> None:
    desk = Desk(RECRUITS)
    for outlet in ("Tidewire", "Lantern", "Meridian"):
        desk.take(*told("Quarrin has drafted 6,000 men, sources said.", PAPER, outlet))
    assert len(desk.alerts) == 1


def test_another_origin_is_another_alert_and_a_note_on_the_first() -> None:
    desk = Desk(RECRUITS)
    desk.take(*told("Quarrin has drafted 6,000 men, sources said.", PAPER))
    decision = desk.take(*told("Quarrin has drafted 6,000 men, Marta Velling said.", VELLING, "Lantern"))
    assert [a.origin for a in desk.alerts] == [PAPER, VELLING]
    assert desk.alerts[0].notes == ("said independently by Marta Velling (crossed)",)
    assert decision.missing == () and desk.alerts[1].admiralty == "C1"


def at(hour: int, body: str, by: Origin) -> tuple[Resolved, tuple[Indication, ...]]:
    """An article that appeared at this hour."""
    article, found = told(body, by, by.name)
    return replace(article, first_seen=f"2031-05-16T{hour:02}:00:00Z"), found


def test_a_number_told_again_in_an_outlet_s_own_voice_is_no_alert_whichever_comes_in_first() -> None:
    first = at(8, "Quarrin has drafted 6,017 men, sources said.", PAPER)
    again = at(9, "Quarrin has drafted more than 6,000 men.", origin("Lantern"))
    for order in ((first, again), (again, first)):
        desk = Desk(RECRUITS)
        for article in order:
            desk.take(*article)
        assert [a.origin for a in desk.alerts] == [PAPER]
        assert {s.origin.name for s in desk.sightings} == {"Corriel Post", "Lantern"}


def test_another_number_or_a_named_source_is_an_alert_of_its_own() -> None:
    desk = Desk(RECRUITS)
    desk.take(*at(8, "Quarrin has drafted 6,017 men, sources said.", PAPER))
    desk.take(*at(9, "Quarrin has drafted 7,500 men.", origin("Lantern")))
    desk.take(*at(9, "Quarrin has drafted 6,017 men, Marta Velling said.", VELLING))
    assert [a.origin.name for a in desk.alerts] == ["Corriel Post", "Lantern", "Marta Velling"]


def test_a_plan_and_its_fulfilment_are_two_crossings() -> None:
    desk = Desk(RECRUITS)
    plan = desk.take(*told("Quarrin will draft 6,000 men, Marta Velling said.", VELLING))
    assert "that it happened, rather than that it is planned" in plan.missing
    desk.take(*told("Quarrin has drafted 6,000 men, Marta Velling said.", VELLING, "Lantern"))
    assert [a.crossing for a in desk.alerts] == ["crossed as planned", "crossed"]


def test_a_denial_is_kept_and_never_fires() -> None:
    desk = Desk(RECRUITS)
    desk.take(*told("Quarrin has drafted 6,000 men, sources said.", PAPER))
    denied = desk.take(*told("Marta Velling denied that Quarrin had drafted 6,000 men.", VELLING, "Lantern"))
    assert denied.alerts == () and denied.state == "triggered"
    assert desk.alerts[0].notes == ("denied by Marta Velling",)
    assert "what becomes of the denial by Marta Velling" in denied.missing
    again = desk.take(*told("Quarrin has drafted 6,000 men, Nordwire reported.", AGENCY, "Meridian"))
    assert again.alerts[0].admiralty == "C4"


def test_states() -> None:
    desk = Desk(RECRUITS)
    assert desk.take(*told("The lake was calm.", PAPER)).state == "quiet"
    near = desk.take(*told("Quarrin has drafted some 4,900 men.", PAPER))
    assert (near.state, near.reason) == ("stirring", "nothing crosses it; seen: approaches")
    assert desk.take(*told("The lake was calm again.", PAPER)).state == "stirring"


def test_a_merge_of_origins_is_a_note_and_no_second_alert() -> None:
    desk = Desk(RECRUITS)
    desk.take(*told("Quarrin has drafted 6,000 men, sources said.", PAPER))
    desk.same[PAPER.id] = AGENCY
    decision = desk.take(*told("Quarrin has drafted 6,000 men, Nordwire reported.", AGENCY, "Lantern"))
    assert decision.alerts == ()
    assert desk.alerts[0].notes == ("its origin, Corriel Post, is by now known as Nordwire",)
    assert desk.take(*told("Quarrin has drafted 7,000 men, Nordwire reported.", AGENCY, "Meridian")).notes == ()


def test_an_origin_that_lost_its_alert_to_another_gets_one_of_its_own() -> None:
    desk = Desk(RECRUITS)
    first = desk.take(*told("Quarrin has drafted 6,000 men, sources said.", PAPER))
    desk.same[PAPER.id] = AGENCY  # the article turned out to be a copy
    before = [Earlier(alert=a, origin=AGENCY) for a in desk.alerts]
    article, found = told("Quarrin has drafted 6,000 men, an official told the Corriel Post.", PAPER, "Corriel Post")
    second = decide(RECRUITS, found, before, article, "C", "2031-05-17T12:00:00Z")
    assert len(second.alerts) == 1 and second.alerts[0].id != first.alerts[0].id


def test_reading_the_same_article_again_changes_nothing() -> None:
    desk = Desk(RECRUITS)
    article = told("Quarrin has drafted 6,000 men, sources said.", PAPER)
    desk.take(*article)
    again = desk.take(*article)
    assert again.alerts == () and again.notes == () and len(desk.sightings) == 1


def test_the_account_s_credibility_is_taken_where_it_is_given() -> None:
    article, found = told("Quarrin has drafted 6,000 men, sources said.", PAPER)
    made = decide(RECRUITS, found, (), article, "B", "now", judged=lambda i: Credibility(level=2, reason="so"))
    assert made.alerts[0].admiralty == "B2"
    assert made.alerts[0].reason.endswith("Credibility 2: so")


def counts(n: int, by: Origin, day: str) -> tuple[Resolved, tuple[Indication, ...]]:
    """An article of the growing story."""
    article = resolved(f"The call-up goes on, part {n}.", story="s" * 8)
    article = replace(article, origins={"": by}, first_seen=f"{day}T12:00:00Z")
    return article, match(GROWTH, article)


def test_growth_fires_once_a_story() -> None:
    desk = Desk(GROWTH)
    days = [(VELLING, "2031-05-16"), (PAPER, "2031-05-16"), (PAPER, "2031-05-17"), (AGENCY, "2031-05-17")]
    states = [desk.take(*counts(n, by, day)).state for n, (by, day) in enumerate(days)]
    assert states == ["quiet", "stirring", "stirring", "triggered"]
    desk.take(*counts(9, origin("Lantern"), "2031-05-17"))
    assert len(desk.alerts) == 1


def test_growth_of_a_topic_is_counted_over_its_affair_and_fires_once() -> None:
    def of_story(n: int, by: Origin, story: str) -> tuple[Resolved, tuple[Indication, ...]]:
        article, _ = counts(n, by, "2031-05-16")
        article = replace(article, story=story * 8)
        return article, match(GROWTH, article)

    affair = frozenset({"s" * 8, "t" * 8})
    told = [(1, VELLING, "s"), (2, PAPER, "t"), (3, AGENCY, "t"), (4, origin("Lantern"), "s")]
    apart, together = Desk(GROWTH), Desk(GROWTH)
    for one in told:
        apart.take(*of_story(*one))
        together.take(*of_story(*one), affair)
    assert apart.alerts == []
    assert [a.origin for a in together.alerts] == [AGENCY]


def test_slow_growth_does_not_fire() -> None:
    desk = Desk(GROWTH)
    for n, by in enumerate((VELLING, PAPER, AGENCY)):
        desk.take(*counts(n, by, f"2031-05-{10 + 2 * n}"))
    assert desk.alerts == []


# In whatever order they come ------------------------------------------------------------------------------------------

WAYS: tuple[Crossing, ...] = ("crossed", "crossed as planned", "reaches past", "approaches", "against")
SOURCES = [origin(f"Source {n}", "speaker") for n in range(4)]


def made(n: int, ways: tuple[tuple[Crossing, int], ...]) -> tuple[Resolved, tuple[Indication, ...]]:
    """The n-th article, with an indication for each way of crossing and source."""
    article = resolved(f"Article {n}.")
    article = replace(article, reading=replace(article.reading, article=replace(article.reading.article, id=f"{n}")), origins={f"a{s}": SOURCES[s] for _, s in ways})  # fmt: skip
    found = tuple(Indication(record="figure", label=f"f{k}", crossing=way, sentence=(0, 5), attribution=f"a{s}", reason="") for k, (way, s) in enumerate(ways))  # fmt: skip
    return article, found


articles = st.lists(st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 3)), max_size=3).map(tuple), max_size=6)


@given(articles.flatmap(lambda a: st.tuples(st.permutations(range(len(a))), st.just(a))))
def test_the_order_of_articles_changes_no_alert(
    drawn: tuple[list[int], list[tuple[tuple[Crossing, int], ...]]],
) -> None:
    order, all_ways = drawn
    one, other = Desk(RECRUITS), Desk(RECRUITS)
    for n, ways in enumerate(all_ways):
        one.take(*made(n, ways))
    for n in order:
        other.take(*made(n, all_ways[n]))
    assert {a.id for a in one.alerts} == {a.id for a in other.alerts}
    assert len(one.alerts) == len(one.pairs())
    fired = {(way, SOURCES[s].id) for ways in all_ways for way, s in ways if way not in ("approaches", "against")}
    assert one.pairs() == fired


@given(articles.flatmap(lambda a: st.tuples(st.permutations(range(len(a))), st.integers(0, len(a)), st.just(a))))
def test_nor_does_a_merge_at_any_moment(drawn: tuple[list[int], int, list[tuple[tuple[Crossing, int], ...]]]) -> None:
    order, merged_at, all_ways = drawn
    desk = Desk(RECRUITS)
    for k, n in enumerate([*order, None]):
        if k == merged_at:
            desk.same[SOURCES[0].id] = SOURCES[1]
        if n is not None:
            before = desk.pairs()
            alerts = desk.take(*made(n, all_ways[n])).alerts
            assert not before & {(a.crossing, a.origin.id) for a in alerts}
    fired = {(way, desk.current(SOURCES[s]).id) for ways in all_ways for way, s in ways if way not in ("approaches", "against")}  # fmt: skip
    assert desk.pairs() == fired


def numbered(n: int, said: tuple[int, bool, float]) -> tuple[Resolved, tuple[Indication, ...]]:
    """The n-th article, in which a source gives a number, in its own voice or as somebody's word."""
    source, own, number = said
    article, found = at(
        8 + n // 2, f"Quarrin has drafted {number:,.0f} men.\n\nThe lake rose, part {n}.", origin(f"Source {source}")
    )
    word = replace(found[0], attribution=None if own else "a9")
    return replace(article, origins={"": article.origins[""], "a9": article.origins[""]}), (word,)


numbers = st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.sampled_from((6017.0, 6018.0))), max_size=6)


@given(numbers.flatmap(lambda a: st.tuples(st.permutations(range(len(a))), st.just(a))))
def test_nor_do_numbers_that_are_told_again(drawn: tuple[list[int], list[tuple[int, bool, float]]]) -> None:
    order, said = drawn
    one, other = Desk(RECRUITS), Desk(RECRUITS)
    for n, words in enumerate(said):
        one.take(*numbered(n, words))
    for n in order:
        other.take(*numbered(n, said[n]))
    assert one.pairs() == other.pairs()


def test_who_told_of_a_plan_on_the_record_does_not_vouch_for_what_happened() -> None:
    desk = Desk(RECRUITS)
    desk.take(*told("Quarrin will draft 6,000 men, the minister said.", origin("Ilse Marn")))
    (alert,) = desk.take(*told("Quarrin has drafted 6,000 men, officers told the Post.", PAPER)).alerts
    assert alert.crossing == "crossed"
    assert {"a second independent origin", "somebody who says so on the record"} <= set(alert.missing)


def test_an_outlet_with_and_without_its_article_is_passed_through_once() -> None:
    assert each_once(["Vessel Courier", "Tidewire", "The Vessel Courier"]) == ("Vessel Courier", "Tidewire")
