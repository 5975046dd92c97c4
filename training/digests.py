"""Writes the digests of what a reading needs, the weights and the gazetteer, by which `onrecord doctor` knows them. Run after changing either.

python -m training.digests
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

READ = Path(__file__).parent.parent / "onrecord" / "read"
LIST = READ / "weights" / "digests.toml"


def listed() -> str:
    """The list as it should be."""
    found = sorted(
        p for folder in ("weights", "weights/fast", "gazetteer") for p in (READ / folder).iterdir()
        if p.is_file() and p.suffix not in (".py", ".pyc", ".toml")
    )  # fmt: skip
    lines = [f'"{p.relative_to(READ).as_posix()}" = "{sha256(p.read_bytes()).hexdigest()}"' for p in found]
    return "\n".join(["# SHA-256 of what a reading needs. Written by: python -m training.digests", *lines, ""])


if __name__ == "__main__":
    LIST.write_text(listed(), encoding="utf-8")
    print(LIST.read_text(encoding="utf-8"), end="")
