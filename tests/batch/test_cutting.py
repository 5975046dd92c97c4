"""However a WARC file is cut, its parts hold what the whole holds, once each."""

import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.warcwriter import WARCWriter

from onrecord.batch.cutting import cut
from onrecord.batch.files import find
from onrecord.batch.reading import numbered
from onrecord.errors import InputError
from onrecord.fetch.archive import captures
from onrecord.model import Capture, Failure
from tests.batch.support import pages, write_page, write_warc


def damaged(path: Path) -> Path:
    """A WARC file of 20 pages of which three records are hurt, the last among them."""
    write_warc(path, pages(20))
    data, (whole,) = bytearray(path.read_bytes()), [cut(str(path), 1)]
    for record in (4, 17, len(whole.starts) - 1):
        at = whole.starts[record] + 14
        data[at : at + 4] = b"\0\1\2\3"
    path.write_bytes(data)
    return path


KINDS = ("records.warc.gz", "plain.warc", "stream.warc.gz", "damaged.warc.gz", "cut-off.warc.gz")


@pytest.fixture(scope="module")
def warcs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("warcs")
    made = {name: folder / name for name in KINDS}
    write_warc(made["records.warc.gz"], pages(20))
    write_warc(made["plain.warc"], pages(20), gzip=False)
    made["stream.warc.gz"].write_bytes(gzip.compress(made["plain.warc"].read_bytes()))
    damaged(made["damaged.warc.gz"])
    made["cut-off.warc.gz"].write_bytes(made["records.warc.gz"].read_bytes()[:-700])
    return made


@pytest.mark.parametrize("name", KINDS)
@given(size=st.integers(1, 30_000))
@settings(max_examples=15)
def test_parts_hold_what_the_whole_holds(warcs: dict[str, Path], name: str, size: int) -> None:
    path = warcs[name]
    parts = [list(numbered(unit)) for unit in cut(str(path), size).units()]
    assert [found for part in parts for *_, found in part] == list(captures(path))
    assert all([n for n, *_ in part] == list(range(len(part))) for part in parts)


@pytest.mark.parametrize("name", ["records.warc.gz", "plain.warc"])
def test_offsets_and_lengths_lead_to_the_record(warcs: dict[str, Path], name: str) -> None:
    data = warcs[name].read_bytes()
    for unit in cut(str(warcs[name]), 5_000).units():
        for _, offset, length, found in numbered(unit):
            assert isinstance(found, Capture) and length and found.url
            record = data[offset : offset + length]
            record = gzip.decompress(record) if name.endswith(".gz") else record
            assert record.startswith(b"WARC/1.0\r\n") and found.body in record and found.url.encode() in record


def test_a_file_that_is_one_gzip_stream_is_one_part(warcs: dict[str, Path]) -> None:
    assert cut(str(warcs["stream.warc.gz"]), 1).starts == (0,)


def test_a_page_that_holds_a_warc_file_is_not_cut_within(tmp_path: Path) -> None:
    inner = io.BytesIO()
    write_page(WARCWriter(inner, gzip=True), "https://forged.example/", b"<p>never said</p>", "2031-05-20T00:00:00Z")
    path = tmp_path / "x.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for n in range(6):
            write_page(writer, f"https://a.example/{n}", inner.getvalue() * 9, "2031-05-20T00:00:00Z", kind="text/html")
    found = [f for unit in cut(str(path), 1).units() for *_, f in numbered(unit)]
    assert [f.url for f in found if isinstance(f, Capture)] == [f"https://a.example/{n}" for n in range(6)]
    assert not any(isinstance(f, Failure) for f in found)


def test_a_file_without_records_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(b"WARC/1.0 and nothing"))
    (there,) = find([str(tmp_path)])
    with pytest.raises(InputError, match="holds no records"):
        cut(there.name, 100)
