//! No statement looks at more of a table than it needs.

use rusqlite::Connection;

use crate::store::sqlite::connection::open_writer;
use crate::store::sqlite::schema::migrate;
use crate::store::sqlite::{
    commit, configuration, directory, inbox, lanes, outbox, queries, roster,
};

const STATEMENTS: &[&str] = &[
    inbox::APPEND,
    inbox::CLAIM_STATE,
    inbox::OLDEST,
    inbox::OLDEST_PLACE,
    inbox::CLAIM,
    inbox::GIVE_BACK,
    inbox::REMOVE_SPLIT,
    inbox::FORGET_TRIED,
    inbox::QUARANTINE,
    inbox::TAKE_IN,
    inbox::TAKEN_BEFORE,
    inbox::KEEP_ORPHAN,
    inbox::KEEP_NOTICE,
    lanes::NEXT_DUE,
    lanes::NEXT_IN_LINE,
    lanes::CLAIM,
    lanes::OLDEST_ENTRY,
    lanes::GIVE_BACK,
    lanes::TAKE_ENTRY,
    lanes::LEAVE_ENTRY,
    lanes::NEXT_TURN,
    lanes::JOIN_LINE,
    lanes::ADD_ENTRY,
    lanes::BURY,
    commit::KNOWN,
    commit::OPEN_OF_PERSON,
    commit::ONE_PERSON,
    commit::LATEST_OF_PERSON,
    commit::BEGIN,
    commit::CHANGE,
    commit::NEXT_PROTOCOL,
    commit::ADD_MESSAGE,
    commit::RECORD,
    commit::EXPLAIN,
    commit::ADVANCE,
    commit::NAME,
    commit::WAKE,
    commit::WOKEN,
    commit::REVOKE,
    commit::REPLACE,
    commit::ADD_STATUS,
    commit::LINK,
    commit::SET_PROFILE,
    outbox::CLAIM,
    outbox::START,
    outbox::RETRY,
    outbox::AWAIT,
    outbox::FINISH,
    outbox::PROMOTE,
    outbox::ADD,
    directory::CONTACT,
    directory::ADD_CONTACT,
    directory::HOLDER,
    directory::HELD_THEN,
    directory::KEPT_APART,
    directory::SEPARATED,
    directory::IDS,
    directory::BIND,
    directory::RELEASE,
    directory::KEEP_FORMER,
    directory::PERSON,
    directory::HELD_BY,
    directory::MEMBERS,
    directory::HELD,
    directory::FORMERLY_HELD,
    directory::BOTH_OPEN,
    directory::MERGE_INTO,
    directory::JOIN,
    directory::JOIN_CONVERSATIONS,
    directory::LOG_MERGE,
    directory::SEPARATE,
    directory::SPLIT_OFF,
    directory::SPLIT_OFF_CONVERSATIONS,
    directory::LOG_UNDONE,
    directory::MERGES,
    directory::NOTE,
    directory::CANDIDATES,
    directory::SETTLE,
    roster::NEXT_CHANGE,
    roster::ENROLL,
    roster::FORGET_CAPACITY,
    roster::SET_CAPACITY,
    roster::KEEP_PRESENCE,
    roster::SET_PRESENCE,
    roster::PRESENCES,
    roster::AGENT,
    roster::CHANGED_AGENTS,
    roster::LOADS,
    roster::RESERVE,
    roster::FORCE,
    roster::GIVE_BACK,
    roster::TOUCH,
    roster::ANSWERED,
    roster::MISSED,
    roster::KEEP_GIVEN_UP,
    roster::GIVE_UP_ON,
    configuration::PUBLISH,
    configuration::VERSIONS,
    queries::CONVERSATION,
    queries::LATEST_CONVERSATION,
    queries::OPEN,
    queries::WAITING,
    queries::LISTED,
    queries::COUNTED,
    queries::LISTED_OF_PERSON,
    queries::COUNTED_OF_PERSON,
    queries::BY_PROTOCOL,
    queries::IN_LINE,
    queries::EXPLANATIONS,
    queries::JOURNAL_END,
    queries::OWNED,
    queries::OFFERED,
    queries::DUE,
    queries::MESSAGES,
    queries::MESSAGE,
    queries::MESSAGE_BY_REMOTE,
    queries::CALLED,
    queries::EDITS,
    queries::LANE_BY_REMOTE,
    queries::CRM_LINK,
    queries::CRM_LINK_OF_MERGED,
    queries::ORPHANS,
    queries::IS_REVOKED,
    queries::STATUSES,
    queries::JOURNAL,
    queries::NOTICES,
    queries::QUARANTINED,
    queries::DEAD_LETTERS,
];

#[test]
fn no_statement_scans_a_table_or_sorts() {
    let folder = tempfile::tempdir().unwrap();
    let mut connection = open_writer(&folder.path().join("store.db")).unwrap();
    migrate(&mut connection).unwrap();

    for sql in STATEMENTS {
        let plan = plan(&connection, sql);
        let wasteful = plan.iter().any(|step| {
            // A list that was handed in, or made by the statement itself, is no table.
            let is_table = step != "SCAN CONSTANT ROW"
                && step != "SCAN members"
                && !step.starts_with("SCAN json_each");
            let scans = step.starts_with("SCAN") && is_table;
            scans || step.contains("TEMP B-TREE")
        });
        assert!(!wasteful, "{sql}\n{plan:#?}");
    }
}

#[test]
fn every_statement_of_the_sources_is_looked_at() {
    let sources = [
        include_str!("inbox.rs"),
        include_str!("lanes.rs"),
        include_str!("commit.rs"),
        include_str!("outbox.rs"),
        include_str!("directory.rs"),
        include_str!("roster.rs"),
        include_str!("configuration.rs"),
        include_str!("queries.rs"),
    ];

    let written: usize =
        sources.iter().map(|source| source.matches("pub(super) const ").count()).sum();
    assert_eq!(written, STATEMENTS.len());
}

fn plan(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let nothing = vec![rusqlite::types::Null; statement.parameter_count()];
    let rows = statement.query_map(rusqlite::params_from_iter(nothing), |row| row.get(3));
    rows.unwrap().map(Result::unwrap).collect()
}
