"""An alert in words, as it is put on a terminal, into a mail or a feed."""

from __future__ import annotations

from onrecord.knowledge import Alert


def headline(alert: Alert, name: str) -> str:
    """An alert in one line: which indicator, how it was crossed, by whose word."""
    return f"{name or alert.indicator[:12]}: {alert.crossing}, by {alert.origin.name} [{alert.admiralty}]"


def body(alert: Alert) -> str:
    """An alert with its evidence, a line each."""
    lines = [
        f"“{alert.sentence}”",
        f"Speaker: {alert.speaker}" if alert.speaker else "Speaker: the article itself",
        f"Through: {' ← '.join(alert.chain)}" if alert.chain else "",
        f"Origin: {alert.origin.name} ({alert.origin.kind})",
        f"Admiralty: {alert.admiralty}. {alert.reason}",
        f"Still missing: {'; '.join(alert.missing)}" if alert.missing else "",
        *(f"Note: {n}" for n in alert.notes),
        f"Article: {alert.article}",
    ]
    return "\n".join(line for line in lines if line)
