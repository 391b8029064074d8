//! How values of the domain are kept in columns, and read back.

use rusqlite::Row;
use rusqlite::types::FromSql;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::{Alias, AliasKind, BlindIndex, Direction, Fingerprint, Presence, Sealed};
use crate::id::{AccountId, AgentId, ContactId, TenantId};
use crate::store::JobKind;
use crate::store::sqlite::failure::Failure;
use crate::time::Timestamp;

/// A row, read column by column from the left.
pub(super) struct Columns<'a> {
    row: &'a Row<'a>,
    next: usize,
}

impl<'a> Columns<'a> {
    pub(super) fn of(row: &'a Row<'a>) -> Self {
        Self { row, next: 0 }
    }

    pub(super) fn get<T: FromSql>(&mut self) -> Result<T, Failure> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    pub(super) fn id<T>(&mut self, from_bytes: impl FnOnce([u8; 16]) -> T) -> Result<T, Failure> {
        self.get().map(from_bytes)
    }

    pub(super) fn number(&mut self) -> Result<u64, Failure> {
        self.get::<i64>().map(i64::cast_unsigned)
    }

    pub(super) fn moment(&mut self) -> Result<Timestamp, Failure> {
        self.get().map(Timestamp::from_millis)
    }

    pub(super) fn optional_moment(&mut self) -> Result<Option<Timestamp>, Failure> {
        let millis: Option<i64> = self.get()?;
        Ok(millis.map(Timestamp::from_millis))
    }

    pub(super) fn sealed(&mut self) -> Result<Sealed, Failure> {
        self.get().map(Sealed::new)
    }

    pub(super) fn fingerprint(&mut self) -> Result<Fingerprint, Failure> {
        self.get().map(Fingerprint::new)
    }

    pub(super) fn contact(&mut self) -> Result<ContactId, Failure> {
        self.id(ContactId::from_bytes)
    }

    pub(super) fn tenant(&mut self) -> Result<TenantId, Failure> {
        self.get::<String>().map(TenantId::new)
    }

    pub(super) fn account(&mut self) -> Result<AccountId, Failure> {
        self.get::<String>().map(AccountId::new)
    }

    pub(super) fn optional_agent(&mut self) -> Result<Option<AgentId>, Failure> {
        Ok(self.get::<Option<String>>()?.map(AgentId::new))
    }

    pub(super) fn alias(&mut self) -> Result<Alias, Failure> {
        let kind = match self.get::<String>()?.as_str() {
            "parent" => AliasKind::Parent,
            "user" => AliasKind::User,
            "observed" => AliasKind::Observed,
            "phone" => AliasKind::Phone,
            "group" => AliasKind::Group,
            _ => return Err(Failure::Unreadable),
        };
        Ok(Alias { kind, index: self.id(BlindIndex::new)? })
    }

    pub(super) fn agent(&mut self) -> Result<AgentId, Failure> {
        self.get::<String>().map(AgentId::new)
    }

    pub(super) fn json<T: DeserializeOwned>(&mut self) -> Result<T, Failure> {
        let text: String = self.get()?;
        Ok(serde_json::from_str(&text)?)
    }

    pub(super) fn direction(&mut self) -> Result<Direction, Failure> {
        match self.get::<String>()?.as_str() {
            "inbound" => Ok(Direction::Inbound),
            "outbound" => Ok(Direction::Outbound),
            "internal" => Ok(Direction::Internal),
            _ => Err(Failure::Unreadable),
        }
    }

    pub(super) fn presence(&mut self) -> Result<Presence, Failure> {
        match self.get::<String>()?.as_str() {
            "available" => Ok(Presence::Available),
            "away" => Ok(Presence::Away),
            "break" => Ok(Presence::Break),
            "unresponsive" => Ok(Presence::Unresponsive),
            "offline" => Ok(Presence::Offline),
            _ => Err(Failure::Unreadable),
        }
    }
}

/// A count as SQLite keeps one; read back by [`Columns::number`].
pub(super) fn number(count: u64) -> i64 {
    count.cast_signed()
}

/// A limit as SQLite takes one.
pub(super) fn limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

pub(super) fn json(value: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string(value)?)
}

pub(super) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "inbound",
        Direction::Outbound => "outbound",
        Direction::Internal => "internal",
    }
}

pub(super) fn presence(presence: Presence) -> &'static str {
    match presence {
        Presence::Available => "available",
        Presence::Away => "away",
        Presence::Break => "break",
        Presence::Unresponsive => "unresponsive",
        Presence::Offline => "offline",
    }
}

pub(super) fn alias_kind(kind: AliasKind) -> &'static str {
    match kind {
        AliasKind::Parent => "parent",
        AliasKind::User => "user",
        AliasKind::Observed => "observed",
        AliasKind::Phone => "phone",
        AliasKind::Group => "group",
    }
}

pub(super) fn job_kind(kind: JobKind) -> &'static str {
    match kind {
        JobKind::Send => "send",
        JobKind::Crm => "crm",
    }
}
