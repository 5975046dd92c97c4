"""The answer from all judgements: people outrank the machine, "different" is never joined, order changes nothing."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.knowledge import Judgement, Verdict
from onrecord.resolve.identity import clusters


def judged(left: str, right: str, verdict: Verdict | None, by: str = "machine", when: str = "1", score: float | None = None) -> Judgement:  # fmt: skip
    left, right = sorted((left, right))
    return Judgement(id=f"{left}{right}{by}{when}", about="actor", left=left, right=right, verdict=verdict, by=by, when=when, score=score)  # fmt: skip


def found(*judgements: Judgement, ids: str = "abcd") -> str:
    """Who stands for each of the ids."""
    return "".join(clusters(ids, judgements)[i] for i in ids)


def test_same_carries_over() -> None:
    assert found() == "abcd"
    assert found(judged("b", "c", "same"), judged("a", "b", "same")) == "aaad"
    assert found(judged("a", "b", "unsure"), judged("c", "d", "different")) == "abcd"


def test_different_is_never_joined_and_the_surest_pair_wins() -> None:
    chain = judged("a", "b", "same", score=0.7), judged("b", "c", "same", score=0.9)
    assert found(*chain, judged("a", "c", "different")) == "abbd"
    assert found(*chain, judged("a", "c", "unsure")) == "aaad"


def test_a_person_outranks_the_machine_whenever_it_speaks() -> None:
    assert found(judged("a", "b", "same", when="9"), judged("a", "b", "different", by="mara", when="1")) == "abcd"
    assert found(judged("a", "b", "different", when="9"), judged("a", "b", "same", by="mara", when="1")) == "aacd"
    assert found(judged("a", "b", "same", when="9"), judged("a", "b", "unsure", by="mara", when="1")) == "abcd"
    across = judged("a", "b", "same", by="mara"), judged("b", "c", "same", by="mara"), judged("a", "c", "different")
    assert found(*across) == "aaad"


def test_the_latest_counts_among_equals() -> None:
    assert found(judged("a", "b", "same", when="1"), judged("a", "b", "different", when="2")) == "abcd"
    assert found(judged("a", "b", "same", by="mara", when="1"), judged("a", "b", "different", by="ola", when="2")) == "abcd"  # fmt: skip
    split = judged("a", "c", "different", by="mara", when="1")
    assert found(judged("a", "b", "same", "mara", "2"), judged("b", "c", "same", "mara", "3"), split) == "abbd"


def test_a_person_takes_his_own_judgement_back_and_no_other() -> None:
    back = judged("a", "b", None, by="mara", when="3")
    machine, mara, ola = (judged("a", "b", v, by, "2") for v, by in (("same", "machine"), ("different", "mara"), ("different", "ola")))  # fmt: skip
    assert found(machine, mara) == "abcd"
    assert found(machine, mara, back) == "aacd"
    assert found(machine, mara, ola, back) == "abcd"
    assert found(machine, back, judged("a", "b", "different", "mara", "4")) == "abcd"


def test_the_answer_does_not_depend_on_which_ids_are_asked_for() -> None:
    assert clusters(["c", "b"], [judged("a", "b", "same"), judged("a", "c", "same")]) == {"b": "a", "c": "a"}


IDS = "abcdef"
JUDGEMENT = st.builds(
    judged,
    st.sampled_from(IDS),
    st.sampled_from(IDS),
    st.sampled_from(["same", "same", "different", "unsure", None]),
    st.sampled_from(["machine", "machine", "mara", "ola"]),
    st.sampled_from("1234"),
    st.sampled_from([0.6, 0.8, 0.99]),
).filter(lambda j: j.left != j.right)
MANY = st.lists(JUDGEMENT, max_size=16, unique_by=lambda j: j.id)


@given(MANY, st.randoms())
def test_the_order_of_judgements_changes_nothing(judgements: list[Judgement], chance) -> None:  # type: ignore[no-untyped-def]
    before = clusters(IDS, judgements)
    chance.shuffle(judgements)
    assert clusters(IDS, judgements) == before
    assert clusters(reversed(IDS), judgements) == before


@given(MANY)
def test_what_a_person_judges_different_is_never_together(judgements: list[Judgement]) -> None:
    answer = clusters(IDS, judgements)
    last = {(j.left, j.right): j for j in sorted(judgements, key=lambda j: (j.when, j.id)) if j.by == "mara"}
    ola = {(j.left, j.right) for j in judgements if j.by == "ola"}
    for pair, j in last.items():
        if j.verdict == "different" and pair not in ola:
            assert answer[pair[0]] != answer[pair[1]]


@given(MANY)
def test_one_stands_for_all_and_is_the_first_of_them(judgements: list[Judgement]) -> None:
    answer = clusters(IDS, judgements)
    assert all(answer[answer[i]] == answer[i] <= i for i in IDS)
    assert clusters(IDS, [j for j in judgements if j.verdict != "same"]) == {i: i for i in IDS}
