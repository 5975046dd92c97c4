"""Places: the gazetteer, which words are mentions, and which place each one means."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import SetupError
from onrecord.export import html
from onrecord.model import EntityType, Outlet, Place
from onrecord.read import gazetteer, places, read
from onrecord.read.names import Name
from tests import clock
from tests.support import article, at

LIMIT = 5.0  # seconds of this process for what is very long; linear work takes a fraction


def find(text: str, domain: str | None = None, **network: str) -> tuple[Place, ...]:
    """The places of a text; `network` gives the names that the network found, by type, set apart by "|"."""
    found = [Name(at(w, text), kind) for kind, words in network.items() for w in words.split("|")]  # type: ignore[arg-type]
    whole = article(text, outlet=Outlet(name=None, domain=domain) if domain else None)
    return places.find(text, sorted(found), whole)


def words(text: str, **network: str) -> list[str]:
    """The words of the mentions."""
    return [p.name for p in find(text, **network)]


def where(text: str, name: str, domain: str | None = None, **network: str) -> tuple[str | None, str]:
    """Country and precision of the first mention of that name."""
    return next((p.country, p.precision) for p in find(text, domain, **network) if p.name == name)


# The gazetteer


@pytest.mark.parametrize(("name", "own"), [("Köln", "Köln"), ("Cologne", "Köln"), ("St. Petersburg", "Saint Petersburg"), ("PORT-AU-PRINCE", "Port-au-Prince"), ("The Hague", "The Hague"), ("Burma", "Myanmar")])  # fmt: skip
def test_a_name_is_found_in_other_forms_and_spellings(name: str, own: str) -> None:
    assert own in {e.name for e in gazetteer.look_up(name)}


def test_every_place_is_found_by_its_own_name() -> None:
    lines = gazetteer.tables().places.decode("utf-8").splitlines()
    assert len(lines) > 70_000
    for line in lines[:: len(lines) // 400]:
        ident, _, name, *_ = line.split("\t")
        assert ident in {str(e.geonames_id or "") for e in gazetteer.look_up(name)}, name


def test_an_unknown_name_has_no_places() -> None:
    assert gazetteer.look_up("Qualmbruck") == gazetteer.look_up("") == gazetteer.look_up("\n\t~") == ()


def test_coordinates_and_codes_are_ones() -> None:
    for line in gazetteer.tables().places.decode("utf-8").splitlines():
        _, kind, name, code, lat, lon, population = line.split("\t")
        assert -90 <= float(lat) <= 90 and -180 <= float(lon) <= 180 and int(population) >= 0, name
        assert code == "" if kind == "area" and not code else len(code.split(".")[0]) == 2, name


def test_a_country_across_the_date_line_has_its_middle_there() -> None:
    (kiribati,) = gazetteer.look_up("Kiribati")
    assert abs(kiribati.lon) > 150


def test_a_missing_gazetteer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "FILE", "nowhere.zz")
    gazetteer.tables.cache_clear()
    with pytest.raises(SetupError, match="install onrecord again"):
        gazetteer.tables()
    gazetteer.tables.cache_clear()


def test_the_gazetteer_is_not_loaded_before_a_text_is_read() -> None:
    code = "import onrecord.read; from onrecord.read import gazetteer as g; assert not g.tables.cache_info().currsize"
    subprocess.run([sys.executable, "-c", code], check=True)


# Mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ferries left Kiel and rains came to Kenya.",
            ["Kenya"],
        ),  # a city wants a word that says so, a country none
        ("Ferries wait in Hamburg, Bremen and Kiel.", ["Hamburg", "Bremen", "Kiel"]),
        ("Canada’s farmers met US officials. It cost US$3.", ["Canada", "US"]),
        ("LYON, France — It rained.\n\nOSLO (Tidewire) – It snowed.", ["LYON", "France", "OSLO"]),
        ("Governors of Alaska, Ohio and West Virginia met.", ["Alaska", "Ohio", "West Virginia"]),
        ("The French and the Northern Irish like European cheese.", []),  # words for people are no places
        ("It opens in March, in Union Square, near Police Park.", []),
        ("She flew to the Red Sea and South Sudan.", ["Red Sea", "South Sudan"]),
        ("A lab in Lyon closed. Lyon mourned; Indiana Joss did not.", ["Lyon", "Lyon"]),
        ("Indiana Governor Ann Tull spoke.", ["Indiana"]),
        ("Ships of Norway met the Queen of Denmark in Oslo. The crew sang.", ["Norway", "Oslo"]),
        ("Snow fell in Ohio, Ala. and Fla.", ["Ohio", "Ala.", "Fla."]),
    ],
)
def test_the_gazetteer_finds_names_where_places_stand(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "network", "expected"),
    [
        ("She was born in Ames, Iowa.", {"place": "Ames, Iowa"}, ["Ames", "Iowa"]),
        ("A port of the Gold Coast of Australia.", {"place": "Gold Coast of Australia"}, ["Gold Coast", "Australia"]),
        ("Troops left South Sudan.", {"place": "Sudan"}, ["South Sudan"]),
        ("Talks in Dar es Salaam, Tanzania, failed.", {"place": "Dar|Salaam, Tanzania"}, ["Dar es Salaam", "Tanzania"]),
        ("Boats crossed Lake Qualm in the fog.", {"place": "Qualm"}, []),
        ("Boats sank in Lake Qualm.", {"place": "Qualm"}, ["Lake Qualm"]),
        ("He lives in Qualmbruck. Qualmbruck is small.", {"place": "Qualmbruck"}, ["Qualmbruck"]),
        ("The Buffalo Science School and Camac Street are shut.", {"place": "Buffalo Science School|Camac"}, []),
        ("A ban for Australia-wide racing.", {"place": "Australia-wide"}, ["Australia"]),
        ("They took Zelmavir pills.", {"place": "Zelmavir"}, []),  # no word around, no entry: no place
        ("Peru's Health Ministry agreed.", {"organisation": "Peru's Health Ministry"}, ["Peru"]),
        ("Health Peru agreed.", {"organisation": "Health Peru"}, []),
        ("Kansas and Texas reported cases.", {"organisation": "Kansas and Texas"}, ["Kansas", "Texas"]),
        ("A lab in Lelystad confirmed it.", {"person": "Lelystad"}, ["Lelystad"]),
        ("Paul Houston slept. In Houston they trust, he said.", {"person": "Paul Houston"}, []),
        ("The Daily Kenya and Ann Kenya met.", {"outlet": "Daily Kenya", "person": "Ann Kenya"}, []),
    ],
)
def test_the_networks_names_are_cut_grown_and_checked(text: str, network: dict[str, str], expected: list[str]) -> None:
    assert words(text, **network) == expected


def test_a_further_mention_needs_no_word_around() -> None:
    assert words("Snow fell in Tampere. Later, Tampere thawed.") == ["Tampere", "Tampere"]
    assert words("Later, Tampere thawed.") == []


# What is meant


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("It rained in Paris.", "Paris", ("FR", "city")),
        ("It rained in Paris, Texas.", "Paris", ("US", "city")),
        ("Texas flooded. It rained in London, Ontario.", "London", ("CA", "city")),
        ("In Toronto and in Ottawa it rained, as in Windsor and in Hamilton.", "Windsor", ("CA", "city")),
        ("Tbilisi is the capital of Georgia. In Batumi it rained.", "Georgia", ("GE", "country")),
        ("It rained in Texas, Florida, Georgia and Alabama.", "Georgia", ("US", "region")),
        ("It rained in Ghana, Niger, Nigeria and Togo.", "Niger", ("NE", "country")),
        ("WASHINGTON (Tidewire) — Nobody spoke.", "WASHINGTON", ("US", "city")),
        ("A cow from Washington state was ill in Canada.", "Washington", ("US", "region")),
        ("It rained in Oregon, Washington and Idaho.", "Washington", ("US", "region")),
        ("It rained in Sao Paulo.", "Sao Paulo", ("BR", "city")),
        ("It rained in the state of Sao Paulo.", "Sao Paulo", ("BR", "region")),
        ("It rained in Europe.", "Europe", (None, "region")),
        ("A farm in Qualmbruck, Bavaria, burnt.", "Qualmbruck", ("DE", "region")),
        ("A farm in Qualmbruck, in Bavaria, burnt.", "Qualmbruck", ("DE", "region")),
        ("A farm in Qualmbruck burnt.", "Qualmbruck", (None, "unknown")),
    ],
)
def test_the_words_around_and_the_other_places_decide(text: str, name: str, expected: tuple[str | None, str]) -> None:
    network = {"place": "Qualmbruck"} if "Qualmbruck" in text else {}
    assert where(text, name, **network) == expected


def test_one_name_means_one_place_an_article_unless_it_says_otherwise() -> None:
    found = find("It rained in Paris, Texas. Nobody in Paris cared; in Paris, France, nobody knew.")
    assert [p.country for p in found] == ["US", "US", "US", "FR", "FR"]


def test_a_demonym_and_the_outlets_own_country_hint() -> None:
    assert where("Peruvian police closed a road in Trujillo.", "Trujillo")[0] == "PE"
    assert where("Police closed a road in Merida.", "Merida", domain="diario.mx")[0] == "MX"


def test_a_place_that_may_be_two_is_neither() -> None:
    (found,) = find("It rained in Springfield.")
    assert (found.geonames_id, found.country, found.precision) == (None, "US", "country")


def test_a_river_is_not_the_region_that_it_names() -> None:
    (found,) = find("Boats sank in the Mississippi river.")
    assert (found.geonames_id, found.precision, found.country) == (None, "country", "US")


# Invariants


@given(st.text(alphabet="in of,.\n’s-ParisTOWéл ", max_size=200))
def test_any_text_gives_sound_places(text: str) -> None:
    found = find(text)
    assert [p.span for p in found] == sorted(p.span for p in found)
    assert all(a.span[1] <= b.span[0] for a, b in zip(found, found[1:], strict=False))
    assert [p.id for p in found] == [f"p{n}" for n in range(1, len(found) + 1)]
    for p in found:
        assert text[slice(*p.span)] == p.name
        assert (p.lat is None) == (p.lon is None) == (p.precision == "unknown")
    assert find(text) == found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the ships in Hamburg, Bremen and Kiel waited for Paris, " * 200, None),  # a sentence of 2,000 words
        ("4,217 " * 20_000, None),
        ("في القاهرة قال الوزير " * 20_000, None),
        ("It rained in Paris, said Ann Tull of Qualmbruck, Kenya’s port. " * 10_000, None),  # 110,000 words
        ("Paris, " * 40_000, None),
        ("Paris," * 40_000, "place"),
        ("Ab-" * 100_000, "place"),
        ("\n\nOSLO " * 40_000, None),
    ],
)
def test_long_texts_take_bounded_time(text: str, kind: EntityType | None) -> None:
    found = [Name((0, len(text) - 1), kind)] if kind else []
    find("It rained in Paris.")
    assert clock.seconds(lambda: places.find(text, found, article(text))) < LIMIT


def test_the_reader_finds_places_and_the_page_shows_each_once() -> None:
    text = "Levy in Rotterdam\n\nThe port of Rotterdam, in the Netherlands, will pay, said Ilse Karvonen, its director, on Friday."
    got = read(article(text, title="Levy in Rotterdam"))
    assert [(p.name, p.country, p.precision) for p in got.places] == [("Rotterdam", "NL", "city"), ("Rotterdam", "NL", "city"), ("Netherlands", "NL", "country")]  # fmt: skip
    page = html.page([got])
    assert page.count('<li class="card place"') == 2 and "2 mentions" in page
