"""The tables, views and search index as the first migration makes them. Released, so never edited: changes are new migrations.

`row` numbers join the tables and mean nothing outside; ids are digests. Columns that end in `_at` hold spans as JSON; the column named
without it holds their words. The parts of a reading have the rows from `reading * 2^20` on, in the order of the Reading: so they lie
together without an index of their own, as every index is one more page to write with each article. For the same reason
they carry no foreign key; `verify` looks for orphans.
"""

from __future__ import annotations

TABLES = (
    """CREATE TABLE captures (
  row {row},
  digest TEXT NOT NULL UNIQUE,
  url TEXT,
  fetched TEXT,
  status INTEGER,
  content_type TEXT,
  size BIGINT NOT NULL,
  warc_file TEXT,
  warc_offset BIGINT NOT NULL,
  warc_length BIGINT NOT NULL
)""",
    """CREATE TABLE outlets (
  row {row},
  domain TEXT NOT NULL,
  name TEXT NOT NULL,
  UNIQUE (domain, name)
)""",
    """CREATE TABLE feeds (
  row {row},
  id TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL,
  kind TEXT,
  title TEXT,
  added TEXT NOT NULL,
  last_fetched TEXT,
  last_success TEXT,
  etag TEXT,
  last_modified TEXT,
  next_due TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  why TEXT
)""",
    "CREATE INDEX feeds_due ON feeds (next_due)",
    """CREATE TABLE articles (
  row {row},
  id TEXT NOT NULL UNIQUE,
  capture BIGINT NOT NULL REFERENCES captures (row),
  address TEXT,
  url TEXT,
  canonical_url TEXT,
  outlet BIGINT REFERENCES outlets (row),
  feed BIGINT REFERENCES feeds (row),
  title TEXT,
  byline TEXT NOT NULL,
  language TEXT,
  published TEXT,
  published_evidence TEXT,
  modified TEXT,
  modified_evidence TEXT,
  day TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  clutter TEXT NOT NULL,
  pieces TEXT NOT NULL,
  text TEXT NOT NULL
)""",
    "CREATE INDEX articles_address ON articles (address)",
    "CREATE INDEX articles_outlet ON articles (outlet, day)",
    "CREATE INDEX articles_capture ON articles (capture)",
    "CREATE INDEX articles_feed ON articles (feed, first_seen) WHERE feed IS NOT NULL",
    """CREATE TABLE sightings (
  article BIGINT NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
  capture BIGINT NOT NULL REFERENCES captures (row),
  PRIMARY KEY (article, capture)
) {keyed}""",
    "CREATE INDEX sightings_capture ON sightings (capture)",
    """CREATE TABLE readings (
  row {row},
  id TEXT NOT NULL,
  article BIGINT NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
  current INTEGER NOT NULL,
  reader TEXT,
  version TEXT,
  made_when TEXT NOT NULL,
  input TEXT NOT NULL,
  record TEXT NOT NULL
)""",
    "CREATE UNIQUE INDEX readings_article ON readings (article, coalesce(reader, ''), coalesce(version, ''))",
    """CREATE TABLE attributions (
  row {number} PRIMARY KEY,
  id TEXT NOT NULL,
  reading BIGINT NOT NULL,
  kind TEXT NOT NULL,
  act TEXT NOT NULL,
  source TEXT NOT NULL,
  cue TEXT NOT NULL,
  content TEXT NOT NULL,
  speaker BIGINT,
  speaker_kind TEXT,
  venue BIGINT,
  within BIGINT,
  negated INTEGER NOT NULL,
  certainty TEXT NOT NULL,
  confidence {real} NOT NULL,
  source_at TEXT NOT NULL,
  cue_at TEXT NOT NULL,
  content_at TEXT NOT NULL,
  addressee_at TEXT NOT NULL
)""",
    """CREATE TABLE entities (
  row {number} PRIMARY KEY,
  reading BIGINT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  role TEXT,
  country TEXT,
  mentions INTEGER NOT NULL,
  mentions_at TEXT NOT NULL
)""",
    """CREATE TABLE events (
  row {number} PRIMARY KEY,
  reading BIGINT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  mode TEXT,
  status TEXT NOT NULL,
  anchor TEXT NOT NULL,
  actors TEXT NOT NULL,
  recipients TEXT NOT NULL,
  date TEXT,
  date_precision TEXT,
  place BIGINT,
  attribution BIGINT,
  anchor_at TEXT NOT NULL
)""",
    """CREATE TABLE figures (
  row {number} PRIMARY KEY,
  reading BIGINT NOT NULL,
  id TEXT NOT NULL,
  words TEXT NOT NULL,
  value {real},
  low {real},
  high {real},
  comparator TEXT NOT NULL,
  unit TEXT,
  of_what TEXT NOT NULL,
  event BIGINT,
  status TEXT NOT NULL,
  attribution BIGINT,
  words_at TEXT NOT NULL,
  of_what_at TEXT NOT NULL
)""",
    """CREATE TABLE dates (
  row {number} PRIMARY KEY,
  reading BIGINT NOT NULL,
  id TEXT NOT NULL,
  words TEXT NOT NULL,
  value TEXT,
  type TEXT NOT NULL,
  words_at TEXT NOT NULL
)""",
    """CREATE TABLE places (
  row {number} PRIMARY KEY,
  reading BIGINT NOT NULL,
  id TEXT NOT NULL,
  words TEXT NOT NULL,
  name TEXT NOT NULL,
  country TEXT,
  geonames_id BIGINT,
  lat {real},
  lon {real},
  precision TEXT NOT NULL,
  words_at TEXT NOT NULL
)""",
    """CREATE TABLE conditions (
  row {number} PRIMARY KEY,
  reading BIGINT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  marker TEXT NOT NULL,
  if_words TEXT NOT NULL,
  then_words TEXT NOT NULL,
  attribution BIGINT,
  marker_at TEXT NOT NULL,
  if_words_at TEXT NOT NULL,
  then_words_at TEXT NOT NULL
)""",
    """CREATE TABLE findings (
  row {number} PRIMARY KEY,
  reading BIGINT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  note TEXT NOT NULL,
  words_at TEXT NOT NULL
)""",
    """CREATE TABLE edits (
  row {row},
  id TEXT NOT NULL UNIQUE,
  old BIGINT NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
  new BIGINT NOT NULL UNIQUE REFERENCES articles (row) ON DELETE CASCADE,
  silent INTEGER NOT NULL,
  modified_changed INTEGER NOT NULL,
  correction TEXT,
  changes TEXT NOT NULL,
  record TEXT NOT NULL
)""",
    "CREATE INDEX edits_old ON edits (old)",
    """CREATE TABLE entries (
  row {row},
  id TEXT NOT NULL UNIQUE,
  feed BIGINT REFERENCES feeds (row),
  url TEXT NOT NULL,
  title TEXT,
  published TEXT,
  modified TEXT,
  first_seen TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try TEXT,
  why TEXT,
  article BIGINT REFERENCES articles (row)
)""",
    "CREATE INDEX entries_due ON entries (next_try, row) WHERE next_try IS NOT NULL",
    "CREATE INDEX entries_feed ON entries (feed, state)",
    "CREATE INDEX entries_article ON entries (article)",
    """CREATE TABLE failures (
  row {row},
  id TEXT NOT NULL UNIQUE,
  stage TEXT NOT NULL,
  outlet TEXT,
  url TEXT NOT NULL,
  reason TEXT NOT NULL,
  first_seen TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  count INTEGER NOT NULL,
  resolved TEXT
)""",
    "CREATE INDEX failures_url ON failures (url)",
    "CREATE INDEX failures_stage ON failures (stage, outlet)",
    "CREATE TABLE unindexed (reading {number} PRIMARY KEY, article BIGINT)",
)

SAID = """FROM attributions s
  JOIN readings r ON r.row = s.reading AND r.current = 1
  JOIN articles a ON a.row = r.article
  LEFT JOIN outlets o ON o.row = a.outlet
  LEFT JOIN entities e ON e.row = s.speaker"""
OF_A_READING = """  JOIN readings r ON r.row = x.reading AND r.current = 1
  JOIN articles a ON a.row = r.article
  LEFT JOIN outlets o ON o.row = a.outlet
  LEFT JOIN attributions s ON s.row = x.attribution
  LEFT JOIN entities e ON e.row = s.speaker"""

VIEWS = (
    f"""CREATE VIEW who_said_what AS
SELECT o.name AS outlet, a.published, e.name AS speaker, s.source, s.cue, s.content, s.kind, s.certainty, s.negated, s.speaker_kind,
  s.confidence, a.title, coalesce(a.canonical_url, a.url) AS url, s.id AS attribution, a.id AS article
{SAID}""",
    f"""CREATE VIEW anonymous_sources AS
SELECT o.name AS outlet, a.published, s.source, s.cue, s.content, s.kind, s.certainty, s.confidence, a.title,
  coalesce(a.canonical_url, a.url) AS url, s.id AS attribution, a.id AS article
{SAID}
WHERE s.speaker_kind = 'anonymous'""",
    f"""CREATE VIEW figures_on_record AS
SELECT o.name AS outlet, a.published, x.words, x.comparator, x.value, x.low, x.high, x.unit, x.of_what, x.status,
  coalesce(e.name, s.source) AS said_by, a.title, coalesce(a.canonical_url, a.url) AS url, x.id AS figure, a.id AS article
FROM figures x
{OF_A_READING}""",
    f"""CREATE VIEW conditions_on_record AS
SELECT o.name AS outlet, a.published, x.kind, x.marker, x.if_words, x.then_words, coalesce(e.name, s.source) AS said_by, a.title,
  coalesce(a.canonical_url, a.url) AS url, x.id AS condition, a.id AS article
FROM conditions x
{OF_A_READING}""",
    """CREATE VIEW articles_by_outlet AS
SELECT o.name AS outlet, o.domain, a.articles, a.first_day, a.last_day
FROM (SELECT outlet, count(*) AS articles, min(day) AS first_day, max(day) AS last_day FROM articles GROUP BY outlet) AS a
  LEFT JOIN outlets o ON o.row = a.outlet""",
    """CREATE VIEW feed_health AS
SELECT f.title, f.url, f.kind, f.last_success, f.next_due, f.failures AS failures_in_a_row, f.why,
  (SELECT count(*) FROM entries n WHERE n.feed = f.row AND n.state = 'new') AS waiting,
  (SELECT count(*) FROM entries n WHERE n.feed = f.row AND n.state = 'failed') AS failed,
  (SELECT count(*) FROM articles a WHERE a.feed = f.row) AS articles, f.id AS feed
FROM feeds f""",
    """CREATE VIEW failures_by_stage AS
SELECT stage, outlet, reason, count(*) AS addresses, sum(count) AS times, min(first_seen) AS first_seen, max(last_seen) AS last_seen
FROM failures WHERE resolved IS NULL
GROUP BY stage, outlet, reason""",
    """CREATE VIEW silent_edits AS
SELECT o.name AS outlet, n.published, b.first_seen AS seen_before, n.first_seen AS seen_after, n.title, x.changes, n.address AS url,
  b.id AS old_article, n.id AS new_article, x.id AS edit
FROM edits x
  JOIN articles b ON b.row = x.old
  JOIN articles n ON n.row = x.new
  LEFT JOIN outlets o ON o.row = n.outlet
WHERE x.silent = 1""",
    # what the search index holds: words, and marks to filter by (outlet, day, month, kind, certainty), each mark one word
    """CREATE VIEW attribution_index AS
SELECT s.row AS row, s.reading AS reading, s.content AS content, s.source AS source, coalesce(e.name, '') AS speaker,
  'o' || coalesce(a.outlet, 0) || ' d' || replace(a.day, '-', '') || ' m' || replace(substr(a.day, 1, 7), '-', '') || ' k' || s.kind
  || ' c' || replace(replace(s.certainty, '+', 'p'), '-', 'm') AS marks
FROM attributions s
  JOIN readings r ON r.row = s.reading AND r.current = 1
  JOIN articles a ON a.row = r.article
  LEFT JOIN entities e ON e.row = s.speaker""",
    """CREATE VIEW article_index AS
SELECT a.row AS row, a.text AS text,
  'o' || coalesce(a.outlet, 0) || ' d' || replace(a.day, '-', '') || ' m' || replace(substr(a.day, 1, 7), '-', '') || ' all' AS marks
FROM articles a""",
)

TOKENS = "tokenize = 'unicode61 remove_diacritics 2', columnsize = 0"
SEARCH_SQLITE = (
    f"""CREATE VIRTUAL TABLE attribution_words USING fts5(content, source, speaker, marks,
  content = 'attribution_index', content_rowid = 'row', {TOKENS})""",
    f"CREATE VIRTUAL TABLE article_words USING fts5(text, marks, content = 'article_index', content_rowid = 'row', {TOKENS})",
    "CREATE VIRTUAL TABLE id_words USING fts5(ids, content = '', detail = none, columnsize = 0)",
    *(
        f"INSERT INTO {table} ({table}, rank) VALUES ('{setting}', {value})"
        for table in ("attribution_words", "article_words", "id_words")
        for setting, value in (
            ("hashsize", 2**24),
            ("automerge", 8),
        )  # bytes: a batch is one segment; fewer, larger merges
    ),
)
SMALL = ("attributions", "entities", "events", "figures", "dates", "places", "conditions", "findings")
SEARCH_POSTGRESQL = (
    *(f"CREATE INDEX {table}_id ON {table} (id)" for table in (*SMALL, "readings")),
    "CREATE INDEX attributions_reading ON attributions (reading)",
    "CREATE TABLE attribution_words (row BIGINT PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX attribution_words_words ON attribution_words USING gin (words)",
    "CREATE TABLE article_words (row BIGINT PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX article_words_words ON article_words USING gin (words)",
)
