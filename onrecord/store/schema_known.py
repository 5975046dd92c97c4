"""The tables and views of what many articles say together, as the second migration makes them. Released, so never edited.

One row of `resolved` an article says what became of its current reading; whatever lacks one waits to be resolved.
`share` and the keys of copies, stories and actors serve to find candidates; what the candidates are is in their own rows, as JSON.
"""

from __future__ import annotations

TABLES = (
    """CREATE TABLE resolved (
  article {number} PRIMARY KEY,
  reading BIGINT NOT NULL,
  moment TEXT NOT NULL,
  story BIGINT,
  copy_of BIGINT,
  copy_kind TEXT,
  copied_share {real},
  origin TEXT NOT NULL,
  origins TEXT NOT NULL,
  credits TEXT NOT NULL,
  prints {bytes} NOT NULL,
  features TEXT NOT NULL
)""",
    "CREATE INDEX resolved_reading ON resolved (reading)",
    "CREATE INDEX resolved_story ON resolved (story)",
    "CREATE INDEX resolved_copy ON resolved (copy_of) WHERE copy_of IS NOT NULL",
    "CREATE TABLE copy_keys (key BIGINT NOT NULL, article BIGINT NOT NULL, PRIMARY KEY (key, article)) {keyed}",
    "CREATE TABLE terms (term TEXT PRIMARY KEY, articles BIGINT NOT NULL) {keyed}",
    "CREATE TABLE origins (id TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL) {keyed}",
    """CREATE TABLE stories (
  row {row},
  id TEXT NOT NULL UNIQUE,
  title TEXT,
  first_moment TEXT NOT NULL,
  last_moment TEXT NOT NULL,
  articles BIGINT NOT NULL,
  merged_into BIGINT,
  sketch TEXT NOT NULL
)""",
    "CREATE INDEX stories_last ON stories (last_moment)",
    "CREATE TABLE story_keys (key TEXT NOT NULL, story BIGINT NOT NULL, PRIMARY KEY (key, story)) {keyed}",
    "CREATE INDEX story_keys_story ON story_keys (story)",
    """CREATE TABLE actors (
  row {row},
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  country TEXT,
  role TEXT,
  articles BIGINT NOT NULL,
  same_as BIGINT,
  names TEXT NOT NULL,
  profile TEXT NOT NULL
)""",
    "CREATE INDEX actors_same ON actors (same_as) WHERE same_as IS NOT NULL",
    "CREATE TABLE actor_keys (key TEXT NOT NULL, actor BIGINT NOT NULL, PRIMARY KEY (key, actor)) {keyed}",
    "CREATE INDEX actor_keys_actor ON actor_keys (actor)",
    "CREATE TABLE entity_actors (entity {number} PRIMARY KEY, actor BIGINT NOT NULL, score {real} NOT NULL)",
    "CREATE INDEX entity_actors_actor ON entity_actors (actor)",
    """CREATE TABLE judgements (
  row {row},
  id TEXT NOT NULL UNIQUE,
  about TEXT NOT NULL,
  left_id TEXT NOT NULL,
  right_id TEXT NOT NULL,
  verdict TEXT,
  by_whom TEXT NOT NULL,
  made_when TEXT NOT NULL,
  score {real},
  reason TEXT NOT NULL
)""",
    "CREATE INDEX judgements_left ON judgements (left_id)",
    "CREATE INDEX judgements_right ON judgements (right_id)",
    """CREATE TABLE accounts (
  row {row},
  id TEXT NOT NULL UNIQUE,
  story BIGINT NOT NULL,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  state TEXT NOT NULL
)""",
    "CREATE INDEX accounts_story ON accounts (story)",
    "CREATE TABLE account_keys (story BIGINT NOT NULL, key TEXT NOT NULL, account BIGINT NOT NULL, PRIMARY KEY (story, key, account)) {keyed}",
    "CREATE INDEX account_keys_account ON account_keys (account)",
    """CREATE TABLE facts (
  kind TEXT NOT NULL,
  part BIGINT NOT NULL,
  number BIGINT NOT NULL,
  id TEXT NOT NULL,
  account BIGINT NOT NULL,
  article BIGINT NOT NULL,
  moment TEXT NOT NULL,
  stance TEXT NOT NULL,
  firmness TEXT NOT NULL,
  status TEXT NOT NULL,
  origin TEXT NOT NULL,
  speaker BIGINT,
  low {real},
  high {real},
  quoted INTEGER NOT NULL,
  words TEXT NOT NULL,
  words_at TEXT NOT NULL,
  PRIMARY KEY (kind, part, number)
) {keyed}""",
    "CREATE INDEX facts_account ON facts (account, moment)",
    "CREATE INDEX facts_article ON facts (article)",
    "CREATE INDEX facts_speaker ON facts (speaker, moment) WHERE speaker IS NOT NULL",
    """CREATE TABLE changes (
  row {row},
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  moment TEXT NOT NULL,
  story BIGINT,
  account BIGINT,
  article BIGINT NOT NULL,
  other BIGINT,
  words TEXT NOT NULL,
  record TEXT NOT NULL
)""",
    "CREATE INDEX changes_moment ON changes (moment)",
    "CREATE INDEX changes_story ON changes (story, moment)",
    "CREATE INDEX changes_article ON changes (article)",
    """CREATE TABLE grades (
  domain TEXT PRIMARY KEY,
  grade TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  made_when TEXT NOT NULL
) {keyed}""",
    """CREATE TABLE indicators (
  row {row},
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  definition TEXT NOT NULL,
  record TEXT NOT NULL,
  made_when TEXT NOT NULL,
  removed TEXT,
  state TEXT NOT NULL,
  why TEXT NOT NULL,
  missing TEXT NOT NULL
)""",
    """CREATE TABLE alerts (
  row {row},
  id TEXT NOT NULL UNIQUE,
  indicator BIGINT NOT NULL,
  crossing TEXT NOT NULL,
  origin TEXT NOT NULL,
  article BIGINT NOT NULL,
  made_when TEXT NOT NULL,
  record TEXT NOT NULL
)""",
    "CREATE INDEX alerts_article ON alerts (article)",
    "CREATE INDEX alerts_indicator ON alerts (indicator)",
    """CREATE TABLE indications (
  indicator BIGINT NOT NULL,
  article BIGINT NOT NULL,
  record TEXT NOT NULL,
  label TEXT NOT NULL,
  crossing TEXT NOT NULL,
  origin TEXT NOT NULL,
  moment TEXT NOT NULL,
  sentence TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (indicator, article, record, label)
) {keyed}""",
    "CREATE INDEX indications_article ON indications (article)",
    """CREATE TABLE deliveries (
  alert TEXT NOT NULL,
  channel TEXT NOT NULL,
  delivered TEXT NOT NULL,
  PRIMARY KEY (alert, channel)
) {keyed}""",
    """CREATE TABLE channels (
  row {row},
  id TEXT NOT NULL UNIQUE,
  address TEXT NOT NULL,
  added TEXT NOT NULL
)""",
)

VIEWS = (
    """CREATE VIEW stories_on_record AS
SELECT s.title, s.first_moment, s.last_moment, s.articles,
  (SELECT count(DISTINCT r.origin) FROM resolved r WHERE r.story = s.row) AS origins, s.id AS story
FROM stories s WHERE s.merged_into IS NULL""",
    """CREATE VIEW accounts_on_record AS
SELECT t.title AS story_title, a.kind, a.words, count(DISTINCT f.origin) AS origins, count(*) AS claims, min(f.low) AS lowest,
  max(f.high) AS highest, sum(CASE WHEN f.stance = 'denies' THEN 1 ELSE 0 END) AS denials, min(f.moment) AS first_seen,
  max(f.moment) AS last_seen, a.id AS account
FROM accounts a JOIN stories t ON t.row = a.story JOIN facts f ON f.account = a.row
GROUP BY a.row, a.id, a.kind, a.words, t.title""",
    """CREATE VIEW copies_on_record AS
SELECT o.name AS outlet, a.title, r.copy_kind AS kind, r.copied_share AS share, oo.name AS of_outlet, b.title AS of_title,
  a.id AS article, b.id AS of_article
FROM resolved r
  JOIN articles a ON a.row = r.article
  JOIN articles b ON b.row = r.copy_of
  LEFT JOIN outlets o ON o.row = a.outlet
  LEFT JOIN outlets oo ON oo.row = b.outlet""",
    """CREATE VIEW alerts_on_record AS
SELECT l.made_when, i.name AS indicator, l.crossing, a.title, coalesce(a.canonical_url, a.url) AS url, l.record, l.id AS alert
FROM alerts l JOIN indicators i ON i.row = l.indicator JOIN articles a ON a.row = l.article""",
    """CREATE VIEW changes_on_record AS
SELECT x.moment, x.kind, x.words, t.title AS story_title, o.name AS outlet, a.title, coalesce(a.canonical_url, a.url) AS url, x.id AS change
FROM changes x
  JOIN articles a ON a.row = x.article
  LEFT JOIN outlets o ON o.row = a.outlet
  LEFT JOIN stories t ON t.row = x.story""",
)
