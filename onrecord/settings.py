"""The one table of settings. Only start-up (`cli`) reads the environment, through `from_environment`."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from onrecord.errors import SetupError


class Settings(msgspec.Struct, frozen=True):
    """Bounds and habits; sizes in bytes, times in seconds."""

    max_input: int = 32 * 2**20  # of one page, after unpacking
    max_packed: int = 16 * 2**20  # of one gzip file
    max_ratio: int = 200  # how many times larger unpacking may make it
    max_redirects: int = 5
    connect_timeout: float = 10.0
    read_timeout: float = 15.0
    total_timeout: float = 45.0  # of one fetch on the wire, redirects and all; waiting for one's turn is not counted
    user_agent: str = "onrecord/0.1 (reads news pages for analysts; one page at a time)"
    contact: str = ""  # an address where a webmaster finds who is asking; it goes into the User-Agent
    pace: float = 1.0  # between requests to one host
    max_crawl_delay: float = 30.0  # the longest pace that a robots.txt may ask for
    hosts_at_once: int = 32
    max_held: int = 96 * 2**20  # of all bodies being read at once
    segment_size: int = 10**9  # of one WARC file of the evidence
    sync_every: int = 1  # records between two fsyncs of the evidence; 0 leaves it to the system
    allow_private: bool = False
    threads: int = 1
    fast: bool = False  # whether the smaller network reads

    @property
    def agent(self) -> str:
        """The User-Agent, with the contact where one is given."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings with what ONRECORD_USER_AGENT, _CONTACT, _THREADS, _PACE and _FAST say. Raises SetupError for a bad value."""
    changes: dict[str, object] = {}
    if agent := environment.get("ONRECORD_USER_AGENT"):
        changes["user_agent"] = agent
    if contact := environment.get("ONRECORD_CONTACT"):
        changes["contact"] = contact
    if threads := environment.get("ONRECORD_THREADS"):
        if not threads.isdigit() or not 1 <= int(threads) <= 256:
            raise SetupError(f"ONRECORD_THREADS is {threads!r}; give a number from 1 to 256")
        changes["threads"] = int(threads)
    if pace := environment.get("ONRECORD_PACE"):
        if not pace.replace(".", "", 1).isdigit() or float(pace) > 3600:
            raise SetupError(f"ONRECORD_PACE is {pace!r}; give the seconds between two requests to one host, 0 to 3600")
        changes["pace"] = float(pace)
    if fast := environment.get("ONRECORD_FAST"):
        if fast not in ("0", "1"):
            raise SetupError(f"ONRECORD_FAST is {fast!r}; give 1 for the fast reader or 0")
        changes["fast"] = fast == "1"
    return msgspec.structs.replace(Settings(), **changes)
