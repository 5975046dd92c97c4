"""Tables as files: the same rows in each format, safe in a spreadsheet, and from the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pyarrow import parquet  # type: ignore[import-untyped]

from onrecord.cli import main
from onrecord.export import tables
from onrecord.export.formats import FORMATS
from onrecord.export.formats import TABLES as NAMES
from onrecord.export.tables import TABLES, cell
from onrecord.store import open_store
from onrecord.store.exporting import Selection, select
from onrecord.store.tables import ARTICLE


def asked(home: Path, *words: str) -> Any:
    return CliRunner().invoke(main, ["--home", str(home), "export", *words])


def objects(home: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in asked(home, "jsonl", "--table", table).stdout.splitlines()]


@pytest.mark.parametrize("table", list(NAMES))
def test_a_table_is_the_same_in_each_format(demonstration: Path, tmp_path: Path, table: str) -> None:
    found = objects(demonstration, table)
    path = tmp_path / "table.parquet"
    assert asked(demonstration, "parquet", "--table", table, "-o", str(path)).exit_code == 0
    assert parquet.read_table(path).to_pylist() == found and found
    sheet = list(csv.DictReader(io.StringIO(asked(demonstration, "csv", "--table", table).stdout)))
    assert sheet == [{name: cell(value) for name, value in row.items()} for row in found]
    assert list(sheet[0]) == [c.name for c in TABLES[table].columns]


def described() -> str:
    """All columns as the documentation has them: `python -m tests.export.test_rows` prints them."""
    parts = []
    for table in TABLES.values():
        own = [c for c in table.columns if c not in ARTICLE or table.name == "articles"]
        rows = "\n".join(f"| `{c.name}` | {c.kind} | {c.words} |" for c in own)
        shared = "" if len(own) == len(table.columns) else "\n\nand the columns of its article: " + ", ".join(f"`{c.name}`" for c in ARTICLE) + "."  # fmt: skip
        parts.append(f"**{table.name}**: {table.words}\n\n| column | kind | meaning |\n|---|---|---|\n{rows}{shared}")
    return "\n\n".join(parts)


def test_every_column_is_documented() -> None:
    assert described() in (Path(__file__).parents[2] / "docs/reference/exports-bundles.md").read_text(encoding="utf-8")


def test_names_of_tables_are_known_without_loading_them() -> None:
    assert set(NAMES) == set(TABLES)


def test_attributions_are_the_table_unless_another_is_asked_for(demonstration: Path) -> None:
    plain = asked(demonstration, "jsonl", "--since", "1d").stdout
    assert plain == asked(demonstration, "jsonl", "--since", "1d", "--table", "attributions").stdout
    row = json.loads(plain.splitlines()[0])
    assert row["content"] and row["article"] and row["capture"].startswith("sha256:")


def test_offsets_point_into_the_text_of_the_articles(demonstration: Path) -> None:
    texts = {a["article"]: a["text"] for a in objects(demonstration, "articles")}
    for a in objects(demonstration, "attributions"):
        inside = texts[a["article"]][a["content_start"] : a["content_end"]]
        assert inside.startswith(a["content"][:10].split(" … ")[0]) and len(inside) >= len(a["content"].split(" … ")[0])


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+31 20", "'+31 20"),
        (" -2", "'-2"),
        ("a\n\tb\x1b[31m", "a b\N{REPLACEMENT CHARACTER}[31m"),
        (["=1", "b"], "'=1; b"),
        ("x" * 40_000, "x" * 32_766 + "…"),
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (-3.0, "-3"),
        (0.25, "0.25"),
        (10**20, str(10**20)),
    ],
)
def test_a_cell_is_safe(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_a_schema_says_what_its_columns_mean(demonstration: Path, tmp_path: Path) -> None:
    asked(demonstration, "parquet", "-o", str(tmp_path / "t.parquet"))
    schema = parquet.read_schema(tmp_path / "t.parquet")
    assert {f.name: f.metadata[b"description"].decode() for f in schema} == {
        c.name: c.words for c in TABLES["attributions"].columns
    }


def test_rows_go_out_in_groups(demonstration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "GROUP", 100)
    monkeypatch.setattr(tables, "AT_ONCE", 50)
    out = io.BytesIO()
    with open_store(demonstration) as store:
        tables.write_parquet(Selection(store=store, name="all"), out)
        expected = sum(1 for _ in tables.rows(TABLES["attributions"], select(store)))
    file = parquet.ParquetFile(io.BytesIO(out.getvalue()))
    assert file.metadata.num_rows == expected and file.num_row_groups == -(-expected // 100)


def test_nothing_is_a_table_without_rows(tmp_path: Path) -> None:
    for name in ("csv", "jsonl", "parquet"):
        result = asked(tmp_path / "empty", name, "-o", str(tmp_path / name))
        assert result.exit_code == 0, result.output
    assert (tmp_path / "csv").read_text().startswith("id,speaker,") and (tmp_path / "jsonl").read_bytes() == b""
    assert parquet.read_table(tmp_path / "parquet").num_rows == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [(("csv", "--table", "nonsense"), "is no table"), (("brief-md", "--table", "figures"), "--table goes with csv")],
)
def test_what_was_not_understood_is_said(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    result = asked(tmp_path, *words)
    assert result.exit_code == 2 and said in result.output


def test_pyarrow_that_is_not_there_is_said_in_one_line(demonstration: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    result = asked(demonstration, "parquet", "-o", "never")
    assert result.exit_code == 1 and "pip install 'onrecord[batch]'" in result.output and not Path("never").exists()
    assert FORMATS["parquet"].tables


if __name__ == "__main__":
    print(described())
