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
    total_timeout: float = 45.0
    user_agent: str = "onrecord/0.1 (reads news pages for analysts; one page at a time)"
    allow_private: bool = False
    threads: int = 1


def from_environment(environment: Mapping[str, str]) -> Settings:
    """The settings with what ONRECORD_USER_AGENT and ONRECORD_THREADS say. Raises SetupError for a bad value."""
    changes: dict[str, object] = {}
    if agent := environment.get("ONRECORD_USER_AGENT"):
        changes["user_agent"] = agent
    if threads := environment.get("ONRECORD_THREADS"):
        if not threads.isdigit() or not 1 <= int(threads) <= 256:
            raise SetupError(f"ONRECORD_THREADS is {threads!r}; give a number from 1 to 256")
        changes["threads"] = int(threads)
    return msgspec.structs.replace(Settings(), **changes)
