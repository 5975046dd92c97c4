import pytest

from onrecord.model import Article, Capture
from onrecord.parse import parse
from onrecord.parse.clutter import Hints, kind_of, sift

PROSE = [
    f"The council of the four lakes met for hour number {n}, and nobody left the table early that night."
    for n in range(6)
]
OTHER = [
    f"In chamber {n} the clerks of the northern rivers counted every vote by hand until dawn broke." for n in range(6)
]


def of(body: str, head: str = "") -> Article:
    title = "Lake council meets through the night"
    html = f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    return parse(Capture(name="x", body=html.encode()))


def p(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Find out more about the lakes in our archive", "promo"),
        ("Be sure to check out our other guides, including the best rowing boats.", "promo"),
        ("For more information on the levy, please visit: www.lakes.example", "promo"),
        ("More lake news: https://lakes.example/news and https://lakes.example/water", "promo"),
        ("Watch the full speech below:", "promo"),
        ("Visit the Lakeside Post's homepage for more stories.", "promo"),
        ("Enjoyed this story? Subscribe to the Lakeside Post", "promo"),
        ("Leia também: O lago transborda", "promo"),
        ("There is more where that came from. Sign up for the Lake Letter newsletter today.", "signup"),
        ("Get the Lakeside Monthly delivered through your letterbox. 12 issues for 9.", "signup"),
        ("Special offer for our readers: a year of the Post for 5", "signup"),
        ("Ada Rill covers water and boats. Follow Ada on Twitter @adarill.", "signup"),
        ("Write to Ada Rill at ada@lakes.example", "signup"),
        ("Got a story? Let us know.", "signup"),
        ("This sponsored deal is brought to you by Lakebank.", "advert"),
        ("If you buy something through this post, we may earn a commission.", "advert"),
        ("(Reporting by Ada Rill and Bo Stream; editing by Cy Brook.)", "credit"),
        ("By Ada Rill and Bo Stream", "credit"),
        ("Getty Images", "credit"),
        ("With LPA", "credit"),
        ("(LPA)", "credit"),
        ("With Lake Press Agency and LPA", "credit"),
        ("With material from the Lake Press Agency", "credit"),
        ("Additional reporting by the Lake Press Agency", "credit"),
        ("Material from the Lake Press Agency was used in this report.", "credit"),
        ("Compiled from wire services", "credit"),
        ("The Lake Agency's Bo Stream contributed to this report.", "credit"),
        ("First published in The Lakeside Post.", "credit"),
        ("This copy is for your personal, non-commercial use only.", "legal"),
        ("The views expressed here are the author's own.", "legal"),
        ("Updated at 1:23 p.m.", "interface"),
        ("2031-05-14T08:57:40+01:00", "interface"),
        ("https://lakes.example/a/b", "interface"),
        ("What about you? Share your thoughts in the comments below.", "interface"),
        ("This is a breaking news story, more to follow", "interface"),
        ("Estimated reading time: 4 minutes", "interface"),
        ("12 votes", "interface"),
        ("Join", "interface"),
        ("Subscribe", "interface"),
        ("Share", "interface"),
        (".twitter-bio {", "interface"),
    ],
)
def test_lines_that_give_themselves_away(line: str, kind: str) -> None:
    assert kind_of(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "UP NEXT",
        "No.",
        "Wait, it gets better:",
        "First published in 1954, the novel made her name.",
        "The minister said: “Sign up for the alerts, follow us on Twitter and read more.”",
        "“Read the full report,” she told the council.",
        "By buying the mill, the group may become the largest on the lakes.",
        "Victims will receive compensation under the plan.",
        "Twitter user @lakes wrote that the ferry was late again.",
        "The report was published on Tuesday by the ministry.",
        "Exxo contributed 5 million to the campaign for the dam.",
        "Reporting from the front line, she saw the dam give way.",
        "Correction, Nov. 15: An earlier version named the wrong lake.",
        "Sign up for the bundle using the same email as your account",
        "Opinions here are divided on the levy.",
        "Thank you for your support.",
        "With love",
        "With LPA staff on strike, the boats stayed in.",
        "With material from the old dam he built a house.",
        "Q&A",
        "Join the army or leave, he said.",
    ],
)
def test_lines_of_the_article_that_look_alike(line: str) -> None:
    assert kind_of(line) is None


def test_the_headline_and_what_stands_above_it() -> None:
    kept, out = sift(["LAKES CRISIS", "The levy is halved", *PROSE], title="The levy is halved")
    assert kept == PROSE and [(c.text, c.kind) for c in out] == [("LAKES CRISIS", "interface")]


def test_a_date_and_the_authors_under_the_headline() -> None:
    title, names = "The levy is halved", ("Ada Rill", "Bo Stream")
    kept, out = sift(["Ada Rill and Bo Stream", "Friday, May 14, 2031 at 20:13", *PROSE], byline=names, title=title)
    assert kept == PROSE and [c.kind for c in out] == ["credit", "interface"]
    later = [*PROSE, "14 May 2031", *OTHER]
    assert sift(later, title=title)[0] == later
    plain = ["Friday, May 14, 2031", *PROSE]
    assert sift(plain)[0] == plain


def test_who_the_authors_are_stands_after_the_article() -> None:
    bios = [
        "Ada Rill is a senior lecturer at the University of the Lakes. Bo Stream",
        "is a fellow of the Rivers Institute.",
    ]
    kept, out = sift([*PROSE, *bios], byline=("Ada Rill", "Bo Stream"))
    assert kept == PROSE and [c.kind for c in out] == ["credit", "credit"]
    assert sift([*PROSE, "Cy Brook is a reporter at the Lakeside Post."])[1][0].kind == "credit"
    met = ["The clerk met Cy Brook.", *PROSE, "Cy Brook is a reporter at the Lakeside Post."]
    assert sift(met)[0] == met


def test_a_second_copy_of_the_article_goes() -> None:
    junk = ["LakesidePostDe", "The council of the four lakes met for hour..."]
    kept, out = sift([*PROSE, *junk, *PROSE, "international", *PROSE])
    assert kept == PROSE and {c.kind for c in out} == {"interface"}
    refrain = [PROSE[0], OTHER[0], PROSE[0], OTHER[1], PROSE[0], OTHER[2], PROSE[0], OTHER[3]]
    assert sift(refrain)[0] == refrain


def test_a_label_over_teasers_goes_with_them() -> None:
    teasers = ["Choir of the northern lakes wins the prize", "Ferry to the islands is late once more"]
    kept, out = sift(["Lake awards 2031", *teasers, *PROSE], Hints(links=teasers))
    assert kept == PROSE and [c.kind for c in out] == ["promo", "teaser", "teaser"]


def test_small_boxes_say_what_they_are() -> None:
    box = "<div class='post-newsletter'><p>The lake letter, every morning</p></div>"
    article = of(p(PROSE) + box + p(OTHER))
    assert "lake letter" not in article.text and article.text.count("\n\n") == 12
    whole = of(f"<div class='related'>{p(PROSE + OTHER)}</div>")
    assert whole.text.count("\n\n") == 12


def test_a_standfirst_in_a_box_stays() -> None:
    standfirst = "A long night, with some wiggle room"
    head = f"<meta name='description' content='{standfirst}'>"
    article = of(f"<div class='byline-social'><p>{standfirst}</p></div>" + p(PROSE + OTHER), head)
    assert standfirst in article.text or standfirst not in {c.text for c in article.clutter}


def test_links_within_the_page_are_no_teasers() -> None:
    article = of(
        "<ol><li><a href='#pick'>How to pick the perfect boat</a></li></ol>"
        + p(PROSE)
        + "<h2>How to pick the perfect boat</h2>"
        + p(OTHER)
    )
    assert "How to pick the perfect boat" in article.text


def test_a_teaser_with_a_bold_label_between_paragraphs_goes() -> None:
    teaser = "<p><strong>Internal memo: </strong>Wardens of the lakes falsified records of water levels and counts</p>"
    article = of(p(PROSE) + teaser + p(OTHER))
    assert [c.kind for c in article.clutter] == ["teaser"]


def test_links_to_topics_are_interface() -> None:
    article = of(p(PROSE + OTHER) + "<p><a href='/tag/levy'>harbour levy</a></p>")
    assert "harbour levy" not in article.text
