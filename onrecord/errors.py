"""The errors, drawn as a tree and named for whose fault they are.

    OnrecordError
    ├── InputError          what was given cannot be used; the message says what is wrong and what to do
    │   ├── FetchError      an address did not give a page
    │   ├── ParseError      bytes that hold no article
    │   └── ReaderError     a reader that was installed beside ours failed over an article
    ├── EvidenceError       the archived bytes are not what they were
    └── SetupError          the installation lacks something

Anything else that escapes is a bug and is left to be loud.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Every error that onrecord raises on purpose."""

    stage = "setup"


class InputError(OnrecordError):
    """What was given cannot be used."""

    stage = "input"


class FetchError(InputError):
    """An address did not give a page.

    `retry_after`: the seconds that the host asks us to wait; `permanent`: asking again soon would not help.
    """

    stage = "fetch"

    def __init__(self, message: str, *, retry_after: float | None = None, permanent: bool = False) -> None:
        super().__init__(message)
        self.retry_after, self.permanent = retry_after, permanent


class ParseError(InputError):
    """Bytes that hold no article."""

    stage = "parse"


class ReaderError(InputError):
    """A reader that was installed beside ours failed over an article."""

    stage = "read"


class EvidenceError(OnrecordError):
    """The archived bytes are not what they were."""

    stage = "evidence"


class SetupError(OnrecordError):
    """The installation lacks something, a model file for example."""
