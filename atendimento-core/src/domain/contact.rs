//! Who a customer is: one person, reached by one or more addresses.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::BlindIndex;

/// An address of a customer, in clear. Personal: sealed before it is stored, never logged.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Identity {
    /// The channel's own id for the person within this business; never a phone number.
    User(String),
    /// The phone number as the channel observed it: digits with the country code.
    Phone(String),
    /// A group that is served like one customer.
    Group(String),
}

impl Identity {
    /// What kind of address it is.
    pub fn kind(&self) -> AliasKind {
        match self {
            Self::User(_) => AliasKind::User,
            Self::Phone(_) => AliasKind::Phone,
            Self::Group(_) => AliasKind::Group,
        }
    }

    /// The address as the channel writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::User(id) | Self::Phone(id) | Self::Group(id) => id,
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity::{:?}(…)", self.kind())
    }
}

/// What kind of address an alias stands for, the most certain first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AliasKind {
    /// The channel's id for the person within this business.
    User,
    /// A phone number.
    Phone,
    /// A group.
    Group,
}

/// An address as the store keeps it: its kind and a keyed hash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alias {
    /// What kind of address.
    pub kind: AliasKind,
    /// The keyed hash to find it by.
    pub index: BlindIndex,
}

/// What is known of a customer. Personal: sealed before it is stored, never logged.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// The name the customer chose to show.
    pub name: Option<String>,
    /// How the customer is reached, the most certain first.
    pub identities: Vec<Identity>,
    /// What else the channel tells of the customer, under the channel's own words; never a key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
}

impl Profile {
    /// Where an answer goes: the phone number when one is known, else the most certain address.
    pub fn address(&self) -> Option<&Identity> {
        self.identities
            .iter()
            .find(|identity| identity.kind() != AliasKind::User)
            .or_else(|| self.identities.first())
    }

    /// What is known when `newer` is heard as well: the newer name and details, and every address.
    #[must_use]
    pub fn merged(&self, newer: &Self) -> Self {
        let mut identities = self.identities.clone();
        for identity in &newer.identities {
            if !identities.contains(identity) {
                identities.push(identity.clone());
            }
        }
        identities.sort_by_key(Identity::kind);
        let mut details = self.details.clone();
        details.extend(newer.details.clone());
        Self { name: newer.name.clone().or_else(|| self.name.clone()), identities, details }
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("identities", &self.identities.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_goes_to_the_phone_when_one_is_known() {
        let user = Identity::User("BR.1".into());
        let phone = Identity::Phone("5511999990001".into());
        let known = Profile { identities: vec![user.clone()], ..Profile::default() };

        assert_eq!(known.address(), Some(&user));
        let more = known.merged(&Profile { identities: vec![phone.clone()], ..Profile::default() });
        assert_eq!(more.address(), Some(&phone));
        assert_eq!(more.identities, [user, phone]);
    }

    #[test]
    fn debug_shows_no_person() {
        let profile = Profile {
            name: Some("Ana".into()),
            identities: vec![Identity::Phone("5511999990001".into())],
            ..Profile::default()
        };

        let shown = format!("{profile:?} {:?}", profile.identities);
        assert!(!shown.contains("Ana") && !shown.contains("5511999990001"), "{shown}");
    }
}
