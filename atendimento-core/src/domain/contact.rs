//! Who a customer is: one person, reached by one or more addresses.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::BlindIndex;
use crate::id::AccountId;

/// An address of a customer, in clear. Personal: sealed before it is stored, never logged.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Identity {
    /// The channel's id for the person, above the ids within each business of a group of them.
    Parent(String),
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
            Self::Parent(_) => AliasKind::Parent,
            Self::User(_) => AliasKind::User,
            Self::Phone(_) => AliasKind::Observed,
            Self::Group(_) => AliasKind::Group,
        }
    }

    /// The address as the channel writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Parent(id) | Self::User(id) | Self::Phone(id) | Self::Group(id) => id,
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
    /// The channel's id for the person above those within each business.
    Parent,
    /// The channel's id for the person within this business.
    User,
    /// A phone number as the channel observed it, digit by digit.
    Observed,
    /// A phone number in [canonical form](crate::domain::phone::Phone::key).
    Phone,
    /// A group.
    Group,
}

impl AliasKind {
    /// Whether it is the channel's own id for one person, which passes to nobody else.
    pub fn is_id(self) -> bool {
        match self {
            Self::Parent | Self::User => true,
            Self::Observed | Self::Phone | Self::Group => false,
        }
    }

    /// Whether it is a phone number, which may pass to somebody else.
    pub fn is_number(self) -> bool {
        match self {
            Self::Observed | Self::Phone => true,
            Self::Parent | Self::User | Self::Group => false,
        }
    }
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
    /// How the customer is reached, the most certain kind first, and of one kind the latest
    /// last.
    pub identities: Vec<Identity>,
    /// How the customer was reached until now, when the channel tells that it has changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Identity>,
    /// From where the customer wrote last, by the number of the business that they wrote to: an
    /// answer goes there, digit by digit.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub observed: BTreeMap<AccountId, Identity>,
    /// What else the channel tells of the customer, under the channel's own words; never a key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
}

impl Profile {
    /// Where an answer from `account` goes, among the addresses that the customer still has:
    /// where they wrote from last, else another number or group, else the channel's id.
    ///
    /// ```
    /// use atendimento_core::domain::{Identity, Profile};
    ///
    /// let user = Identity::User("BR.1".into());
    /// let phone = Identity::Phone("551188887777".into());
    /// let known = Profile { identities: vec![user.clone(), phone.clone()], ..Profile::default() };
    /// assert_eq!(known.address(&"1".into(), |_| true), Some(&phone));
    /// // The number is somebody else's now.
    /// assert_eq!(known.address(&"1".into(), |it| *it != phone), Some(&user));
    /// ```
    pub fn address(
        &self,
        account: &AccountId,
        is_theirs: impl Fn(&Identity) -> bool,
    ) -> Option<&Identity> {
        let observed = self.observed.get(account).into_iter();
        let (ids, others): (Vec<_>, Vec<_>) =
            self.identities.iter().partition(|identity| identity.kind().is_id());
        // Of the ids, the one within this business is what is written to.
        observed
            .chain(others.into_iter().rev())
            .chain(ids.into_iter().rev())
            .find(|it| is_theirs(it))
    }

    /// What is heard here of a customer who wrote to `account`.
    #[must_use]
    pub fn heard_on(mut self, account: &AccountId) -> Self {
        let from = self.identities.iter().rfind(|identity| !identity.kind().is_id());
        if let Some(from) = from.cloned() {
            self.observed.insert(account.clone(), from);
        }
        self
    }

    /// What is known when `newer` is heard as well: the newer name and details, and every address
    /// but those that the channel says are former.
    #[must_use]
    pub fn merged(&self, newer: &Self) -> Self {
        let is_former = |it: &Identity| newer.former.contains(it) && !newer.identities.contains(it);
        let mut identities = self.identities.clone();
        for identity in &newer.identities {
            if !identities.contains(identity) {
                identities.push(identity.clone());
            }
        }
        identities.retain(|identity| !is_former(identity));
        identities.sort_by_key(Identity::kind);
        let mut observed = self.observed.clone();
        observed.extend(newer.observed.clone());
        observed.retain(|_, identity| !is_former(identity));
        let mut details = self.details.clone();
        details.extend(newer.details.clone());
        Self {
            name: newer.name.clone().or_else(|| self.name.clone()),
            identities,
            former: Vec::new(),
            observed,
            details,
        }
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

    fn heard(identities: &[&Identity]) -> Profile {
        let identities = identities.iter().copied().cloned().collect();
        Profile { identities, ..Profile::default() }
    }

    fn everything(_: &Identity) -> bool {
        true
    }

    #[test]
    fn an_answer_goes_to_where_the_customer_wrote_from_last() {
        let user = Identity::User("BR.1".into());
        let old = Identity::Phone("551199990001".into());
        let new = Identity::Phone("5511999990001".into());
        let (shop, service) = (AccountId::from("1"), AccountId::from("2"));
        let known = heard(&[&user]);
        assert_eq!(known.address(&shop, everything), Some(&user));

        let known = known.merged(&heard(&[&old]).heard_on(&shop));
        let known = known.merged(&heard(&[&user, &new]).heard_on(&service));
        assert_eq!(known.identities, [user.clone(), old.clone(), new.clone()]);
        assert_eq!(known.address(&shop, everything), Some(&old));
        assert_eq!(known.address(&service, everything), Some(&new));
        // A number that never heard of them takes the latest.
        assert_eq!(known.address(&"3".into(), everything), Some(&new));
        // What is no longer theirs is not written to.
        assert_eq!(known.address(&shop, |it| *it != old), Some(&new));
        assert_eq!(known.address(&shop, |it| *it == user), Some(&user));
        assert_eq!(known.address(&shop, |_| false), None);
    }

    #[test]
    fn what_the_channel_says_is_former_is_forgotten() {
        let [old, new] = ["5511999990001", "5521999990002"].map(|it| Identity::Phone(it.into()));
        let known = heard(&[&old]).heard_on(&"1".into());
        let changed = Profile { former: vec![old.clone()], ..heard(&[&new]) };
        let known = known.merged(&changed);
        assert_eq!((&known.identities[..], &known.former[..]), (&[new.clone()][..], &[][..]));
        assert_eq!(known.address(&"1".into(), everything), Some(&new));
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
