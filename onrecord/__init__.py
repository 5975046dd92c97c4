"""onrecord reads the news and keeps the record: who said what, through whom, and what would have to happen next.

from onrecord import read_page
reading = read_page("page.html", published="2031-05-14")
print([a.kind for a in reading.attributions])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.model import Reading
    from onrecord.pipeline import read_page

__version__ = "0.1.0"
__all__ = ["Reading", "read_page"]


def __getattr__(name: str) -> Any:
    """Loads the public names when they are first used, so that `import onrecord` costs nothing."""
    if name == "read_page":
        from onrecord.pipeline import read_page

        return read_page
    if name == "Reading":
        from onrecord.model import Reading

        return Reading
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
