"""Factuality and estimative words, on invented sentences: the event word stands in square brackets."""

import re
from functools import partial
from itertools import starmap

import pytest

from onrecord.model import Capture, decode_reading, encode
from onrecord.parse import parse
from onrecord.read import certainty, read
from onrecord.text import Span
from tests import clock


def event(marked: str) -> tuple[str, Span]:
    """A sentence without its brackets, and the span of the word that stood in them."""
    m = re.search(r"\[(.+?)\]", marked)
    assert m
    return marked[: m.start()] + m.group(1) + marked[m.end() :], (m.start(), m.end() - 2)


SENTENCES = [
    # plain
    ("CT+", "The Seldrin army [shelled] the harbour on Monday."),
    ("CT+", "The [shelling] of the harbour lasted all night."),
    # negated
    ("CT-", "The army has not [crossed] the river."),
    ("CT-", "The army hasn't yet [crossed] the river."),
    ("CT-", "Nobody [died] in the fire."),
    ("CT-", "The company no longer [sells] ferries."),
    ("CT-", "They left without [signing] the treaty."),
    ("CT-", "The minister told ferries not to [sail]."),
    # hedged
    ("PS+", "Troops may [cross] the river."),
    ("PS+", "Perhaps the dam [broke] overnight."),
    ("PR+", "The dam probably [broke] overnight."),
    ("PR+", "The pilot is believed to have [survived]."),
    ("PR+", "Merchants expect prices to [rise]."),
    ("PR-", "It is unlikely that the minister will [resign]."),
    # planned: certain in the author's words, and still ahead
    ("CT+", "The minister will [resign] on Friday."),
    ("CT+", "The ministry plans to [build] a second dam."),
    # hypothetical
    ("Uu", "If the dam [breaks], the town is lost."),
    ("PS+", "If the dam breaks, the town will [flood]."),
    ("Uu", "Did the army [cross] the river?"),
    ("Uu", "The union wants to [strike]."),
    ("PR-", "The crew should have [radioed] the harbour."),
    ("PS+", "The army tried to [cross] the river."),
    ("CT+", "The ferry [sank] in May."),
    ("PS+", "Envoys hope the truce will [hold]."),
    ("Uu", "The union demanded that the minister [resign]."),
    # implicative and factive
    ("CT+", "The crew managed to [land] the plane."),
    ("CT-", "The crew did not manage to [land] the plane."),
    ("CT-", "The talks failed to [produce] a treaty."),
    ("CT+", "She did not forget to [call] the pilot."),
    ("CT-", "Police prevented the crowd from [leaving]."),
    ("CT+", "The mayor regretted that the bridge had [collapsed]."),
    ("CT+", "The mayor did not regret that the bridge had [collapsed]."),
    ("CT-", "The rebels have yet to [answer]."),
    ("CT-", "The pilot was too weak to [walk]."),
    # reported and denied
    ("PS+", "Police have not ruled out [arson]."),
    ("Uu", "There is no evidence that the mayor [stole] the money."),
    ("CT-", "The mayor was cleared of [stealing] it."),
    ("CT+", "The mayor said that the bridge had [collapsed]."),
    ("CT-", "The ministry denied that the army had [shelled] the town."),
    # nouns
    ("CT-", "The planned [strike] was called off."),
    ("CT-", "The union called off the [strike]."),
    ("CT-", "The ferry's [departure] was delayed."),
    ("CT-", "The [departure] of the new ferry from Seldrin was cancelled."),
    ("CT+", "The [departure] of the ferry angered those whose trip was cancelled."),
    ("CT+", "The [storm] delayed the ferry."),
    ("CT+", "The ferry was delayed by a [storm]."),
    ("CT+", "The [report] predicts rain."),
    ("CT+", "The council rejected the [report]."),
    ("CT-", "The planned [visit] never took place."),
    ("PS+", "The risk of an [attack] has grown."),
    # joined
    ("Uu", "The union wants to [strike] and to march."),
    ("CT-", "The talks failed to begin or [produce] a treaty."),
    # what was due, and what could be done
    ("PS+", "The ferry was due to [sail] at noon."),
    ("CT+", "The ferry is due to [sail] at noon."),
    ("CT-", "The ferry was not due to [sail] at noon."),
    ("CT+", "The mayor forgot that the dam had [broken]."),
    ("CT+", "The crew was able to [land] the plane."),
    # said thereby
    ("CT+", "We would like to [thank] the crews of Tarn."),
    ("Uu", "The crews would like to [sail] on Monday."),
    # a predicate far behind
    ("CT-", "The [delivery] of the ferries, the largest in Seldrin, was delayed."),
    ("CT-", "The [tour] of the new ferry from Tarn and Seldrin has been delayed."),
    ("CT-", "The new ferries' [delivery], due in May, will be postponed."),
    ("CT+", "The [tour] of the islands ended, and the ferry was delayed."),
    ("PR-", "Plans to [close] the yard were shelved."),
    # conditions without "if"
    ("Uu", "Should the dam [break], the town will flood."),
    ("PS+", "Should the dam break, the town will [flood]."),
    ("Uu", "Had the dam [broken], the town would have drowned."),
    ("Uu", "Were the minister to [resign], the cabinet would fall."),
    ("PS+", "In the event of a [strike], soldiers drive the buses."),
    ("PS+", "[Closing] the port would be a mistake."),
    ("PS+", "A [strike] would cost the port millions."),
    # orders and questions
    ("Uu", "Just [call] the harbour."),
    ("Uu", "Take the boat and [sail] to Tarn."),
    ("CT+", "The ferries now [sail] to Tarn."),
    ("CT+", "Why did the dam [break]?"),
    ("PS+", "What can the crew [do] about it."),
    # not quite, not one, not true
    ("CT-", "The bridge almost [collapsed]."),
    ("CT+", "Tolls almost [doubled]."),
    ("CT-", "Not a single shot was [fired]."),
    ("CT-", "Reports that the mayor had [fled] were false."),
    ("CT-", "It was wrongly reported that the mayor had [fled]."),
    ("CT+", "It was reported that the mayor had [fled]."),
    ("CT-", "The council voted against [closing] the yard."),
    ("CT-", "The yard lacks the money to [build] ferries."),
    # talk of a thing, and nouns that govern nothing
    ("PS+", "The two sides held talks on a [truce]."),
    ("PR-", "The envoys failed to agree on a [truce]."),
    ("CT+", "The Tarn deal [includes] two ferries."),
    ("CT+", "The Tarn order [is] worth six million."),
    ("CT-", "Dock troubles delay Seldrin ferry [tour]"),
    # implicative verbs, and what is as good as one
    ("CT+", "The pilot had to [land] in Tarn."),
    ("CT+", "The ferries were tricked into [sailing]."),
    ("CT+", "The captain took the opportunity to [land]."),
    ("CT+", "The crew had the courage to [sail]."),
    ("CT+", "The mayor was honoured to [open] the bridge."),
    ("CT+", "The mayor confessed to [taking] the money."),
    ("CT+", "He could not help [laughing]."),
    ("CT-", "The crew lacked the courage to [sail]."),
    ("CT-", "The yard had no money to [build] ferries."),
    ("CT-", "The captain missed the chance to [land]."),
    ("CT-", "The guards kept the crowd from [leaving]."),
    ("CT-", "The mayor tried in vain to [flee]."),
    ("CT-", "The ship came close to [sinking]."),
    ("CT-", "Far from [resigning], the minister spoke."),
    ("CT-", "Rather than [resign], the minister spoke."),
    ("CT-", "The yard stopped short of [suing]."),
    ("PR-", "Measures to prevent a [strike] were announced."),
    ("PS-", "The yard wants to prevent a [strike]."),
    # factive, half factive, and not at all
    ("CT+", "The mayor did not know that the dam had [broken]."),
    ("CT+", "The mayor was appalled that the dam had [broken]."),
    ("CT+", "There is no doubt that the dam [broke]."),
    ("CT+", "It is no secret that the dam [broke]."),
    ("Uu", "The divers did not find that the dam had [broken]."),
    ("Uu", "It is not clear that the dam [broke]."),
    ("Uu", "There is no sign that the dam [broke]."),
    ("Uu", "The mayor did not mutter that the dam had [broken]."),
    ("CT-", "The mayor pretended that the dam had [broken]."),
    ("CT-", "It is false that the dam [broke]."),
    ("PR+", "The mayor is accused of [taking] money."),
    ("PR+", "The clerk allegedly [took] money."),
    ("CT+", "The mayor was advised that the dam had [broken]."),
    ("Uu", "It was advised that the mayor [resign]."),
    ("Uu", "The mayor did not expect that the dam [broke]."),
    # denied reports
    ("CT-", "The ministry denied reports that the dam had [broken]."),
    ("CT-", "The ministry refuted the claim that the dam [broke]."),
    ("CT-", "The mayor denied having [taken] money."),
    ("CT-", "There were no reports of [floods]."),
    ("CT+", "There were reports of [floods]."),
    ("PR-", "The bank dropped plans to [sell] the yard."),
    ("CT-", "Reports of a [flood] were denied."),
    ("CT-", "Reports of a [flood] are false."),
    ("CT-", "The paper withdrew its claim that the dam had [broken]."),
    ("CT-", "There is no truth to reports of a [flood]."),
    ("PR-", "The bank lost its bid to [buy] the yard."),
    # negation and what is not one
    ("CT+", "With no wind, the ferry [stopped]."),
    ("CT+", "No fewer than ten ferries [sailed]."),
    ("CT+", "The ferry no doubt [sailed]."),
    ("CT-", "An [agreement] was not reached."),
    ("CT-", "A [decision] has yet to be made."),
    ("CT+", "The flood not only [broke] the dam."),
    ("CT+", "Nobody knows why the ferry [sank]."),
    ("CT-", "Hardly anyone [voted]."),
    ("CT-", "There were no new [talks]."),
    ("PR-", "The sides did not hold [talks]."),
    ("CT+", "The mayor did not attend [talks]."),
    ("CT-", "The now-cancelled [tour] was to begin in May."),
    ("PS+", "The [tour] may be cancelled."),
    ("CT+", "The [tour] was not cancelled."),
    # conditions of other kinds
    ("Uu", "As long as the truce [holds], ferries sail."),
    ("Uu", "Provided that the truce [holds], ferries sail."),
    ("Uu", "The ferries will sail once the storm [passes]."),
    ("Uu", "The ferries stay until the storm [passes]."),
    ("CT+", "The ferries sailed once the storm had [passed]."),
    ("PS+", "A permit is [needed] if the ferry is old."),
    ("CT+", "The firm provided the ferries that [sailed]."),
    ("CT+", "The crew had no choice but to [land]."),
    ("CT+", "The ferry barely [reached] the harbour."),
    ("CT+", "The pilot never woke and [died] on Monday."),
    ("CT-", "The treaty was never signed or [read]."),
    ("CT+", "The captain was lucky enough to [land]."),
    ("PR+", "The captain is old enough to [sail]."),
    ("PS+", "The union is pushing hard to [win]."),
    ("PS+", "Some may have died before [reaching] Tarn."),
    # means, ways and aims
    ("PS+", "The council discussed how to [mend] the dam."),
    ("PR+", "The dam is hard to [mend]."),
    ("CT+", "In order to [mend] the dam, divers came."),
    ("PS+", "The storm may hit Tarn, [closing] the port."),
    ("CT+", "The storm hit Tarn, [closing] the port."),
    ("CT+", "The firm avoided a fine by [paying]."),
    # another clause stands between
    ("CT+", "Nobody died, the mayor [said]."),
    ("CT+", "The ferry did not sink but [sailed] on."),
    ("CT+", "Alleged victims [spoke]."),
    ("CT+", "A vote on whether to sell was [held]."),
    ("CT+", "Envoys risk losing the friends they [won]."),
    ("CT+", "Land that had never been mapped, [exploded] into war."),
    ("CT-", "She's not [leaving] Tarn."),
    ("Uu", "Unless she's [indicted], she will stay."),
    ("CT+", "The firm appears keen; it [brings] ferries to Tarn."),
    ("Uu", "The firm wants to [bring] ferries to Tarn."),
    ("Uu", "Upon your return, please [call] the harbour."),
]


@pytest.mark.parametrize(("name", "marked"), SENTENCES, ids=[s for _, s in SENTENCES])
def test_factuality(name: str, marked: str) -> None:
    assert certainty.factuality(*event(marked)).certainty == name


@pytest.mark.parametrize(
    ("marked", "ahead"),
    [
        ("The minister will [resign] on Friday.", True),
        ("The ministry plans to [build] a second dam.", True),
        ("The ferry was due to [sail] at noon.", True),
        ("The minister [resigned] on Friday.", False),
        ("The crew managed to [land] the plane.", False),
    ],
)
def test_what_is_still_to_come_is_told(marked: str, ahead: bool) -> None:
    assert certainty.factuality(*event(marked)).ahead is ahead


def test_scores_order_what_names_do() -> None:
    ladder = [
        "has [fallen]",
        "will [fall]",
        "is expected to [fall]",
        "may [fall]",
        "is unlikely to [fall]",
        "has not [fallen]",
    ]
    scores = [certainty.factuality(*event(f"The bridge {words}.")).score for words in ladder]
    assert scores == sorted(scores, reverse=True) and scores[0] == 3.0 and scores[-1] == -3.0


def test_other_sentences_do_not_matter() -> None:
    marked = "It did not rain. The bridge [fell]. Nobody may cross."
    assert certainty.factuality(*event(marked)) == certainty.factuality(*event("The bridge [fell]."))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A war is very unlikely.", [("very unlikely", "very unlikely", 5, 20)]),
        ("It was almost  certainly arson.", [("almost  certainly", "almost certain", 95, 99)]),
        ("Rain is likely; snow is not likely.", [("likely", "likely", 55, 80), ("not likely", "unlikely", 20, 45)]),
        ("There is a remote chance of rain in the remote hills.", [("remote chance", "almost no chance", 1, 5)]),
        ("They dislike it.", []),
    ],
)
def test_estimative_words(text: str, found: list[tuple[str, str, int, int]]) -> None:
    assert [(text[slice(*e.span)], e.band, e.low, e.high) for e in certainty.estimates(text)] == found


def test_nothing_around_an_event_is_no_error() -> None:
    for text in (" ", "?", "fell", "to fell", "not", "that fell", "…fell", "n't"):
        for start in range(len(text)):
            certainty.factuality(text, (start, start + 1))


@pytest.mark.slow
def test_time_grows_with_the_number_of_events_only() -> None:
    """A sentence of 2,000 words costs an event no more than a short one; nor does an article of 100,000 words."""
    clause = "officials said that the army may not have crossed the river and "
    for text in (clause * 170, ("The " + clause + "left.\n\n") * 7000):
        events = [(text, m.span()) for m in re.finditer("crossed", text)][-100:]
        assert clock.seconds(partial(list, starmap(certainty.factuality, events)), times=1) < 1.0
    long = "It is very unlikely that it is likely. " * 12_000
    assert len(list(certainty.estimates(long))) == 24_000
    assert clock.seconds(lambda: list(certainty.estimates(long))) < 5.0


def test_estimates_of_a_reading_are_somebodys() -> None:
    body = (
        "Dam trial\n\n“A flood is very unlikely,” Mayor Ilse Karvonen said on Monday.\n\nRain is likely in the hills."
    )
    got = read(parse(Capture(name="page.txt", body=body.encode())))
    assert [(e.band, e.attribution is not None) for e in got.estimates] == [("very unlikely", True), ("likely", False)]
    assert decode_reading(encode(got)) == got
