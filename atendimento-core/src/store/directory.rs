//! Customers: found by their aliases, created once.

use async_trait::async_trait;

use crate::domain::{Alias, Sealed, WrappedKey};
use crate::error::Result;
use crate::id::{ContactId, TenantId};

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
    /// The addresses heard, the most certain first; never empty.
    pub aliases: Vec<Alias>,
    /// The customer to create when no address is known.
    pub proposed: ContactRecord,
}

/// Whom the addresses belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The customer.
    pub contact: ContactRecord,
    /// Whether they were created just now.
    pub created: bool,
    /// Other customers to whom one of the addresses belongs: candidates for a merge, which a
    /// person decides.
    pub conflicting: Vec<ContactId>,
}

/// Finds customers.
///
/// - Two who resolve at once get one customer.
/// - An address never changes its customer by being heard again.
/// - A new address of a known customer is bound to them.
/// - The most certain address decides between two customers.
/// - Customers of one company are unknown to another.
#[async_trait]
pub trait Directory {
    /// Finds or creates the customers, in order.
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
}
