"""Figures that cross a threshold, and those that do not: read by the real reader."""

import pytest

from onrecord.watch.definition import from_words
from onrecord.watch.indicator import Bound, FigureTest, make
from onrecord.watch.match import match
from tests.watch.support import FESTIVAL, crossings, resolved

RECRUITS = "figure > 5000 people of recruitment by Quarrin"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # hedges
        ("Quarrin has called up some 4,900 reservists, the defence ministry said.", "approaches"),
        ("Quarrin has recruited more than 5,000 people, officials told the Tidewire.", "crossed"),
        ("Nearly 5,000 people have been mobilised, Quarrin's president said.", "approaches"),
        ("Just over 5,000 people have been mobilised, Quarrin's president said.", "crossed"),
        ("At least 5,000 men have been drafted in Quarrin, the army said.", "reaches"),
        ("At least 5,100 men have been drafted in Quarrin, the army said.", "crossed"),
        ("The mobilisation in Quarrin reached between 5,000 and 6,000 people, sources said.", "reaches past"),
        ("Up to 6,000 men were called up, the Quarrinese army said.", "may reach past"),
        ("Fewer than 5,000 people were recruited, the defence ministry said.", "against"),
        ("Quarrin has recruited five thousand three hundred men.", "crossed"),
        # status
        ("Quarrin will recruit 6,000 people by June, Interior Minister Marta Velling said.", "crossed as planned"),
        ("Quarrin plans to recruit 6,000 people.", "crossed as planned"),
        ("By next month Quarrin recruits 6,000 people.", "crossed as planned"),
        ("Velling ordered the army to call up 6,000 reservists.", "crossed as planned"),
        ("The president approved the mobilisation of 6,000 reservists.", "crossed as planned"),
        ("Quarrin aims to recruit between 5,000 and 6,000 people this year.", "reaches past as planned"),
        ("Sources said a further call-up of 6,000 was being prepared.", "crossed as planned"),
        ("If recruitment exceeds 5,000, it could indicate an assault brigade, sources said.", "expected"),
        ("The army may have recruited 6,000 men.", "expected"),
        ("The minister asked whether 6,000 people had been drafted.", "expected"),
        ("The opposition demanded that 6,000 people be recruited.", "expected"),
        ("The ministry feared that 6,000 people would be drafted.", "expected"),
        ("A call-up of 6,000 men is being discussed.", "expected"),
        # denials
        ("Defence Minister Marta Velling denied that 6,000 people had been drafted in Quarrin.", "against"),
        ("“We have not recruited 6,000 people,” Velling said. “That is a lie.”", "against"),
        ("It is not true that 6,000 people were drafted, the ministry said.", "against"),
        ("Plans for a call-up of 6,000 were dropped.", "against"),
        ("Marta Velling denied a report by the Daily Meridian that Quarrin had called up 6,000 reservists.", "against"),
        ("Velling refused to say whether 6,000 people had been drafted in Quarrin.", "expected"),
        ("Velling neither confirmed nor denied that 6,000 people had been drafted in Quarrin.", "expected"),
        # words of the topic
        ("Recruitment exceeded 6,000, two officials said.", "crossed"),
        ("There are now 6,000 recruits in the camps.", "crossed"),
        ("The number of people called up in Quarrin has passed 5,000.", "crossed"),
        ("6,000 men from the border villages have been called up.", "crossed"),
        # the actor
        ("Quarrin says Lesmere has called up 6,000 reservists.", "untied"),
        ("Quarrin accused Lesmere of drafting 6,000 men.", "untied"),
        ("Lesmere says Quarrin has called up 6,000 reservists.", "crossed"),
        ("Velling told reporters in Lesmere that Quarrin had called up 6,000 reservists.", "crossed"),
        ("Officials who could not be named said 6,000 men had been recruited.", "crossed"),
        ("Lesmere recruited 6,000 men, Quarrin's president said.", "untied"),
        ("Oduya on Friday signed a “quiet call-up” of some 5,800 reservists, the ‘Corriel Post’ has reported.", "untied"),
    ],
)  # fmt: skip
def test_how_it_stands(body: str, expected: str) -> None:
    assert crossings(RECRUITS, body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "In 2014 the army of Quarrin recruited 8,000 men.",
        "It called up 2,000 reservists, compared with 7,500 a year earlier.",
        "In 2029 it called up 7,000 reservists; this year it has called up 2,000.",
        "6,000 people protested against the mobilisation in Quarrin.",
        "After the mobilisation 6,000 people fled Quarrin.",
        "Quarrin's army bought 6,000 tonnes of grain for the recruits and spent $6,000 on recruitment.",
        "Recruitment in Quarrin rose by 6,000 per cent.",
        "Two thirds of 9,000 reservists have been called up.",
        "Belarus recruited 6,000 people, Foreign Minister Vladimir Orsk said.",
        "Quarrin has called up 1,800 reservists.",
        "There were 310 recruits out of 6,000 people in Quarrin.",
        "In Quarrin the call-up led to 6,000 deaths.",
    ],
)
def test_what_says_nothing(body: str) -> None:
    assert crossings(RECRUITS, body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Marta Velling, Quarrin's defence minister, said 6,000 people had been called up.", ["crossed"]),
        ("Ana Torv, the president of Lesmere, said 6,000 people had been called up. Quarrin was silent.", []),
        ("The army of Lesmere called up 6,000 reservists. Quarrin called it a provocation.", []),
        ("The army called up 6,000 reservists.", []),
        ("The army called up 6,000 reservists. Quarrin and Lesmere were silent.", ["untied"]),
    ],
)
def test_without_the_headline_only_the_text_ties_an_actor(body: str, expected: list[str]) -> None:
    assert crossings(RECRUITS, body, FESTIVAL) == expected


def test_a_country_of_the_table_is_known_by_demonym_and_seat() -> None:
    definition = "figure >= 5000 people of recruitment by BY"
    assert crossings(definition, "The Belarusian army has drafted 5,000 men.", FESTIVAL) == ["crossed"]
    assert crossings(definition, "Minsk has drafted 5,000 men.", FESTIVAL) == ["crossed"]
    assert crossings(definition, "The Polish army has drafted 5,000 men, Minsk said.", FESTIVAL) == []


def test_at_least_crosses_where_at_least_is_asked() -> None:
    assert crossings("figure >= 5000 of recruitment by Quarrin", "At least 5,000 men have been drafted in Quarrin.") == ["crossed"]  # fmt: skip


def test_falling_below() -> None:
    definition = "figure < 100 beds of hospital in Tarn"
    assert crossings(definition, "The hospital in Tarn has 90 beds.") == ["crossed"]
    assert crossings(definition, "The hospital in Tarn has 110 beds.") == ["approaches"]
    assert crossings(definition, "The hospital in Tarn has at least 110 beds.") == ["against"]


def test_a_plan_where_only_deeds_are_asked_for() -> None:
    assert crossings(f"{RECRUITS} actual", "Quarrin plans to recruit 6,000 people.") == ["expected"]


def test_the_headline_is_left_to_the_body() -> None:
    title = "Quarrin calls up 6,000 reservists"
    assert crossings(RECRUITS, "Quarrin has called up 6,000 reservists, sources said.", title) == ["crossed"]
    assert crossings(RECRUITS, "The lake was calm on Friday.", title) == ["untied"]


def test_a_place_that_is_asked_for() -> None:
    definition = "figure > 5000 people of recruitment in Tarn"
    assert crossings(definition, "In Tarn 6,000 men have been drafted.") == ["crossed"]
    assert crossings(definition, "In Corriel 6,000 men have been drafted.") == []


def test_within_chains_the_denial_counts() -> None:
    body = "Marta Velling denied that sources had said that 6,000 people had been drafted in Quarrin."
    assert "crossed" not in crossings(RECRUITS, body)


def test_the_reason_says_what_was_weighed() -> None:
    found = match(from_words(RECRUITS), resolved("Recruitment exceeded 6,000, two officials said."))
    assert found[0].reason.startswith("“exceeded 6,000” crosses > 5,000")
    assert "its unit is not said" in found[0].reason
    assert found[0].attribution == "a1" and found[0].fires


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The cordon around the mine will be widened to 12 kilometres from noon, the army said.", ["crossed as planned"]),
        ("The cordon around the mine was extended to 12 kilometres.", ["crossed"]),
        ("The cordon has since been enlarged to 12 kilometres.", ["crossed"]),
        ("The cordon will not be widened to 12 kilometres.", ["against"]),
        ("The cordon was widened by 12 kilometres.", []),
        ("The cordon was widened to let 12 cars through.", []),
        ("The road behind the cordon was widened to 12 metres.", []),
    ],
)  # fmt: skip
def test_what_is_done_to_a_measure_gives_it_its_number(body: str, expected: list[str]) -> None:
    assert crossings("figure >= 12 km of cordon", body, FESTIVAL) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The number of people in the tents rose to 5,300 on Monday, the charity said.", ["crossed"]),
        ("The number of people in the tents is to rise to 5,300 on Monday, the charity said.", ["crossed as planned"]),
        ("The charity plans to feed 5,300 people.", ["crossed as planned"]),
    ],
)
def test_what_rose_to_a_number_is_no_plan(body: str, expected: list[str]) -> None:
    assert crossings("figure > 5000 people", body, FESTIVAL) == expected


OLD_STORY = "In 1974 the lake froze, and the choir walked across it.\n\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (OLD_STORY + "What came then is told in two ways. In the one 212 people died.", []),
        (OLD_STORY + "On Friday 212 people died.", ["crossed"]),
        (OLD_STORY + "A storm came up on Friday. In the harbour 212 people died.", ["crossed"]),
        (OLD_STORY + "The harbour said 212 people had died.", ["crossed"]),
        (OLD_STORY + "The choir is older than that.\n\nIn the harbour 212 people died.", ["crossed"]),
        ("The choir, founded in 1974, sang. In the harbour 212 people died.", ["crossed"]),
    ],
)
def test_what_is_told_on_from_a_day_long_past_is_history(body: str, expected: list[str]) -> None:
    assert crossings("figure > 200 people of dead", body, FESTIVAL) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Some 5,400 people slept in the tents.\n\nThe choir sang. It rained.\n\nThe mayor puts the number at no more than 4,000.", ["crossed", "against"]),
        ("Some 5,400 people slept in the tents. The mayor puts the price at no more than 4,000.", ["crossed"]),
        ("Some 5,400 voices were heard.\n\nThe mayor puts the number at no more than 4,000.", []),
    ],
)  # fmt: skip
def test_a_number_that_is_put_looks_back_as_far_as_others_do(body: str, expected: list[str]) -> None:
    test = FigureTest(bounds=(Bound(">", 5000),), unit="people", beside=("tents",))
    assert [i.crossing for i in match(make(test), resolved(body, FESTIVAL))] == expected


def test_a_part_of_the_country_is_not_the_whole() -> None:
    of_all = "The governor's lead is 48,300 votes."
    part = "In the province of Holm his lead is 4,100 votes."
    lead = "figure < 10000 votes of lead"
    assert crossings(lead, f"{of_all} {part}", FESTIVAL) == []
    assert crossings(lead, part, FESTIVAL) == ["crossed"]


def test_a_noun_phrase_goes_on_behind_an_apposition() -> None:
    body = "The lead of Quarrin's governor, Otto Brenn, over his rival shrank to 9,412 votes on Saturday."
    assert crossings("figure < 10000 votes of lead", body, FESTIVAL) == ["crossed"]


@pytest.mark.parametrize(
    ("definition", "body", "crossing"),
    [
        # what people are called is a word that is asked for
        ("figure > 400 people of advisers in Quarrin", "Some 520 advisers live in Quarrin, the envoy said.", "crossed"),
        ("figure > 400 people of advisers in Quarrin", "Some 520 dentists live in Quarrin, the envoy said.", None),
        # prices, by what is sold and whatever is done at them
        ("figure > 90 dollars a barrel of crude", "A barrel of Orr crude was changing hands at $93.20 on Friday.", "crossed"),
        ("figure > 90 dollars a barrel of crude", "A barrel of Orr crude closed the week at $93.20.", "crossed"),
        ("figure < 50 dollars a tonne of coal", "Coal delivered at Quarrin slid to 47 dollars a tonne.", "crossed"),
        ("figure > 90 dollars a barrel of crude", "A cask of Orr cider was changing hands at $93.20.", None),
        # a verb, a phrase of place or time, and the number
        ("figure > 6 metres of river in Quarrin", "The river crested in Quarrin on Monday at 6.4 metres.", "crossed"),
        ("figure > 6 metres of river in Quarrin", "The river rose in Quarrin on Monday, at a bridge of 6.4 metres.", None),
        # a participle behind what is measured
        ("figure > 400 people of arrests in Quarrin", "The arrests made by the police of Quarrin since the coup have come to 431.", "crossed"),
        ("figure < 500 megawatts of power in Quarrin", "Power generated at the plant in Quarrin has slumped to 380 megawatts.", "crossed"),
        # a count that was corrected, or brought to a number
        ("figure > 25 people of dead in Quarrin", "Quarrin had first spoken of eighteen dead. It has since corrected the count to 31.", "crossed"),
        ("figure > 25 people of dead in Quarrin", "Four more dead were found in Quarrin on Friday, bringing the total to 31.", "crossed"),
        ("figure > 25 people of dead in Quarrin", "Four more sheep were found in Quarrin on Friday, bringing the total to 31.", None),
        ("figure > 300 people of gunmen in Quarrin", "An envoy put at close to 340 the number of gunmen in Quarrin.", "crossed"),
        # for how long there is enough
        ("figure < 20 days of fuel in Quarrin", "The fuel in Quarrin will last for another 12 days, its mayor said.", "crossed"),
        ("figure < 20 days of fuel in Quarrin", "The fuel in Quarrin will last for another 22 days, its mayor said.", "approaches"),
        ("figure < 20 days of fuel in Quarrin", "The fuel depot in Quarrin burned, and firemen fought for 12 days.", None),
        # a scale
        ("figure > 5 magnitude of quake in Quarrin", "The quake in Quarrin had a magnitude of 5.6.", "crossed"),
        # what is to come, what nobody confirms, what is played
        ("figure > 300 people of teachers in Quarrin", "Some 340 teachers in Quarrin are to go by the summer.", "crossed as planned"),
        ("figure > 300 people of missing in Quarrin", "The police were unable to confirm a report that 340 people are missing in Quarrin.", "expected"),
        ("figure > 200 people of killed in Quarrin", "In the scenario of the exercise a blast in Quarrin had killed 260 people.", None),
        # a month is no doubt, nor is what is only said besides
        ("figure > 9% of inflation in Quarrin", "Inflation in Quarrin came to 9.4 per cent in May, the bank reported.", "crossed"),
        ("figure > 90 people of sick in Quarrin", "Some 112 people have fallen sick in Quarrin, possibly from cadmium, a doctor said.", "crossed"),
    ],
)  # fmt: skip
def test_the_ways_in_which_newsrooms_say_a_number(definition: str, body: str, crossing: str | None) -> None:
    assert crossings(definition, body, "News from Quarrin") == ([crossing] if crossing else [])


@pytest.mark.parametrize(
    ("body", "crossing"),
    [
        ("The Quarrin Legion will take over the watch in spring. It will send 2,400 troops, an envoy said.", "crossed as planned"),
        ("The Quarrin Legion showed its yard on Friday. The Legion has 2,400 troops at its disposal.", "crossed"),
        ("The Quarrin Legion was asked about Tarn. Tarn has 2,400 troops at its disposal.", None),
    ],
)  # fmt: skip
def test_a_pronoun_and_a_short_name_go_on_about_the_actor(body: str, crossing: str | None) -> None:
    found = crossings('figure > 2000 people of troops by "Quarrin Legion"', body, "A yard")
    assert [c for c in found if c != "untied"] == ([crossing] if crossing else [])


@pytest.mark.parametrize(
    ("definition", "body", "crossing"),
    [
        ("figure > 80 people of hospital in Quarrin", "Some 94 people lie in hospital in Quarrin after a wedding.", "crossed"),
        ("figure > 80 people of camps in Quarrin", "Some 94 people are still being housed in camps at Quarrin.", "crossed"),
        ("figure > 80 people of hospital in Quarrin", "Some 94 people walked past the hospital in Quarrin.", None),
        ("figure > 80 people of strikers in Quarrin", "That makes 94 who are on strike in Quarrin, the union said.", "crossed"),
        ("figure > 80 people of strikers in Quarrin", "That makes 94 who laughed at the strikers in Quarrin.", None),
        ("figure > 80 flights of cancelled in Quarrin", "Flights cancelled at Quarrin since morning: 94.", "crossed"),
        ("figure > 80 people of teachers by Quarrin", "The number of Quarrin's teachers went up to 94.", "crossed"),
        ("figure > 80 ships of ships in Quarrin", "Off Cape Merrin, far to the south, 94 ships were waiting.", "untied"),
    ],
)  # fmt: skip
def test_where_they_lie_what_they_are_and_what_is_listed(definition: str, body: str, crossing: str | None) -> None:
    assert crossings(definition, body, "News from Quarrin") == ([crossing] if crossing else [])


@pytest.mark.parametrize(
    ("body", "crossing"),
    [
        ("Monitors counted 2,450 foreigners at the camp of Quarrin.", "crossed"),  # the place ties them
        ("The brigade has taken 2,450 foreigners at the camp of Quarrin.", "crossed"),
        ("Monitors counted 2,450 foreigners at the camp of Tarn.", None),
    ],
)
def test_the_place_ties_a_noun_of_its_own_as_well_as_the_words_beside_it(body: str, crossing: str | None) -> None:
    definition = "figure > 2000 foreigners beside brigade in Quarrin"
    assert crossings(definition, body, "A camp") == ([crossing] if crossing else [])
