"""Finding WARC files, on this machine or behind any address that fsspec knows, and opening them so that no lost connection passes for damage."""

from __future__ import annotations

import glob
import io
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from msgspec import Struct

from onrecord.errors import InputError, SetupError

SUFFIXES = (".warc", ".warc.gz")
TRIES = 4  # at reading from far away
PAUSE = 1.0  # seconds before the second try, twice as long before each further one


class Warc(Struct, frozen=True):
    """A WARC file: its full path or address, and its size in bytes, None where its server does not say."""

    name: str
    size: int | None


def find(words: Iterable[str]) -> list[Warc]:
    """The WARC files that words name (files, folders, patterns, addresses), each once, in order. Raises InputError, SetupError."""
    found: dict[str, Warc] = {}
    for word in words:
        for warc in far(word) if "://" in word and not word.startswith("file://") else near(word):
            found.setdefault(warc.name, warc)
    return list(found.values())


def near(word: str) -> list[Warc]:
    """Those on this machine."""
    path = Path(word.removeprefix("file://")).expanduser()
    if path.is_dir():
        inside = [p for p in sorted(path.rglob("*")) if is_wanted(p.relative_to(path)) and p.is_file()]
        if not inside:
            raise InputError(f"{word}: the folder holds no WARC files (.warc, .warc.gz)")
        return [local(p) for p in inside]
    if not path.exists() and glob.has_magic(str(path)):
        if matched := sorted(glob.glob(str(path), recursive=True)):
            return [local(Path(m)) for m in matched if Path(m).is_file()]
        raise InputError(f"{word}: no file fits this pattern")
    return [local(path)]


def is_wanted(path: Path) -> bool:
    """Whether a file within a folder is a WARC file by its name, and not hidden."""
    return path.name.lower().endswith(SUFFIXES) and not any(part.startswith(".") for part in path.parts)


def local(path: Path) -> Warc:
    """A file that can be read and is a WARC file."""
    from onrecord.fetch.archive import is_warc

    try:
        with path.open("rb") as stream:
            if not is_warc(stream.read(4096)):
                raise InputError(f"{path}: this is no WARC file")
            return Warc(str(path.resolve()), os.fstat(stream.fileno()).st_size)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file; check the name") from None
    except OSError as error:
        raise InputError(f"{path}: the file cannot be read: {error.strerror or error}") from None


def far(word: str) -> list[Warc]:
    """Those behind an address of fsspec's."""
    with translated(word):
        system, path = file_system(word)
        if glob.has_magic(word):
            paths = sorted(system.glob(path))
        elif not word.startswith(("http://", "https://")) and system.isdir(path):
            paths = sorted(p for p in system.find(path) if p.lower().endswith(SUFFIXES))
        else:
            paths = [path]
        found = [Warc(system.unstrip_protocol(p), system.info(p).get("size")) for p in paths]
    if not found:
        raise InputError(f"{word}: no WARC file is there")
    return found


def file_system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path within it."""
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    system, path = url_to_fs(address)
    return system, path


@contextmanager
def translated(address: str) -> Iterator[None]:
    """Turns what fsspec and its file systems raise into an error of one line."""
    try:
        yield
    except (InputError, SetupError):
        raise
    except ImportError as error:
        raise SetupError(f"{address}: {line(error)}") from None
    except FileNotFoundError:
        raise InputError(f"{address}: there is no such file; check the address") from None
    except ValueError as error:
        raise InputError(f"{address}: {line(error)}") from None
    except Exception as error:  # each file system has errors of its own
        raise InputError(f"{address}: it cannot be read: {line(error)}") from None


def line(error: Exception) -> str:
    """An error in one line."""
    return " ".join(str(error).split())[:200] or type(error).__name__


class Steady(io.RawIOBase):
    """A file whose reads are tried again. What keeps failing is an InputError, and kept as `error`: a reader may take it for a fault of one record."""

    def __init__(self, inner: Any, name: str, tries: int) -> None:
        self._inner, self._name, self._tries = inner, name, tries
        self.error: InputError | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._inner.seek(offset, whence))

    def tell(self) -> int:
        return int(self._inner.tell())

    def read(self, size: int = -1) -> bytes:
        at = self._inner.tell()
        for left in reversed(range(self._tries)):
            try:
                return bytes(self._inner.read(size))
            except Exception as error:  # each file system has errors of its own
                if not left:
                    self.error = InputError(f"{self._name}: it cannot be read: {line(error)}")
                    raise self.error from None
            time.sleep(PAUSE * 2 ** (self._tries - 1 - left))
            self._inner.seek(at)
        raise AssertionError

    def close(self) -> None:
        self._inner.close()
        super().close()


@contextmanager
def opened(name: str) -> Iterator[Steady]:
    """A WARC file, open to be read and sought in. Raises InputError where it cannot be."""
    with translated(name):
        far = "://" in name
        if far:
            system, path = file_system(name)
            stream = system.open(path, "rb")
            if not stream.seekable() or stream.seek(0) is None:
                stream.close()
                raise InputError(f"{name}: its server gives files only from their beginning; get the file first")
        else:
            stream = Path(name).open("rb")  # noqa: SIM115 - closed by Steady
    with Steady(stream, name, TRIES if far else 1) as steady:
        yield steady


def as_stream(steady: Steady) -> BinaryIO:
    """The file as readers of WARC files want it."""
    return cast(BinaryIO, steady)
