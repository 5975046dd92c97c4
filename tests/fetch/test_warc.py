"""Evidence: what is appended can be read for ever, by us and by others; what is torn is mended and nothing else is touched."""

import gzip
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from onrecord.cli import main
from onrecord.errors import EvidenceError, SetupError
from onrecord.fetch import members
from onrecord.fetch.segments import segments
from onrecord.fetch.warc import Evidence, captures, check
from onrecord.model import Capture, Failure, Kept
from onrecord.settings import Settings
from onrecord.text import digest_of_bytes

HTML = "text/html; charset=utf-8"
PAGE = "<html><body><p>The council of the four lakes met on Friday to talk about the levy.</p></body></html>"


def page(n: int = 0, size: int = 0) -> Capture:
    url = f"https://lakes.example/{n}"
    return Capture(name=url, body=f"<p>Story {n}".encode() + random.Random(n).randbytes(size), url=url, content_type=HTML, fetched="2031-05-16T09:14:00Z",
                   status=200, headers=(("content-type", HTML), ("x-café", "é"), ("content-encoding", "gzip"), ("transfer-encoding", "chunked")))  # fmt: skip


def fill(folder: Path, n: int, first: int = 0) -> list[Kept]:
    with Evidence(folder, Settings(sync_every=0)) as evidence:
        return [evidence.append(page(i, i * 40)) for i in range(first, first + n)]


def bad(folder: Path) -> list[Failure]:
    return [f for f in check(folder) if isinstance(f, Failure)]


def kept(folder: Path) -> list[Kept]:
    return [k for k in check(folder) if isinstance(k, Kept)]


def the_file(folder: Path) -> Path:
    (path,) = segments(folder)
    return path


def read_by_others(path: Path) -> int:
    """How many records warcio and fastwarc both find, digests checked."""
    with path.open("rb") as stream:
        theirs = [(r.rec_type, r.rec_headers["WARC-Record-ID"], r.content_stream().read()) for r in ArchiveIterator(stream, check_digests="raise")]  # fmt: skip
    with path.open("rb") as stream:
        fast = [(r.headers["WARC-Type"], r.headers["WARC-Record-ID"], r.reader.read()) for r in FastIterator(stream)]
    assert theirs == fast and theirs[0][0] == "warcinfo"
    return len(theirs)


# Appending and reading


def test_what_is_appended_is_read_again(tmp_path: Path) -> None:
    with Evidence(tmp_path) as evidence:
        for capture in (page(1), page(2, 300_000), replace(page(3), name="https://t.example/short?a=1", fetched="2031-05-16T11:14:00.5+02:00")):  # fmt: skip
            record = evidence.append(capture)
            again = evidence.read(record)
            assert (again.name, again.url, again.body, again.status, again.content_type) == (capture.name, capture.url, capture.body, 200, HTML)  # fmt: skip
            assert again.fetched == record.fetched == "2031-05-16T09:14:00Z"
            assert again.headers == (("content-type", HTML), ("x-café", "é"), ("content-length", str(len(capture.body))))  # fmt: skip
            assert record.digest == digest_of_bytes(capture.body) and record.size == len(capture.body)
    assert kept(tmp_path)[0] == replace(record, **{f: getattr(kept(tmp_path)[0], f) for f in ("url", "digest", "size", "offset", "length")})  # fmt: skip
    assert not bad(tmp_path) and read_by_others(the_file(tmp_path)) == 4


@pytest.mark.parametrize("name", ["pages/a b.html", "-", "žluť 100%.txt", "odd\udcff.html"])
def test_files_are_resources(tmp_path: Path, name: str) -> None:
    with Evidence(tmp_path) as evidence:
        record = evidence.append(Capture(name=name, body=b"words"))
        assert evidence.read(record) == Capture(name=name, body=b"words") and record.fetched is None
    assert kept(tmp_path) == [record] and read_by_others(the_file(tmp_path)) == 2


@given(body=st.binary(max_size=3000), name=st.text(min_size=1, max_size=30), status=st.sampled_from((200, 404, None)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_capture_goes_round(tmp_path: Path, body: bytes, name: str, status: int | None) -> None:
    capture = Capture(name=name, body=body, url="https://a.example/", status=status, content_type="image/png")
    with Evidence(tmp_path, Settings(sync_every=0)) as evidence:
        record = evidence.append(capture)
        again = evidence.read(record)
    assert again.body == body and again.status == status and again.name == name and not bad(tmp_path)


def test_the_same_record_makes_the_same_bytes(tmp_path: Path) -> None:
    one, two = fill(tmp_path / "1", 1)[0], fill(tmp_path / "2", 1)[0]
    assert one.file != two.file
    first, second = (the_file(tmp_path / d).read_bytes()[one.offset :] for d in "12")
    assert first == second


def test_segments_have_a_bound_and_are_used_again(tmp_path: Path) -> None:
    small = Settings(sync_every=0, segment_size=20_000)
    for first in (0, 20):
        with Evidence(tmp_path, small) as evidence:
            found = [evidence.append(page(i, 3_000)) for i in range(first, first + 20)]
    assert 6 <= len(segments(tmp_path)) <= 9 and all(p.stat().st_size <= 20_000 for p in segments(tmp_path))
    assert len(kept(tmp_path)) == 40 and not bad(tmp_path) and found[0].file
    assert len(fill(tmp_path / "again", 2)) == len(fill(tmp_path / "again", 2, 2)) and len(segments(tmp_path / "again")) == 1  # fmt: skip


def worker(folder: Path, first: int) -> None:
    fill(folder, 25, first)


def test_several_processes_write_to_one_folder(tmp_path: Path) -> None:
    start = multiprocessing.get_context("spawn").Process
    running = [start(target=worker, args=(tmp_path, 100 * n)) for n in range(3)]
    for process in running:
        process.start()
    for process in running:
        process.join()
        assert process.exitcode == 0
    assert len({k.url for k in kept(tmp_path)}) == 75 and not bad(tmp_path)


def test_two_writers_never_share_a_segment(tmp_path: Path) -> None:
    with Evidence(tmp_path) as one, Evidence(tmp_path) as two:
        assert one.append(page(1)).file != two.append(page(2)).file
        assert list(one.stray({})) == [k for k in kept(tmp_path) if k.url == page(1).url]


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    (record,) = fill(tmp_path, 1)
    os.chmod(tmp_path / str(record.file), 0o400)
    folder = tmp_path / "file"
    folder.write_bytes(b"")
    with Evidence(folder) as evidence, pytest.raises(SetupError, match="cannot be written"):
        evidence.append(page(2))


# Torn and damaged


def test_a_record_torn_at_any_byte_is_cut_off_and_nothing_else(tmp_path: Path) -> None:
    records = fill(tmp_path, 3)
    path = the_file(tmp_path)
    whole = path.read_bytes()
    last = records[-1]
    for end in (*range(last.offset + 1, last.offset + 60), *range(last.offset + 60, len(whole), 37), len(whole) - 1):
        path.write_bytes(whole[:end])
        with Evidence(tmp_path) as evidence:
            assert [k.url for k in evidence.stray({last.file or "": records[1].offset})] == [records[1].url]
            assert path.stat().st_size == last.offset
            again = evidence.append(page(2, 80))
        assert path.read_bytes() == whole and again == last


def test_zeros_after_a_loss_of_power_are_cut_off(tmp_path: Path) -> None:
    fill(tmp_path, 2)
    path = the_file(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + bytes(5_000))
    fill(tmp_path, 1, 2)
    assert len(kept(tmp_path)) == 3 and not bad(tmp_path) and path.read_bytes().startswith(whole)


def test_a_torn_first_record_removes_the_file(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    path = the_file(tmp_path)
    path.write_bytes(path.read_bytes()[:100])
    fill(tmp_path, 1)
    assert not path.exists() and len(kept(tmp_path)) == 1 and not bad(tmp_path)


@pytest.mark.parametrize("where", [0, 10, 17, 30, 200])
def test_damage_in_the_middle_is_reported_and_never_cut_off(tmp_path: Path, where: int) -> None:
    records = fill(tmp_path, 6, 20)
    path = the_file(tmp_path)
    data = bytearray(path.read_bytes())
    data[records[2].offset + where] ^= 0xFF
    path.write_bytes(data)
    assert len(bad(tmp_path)) >= 1 and {k.url for k in kept(tmp_path)} == {r.url for r in records} - {records[2].url}
    fill(tmp_path, 1, 9)
    assert any(p.read_bytes().startswith(bytes(data)) for p in segments(tmp_path))
    with pytest.raises(EvidenceError), Evidence(tmp_path) as evidence:
        evidence.read(records[2])


def test_bytes_that_are_not_what_they_were_are_refused(tmp_path: Path) -> None:
    records = fill(tmp_path, 2)
    evidence = Evidence(tmp_path)
    for wrong, line in (
        (replace(records[0], digest="sha256:0"), "digest differs"), (replace(records[0], offset=records[1].offset, length=records[1].length), "digest differs"),
        (replace(records[0], length=records[0].length - 1), "not whole"), (replace(records[1], offset=10**6), "breaks off"), (replace(records[0], file="20310516-0123456789abcdef.warc.gz"), "cannot be read"),
        (replace(records[0], file="../secret"), "not the name of a file"), (replace(records[0], file=None), "not kept"), (replace(records[0], offset=0, length=records[0].offset), "erased, or holds"),
    ):  # fmt: skip
        with pytest.raises(EvidenceError, match=line):
            evidence.read(wrong)


def test_a_file_under_another_name_is_reported(tmp_path: Path) -> None:
    fill(tmp_path, 1)
    the_file(tmp_path).rename(tmp_path / "20310516-0123456789abcdef.warc.gz")
    assert "named after" in bad(tmp_path)[0].reason


@pytest.mark.slow
def test_a_killed_writer_leaves_whole_records(tmp_path: Path) -> None:
    script = "import sys; from tests.fetch.test_warc import *\nwith Evidence(sys.argv[1], Settings(sync_every=5)) as e:\n    for i in range(10**6): print(e.append(page(i, 60_000)).url, flush=True)"
    rng, told = random.Random(4), 0
    for _ in range(8):
        process = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout and process.stdout.readline()
        time.sleep(rng.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        told += 1 + len([line for line in process.stdout.read().split("\n")[:-1] if line])
        process.wait()
    with Evidence(tmp_path) as evidence:
        found = list(evidence.stray({}))
        evidence.append(page(1))
    assert told <= len(found) <= told + 8 and not bad(tmp_path)
    assert sum(read_by_others(p) for p in segments(tmp_path)) == len(found) + 1 + len(segments(tmp_path))


def test_stray_records_are_those_that_the_database_does_not_know(tmp_path: Path) -> None:
    records = fill(tmp_path, 4)
    evidence = Evidence(tmp_path)
    assert list(evidence.stray({})) == records
    assert list(evidence.stray({records[1].file or "": records[1].offset + records[1].length})) == records[2:]
    assert list(evidence.stray({records[3].file or "": 10**9})) == []


# Erasing


@pytest.mark.parametrize("size", [0, 1, 700, 66_000, 200_123])
def test_what_is_erased_is_gone_and_others_stay(tmp_path: Path, size: int) -> None:
    with Evidence(tmp_path) as evidence:
        records = [evidence.append(page(n, size)) for n in range(3)]
        before = the_file(tmp_path).stat().st_size
        evidence.erase(records[1])
        evidence.erase(records[1])
        with pytest.raises(EvidenceError, match="erased"):
            evidence.read(records[1])
        assert evidence.read(records[2]).body == page(2, size).body
        assert list(evidence.stray({})) == [records[0], records[2]]
        with pytest.raises(EvidenceError, match="not the record"):
            evidence.erase(replace(records[0], length=records[0].length - 1))
    path = the_file(tmp_path)
    assert path.stat().st_size == before and not bad(tmp_path) and read_by_others(path) == 4
    unpacked = gzip.decompress(path.read_bytes())
    assert records[1].digest.encode() in unpacked and b"lakes.example/1" not in unpacked
    assert len(list(captures(path))) == 2


@given(st.integers(members.LEAST, 300_000))
def test_a_member_of_any_length_can_be_made(length: int) -> None:
    member = members.exactly(length, lambda n: b"WARC/1.1" + b" " * (300 + n))
    assert len(member) == length == members.length_at(member) and gzip.decompress(member).startswith(b"WARC/1.1 ")
    assert members.unpacked(member) == gzip.decompress(member)


# WARC files of others


def foreign(uri: str, http: bytes, body: bytes, kind: str = "response", gz: bool = False) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=gz, warc_version="1.0")
    block = http + b"\r\n\r\n" + body
    writer.write_record(writer.create_warc_record(uri, kind, payload=BytesIO(block), length=len(block), warc_headers_dict={"WARC-Date": "2031-05-16T09:14:00.123456Z"}))  # fmt: skip
    return out.getvalue()


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(body[i : i + 50]), body[i : i + 50]) for i in range(0, len(body), 50)) + b"0\r\n\r\n"  # fmt: skip


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html"
BODY = PAGE.encode()
RECORDS = [
    ("http://a.example/plain", OK, BODY, "response"),
    ("http://a.example/chunked", OK + b"\r\nTransfer-Encoding: chunked", chunked(BODY), "response"),
    ("http://a.example/gzip", OK + b"\r\nContent-Encoding: gzip", gzip.compress(BODY), "response"),
    ("http://a.example/both", OK + b"\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked", chunked(gzip.compress(BODY)), "response"),
    ("http://a.example/undone", OK + b"\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked", BODY, "response"),
    ("http://a.example/request", b"GET / HTTP/1.1\r\nHost: a.example", b"", "request"),
    ("http://a.example/picture", OK.replace(b"text/html", b"image/png"), BODY, "response"),
    ("http://a.example/moved", OK.replace(b"200 OK", b"301 Moved"), BODY, "response"),
]  # fmt: skip
FOREIGN = {
    "plain.warc": b"".join(foreign(*r) for r in RECORDS),
    "records.warc.gz": b"".join(foreign(*r, gz=True) for r in RECORDS),
    "stream.warc.gz": gzip.compress(b"".join(foreign(*r) for r in RECORDS)),
    "no-suffix": b"".join(foreign(*r, gz=True) for r in RECORDS),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_files_of_others_are_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(FOREIGN[name])
    found = list(captures(path))
    assert [c.url for c in found if isinstance(c, Capture)] == [r[0] for r in RECORDS[:5]] and len(found) == 5
    assert all(isinstance(c, Capture) and c.body == BODY and c.fetched == "2031-05-16T09:14:00Z" and c.status == 200 for c in found)  # fmt: skip


def test_a_damaged_record_is_a_failure_and_the_rest_goes_on(tmp_path: Path) -> None:
    parts = [foreign(*r, gz=True) for r in RECORDS[:5]]
    path = tmp_path / "x.warc.gz"
    for hurt in range(5):
        for at in (0, 12, len(parts[hurt]) // 2):
            data = [bytearray(p) for p in parts]
            data[hurt][at : at + 4] = b"\0\1\2\3"
            path.write_bytes(b"".join(data))
            found = list(captures(path))
            assert {c.url for c in found if isinstance(c, Capture)} == {r[0] for n, r in enumerate(RECORDS[:5]) if n != hurt}, (hurt, at)  # fmt: skip
            assert any(isinstance(f, Failure) for f in found)


def test_two_damaged_records_lose_nothing_between_and_behind_them(tmp_path: Path) -> None:
    parts = [bytearray(foreign(f"http://a.example/{n}", OK, b"<p>four lakes " + b"x" * n * 50, gz=True)) for n in range(9)]  # fmt: skip
    for hurt in (2, 5):
        parts[hurt][12:16] = b"\0\1\2\3"
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"".join(parts))
    found = list(captures(path))
    assert [c.url for c in found if isinstance(c, Capture)] == [f"http://a.example/{n}" for n in range(9) if n not in (2, 5)]  # fmt: skip
    places = [f.input for f in found if isinstance(f, Failure)]
    starts = [sum(len(p) for p in parts[:n]) for n in (1, 4)]
    assert places == [f"{path}, behind byte {at}" for at in starts]


def ends(data: bytes) -> set[int]:
    """Where a record ends, so that nobody can tell that more should follow (four bytes before that hold nothing)."""
    return {i for i in range(len(data)) if data[i:].startswith((b"\x1f\x8b\x08", b"WARC/1.0\r\n"))}


def test_a_file_that_breaks_off_says_so(tmp_path: Path) -> None:
    for name in ("plain.warc", "records.warc.gz", "stream.warc.gz"):
        path = tmp_path / name
        for length in range(100, len(FOREIGN[name]) - 1, 97):
            path.write_bytes(FOREIGN[name][:length])
            found = list(captures(path))
            whole = name != "stream.warc.gz" and ends(FOREIGN[name]) & set(range(length, length + 5 * (name == "plain.warc") + 1))  # fmt: skip
            assert whole or (isinstance(found[-1], Failure) and "\n" not in found[-1].reason), (name, length)


def test_large_and_monstrous_payloads_are_failures(tmp_path: Path) -> None:
    path = tmp_path / "x.warc.gz"
    bomb = foreign("http://a.example/bomb", OK + b"\r\nContent-Encoding: gzip", gzip.compress(bytes(5_000_000)), gz=True)  # fmt: skip
    large = foreign("http://a.example/large", OK, bytes(2_000_000), gz=True)
    path.write_bytes(large + bomb + foreign(*RECORDS[0], gz=True))
    first, second, third = captures(path, Settings(max_input=1_000_000))
    assert isinstance(first, Failure) and "larger than 1.0 MiB" in first.reason
    assert isinstance(second, Failure) and "MiB" in second.reason and isinstance(third, Capture)


def test_a_file_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    (found,) = captures(tmp_path / "none.warc")
    assert isinstance(found, Failure)


@pytest.mark.parametrize("name", FOREIGN)
def test_the_command_reads_them(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(FOREIGN[name])
    result = CliRunner().invoke(main, ["read", "--format", "json", str(tmp_path / name)])
    assert result.exit_code == 0 and result.stdout.count("four lakes") >= 5 and "a.example/both" in result.stdout
    if name != "no-suffix":
        assert CliRunner().invoke(main, ["read", "--format", "json", str(tmp_path)]).stdout == result.stdout
    assert CliRunner().invoke(main, ["read", "--format", "json", "-"], input=FOREIGN[name]).stdout.count("\n") == 5


def test_a_warc_file_without_pages_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.warc").write_bytes(foreign(*RECORDS[5]))
    result = CliRunner().invoke(main, ["read", str(tmp_path / "x.warc")])
    assert result.exit_code == 1 and "holds no pages" in result.stderr
