"""onrecord reads the news and keeps the record: who said what, through whom, and what would have to happen next.

from onrecord import open_record, read_page
reading = read_page("page.html", published="2031-05-14")
print([a.kind for a in reading.attributions])
with open_record("desk") as record:
    print([story.title for story in record.stories()])
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import Record, open_record
    from onrecord.errors import EvidenceError, InputError, OnrecordError, SetupError
    from onrecord.model import Article, Attribution, Reading
    from onrecord.pipeline import read_page
    from onrecord.text import words_of

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Attribution",
    "EvidenceError",
    "InputError",
    "OnrecordError",
    "Reading",
    "Record",
    "SetupError",
    "open_record",
    "read_page",
    "words_of",
]
PLACES = {
    "onrecord.api": ("Record", "open_record"),
    "onrecord.errors": ("EvidenceError", "InputError", "OnrecordError", "SetupError"),
    "onrecord.model": ("Article", "Attribution", "Reading"),
    "onrecord.pipeline": ("read_page",),
    "onrecord.text": ("words_of",),
}


def __getattr__(name: str) -> Any:
    """Loads the public names when they are first used, so that `import onrecord` costs nothing."""
    for module, names in PLACES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, for who looks around."""
    return sorted((*__all__, "__version__"))
