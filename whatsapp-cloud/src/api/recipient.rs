//! Who gets a message: a phone number, a business-scoped user, or a group.

use std::fmt;
use std::ops::RangeInclusive;

use crate::api::Violations;
use crate::id::{GroupId, UserId};

/// The shortest international numbers have a country code of three digits and four more; the
/// longest one is set by ITU-T E.164.
const PHONE_DIGITS: RangeInclusive<usize> = 7..=15;

/// What a phone number must be.
const PHONE: &str = "a phone number in international form: country code first, no leading zero, \
                     7 to 15 digits; a leading + where other signs stand before the digits";

/// How many letters and digits a user id may have behind its country.
const USER_ID: usize = 128;

/// Who gets a message.
///
/// Meta answers 200 to a business-scoped id in the member for phone numbers, and drops the
/// message without a word; so the kind decides which member is written. A text becomes
///
/// - a user, when it holds a `.` (a phone number never does, an id like `BR.1A2B` always);
/// - a phone number in international form, when it is digits, with or without a leading
///   `+`, spaces, dashes and parentheses. It is written with `+`: Meta reads a number
///   without it as local to the sending number's country, and would write to a stranger.
///   What begins with a parenthesis, `(11) 99999-0001`, is a local number and so refused;
/// - otherwise nothing: it is kept, and the call is refused before it is sent.
///
/// ```
/// use whatsapp_cloud::api::Recipient;
///
/// assert_eq!(Recipient::from("+55 (11) 99999-0001"), Recipient::from("5511999990001"));
/// assert!(matches!(Recipient::from("BR.13491208655302741918"), Recipient::User(_)));
/// // No number of a person in a log line:
/// assert_eq!(format!("{:?}", Recipient::from("5511999990001")), "Recipient::Phone");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Recipient {
    /// A phone number in international form: digits, without `+`.
    Phone(String),
    /// A customer by the id that Meta made for this business.
    User(UserId),
    /// A group.
    Group(GroupId),
}

impl Recipient {
    /// The number by which WhatsApp knows a customer who wrote, as a webhook tells it: digits
    /// of an international number. An answer goes to it with `+`.
    ///
    /// ```
    /// use whatsapp_cloud::api::Recipient;
    ///
    /// assert_eq!(Recipient::wa_id("5511999990001"), Recipient::from("+5511999990001"));
    /// ```
    pub fn wa_id(digits: impl Into<String>) -> Self {
        Self::Phone(digits.into())
    }

    /// A group.
    ///
    /// ```
    /// use whatsapp_cloud::GroupId;
    /// use whatsapp_cloud::api::Recipient;
    ///
    /// let group = Recipient::group("Y2FwaV9ncm91cDo");
    /// assert_eq!(group, Recipient::from(GroupId::new("Y2FwaV9ncm91cDo")));
    /// ```
    pub fn group(id: impl Into<GroupId>) -> Self {
        Self::Group(id.into())
    }

    pub(crate) fn check(&self, violations: &mut Violations) {
        match self {
            Self::Phone(number) if number.is_empty() => {
                violations.add("to", "a recipient, found none");
            }
            Self::Phone(number) => {
                if !is_international(number) {
                    violations.add("to", format!("{PHONE}; a user id or a group"));
                }
            }
            Self::User(user) => {
                if !is_user_id(user.as_str()) {
                    violations.add(
                        "recipient",
                        "a user id: two letters, a dot, and 1 to 128 letters and digits",
                    );
                }
            }
            Self::Group(group) => {
                let id = group.as_str();
                if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
                    violations.add("to", "a group id");
                } else if id.contains('.') {
                    violations.add("to", "a group id; a user id here would be dropped by Meta");
                } else if id.starts_with('+') {
                    violations.add("to", "a group id; a phone number is no group");
                }
            }
        }
    }
}

/// Whether digits are an international number.
fn is_international(number: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit())
        && !number.starts_with('0')
        && PHONE_DIGITS.contains(&number.len())
}

/// Checks a phone number that stands in the member `path`, in any form people write it in.
pub(crate) fn check_phone(path: &str, text: &str, violations: &mut Violations) {
    let is_phone =
        matches!(Recipient::from(text), Recipient::Phone(digits) if is_international(&digits));
    if !is_phone {
        violations.add(path, PHONE);
    }
}

/// Checks a number as WhatsApp knows it, which is written without `+`.
pub(crate) fn check_wa_id(path: &str, text: &str, violations: &mut Violations) {
    if !is_international(text) {
        violations.add(path, "a number as webhooks tell it: 7 to 15 digits, country code first");
    }
}

/// Checks a phone number or a user id that stands in the member `path`.
pub(crate) fn check_phone_or_user(path: &str, text: &str, violations: &mut Violations) {
    if !is_user_id(text) {
        check_phone(path, text, violations);
    }
}

/// A phone number as Meta cannot read it otherwise: with `+`. Anything else stays as it is.
pub(crate) fn with_plus(text: &str) -> String {
    match Recipient::from(text) {
        Recipient::Phone(digits) if is_international(&digits) => format!("+{digits}"),
        Recipient::Phone(_) | Recipient::User(_) | Recipient::Group(_) => text.to_owned(),
    }
}

/// `BR.1A2B`, or that of a parent company: `BR.ENT.1A2B`.
fn is_user_id(id: &str) -> bool {
    let Some((country, rest)) = id.split_once('.') else {
        return false;
    };
    let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_alphabetic())
        && (1..=USER_ID).contains(&rest.len())
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

impl From<&str> for Recipient {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<String> for Recipient {
    fn from(mut text: String) -> Self {
        // Most numbers are written so.
        let digits = text.strip_prefix('+').unwrap_or(&text);
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            if text.starts_with('+') {
                text.remove(0);
            }
            return Self::Phone(text);
        }
        if text.contains('.') {
            return Self::User(UserId::new(text));
        }
        let trimmed = text.trim();
        let (number, is_said) = match trimmed.strip_prefix('+') {
            Some(number) => (number, true),
            None => (trimmed, false),
        };
        // Where an area code stands in parentheses there is no country: `(11) 99999-0001`.
        let begins = |first: char| first.is_ascii_digit() || is_said && matches!(first, ' ' | '(');
        let readable = (number.is_empty() || number.starts_with(begins))
            && number
                .chars()
                .all(|char| char.is_ascii_digit() || matches!(char, ' ' | '-' | '(' | ')'));
        if readable {
            Self::Phone(number.chars().filter(char::is_ascii_digit).collect())
        } else {
            Self::Phone(text)
        }
    }
}

impl From<UserId> for Recipient {
    fn from(user: UserId) -> Self {
        Self::User(user)
    }
}

impl From<GroupId> for Recipient {
    fn from(group: GroupId) -> Self {
        Self::Group(group)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phone(_) => "Recipient::Phone",
            Self::User(_) => "Recipient::User",
            Self::Group(_) => "Recipient::Group",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(recipient: &Recipient) -> bool {
        let mut violations = Violations::default();
        recipient.check(&mut violations);
        !violations.as_slice().is_empty()
    }

    #[test]
    fn a_number_is_the_same_in_every_way_people_write_it() {
        for text in [
            "5511999990001",
            "+5511999990001",
            " +55 11 99999-0001",
            "+55 (11) 999990001",
            "55 (11) 99999-0001",
            "+(55) 11 99999-0001",
        ] {
            let recipient = Recipient::from(text);
            assert_eq!(recipient, Recipient::Phone("5511999990001".to_owned()), "{text}");
            assert!(!refused(&recipient), "{text}");
        }
    }

    #[test]
    fn what_leads_to_no_one_or_to_a_stranger_is_refused() {
        for text in [
            "",
            "+",
            " ",
            "Ana",
            "011999990001",
            "+0551199",
            "1234567890123456",
            "+123456",
            "++5511",
            "55+11",
            // Local ones: with the first of them a stranger in the USA would be written to.
            "(11) 99999-0001",
            " (11) 99999-0001",
            "(011) 99999-0001",
            // A number below zero.
            "-5511999990001",
            "+-5511999990001",
        ] {
            assert!(refused(&Recipient::from(text)), "{text}");
        }
        // A number written with dots is no user id.
        assert!(refused(&Recipient::from("55.11.999990001")));
        assert!(refused(&Recipient::from("BR.")));
        assert!(refused(&Recipient::from("BR.1 2")));
        assert!(refused(&Recipient::from("BR.1.2")));
        assert!(!refused(&Recipient::from(format!("BR.{}", "1".repeat(128)))));
        assert!(refused(&Recipient::from(format!("BR.{}", "1".repeat(129)))));
        assert!(refused(&Recipient::Phone("BR.13491208655302741918".to_owned())));
        assert!(refused(&Recipient::group("")));
        assert!(refused(&Recipient::group("BR.13491208655302741918")));
        assert!(refused(&Recipient::group("+5511999990001")));
    }

    #[test]
    fn a_number_of_any_call_is_written_with_plus_and_refused_where_it_is_none() {
        let is_refused = |check: fn(&str, &str, &mut Violations), text| {
            let mut violations = Violations::default();
            check("user", text, &mut violations);
            violations.as_slice().iter().any(|violation| violation.path() == "user")
        };
        for number in ["5511999990001", "+55 (11) 99999-0001"] {
            assert_eq!(with_plus(number), "+5511999990001");
            assert!(!is_refused(check_phone, number) && !is_refused(check_phone_or_user, number));
        }
        for text in ["", "Ana", "(11) 99999-0001", "BR.1 2", "-5511999990001"] {
            assert_eq!(with_plus(text), text);
            assert!(is_refused(check_phone, text) && is_refused(check_phone_or_user, text));
        }
        let user = "BR.13491208655302741918";
        assert_eq!(with_plus(user), user);
        assert!(is_refused(check_phone, user) && !is_refused(check_phone_or_user, user));
        assert!(is_refused(check_wa_id, "+5511999990001"));
        assert!(!is_refused(check_wa_id, "5511999990001"));
    }

    #[test]
    fn user_ids_of_both_forms_and_groups_are_taken() {
        for recipient in [
            Recipient::from("BR.13491208655302741918"),
            Recipient::from("US.ENT.11815799212886844830"),
            Recipient::group("Y2FwaV9ncm91cDoxMjM0NTYZD"),
        ] {
            assert!(!refused(&recipient), "{recipient:?}");
        }
    }
}
