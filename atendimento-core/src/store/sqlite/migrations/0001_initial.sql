-- Identifiers are 16 bytes, moments are milliseconds since 1970, versions and fences are
-- integers. Personal data arrives sealed.

-- What channels posted, in the order of `seq`. No other index, because that is what can be
-- made durable fastest.
CREATE TABLE envelopes (
    seq      INTEGER PRIMARY KEY,
    id       BLOB    NOT NULL,
    tenant   TEXT    NOT NULL,
    received INTEGER NOT NULL,
    body     BLOB    NOT NULL
) STRICT;

-- Who splits envelopes. Attempts are kept here and not with the envelopes, so that a claim
-- does not write their bodies again.
CREATE TABLE inbox (
    one        INTEGER PRIMARY KEY CHECK (one = 1),
    fence      INTEGER NOT NULL,
    free_at    INTEGER,           -- NULL: free
    tried_to   INTEGER NOT NULL,  -- the last envelope that was ever claimed
    claimed_to INTEGER NOT NULL,  -- the last envelope of the latest claim
    attempts   INTEGER NOT NULL   -- how often the first envelope of the latest claim was claimed
) STRICT;
INSERT INTO inbox VALUES (1, 0, NULL, 0, 0, 0);

CREATE TABLE quarantined (
    seq      INTEGER PRIMARY KEY,
    tenant   TEXT    NOT NULL,
    id       BLOB    NOT NULL,
    received INTEGER NOT NULL,
    reason   TEXT    NOT NULL,
    body     BLOB    NOT NULL
) STRICT;
CREATE INDEX quarantined_of_tenant ON quarantined (tenant, seq);

-- Every event that was ever taken: the judge of "it came before".
CREATE TABLE ledger (
    tenant      TEXT NOT NULL,
    dedupe      BLOB NOT NULL,
    fingerprint BLOB NOT NULL,
    PRIMARY KEY (tenant, dedupe)
) STRICT, WITHOUT ROWID;

CREATE TABLE orphans (
    seq         INTEGER PRIMARY KEY,
    id          BLOB    NOT NULL,
    tenant      TEXT    NOT NULL,
    remote      BLOB    NOT NULL,
    dedupe      BLOB    NOT NULL,
    fingerprint BLOB    NOT NULL,
    occurred    INTEGER NOT NULL,
    payload     BLOB    NOT NULL
) STRICT;
CREATE INDEX orphans_of_message ON orphans (tenant, remote, seq);
CREATE INDEX orphans_of_tenant ON orphans (tenant, seq);

CREATE TABLE notices (
    seq         INTEGER PRIMARY KEY,
    id          BLOB    NOT NULL,
    tenant      TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    dedupe      BLOB    NOT NULL,
    fingerprint BLOB    NOT NULL,
    received    INTEGER NOT NULL,
    contact     BLOB,              -- whose key seals it; NULL: the company's
    payload     BLOB    NOT NULL
) STRICT;
CREATE INDEX notices_of_tenant ON notices (tenant, seq);

-- Who is merged into whom is a tree; `person` is its root, kept for finding.
CREATE TABLE contacts (
    id          BLOB NOT NULL PRIMARY KEY,
    tenant      TEXT NOT NULL,
    person      BLOB NOT NULL REFERENCES contacts (id),
    merged_into BLOB          REFERENCES contacts (id),
    key         BLOB NOT NULL,
    profile     BLOB NOT NULL
) STRICT;
CREATE INDEX contacts_of_person ON contacts (person, id);
CREATE INDEX contacts_merged_into ON contacts (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE aliases (
    tenant  TEXT    NOT NULL,
    kind    TEXT    NOT NULL,
    idx     BLOB    NOT NULL,
    contact BLOB    NOT NULL REFERENCES contacts (id),
    since   INTEGER NOT NULL,
    PRIMARY KEY (tenant, kind, idx)
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_of_contact ON aliases (contact);

CREATE TABLE former_aliases (
    seq     INTEGER PRIMARY KEY,
    kind    TEXT    NOT NULL,
    idx     BLOB    NOT NULL,
    contact BLOB    NOT NULL REFERENCES contacts (id),
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL
) STRICT;
CREATE INDEX former_aliases_of_contact ON former_aliases (contact);
CREATE INDEX former_aliases_by_alias ON former_aliases (kind, idx, until);

CREATE TABLE merges (
    seq       INTEGER PRIMARY KEY,
    tenant    TEXT    NOT NULL,
    survivor  BLOB    NOT NULL REFERENCES contacts (id),
    absorbed  BLOB    NOT NULL REFERENCES contacts (id),
    by        TEXT,             -- NULL: the channel said so
    at        INTEGER NOT NULL,
    undone_by TEXT,
    undone_at INTEGER
) STRICT;
CREATE INDEX merges_into ON merges (survivor, seq);
CREATE INDEX merges_of ON merges (absorbed, seq);

-- Two who may be one, as they were noted: the lower id first.
CREATE TABLE candidates (
    seq        INTEGER PRIMARY KEY,
    tenant     TEXT    NOT NULL,
    one        BLOB    NOT NULL REFERENCES contacts (id),
    other      BLOB    NOT NULL REFERENCES contacts (id),
    why        TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    settled_by TEXT,
    settled_at INTEGER,
    UNIQUE (one, other)
) STRICT;
CREATE INDEX candidates_of_tenant ON candidates (tenant, seq) WHERE settled_by IS NULL;

CREATE TABLE lanes (
    contact       BLOB    NOT NULL REFERENCES contacts (id),
    account       TEXT    NOT NULL,
    fence         INTEGER NOT NULL,
    free_at       INTEGER,           -- the end of the lease or of a deferral; NULL: free
    turn          INTEGER,           -- the place in the line; NULL: no events wait
    last_sequence INTEGER NOT NULL,
    attempts      INTEGER NOT NULL,  -- how often the oldest event was claimed
    PRIMARY KEY (contact, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX lanes_in_line ON lanes (free_at, turn) WHERE turn IS NOT NULL;

CREATE TABLE turns (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    last INTEGER NOT NULL
) STRICT;
INSERT INTO turns VALUES (1, 0);

CREATE TABLE entries (
    seq         INTEGER PRIMARY KEY,
    id          BLOB    NOT NULL,
    tenant      TEXT    NOT NULL,
    contact     BLOB    NOT NULL,
    account     TEXT    NOT NULL,
    sequence    INTEGER NOT NULL,
    message     BLOB,              -- of which message it is a status; NULL: it is a message
    dedupe      BLOB    NOT NULL,
    fingerprint BLOB    NOT NULL,
    occurred    INTEGER NOT NULL,
    payload     BLOB    NOT NULL
) STRICT;
CREATE UNIQUE INDEX entries_of_lane ON entries (contact, account, sequence);

CREATE TABLE dead_letters (
    seq     INTEGER PRIMARY KEY,
    tenant  TEXT    NOT NULL,
    id      BLOB    NOT NULL,
    contact BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    reason  TEXT    NOT NULL,
    payload BLOB    NOT NULL
) STRICT;
CREATE INDEX dead_letters_of_tenant ON dead_letters (tenant, seq);

-- `state` is the truth; the other columns are what must be searched, guarded or given back.
CREATE TABLE conversations (
    seq          INTEGER PRIMARY KEY,
    id           BLOB    NOT NULL UNIQUE,
    tenant       TEXT    NOT NULL,
    contact      BLOB    NOT NULL REFERENCES contacts (id),
    person       BLOB    NOT NULL REFERENCES contacts (id), -- who the contact is
    account      TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    is_open      INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    queue        TEXT,              -- where it waits; NULL: it does not
    key          INTEGER,           -- its place there
    owner        TEXT,              -- who has it, and what that takes of their capacity
    owner_class  TEXT,
    owner_weight INTEGER,
    asked        TEXT,              -- who is asked to take it, and what is reserved for that
    asked_class  TEXT,
    asked_weight INTEGER,
    due          INTEGER,           -- when something about it changes by itself
    status       TEXT    NOT NULL,  -- the rest is for lists: how it stands,
    holder       TEXT,              -- whose it is,
    place        TEXT,              -- and where it waits, or waited last
    protocol     TEXT,
    state        TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX conversations_by_protocol ON conversations (tenant, protocol)
    WHERE protocol IS NOT NULL;
CREATE INDEX conversations_listed_of_person ON conversations (person, seq);
CREATE INDEX conversations_of_person ON conversations (person, account, is_open, seq);
CREATE UNIQUE INDEX conversations_open_of_person ON conversations (person, account)
    WHERE is_open = 1;
CREATE INDEX conversations_of_contact ON conversations (contact);
CREATE INDEX conversations_open ON conversations (tenant, seq) WHERE is_open = 1;
CREATE INDEX conversations_waiting ON conversations (tenant, queue, key, id)
    WHERE queue IS NOT NULL;
CREATE INDEX conversations_owned ON conversations (tenant, owner, seq) WHERE owner IS NOT NULL;
CREATE INDEX conversations_offered ON conversations (tenant, asked, seq) WHERE asked IS NOT NULL;
CREATE INDEX conversations_listed ON conversations (tenant, seq);
CREATE INDEX conversations_counted ON conversations (tenant, status);
CREATE INDEX conversations_in_line ON conversations (tenant)
    WHERE queue IS NOT NULL OR asked IS NOT NULL;
CREATE INDEX conversations_due ON conversations (due, id) WHERE due IS NOT NULL;

-- The last protocol number of each day.
CREATE TABLE protocols (
    tenant TEXT    NOT NULL,
    day    INTEGER NOT NULL,  -- YYYYMMDD
    last   INTEGER NOT NULL,
    PRIMARY KEY (tenant, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    seq          INTEGER PRIMARY KEY,
    id           BLOB    NOT NULL UNIQUE,
    conversation INTEGER NOT NULL REFERENCES conversations (seq),
    direction    TEXT    NOT NULL CHECK (direction IN ('inbound', 'outbound', 'internal')),
    written      INTEGER NOT NULL,
    content      BLOB    NOT NULL,
    remote       BLOB,
    remote_id    BLOB,
    delivery     TEXT,
    rank         INTEGER,           -- of `delivery`, to compare by
    edits        BLOB               -- of which message it is another version
) STRICT;
CREATE INDEX messages_of_conversation ON messages (conversation, seq);
CREATE INDEX messages_by_edited ON messages (edits) WHERE edits IS NOT NULL;
CREATE INDEX messages_by_remote ON messages (remote, seq) WHERE remote IS NOT NULL;

-- Messages that were revoked: what they said is gone, and is not stored when it comes later.
CREATE TABLE revoked (
    tenant TEXT NOT NULL,
    mark   BLOB NOT NULL,
    PRIMARY KEY (tenant, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE statuses (
    seq      INTEGER PRIMARY KEY,
    id       BLOB    NOT NULL,
    message  BLOB    NOT NULL,
    occurred INTEGER NOT NULL,
    payload  BLOB    NOT NULL
) STRICT;
CREATE INDEX statuses_of_message ON statuses (message, seq);

CREATE TABLE journal (
    seq          INTEGER PRIMARY KEY,
    tenant       TEXT    NOT NULL,
    conversation BLOB    NOT NULL,
    version      INTEGER NOT NULL,
    idx          INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    event        TEXT    NOT NULL
) STRICT;

-- Why routing decided as it did.
CREATE TABLE explanations (
    seq          INTEGER PRIMARY KEY,
    conversation BLOB    NOT NULL,
    version      INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    explanation  TEXT    NOT NULL
) STRICT;
CREATE INDEX explanations_of_conversation ON explanations (conversation, seq);

-- `head` marks the first job of its kind and lane: only that one can be claimed, so a claim
-- looks at no other.
CREATE TABLE jobs (
    seq          INTEGER PRIMARY KEY,
    conversation BLOB    NOT NULL,
    version      INTEGER NOT NULL,
    idx          INTEGER NOT NULL,
    tenant       TEXT    NOT NULL,
    kind         TEXT    NOT NULL CHECK (kind IN ('send', 'crm')),
    contact      BLOB    NOT NULL,
    account      TEXT    NOT NULL,
    effect       TEXT    NOT NULL,
    due          INTEGER NOT NULL,
    head         INTEGER NOT NULL CHECK (head IN (0, 1)),
    fence        INTEGER NOT NULL,
    free_at      INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    started      INTEGER,
    UNIQUE (conversation, version, idx)
) STRICT;
CREATE INDEX jobs_of_lane ON jobs (kind, contact, account, seq);
CREATE INDEX jobs_due ON jobs (kind, free_at, seq) WHERE head = 1;

CREATE TABLE crm_links (
    connection TEXT NOT NULL,
    contact    BLOB NOT NULL,
    tenant     TEXT NOT NULL,
    remote     TEXT NOT NULL,
    PRIMARY KEY (connection, contact)
) STRICT, WITHOUT ROWID;

-- Versions are added, never changed.
CREATE TABLE configurations (
    tenant         TEXT    NOT NULL,
    version        INTEGER NOT NULL,
    at             INTEGER NOT NULL,
    by             TEXT    NOT NULL,
    comment        TEXT    NOT NULL,
    rolled_back_to INTEGER,
    document       TEXT    NOT NULL,
    PRIMARY KEY (tenant, version)
) STRICT, WITHOUT ROWID;

-- `changed` is the number of the latest change, by which changes are read on.
CREATE TABLE agents (
    tenant        TEXT    NOT NULL,
    agent         TEXT    NOT NULL,
    profile       TEXT    NOT NULL,
    presence      TEXT    NOT NULL
        CHECK (presence IN ('available', 'away', 'break', 'unresponsive', 'offline')),
    epoch         INTEGER NOT NULL,
    missed        INTEGER NOT NULL,
    last_assigned INTEGER,
    changed       INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (tenant, agent)
) STRICT, WITHOUT ROWID;
CREATE INDEX agents_changed ON agents (tenant, changed);

-- Every change of presence, in the order in which they were made.
CREATE TABLE presences (
    seq      INTEGER PRIMARY KEY,
    tenant   TEXT    NOT NULL,
    agent    TEXT    NOT NULL,
    presence TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    FOREIGN KEY (tenant, agent) REFERENCES agents (tenant, agent)
) STRICT;
CREATE INDEX presences_of_tenant ON presences (tenant, seq);

CREATE TABLE roster (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    changes INTEGER NOT NULL
) STRICT;
INSERT INTO roster VALUES (1, 0);

-- No check of `used` against `capacity`: capacity may be lowered while the agent has more, and
-- what is forced goes beyond it.
CREATE TABLE agent_loads (
    tenant   TEXT    NOT NULL,
    agent    TEXT    NOT NULL,
    class    TEXT    NOT NULL,
    capacity INTEGER NOT NULL,
    used     INTEGER NOT NULL CHECK (used >= 0),
    PRIMARY KEY (tenant, agent, class),
    FOREIGN KEY (tenant, agent) REFERENCES agents (tenant, agent)
) STRICT, WITHOUT ROWID;
