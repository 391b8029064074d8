//! Customers: found by their aliases, created once, merged and separated again.

use async_trait::async_trait;

use crate::domain::{Alias, Heard, Resemblance, Sealed, WrappedKey};
use crate::error::Result;
use crate::id::{AgentId, ContactId, TenantId};
use crate::time::Timestamp;

/// A customer as the store keeps one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRecord {
    /// Who.
    pub id: ContactId,
    /// Of which company.
    pub tenant: TenantId,
    /// The key their data is sealed under, wrapped.
    pub key: WrappedKey,
    /// What is known of them, sealed under that key.
    pub profile: Sealed,
}

/// A customer to find, or to create as proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolve {
    /// What was heard of them.
    pub heard: Heard,
    /// The customer to create when nobody is meant who is known.
    pub proposed: ContactRecord,
}

/// Who was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The customer: the survivor, when who was found is merged into another.
    pub contact: ContactRecord,
    /// Whether they were created just now.
    pub created: bool,
    /// From whom an address passed to them.
    pub taken_from: Vec<ContactId>,
    /// Who was merged into them, because the channel says that they are one.
    pub merged: Vec<ContactId>,
    /// Who may be the same person: noted for somebody to look at.
    pub candidates: Vec<ContactId>,
}

/// One person: a customer, and those who were merged into them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The survivor.
    pub id: ContactId,
    /// All of them, in the order of their ids; the survivor too.
    pub members: Vec<ContactId>,
    /// How they are and were reached, in no order.
    pub aliases: Vec<BoundAlias>,
}

/// An alias that is or was a customer's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BoundAlias {
    /// The customer.
    pub contact: ContactId,
    /// The alias.
    pub alias: Alias,
    /// Since when.
    pub since: Timestamp,
    /// Until when; `None`: it still is.
    pub until: Option<Timestamp>,
}

/// Two customers to be made one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The company.
    pub tenant: TenantId,
    /// Who survives.
    pub into: ContactId,
    /// Who is from now on found as `into`.
    pub from: ContactId,
    /// Who decided it; `None`: the channel said so.
    pub by: Option<AgentId>,
    /// When.
    pub at: Timestamp,
}

/// A merge that was made, and whether it was undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// What was merged: the survivors of the two customers that were named.
    pub merge: Merge,
    /// Who undid it, and when.
    pub undone: Option<(AgentId, Timestamp)>,
}

/// Two customers who may be one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The two, the lower id first: the survivors, as they are now.
    pub pair: (ContactId, ContactId),
    /// Why.
    pub why: Resemblance,
    /// Since when.
    pub at: Timestamp,
}

/// Finds customers.
///
/// - Two who resolve at once get one customer.
/// - An address never changes its customer by being heard again.
/// - A new address of a known customer is bound to them.
/// - The most certain address decides between two customers.
/// - A number that is heard with another id of the channel's passes to a new customer.
/// - What was heard before a number passed on does not take it back.
/// - What is heard late is of who held it then.
/// - Who had a number before somebody else came to have it is not merged with them.
/// - Two who may be one are candidates until somebody decides.
/// - Who changed their number stays the customer they were.
/// - Whom somebody has kept apart or separated, no channel merges.
/// - Who is merged is found as the survivor.
/// - A merge is undone as if it had never been.
/// - Two with open conversations on one number of the business are not merged.
/// - Persons have one open conversation on each number of the business.
/// - What was claimed of who is separated meanwhile goes into no conversation of the others.
/// - The link of a merged customer is that of the survivor.
/// - Customers are found by what they hold now.
/// - Customers of one company are unknown to another.
#[async_trait]
pub trait Directory {
    /// Finds or creates the customers, in order, as [`identify`](crate::domain::identify) says,
    /// with all that follows for who holds which alias.
    ///
    /// Whom the channel says are one is merged, unless both have an open conversation on one
    /// number of the business: then they are candidates.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable); none was created.
    async fn resolve(&self, requests: Vec<Resolve>) -> Result<Vec<Resolution>>;

    /// The customer, if there is one.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn contact(&self, id: ContactId) -> Result<Option<ContactRecord>>;

    /// The customers who hold one of the aliases now, each once, in the order of their ids.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn held_by(&self, tenant: &TenantId, aliases: &[Alias]) -> Result<Vec<ContactId>>;

    /// The person that the customer is, if there is such a customer.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn person(&self, contact: ContactId) -> Result<Option<Person>>;

    /// Makes one of the two persons that the named customers are. No row of theirs moves: who
    /// is merged is found as the survivor, and what they said stays in the conversations that
    /// it was said in, sealed as it was.
    ///
    /// # Errors
    ///
    /// Nothing was changed, and:
    /// - [`NotFound`](crate::ErrorKind::NotFound): there is no such customer of the company;
    /// - [`Duplicate`](crate::ErrorKind::Duplicate): they are one already;
    /// - [`Conflict`](crate::ErrorKind::Conflict): both have an open conversation on the same
    ///   number of the business.
    async fn merge(&self, merge: Merge) -> Result<()>;

    /// Separates `from` from whom they were merged into.
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) when the customer is not of the company or not
    /// merged; nothing was changed.
    async fn undo_merge(
        &self,
        tenant: &TenantId,
        from: ContactId,
        by: &AgentId,
        at: Timestamp,
    ) -> Result<()>;

    /// The merges that a customer had part in, undone ones too, the oldest first.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn merges(&self, contact: ContactId) -> Result<Vec<Merged>>;

    /// Up to `limit` pairs of customers of a company who may be one person, the oldest first:
    /// about which nobody has decided.
    ///
    /// # Errors
    ///
    /// [`Unavailable`](crate::ErrorKind::Unavailable).
    async fn candidates(&self, tenant: &TenantId, limit: usize) -> Result<Vec<Candidate>>;

    /// Notes that two customers are two persons: they are no candidates any more, whatever is
    /// heard.
    ///
    /// # Errors
    ///
    /// Nothing was changed, and:
    /// - [`NotFound`](crate::ErrorKind::NotFound): there is no such customer of the company;
    /// - [`Duplicate`](crate::ErrorKind::Duplicate): they are one already.
    async fn keep_apart(
        &self,
        tenant: &TenantId,
        pair: (ContactId, ContactId),
        by: &AgentId,
        at: Timestamp,
    ) -> Result<()>;
}
