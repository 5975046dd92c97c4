"""Deeds that are counted on: their names, who did them, and when they are none."""

import pytest

from onrecord.read.figures import find
from onrecord.resolve.deeds import Deed, is_called_up, is_deed, root
from onrecord.resolve.gauges import is_gauge
from onrecord.resolve.series import done_by
from onrecord.resolve.tallies import counted_who
from tests.resolve.test_series import marked

DEEDS = [
    ("Orvan gunners have shot down <41 drones>.", "drone shoot-down", "orvan"),
    ("The army said it had downed <44 drones> in a week.", "drone shoot-down", ""),
    ("<46 drones> have now been shot down over the lake.", "drone shoot-down", ""),
    ("Six people said that <46 drones> were brought down on Monday.", "", ""),
    ("Tarvia has slaughtered <90,000 hens>.", "bird cull", "tarvia"),
    ("So far <90,000 birds> have been destroyed.", "bird cull", ""),
    ("So far <90 houses> have been destroyed.", "home destroy", ""),
    ("The number of birds culled has risen to <112,000>.", "bird cull", ""),
    ("The cull of turkeys has reached <112,000>.", "bird cull", ""),
    ("Skerrow recalled <8,000 toasters> on Monday.", "toaster recall", "skerrow"),
    ("The company recalled <8,000 toasters> on Monday.", "", ""),
    ("The recall was widened to <12,000 toasters>.", "toaster recall", ""),
    ("Tarvia imposed sanctions on <31 firms> on Friday.", "firm sanctions", "tarvia"),
    ("Tarvia called up <7,000 reservists> on Friday.", "soldiers call-up", "tarvia"),
    ("Some <7,000 reservists> have been mobilised.", "soldiers call-up", ""),
    ("The number called up has reached <9,500>.", "soldiers call-up", ""),
    ("The number of those called up has reached <9,500>.", "soldiers call-up", ""),
    ("Recruits who had already been called up, now <9,500>, will be sent home.", "soldiers call-up", ""),
    ("The guard has trained <400 recruits>.", "soldiers train", ""),
    ("The school has trained <400 nurses>.", "", ""),
    ("About <2,100> have left, the mayor said.", "people leave", ""),
    ("<2,100 people> left the hall.", "", ""),
    ("The town has repaired <210 roofs> since May.", "roof repair", ""),
    ("<210 roofs> have been repaired in all by Orvan masons.", "roof repair", "orvan"),
    ("The town repaired <210 roofs>.", "", ""),
    ("The town has repaired <210 roofs>.", "roof repair", ""),
    ("The town said it had repaired <210 roofs>.", "", ""),
    ("The town has repaired <three roofs>.", "", ""),
    ("The clinic has confirmed <210 cases>.", "", ""),
    ("The town has listed <210 roofs>.", "", ""),
    ("It has rained <40 times>.", "", ""),
    ("The gale has wrecked <210 houses>.", "home destroy", ""),
    ("<210 dwellings> have been razed.", "home destroy", ""),
    ("Tarvia has sent <2,000 soldiers> to the lake.", "soldiers send", "tarvia"),
    ("Tarvia has sent <2,000 nurses> to the lake.", "", ""),
    ("Police have arrested <30 people> since May.", "", ""),
    ("The lake has risen <30 metres> since May.", "", ""),
]  # fmt: skip


def done(words: str) -> Deed | None:
    """The deed of the marked figure."""
    text, span, sentence = marked(words)
    f = next(f for f in find(text, ()) if f.span[0] < span[1] and span[0] < f.span[1])
    return done_by(text, f, sentence, counted_who(text, f, sentence))


@pytest.mark.parametrize(("words", "name", "by"), DEEDS)
def test_what_was_done_to_those_who_are_counted(words: str, name: str, by: str) -> None:
    found = done(words)
    assert (found.name if found else "") == (f"done {name}" if name else "")
    assert (found.by if found else frozenset()) == frozenset(by.split())


def test_what_is_told_once_goes_on_only_where_the_same_body_did_it() -> None:
    alone, running = done("Skerrow recalled <8,000 toasters>."), done("Skerrow has recalled <8,000 toasters>.")
    assert alone is not None and alone.alone
    assert running is not None and not running.alone


def test_the_names_of_deeds() -> None:
    assert is_deed("done bird cull") and is_gauge("done bird cull") and not is_deed("bird there")
    assert is_called_up("done soldiers call-up") and not is_called_up("done bird cull")
    assert root("Tarvia") == root("Tarvian") != root("Torvia")
