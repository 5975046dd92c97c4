"""What a robots.txt allows us (RFC 9309): the longest rule that fits a path decides, and Allow wins a tie.

Crawl-delay is not in the RFC, but much used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes

MAX_BYTES = 500_000  # what the RFC asks a reader to take; the rest is not looked at
MAX_RULES = 10_000
TOKEN = re.compile(r"[a-z_-]+")
SAFE = "/?:@!$&'()*+,;=-._~"  # what RFC 3986 lets stand in a path and query


class Robots(NamedTuple):
    """The rules for us, longest first: (pattern, whether it allows), and the pause asked for in seconds."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched."""
        path = normal(path)
        return path == "/robots.txt" or next((allow for rule, allow in self.rules if fits(rule, path)), True)


def normal(path: str) -> str:
    """A path with its escapes in one form, so that `/%7Eann` and `/~ann` are the same."""
    return quote(unquote_to_bytes(path.replace("%2F", "%252F").replace("%2f", "%252F")), safe=SAFE + "%")


def fits(rule: str, path: str) -> bool:
    """Whether a rule matches the beginning of a path; `*` is any run, a last `$` the end. Takes linear time."""
    ends = rule.endswith("$")
    first, *rest = (rule[:-1] if ends else rule).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not rest:
        return not ends or at == len(path)
    *middle, last = rest
    for part in middle:
        at = path.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return path.endswith(last) and len(path) - len(last) >= at if ends else path.find(last, at) >= 0


def lines(text: str) -> Iterator[tuple[str, str]]:
    """(field, value) of each line that has both, comments taken off."""
    for line in text.splitlines():
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    """Each group: the agents that it names (lower case), and its lines."""
    agents: set[str] = set()
    inside: list[tuple[str, str]] = []
    for field, value in lines(text):
        if field == "user-agent":
            if inside:
                yield agents, inside
                agents, inside = set(), []
            token = TOKEN.match(value.lower())
            agents.add("*" if value.startswith("*") else token[0] if token else "")
        elif agents and field in ("allow", "disallow", "crawl-delay"):
            inside.append((field, value))
    yield agents, inside


def parse_robots(body: bytes, names: set[str]) -> Robots:
    """The rules of a robots.txt for a reader of these names (lower case); where none is named, those for `*`."""
    text = body[:MAX_BYTES].decode("utf-8-sig", "replace")
    if len(body) > MAX_BYTES:
        text = text[: text.rfind("\n") + 1]
    found = list(groups(text))
    ours = [inside for agents, inside in found if agents & names]
    if not any(agents & names for agents, _ in found):
        ours = [inside for agents, inside in found if "*" in agents]
    said = [line for inside in ours for line in inside]
    rules = {(normal(value), field == "allow") for field, value in said if field != "crawl-delay" and value}
    longest = sorted(rules, key=lambda rule: (-len(rule[0]), not rule[1]))
    return Robots(tuple(longest[:MAX_RULES]), max((seconds(v) for f, v in said if f == "crawl-delay"), default=0.0))


def seconds(value: str) -> float:
    """A pause as a number; nonsense is no pause."""
    return float(value) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value) else 0.0
