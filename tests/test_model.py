import json

import msgspec
import pytest
from msgspec.structs import replace

from onrecord.errors import InputError
from onrecord.model import decode_reading, encode, first_orphan, json_schema
from tests.support import reading


def test_a_reading_survives_json() -> None:
    assert decode_reading(encode(reading())) == reading()


def test_names_are_those_of_the_contract() -> None:
    line = json.loads(encode(reading()))
    assert list(line)[:4] == ["schema", "input", "reader", "article"]
    assert line["schema"] == "onrecord.reading/1"
    assert line["conditions"][0]["if"] == [
        [line["article"]["text"].index("traffic"), line["article"]["text"].index(", the levy")]
    ]


def test_an_orphan_is_refused() -> None:
    good = reading()
    bad = replace(good, dates=(replace(good.dates[0], span=(5, 9999)),))
    assert first_orphan(bad) == (5, 9999)
    with pytest.raises(InputError, match="does not lie"):
        decode_reading(encode(bad))


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"schema": "other/1"}', b"[" * 2000])
def test_what_is_no_reading_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not a Reading"):
        decode_reading(data)


def test_schema_names_every_field() -> None:
    schema = json_schema()
    assert set(schema["$defs"]["Reading"]["properties"]) == {
        f.encode_name for f in msgspec.structs.fields(type(reading()))
    }
    assert schema["$defs"]["Condition"]["properties"].keys() >= {"if", "then", "marker"}
