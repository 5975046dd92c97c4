"""Who is whose: invented families."""

from onrecord.read.entities_names import Entity
from onrecord.read.kinship import Families


def test_the_other_side_of_a_relation_and_genders() -> None:
    ilse, anders, eve = (Entity(n, "person") for n in ("Ilse", "Anders", "Eve"))
    families = Families()
    families.add([ilse], "son", anders)
    families.add([ilse], "daughter", eve)
    assert families.find([ilse], "son") is anders
    assert families.find([anders], "mother") is ilse
    assert families.find([ilse], "child") is None  # two
    assert families.find([], "daughter") is eve
    assert families.find([eve], "son") is None
    assert families.find([ilse], "brother") is None
