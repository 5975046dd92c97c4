"""The record from Python: open it, add to it, ask it. `docs/api/` shows every call with what it answers.

    with open_record("desk") as record:
        record.add("pages/")
        for hit in record.attributions("levy", speaker="Karvonen"):
            print(hit.speaker, hit.words)

What comes back are the frozen nouns of `onrecord.model` and `onrecord.knowledge`. Ids may be shortened wherever one is asked for. Every error
is an OnrecordError: an InputError for what was asked wrongly, a SetupError for what the installation lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from types import TracebackType

from onrecord import arming, inputs, pipeline, readers
from onrecord import store as keep
from onrecord.errors import EvidenceError, InputError, SetupError
from onrecord.fetch.page import polite
from onrecord.fetch.warc import Evidence
from onrecord.knowledge import ActorView, Alert, ChangeLine, ConditionLine, StoryLine, StoryView
from onrecord.model import AttributionKind, Capture, Certainty, Failure, Hit, Noun, Reading, Recorded, Shown
from onrecord.parse import given_date
from onrecord.resolving import resolve
from onrecord.settings import Settings
from onrecord.store import indicators, knowing
from onrecord.store.belonging import belongs
from onrecord.store.clock import now
from onrecord.store.database import FILE
from onrecord.store.listing import listed
from onrecord.store.search import Where
from onrecord.text import digest_of_bytes
from onrecord.watch import definition
from onrecord.watch.indication import Sighting
from onrecord.watch.indicator import Indicator, described

When = str | date  # a day or a moment: "2031-05-14", "2031-05-14T09:00+02:00", a date, a datetime
Source = str | Path | bytes


class Added(Noun, frozen=True, kw_only=True):
    """What became of what was added: an article on record for each page that holds one, and why the others gave none."""

    recorded: tuple[Recorded, ...]
    failures: tuple[Failure, ...]


class IndicatorLine(Noun, frozen=True, kw_only=True):
    """An armed question and how it stands."""

    id: str
    name: str
    definition: str  # in words, as `arm` takes them
    state: str  # quiet, stirring, triggered
    why: str
    missing: tuple[str, ...]  # for a confirmation
    inferred: tuple[str, ...]  # what was added to the words of the condition that it was made from


class Evident(Noun, frozen=True, kw_only=True):
    """A sentence that says something to an indicator, for it, against it or near it."""

    when: str  # the article appeared
    crossing: str  # "crossed", "approaches", "against", …
    sentence: str
    reason: str
    origin: str  # whose word it is in the end
    article: str


class Trial(Noun, frozen=True, kw_only=True):
    """What the record says to a question: its evidence, oldest first, and the alerts that it would raise."""

    evidence: tuple[Evident, ...]
    alerts: tuple[Alert, ...]


def open_record(home: str | Path, *, db: str | None = None, create: bool = False) -> Record:
    """Opens the record in a folder, the one that `onrecord --home` names. Close it, or use it in a `with`.

    `create` makes a new one where there is none; `db` is a PostgreSQL URL, for a record whose database is there. Raises SetupError in one line:
    no such record, a folder that cannot be written, a database that cannot be reached or was made by a newer onrecord.
    """
    folder = Path(home)
    if not create and not (folder / FILE).exists() and (db is None or not folder.is_dir()):
        raise SetupError(f"there is no record in {folder}; open_record({str(home)!r}, create=True) begins one")
    return Record(keep.open_store(folder, db), folder)


class Record:
    """An open record. Made by `open_record`. Methods that look across articles first set beside each other those that wait for it."""

    def __init__(self, store: keep.Store, home: Path) -> None:
        self.store, self.home = store, home
        belongs(store, home / "evidence")
        self._evidence = Evidence(home / "evidence")

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:  # fmt: skip
        self.close()

    def __repr__(self) -> str:
        return f"Record({str(self.home)!r})"

    def close(self) -> None:
        """Lets go of the database and the archive."""
        self._evidence.close()
        self.store.close()

    # pages

    def add(
        self, *sources: Source, url: str | None = None, published: str | None = None, reader: str | None = None
    ) -> Added:
        """Takes in pages, with their bytes: files, folders, WARC files, http(s) addresses, or the bytes of a page. Twice is once.

        `url` is the address of a single source, `published` its day or moment, for what it does not say itself; `reader` names the reader to
        ask. What cannot be read is a Failure in what comes back, and in the record; it stops nothing. Reads in this process, one page at a time.
        Raises InputError for a reader or date that is none, SetupError where nothing can be written.
        """
        if reader:
            readers.named(reader)
        if url and len(sources) > 1:
            raise InputError("an address goes with one source only")
        if published:
            given_date(published)
        got = [self._take_in(item, url, published, reader) for item in self._captures(sources)]
        return Added(
            recorded=tuple(r for r in got if isinstance(r, Recorded)),
            failures=tuple(f for f in got if isinstance(f, Failure)),
        )

    def _captures(self, sources: Sequence[Source]) -> Iterator[Capture | Failure]:
        settings, fetch = Settings(), polite()
        for source in sources:
            stdin = BytesIO(source if isinstance(source, bytes) else b"")
            words = ["-"] if isinstance(source, bytes) else inputs.names([str(source)])
            yield from inputs.captures(words, settings, stdin, fetch)

    def _take_in(self, item: Capture | Failure, url: str | None, published: str | None, reader: str | None) -> Recorded | Failure:  # fmt: skip
        if isinstance(item, Failure):
            keep.fail(self.store, item.stage, item.input, item.reason, now())
            return item
        kept = keep.kept(self.store, digest_of_bytes(item.body)) or self._evidence.append(item)
        entry = keep.entry_id(url or kept.url or item.name)
        try:
            reading = pipeline.read_capture(item, published=published, url=url, reader=reader)
            return keep.record(self.store, kept, reading, entry=entry)
        except InputError as error:
            keep.unread(self.store, kept, entry, now(), error.stage, str(error))
            return Failure(input=item.name, stage=error.stage, reason=str(error))

    def readings(self, *, outlet: str | None = None, since: When | None = None, until: When | None = None) -> Iterator[Reading]:  # fmt: skip
        """The current reading of every article, with the article, in the order of recording; lazily, so that a large record needs little memory.

        `outlet` is a name or a domain; `since` and `until` are days, both counted. Raises InputError for what is no day.
        """
        return listed(self.store, outlet=outlet, since=day(since), until=day(until))

    def attributions(
        self,
        words: str = "",
        *,
        where: Where = "content",
        speaker: str | None = None,
        outlet: str | None = None,
        since: When | None = None,
        until: When | None = None,
        kind: AttributionKind | None = None,
        certainty: Certainty | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> list[Hit]:
        """Who said what: the attributions with these words, best first, each with its words in context. Without words, all that pass the filters.

        `words` are words, "phrases", -words, and OR between two. `where` looks in the `content` of what was said, its `source`, or the `article`.
        `since` and `until` are days. Raises InputError.
        """
        return keep.search(
            self.store,
            words,
            where=where,
            speaker=speaker,
            outlet=outlet,
            since=day(since),
            until=day(until),
            kind=kind,
            certainty=certainty,
            limit=limit,
            offset=offset,
        )

    def show(self, id: str) -> Shown:
        """Any record by its id: its words, its reading, its article, its captures. Raises InputError for none or several."""
        return keep.show(self.store, id)

    def archived(self, id: str) -> bytes:
        """The bytes of the page that any record was read from, as they came, checked against their digest. Raises InputError, EvidenceError."""
        captures = self.show(id).captures
        if not captures:
            raise EvidenceError(f"nothing is archived for {id}")
        return self._evidence.read(captures[0]).body

    # what many articles say together

    def stories(self, words: str = "", *, since: When | None = None, limit: int = 20) -> list[StoryLine]:
        """What is going on: the stories, those that changed most since a moment first; `words` are all in the headline."""
        return knowing.stories(self._caught_up(), moment(since), limit, words=words.split())

    def story(self, id: str) -> StoryView:
        """One story: its timeline, its accounts, and who asserts or denies them. Raises InputError."""
        return knowing.story(self._caught_up(), id)

    def who(self, name: str) -> list[ActorView]:
        """Those whom a name may mean, the most told of first, with all that each said. Raises InputError where there is nobody."""
        return knowing.who(self._caught_up(), name)

    def changes(self, *, since: When | None = None, kinds: Sequence[str] = (), limit: int = 200) -> list[ChangeLine]:
        """What changed, newest first: denials, reversals, confirmations, figures that moved, silent edits. `kinds` are those of `onrecord changes --kind`."""
        return knowing.changes(self._caught_up(), moment(since), kinds, limit)

    def conditions(self, words: str = "", *, limit: int = 20) -> list[ConditionLine]:
        """Conditions that were read ("if recruitment exceeds …"), the newest first; `arm` takes their ids."""
        return knowing.conditions(self.store, words.split(), limit)

    # indicators

    def arm(self, question: str | None = None, *, condition: str | None = None, name: str | None = None) -> IndicatorLine:  # fmt: skip
        """Arms a question, in words (`figure > 5000 people of recruitment`) or from a condition that was read, by its id.

        What is on record counts at once. The same question twice is one. Alerts go to the record's channels with the next `onrecord` command that
        brings them there. Raises InputError, which says what is not understood.
        """
        made = self._made(question, condition, name)
        arming.arm(self._caught_up(), made)
        return self.indicator(made.id)

    def test(self, question: str | None = None, *, condition: str | None = None) -> Trial:
        """What the whole record says to a question; nothing is kept. Raises InputError."""
        seen, alerts = arming.dry_run(self._caught_up(), self._made(question, condition, None))
        return Trial(evidence=tuple(evident(*s) for s in seen), alerts=tuple(alerts))

    def indicators(self) -> list[IndicatorLine]:
        """The questions that are armed, oldest first, and how each stands."""
        with self._caught_up().reading() as transaction:
            return [line(a) for a in indicators.armed(transaction)]

    def indicator(self, id: str) -> IndicatorLine:
        """One armed question, by its id or its name. Raises InputError."""
        with self._caught_up().reading() as transaction:
            return line(indicators.get(transaction, id))

    def evidence(self, id: str) -> list[Evident]:
        """All that was seen of an armed question, by its id or its name, oldest first. Raises InputError."""
        with self._caught_up().reading() as transaction:
            return [evident(*s) for s in indicators.seen(transaction, indicators.get(transaction, id).row)]

    def alerts(self, *, since: When | None = None) -> list[Alert]:
        """The alerts that were raised, oldest first; `since` is when they were raised, not when the article appeared."""
        with self._caught_up().reading() as transaction:
            return indicators.alerts(transaction, moment(since) or "")

    def disarm(self, id: str) -> None:
        """Disarms a question, by its id or its name; its alerts stay on record. Raises InputError."""
        with self.store.writing() as transaction:
            indicators.disarm(transaction, indicators.get(transaction, id).row, now())

    def _made(self, question: str | None, condition: str | None, name: str | None) -> Indicator:
        if (question is None) == (condition is None):
            raise InputError("give a question in words, or condition=, the id of one that was read")
        if condition is not None:
            return arming.from_condition(self.store, condition, name)
        return definition.from_words(str(question), name)

    def _caught_up(self) -> keep.Store:
        for _ in resolve(self.store):
            pass
        return self.store


def line(a: indicators.Armed) -> IndicatorLine:
    """An armed question as it stands."""
    made = a.indicator
    inferred = made.armed.inferred if made.armed else ()
    return IndicatorLine(id=made.id, name=made.name, definition=described(made.test), state=a.state, why=a.why, missing=a.missing, inferred=inferred)  # fmt: skip


def evident(s: Sighting, sentence: str, reason: str) -> Evident:
    """What was seen, with its words."""
    return Evident(when=s.when, crossing=s.crossing, sentence=" ".join(sentence.split()), reason=reason, origin=s.origin.name, article=s.article)  # fmt: skip


def moment(value: When | None) -> str | None:
    """A day or moment as the record writes it, in UTC; one without a zone is taken as UTC. Raises InputError."""
    if value is None:
        return None
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            raise InputError(
                f"{value!r} is no day or moment; give for example 2031-05-14 or 2031-05-14T09:00Z"
            ) from None
    if not isinstance(value, datetime):
        return value.isoformat()
    return (value.astimezone(UTC) if value.tzinfo else value).strftime("%Y-%m-%dT%H:%M:%SZ")


def day(value: When | None) -> str | None:
    """The day of a day or moment. Raises InputError."""
    found = moment(value)
    return found[:10] if found else None
