"""The password of a desk that others can reach: kept as an argon2 hash, tried a few times a minute at most.

Who has logged in is told by a cookie whose value only the running desk knows, so all are logged out when it ends. Programs send the password
as `Authorization: Bearer …` instead.
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from starlette.requests import Request

from onrecord.errors import InputError

COOKIE = "onrecord_login"
LASTS = 12 * 3600  # seconds
TRIES, WITHIN = 5, 60.0  # wrong passwords, and in how many seconds
SHORTEST = 10
MOST = 1000  # who are logged in at once


def hashed(password: str) -> str:
    """What is kept of a password. Raises InputError for one that is too short."""
    if len(password) < SHORTEST:
        raise InputError(f"the password is too short; take at least {SHORTEST} characters")
    return PasswordHasher().hash(password)


class Login:
    """Who is logged in, and how often a wrong password was tried."""

    def __init__(self, password: str | None) -> None:
        self.password = password
        self.until: dict[str, float] = {}  # digest of a cookie or of a password that was right → when it ends
        self.wrong: deque[float] = deque(maxlen=TRIES)

    def knows(self, request: Request) -> bool:
        """Whether a request may see the desk."""
        if self.password is None:
            return True
        scheme, _, sent = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and sent:
            return self.is_known(sent) or bool(self.enter(sent))
        return self.is_known(request.cookies.get(COOKIE, ""))

    def is_known(self, value: str) -> bool:
        """Whether a cookie, or a password, was given a short time ago."""
        return self.until.get(digest(value), 0) > time.monotonic()

    def is_blocked(self) -> bool:
        """Whether wrong passwords were tried too often."""
        return len(self.wrong) == TRIES and self.wrong[0] > time.monotonic() - WITHIN

    def enter(self, password: str) -> str | None:
        """The cookie for somebody who knows the password; None where it is wrong, or was tried too often."""
        if self.is_blocked() or not self.is_right(password):
            return None
        cookie, now = secrets.token_urlsafe(32), time.monotonic()
        self.until = {key: end for key, end in list(self.until.items())[-MOST:] if end > now}
        self.until[digest(cookie)] = self.until[digest(password)] = now + LASTS
        return cookie

    def is_right(self, password: str) -> bool:
        """Whether this is the password; a wrong one is counted."""
        try:
            PasswordHasher().verify(self.password or "", password[:1000])
        except (VerificationError, InvalidHashError):
            self.wrong.append(time.monotonic())
            return False
        return True

    def leave(self, request: Request) -> None:
        """Forgets a cookie."""
        self.until.pop(digest(request.cookies.get(COOKIE, "")), None)


def digest(value: str) -> str:
    """What is kept of a secret in memory."""
    return sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
