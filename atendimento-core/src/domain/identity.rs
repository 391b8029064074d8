//! Who somebody is, from what is heard of them.
//!
//! A customer is found by the most certain thing that is heard: the channel's own ids, then the
//! address as it was observed, then the number in canonical form. A name is never one of them.
//! A store looks up who holds what ([`Holder`]) and makes true what [`identify`] answers, in one
//! transaction, so that each backend has the same rules.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::phone::{Phone, Strength};
use crate::domain::{Alias, AliasKind, Identity};
use crate::id::ContactId;
use crate::time::Timestamp;

/// Something that a customer is found by, in clear. Personal: hashed before it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Clue {
    /// What kind of thing.
    pub kind: AliasKind,
    /// The thing itself.
    pub text: String,
    /// Whether it says who it is, or only who it may be.
    pub strength: Strength,
}

impl std::fmt::Debug for Clue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Clue")
            .field("kind", &self.kind)
            .field("strength", &self.strength)
            .finish_non_exhaustive()
    }
}

impl Identity {
    /// What a customer with this address is found by.
    ///
    /// A number is found as it was observed, and in canonical form, which is the same with and
    /// without the ninth digit where that is certain; so that it passes on as a whole, also as
    /// it would be observed in its other form. What is no valid number is found as it was observed
    /// alone.
    ///
    /// ```
    /// use atendimento_core::domain::{AliasKind, Identity};
    ///
    /// let old = Identity::Phone("551188887777".into()).clues();
    /// let new = Identity::Phone("5511988887777".into()).clues();
    /// assert_eq!(old[1].kind, AliasKind::Phone);
    /// assert_eq!(old[1].text, new[1].text);
    /// // A landline is not the mobile with a 9 before the same digits.
    /// let landline = Identity::Phone("551131234567".into()).clues();
    /// let mobile = Identity::Phone("5511931234567".into()).clues();
    /// assert!(landline.iter().all(|clue| !mobile.contains(clue)));
    /// ```
    pub fn clues(&self) -> Vec<Clue> {
        let (kind, text) = (self.kind(), self.as_str().to_owned());
        let mut clues = vec![Clue { kind, text, strength: Strength::Strong }];
        if let Self::Phone(observed) = self
            && let Ok(phone) = Phone::of_wa_id(observed)
        {
            clues.extend(Clue::of_phone(&phone));
            let forms = phone.forms().filter(|form| form != observed);
            clues.extend(forms.map(|form| Clue {
                kind,
                text: form.to_owned(),
                strength: Strength::Strong,
            }));
        }
        clues
    }
}

impl Clue {
    /// What a customer with that number is found by.
    pub fn of_phone(phone: &Phone) -> Vec<Self> {
        let clue =
            |text: &str, strength| Self { kind: AliasKind::Phone, text: text.to_owned(), strength };
        let mut clues = vec![clue(phone.key(), Strength::Strong)];
        // A strong alias has the same key. A weak one may be another person's number.
        if let Some(alias) = phone.alias().filter(|alias| alias.strength == Strength::Weak) {
            clues.push(clue(&alias.digits, Strength::Weak));
        }
        clues
    }
}

/// What is heard of somebody at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// What they are found by; never empty.
    pub aliases: Vec<Alias>,
    /// What they may be found by: [weak](Strength::Weak), so that whoever holds it may be the
    /// same person, which only a person decides.
    pub hints: Vec<Alias>,
    /// What they were found by until now, says the channel.
    pub former: Vec<Alias>,
    /// When, by the channel's clock: what is heard late takes nothing back.
    pub at: Timestamp,
}

impl Heard {
    /// These addresses, heard at `at`.
    pub fn new(aliases: Vec<Alias>, at: Timestamp) -> Self {
        Self { aliases, hints: Vec::new(), former: Vec::new(), at }
    }

    /// Everything of which must be known who holds it.
    pub fn all(&self) -> impl Iterator<Item = &Alias> {
        self.aliases.iter().chain(&self.hints).chain(&self.former)
    }
}

/// Who held an alias when something was heard of it: what is told late was said by whoever had it
/// then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The customer that it is bound to.
    pub contact: ContactId,
    /// Who they are: the survivor, when they were merged into another; otherwise the same.
    pub person: ContactId,
    /// Since when, by the channel's clock.
    pub since: Timestamp,
    /// Until when, which is later than what was heard; `None`: they hold it still.
    pub until: Option<Timestamp>,
    /// The channel's own ids of the person: of kind [`AliasKind::Parent`] and
    /// [`AliasKind::User`].
    pub ids: BTreeSet<Alias>,
}

/// Why two customers may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Resemblance {
    /// The channel named an address of the one together with an address of the other.
    SharedAddress,
    /// Their numbers may be two ways to write one.
    WeakAlias,
    /// The channel says that the one became the other, and something speaks against it.
    NumberChanged,
}

/// What is heard, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identified {
    /// The customer; `None`: nobody who is known.
    pub who: Option<Holder>,
    /// What is bound to them: nobody holds it.
    pub bind: Vec<Alias>,
    /// What passes to them: who held it is another person, says the channel.
    pub take: Vec<Alias>,
    /// What they no longer hold.
    pub end: Vec<Alias>,
    /// Persons who are they, says the channel, and nothing speaks against it.
    pub merge: Vec<ContactId>,
    /// Persons who may be they; somebody must look.
    pub candidates: Vec<(ContactId, Resemblance)>,
}

/// Who it is, of whom `heard` was heard, and what follows for who holds what.
///
/// - The most certain alias decides.
/// - A number whose holder has another id of the channel's is another person's now: it passes
///   on, and nothing of the former holder is shown to the new one. Unless it was heard before
///   the holder got it.
/// - An address that belongs to somebody else in any other way stays theirs; both may be one.
/// - Whoever the channel says somebody was, they are. A number that they now have, and that
///   somebody had before, passes to them; that one is another, or may be they.
/// - What is heard late is of who held it then, and changes nothing of who holds it now.
pub fn identify(heard: &Heard, holders: &BTreeMap<Alias, Holder>) -> Identified {
    let aliases: BTreeSet<&Alias> = heard.aliases.iter().collect();
    let former: BTreeSet<&Alias> =
        heard.former.iter().filter(|alias| !aliases.contains(alias)).collect();
    let (ids, former_ids) = (ids_of(&aliases), ids_of(&former));

    let was = former
        .iter()
        .filter_map(|alias| Some((*alias, holders.get(alias)?)))
        .find(|(alias, holder)| holder.since <= heard.at && is_theirs(alias, holder, &former_ids))
        .map(|(_, holder)| holder);
    let is = || {
        let held = aliases.iter().filter_map(|alias| Some((*alias, holders.get(alias)?)));
        let mut theirs = held.filter(|(alias, holder)| is_theirs(alias, holder, &ids));
        theirs.next().map(|(_, holder)| holder)
    };
    let who = was.or_else(is);

    let mut all_ids = ids.clone();
    all_ids.extend(who.iter().flat_map(|holder| holder.ids.iter().cloned()));
    let mut identified = Identified { who: who.cloned(), ..Identified::default() };
    let another = |holder: &Holder| who.is_none_or(|who| who.person != holder.person);
    // Who had a number before somebody else came to have it is not that one: at the earliest they
    // wrote under it when the change was made.
    let had_before = |person: ContactId| {
        let held = aliases.iter().filter_map(|alias| holders.get(*alias));
        held.filter(|holder| holder.person == person).any(|holder| holder.since < heard.at)
    };
    let passes = |alias: &Alias, holder: &Holder| {
        alias.kind.is_number() && holder.until.is_none() && holder.since <= heard.at
    };
    for &alias in &aliases {
        match holders.get(alias) {
            None => identified.bind.push(alias.clone()),
            Some(holder) if !another(holder) => {}
            Some(holder) if was.is_some() => {
                let is_id_known = |id| ids.contains(id) || former_ids.contains(id);
                let is_known = match holder.ids.is_empty() {
                    true => !had_before(holder.person),
                    false => holder.ids.iter().all(is_id_known),
                };
                if is_known {
                    identified.merge.push(holder.person);
                } else {
                    identified.candidates.push((holder.person, Resemblance::NumberChanged));
                    identified.take.extend(passes(alias, holder).then(|| alias.clone()));
                }
            }
            Some(holder) if alias.kind.is_number() && differ(&all_ids, &holder.ids) => {
                identified.take.extend(passes(alias, holder).then(|| alias.clone()));
            }
            Some(holder) => {
                identified.candidates.push((holder.person, Resemblance::SharedAddress));
            }
        }
    }
    for holder in heard.hints.iter().filter_map(|hint| holders.get(hint)) {
        if another(holder) && !differ(&all_ids, &holder.ids) {
            identified.candidates.push((holder.person, Resemblance::WeakAlias));
        }
    }
    let is_ended = |it: &Holder| !another(it) && it.until.is_none() && it.since <= heard.at;
    let ended = former.into_iter().filter(|alias| holders.get(alias).is_some_and(is_ended));
    identified.end = ended.cloned().collect();
    identified.merge.sort();
    identified.merge.dedup();
    identified.candidates.retain(|(person, _)| !identified.merge.contains(person));
    identified.candidates.sort();
    identified.candidates.dedup_by_key(|(person, _)| *person);
    identified
}

fn ids_of(aliases: &BTreeSet<&Alias>) -> BTreeSet<Alias> {
    aliases.iter().filter(|alias| alias.kind.is_id()).map(|alias| (*alias).clone()).collect()
}

/// Whether who holds `alias` is the one of whom `ids` were heard with it.
fn is_theirs(alias: &Alias, holder: &Holder, ids: &BTreeSet<Alias>) -> bool {
    !(alias.kind.is_number() && differ(ids, &holder.ids))
}

/// Whether the channel's ids are of two persons: of the most certain kind that both have, none
/// is the same.
fn differ(these: &BTreeSet<Alias>, those: &BTreeSet<Alias>) -> bool {
    for kind in [AliasKind::Parent, AliasKind::User] {
        let of_kind = |ids: &BTreeSet<Alias>| -> BTreeSet<Alias> {
            ids.iter().filter(|id| id.kind == kind).cloned().collect()
        };
        let (these, those) = (of_kind(these), of_kind(those));
        if !these.is_empty() && !those.is_empty() {
            return these.is_disjoint(&those);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BlindIndex;
    use crate::domain::phone::AREA_CODES;

    const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);
    const EARLIER: Timestamp = Timestamp::from_seconds(1_699_999_999);

    fn alias(kind: AliasKind, number: u8) -> Alias {
        Alias { kind, index: BlindIndex::new([number; 16]) }
    }

    fn user(number: u8) -> Alias {
        alias(AliasKind::User, number)
    }

    fn phone(number: u8) -> Alias {
        alias(AliasKind::Phone, number)
    }

    fn contact(number: u8) -> ContactId {
        ContactId::from_bytes([number; 16])
    }

    /// Each holds something, since a moment before now.
    fn held(held: &[(u8, &[Alias])]) -> BTreeMap<Alias, Holder> {
        let mut holders = BTreeMap::new();
        for (number, aliases) in held {
            let ids: BTreeSet<_> = aliases.iter().filter(|it| it.kind.is_id()).cloned().collect();
            for alias in *aliases {
                let contact = contact(*number);
                let (since, ids) = (EARLIER, ids.clone());
                let holder = Holder { contact, person: contact, since, until: None, ids };
                holders.insert(alias.clone(), holder);
            }
        }
        holders
    }

    fn heard(aliases: &[Alias]) -> Heard {
        Heard::new(aliases.to_vec(), NOW)
    }

    fn who(identified: &Identified) -> Option<ContactId> {
        identified.who.as_ref().map(|holder| holder.person)
    }

    #[test]
    fn who_is_known_by_number_alone_gains_an_id_and_the_other_way_round() {
        let gains = identify(&heard(&[user(1), phone(2)]), &held(&[(7, &[phone(2)])]));
        assert_eq!((who(&gains), gains.bind), (Some(contact(7)), vec![user(1)]));

        let gains = identify(&heard(&[user(1), phone(2)]), &held(&[(7, &[user(1)])]));
        assert_eq!((who(&gains), gains.bind), (Some(contact(7)), vec![phone(2)]));
    }

    #[test]
    fn a_number_with_another_id_is_another_persons_now() {
        let holders = held(&[(7, &[user(1), phone(2)])]);
        let new = identify(&heard(&[user(3), phone(2)]), &holders);
        assert_eq!((who(&new), &new.candidates), (None, &vec![]));
        assert_eq!((new.bind, new.take), (vec![user(3)], vec![phone(2)]));

        // Heard before the holder got it: it stays where it is.
        let late = Heard {
            at: EARLIER.before(std::time::Duration::from_secs(1)),
            ..heard(&[user(3), phone(2)])
        };
        let late = identify(&late, &holders);
        assert_eq!((late.who, late.bind, late.take), (None, vec![user(3)], vec![]));
    }

    #[test]
    fn a_shared_parent_id_makes_two_ids_of_one_person() {
        let parent = || alias(AliasKind::Parent, 9);
        let holders = held(&[(7, &[parent(), user(1), phone(2)])]);
        let known = identify(&heard(&[parent(), user(3), phone(2)]), &holders);
        assert_eq!(
            (who(&known), known.bind, known.take),
            (Some(contact(7)), vec![user(3)], vec![])
        );
        // Parents that differ outweigh an id that is the same.
        let other = identify(&heard(&[alias(AliasKind::Parent, 8), phone(2)]), &holders);
        assert_eq!((other.who, other.take), (None, vec![phone(2)]));
    }

    #[test]
    fn a_number_of_somebody_without_id_stays_theirs_and_both_may_be_one() {
        let holders = held(&[(7, &[user(1)]), (8, &[phone(2)])]);
        let both = identify(&heard(&[user(1), phone(2)]), &holders);
        assert_eq!((who(&both), &both.take), (Some(contact(7)), &vec![]));
        assert_eq!(both.candidates, [(contact(8), Resemblance::SharedAddress)]);
    }

    #[test]
    fn a_number_that_is_named_with_another_of_somebody_with_an_id_passes_to_them() {
        let holders = held(&[(7, &[user(1), phone(2)]), (8, &[user(3), phone(4)])]);
        let both = identify(&heard(&[phone(2), phone(4)]), &holders);
        assert_eq!((who(&both), both.take), (Some(contact(7)), vec![phone(4)]));
        assert_eq!(both.candidates, []);
    }

    #[test]
    fn who_had_a_number_before_the_change_is_not_who_changed_to_it() {
        let changed = Heard { former: vec![phone(2)], ..heard(&[phone(4)]) };
        let mut holders = held(&[(7, &[phone(2)]), (8, &[phone(4)])]);
        let passed = identify(&changed, &holders);
        assert_eq!((who(&passed), &passed.merge), (Some(contact(7)), &vec![]));
        assert_eq!(passed.take, [phone(4)]);
        assert_eq!(passed.candidates, [(contact(8), Resemblance::NumberChanged)]);

        // They wrote under it when the change was made.
        holders.get_mut(&phone(4)).unwrap().since = NOW;
        let merged = identify(&changed, &holders);
        assert_eq!((merged.merge, merged.take), (vec![contact(8)], vec![]));
    }

    #[test]
    fn who_held_a_number_then_and_no_more_neither_gets_nor_loses_it() {
        let mut holders = held(&[(7, &[phone(2)])]);
        holders.get_mut(&phone(2)).unwrap().until = Some(NOW + std::time::Duration::from_secs(1));
        let late = identify(&heard(&[user(1), phone(2)]), &holders);
        assert_eq!((who(&late), &late.bind), (Some(contact(7)), &vec![user(1)]));
        let changed = Heard { former: vec![phone(2)], ..heard(&[phone(4)]) };
        let late = identify(&changed, &holders);
        assert_eq!((who(&late), late.bind, late.end), (Some(contact(7)), vec![phone(4)], vec![]));
    }

    #[test]
    fn a_weak_alias_never_says_who_it_is() {
        let weak = Heard { hints: vec![phone(3)], ..heard(&[phone(2)]) };
        let found = identify(&weak, &held(&[(7, &[phone(3)])]));
        assert_eq!((&found.who, &found.bind), (&None, &vec![phone(2)]));
        assert_eq!(found.candidates, [(contact(7), Resemblance::WeakAlias)]);
        // Whose ids differ is somebody else for certain.
        let weak = Heard { hints: vec![phone(3)], ..heard(&[user(1), phone(2)]) };
        let found = identify(&weak, &held(&[(7, &[user(4), phone(3)])]));
        assert_eq!(found.candidates, []);
    }

    #[test]
    fn who_changed_their_number_stays_who_they_are() {
        let changed = Heard { former: vec![user(1), phone(2)], ..heard(&[user(3), phone(4)]) };
        let holders = held(&[(7, &[user(1), phone(2)])]);
        let same = identify(&changed, &holders);
        assert_eq!(who(&same), Some(contact(7)));
        assert_eq!((same.bind, same.end), (vec![user(3), phone(4)], vec![user(1), phone(2)]));

        // They wrote under the new number before the channel said so.
        let holders = held(&[(7, &[user(1), phone(2)]), (8, &[user(3), phone(4)])]);
        let same = identify(&changed, &holders);
        assert_eq!(
            (who(&same), same.merge, same.candidates),
            (Some(contact(7)), vec![contact(8)], vec![])
        );

        // The new number is somebody's whom the channel knows by another id.
        let holders = held(&[(7, &[user(1), phone(2)]), (8, &[user(5), phone(4)])]);
        let doubtful = identify(&changed, &holders);
        assert_eq!((who(&doubtful), &doubtful.merge), (Some(contact(7)), &vec![]));
        assert_eq!(doubtful.candidates, [(contact(8), Resemblance::NumberChanged)]);
    }

    #[test]
    fn a_number_that_was_given_up_and_taken_by_another_says_nothing_of_who_had_it() {
        // The notice comes late: the number has a new holder already.
        let changed = Heard { former: vec![user(1), phone(2)], ..heard(&[user(3), phone(4)]) };
        let nobody = identify(&changed, &held(&[(8, &[user(6), phone(2)])]));
        assert_eq!((nobody.who, nobody.end), (None, vec![]));
        assert_eq!(nobody.bind, [user(3), phone(4)]);
    }

    #[test]
    fn what_is_still_heard_is_not_former() {
        let same = Heard { former: vec![phone(2)], ..heard(&[user(1), phone(2)]) };
        let kept = identify(&same, &held(&[(7, &[phone(2)])]));
        assert_eq!((who(&kept), kept.end), (Some(contact(7)), vec![]));
    }

    #[test]
    fn no_landline_shares_a_clue_with_a_mobile_in_any_area() {
        for area in AREA_CODES {
            for first in '2'..='5' {
                let landline = Identity::Phone(format!("55{area}{first}1234567")).clues();
                let mobile = Identity::Phone(format!("55{area}9{first}1234567")).clues();
                assert!(landline.iter().all(|clue| !mobile.contains(clue)), "{area} {first}");
            }
            for first in ['6', '8', '9'] {
                let without = Identity::Phone(format!("55{area}{first}1234567")).clues();
                let with = Identity::Phone(format!("55{area}9{first}1234567")).clues();
                assert_eq!(without[1], with[1], "{area} {first}");
            }
        }
    }
}
