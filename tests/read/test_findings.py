import pytest

from onrecord.read.findings import misquotes


def notes(title: str, body: str) -> list[tuple[str, str]]:
    text = f"{title}\n\n{body}"
    return [(text[slice(*f.spans[0])], text[slice(*f.spans[1])]) for f in misquotes(title, text)]


def test_a_lost_prefix_is_a_misquote() -> None:
    assert notes("Quarrin orders “emergency watch”", "It ordered a “non-emergency watch” on Monday.") == [
        ("emergency watch", "non-emergency watch")
    ]


def test_a_lost_not_is_a_misquote() -> None:
    assert notes("Minister: “we will sell the harbour”", "“We will not sell the harbour,” she said.") == [
        ("we will sell the harbour", "We will not sell the harbour")
    ]


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Quarrin orders “emergency watch”", "It ordered an “emergency watch” on Monday."),
        ("He spoke of “priced out”", "“We priced out whole towns,” he said."),
        ("Mayor ‘never promised’ pier", "He ‘never promised’ them a pier."),
        ("Bank is “watching”", "“Watching, not waiting,” she said."),
        ("No quotation here", "“Something else,” she said."),
    ],
)
def test_a_part_word_for_word_is_none(title: str, body: str) -> None:
    assert notes(title, body) == []


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("‘Leave your boats on the beach’: skipper’s blast", "‘Let nobody leave your boats on the beach,’ he said."),
        ("“We will send the lancers”: minister", "“Anyone who thinks we will send the lancers is dreaming,” he said."),
        ("“We will send the lancers”: minister", "“I don’t believe we will send the lancers,” he said."),
    ],
)
def test_a_quotation_that_lost_what_turns_it_is_a_misquote(title: str, body: str) -> None:
    assert len(notes(title, body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        "“No, we will send the lancers,” he said.",
        "“I am not afraid. We will send the lancers,” he said.",
        "“If it rains tomorrow on the hills, then on Friday at noon we will send the lancers,” he said. “We will send the lancers.”",
    ],
)
def test_a_quotation_that_stands_by_itself_is_none(body: str) -> None:
    assert notes("“We will send the lancers”: minister", body) == []


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "‘We will send the lancers’: general’s threat",
            "‘We will send the lancers only if the bridge falls,’ he said.",
        ),
        (
            "“We’ll strike on Friday,” pilots say",
            "“We’ll strike on Friday, unless somebody picks up a telephone,” their chairwoman said.",
        ),
        (
            "“We will send the lancers”",
            "“They are ready. We will send the lancers if we are asked,” he said. “They like to ride.”",
        ),
    ],
)
def test_a_quotation_that_lost_its_condition_is_a_misquote(title: str, body: str) -> None:
    [(_, whole)] = notes(title, body)
    assert whole.split()[-1] in ("falls", "telephone", "asked")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "“We will send the lancers” if bridge falls: general",
            "“We will send the lancers only if the bridge falls,” he said.",
        ),
        ("“We will send the lancers”", "“We will send the lancers when the bread is baked,” he said."),
        ("“We will send the lancers”", "“We will send the lancers. If they ask, we will send the band,” he said."),
        (
            "“We will send the lancers”",
            "“We will send the lancers only if they ask,” he said. “We will send the lancers.”",
        ),
        ("“Out of patience”", "He was “out of patience if not of money”."),
    ],
)
def test_a_condition_that_is_told_or_takes_nothing_back_makes_no_misquote(title: str, body: str) -> None:
    assert notes(title, body) == []


def test_another_modal_is_a_misquote() -> None:
    body = "“This is a guard that could march, not one that will,” she said."
    assert notes("‘THIS IS A GUARD THAT WILL MARCH’", body) == [("THIS IS A GUARD THAT WILL MARCH", "This is a guard that could march")]  # fmt: skip
    assert notes("‘This is a guard that could march’", body) == []
