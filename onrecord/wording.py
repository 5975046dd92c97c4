"""What is known in words, alike on the command line and at the desk."""

from __future__ import annotations

from onrecord.knowledge import StoryLine

KINDS = {
    "denied": "denied",
    "reversal": "reversal",
    "confirmed": "confirmed",
    "figure-moved": "figure moved",
    "quotation-differs": "quotation differs",
    "attribution-dropped": "attribution dropped",
    "silent-edit": "silent edit",
    "misquote": "headline misquotes",
    "new-account": "new",
}  # what each change is called, the most consequential first


def plural(n: int, one: str, many: str | None = None) -> str:
    """A number of things."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def counted(s: StoryLine) -> str:
    """Origins and copies, as every count is shown."""
    return f"{plural(s.origins, 'origin')}, {plural(s.copies, 'copy', 'copies')}"


def changed(s: StoryLine) -> str:
    """What changed in a story, the most consequential first."""
    return ", ".join(f"{s.changes[kind]} {name}" for kind, name in KINDS.items() if s.changes.get(kind))


def interval(low: float | None, high: float | None) -> str:
    """A range of values, open where an end is not known."""
    if low == high and low is not None:
        return f"{low:,.10g}"
    return f"{low:,.10g} and more" if high is None and low is not None else f"up to {high:,.10g}" if low is None else f"{low:,.10g} to {high:,.10g}"  # fmt: skip
