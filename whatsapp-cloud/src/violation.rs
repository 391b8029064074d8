//! What is wrong with a call, found before it is sent: all of it at once, never quoted.

use std::collections::HashSet;
use std::fmt::{self, Write as _};

use crate::error::{Error, ErrorKind};

/// One thing that Meta would refuse, or drop without a word.
///
/// ```
/// use std::error::Error as _;
///
/// use whatsapp_cloud::api::{Violation, Violations};
/// use whatsapp_cloud::api::account::GetAccount;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let error = GetAccount::new("my account").request().unwrap_err();
/// let violations = error.source().unwrap().downcast_ref::<Violations>().unwrap();
/// let first: &Violation = &violations.as_slice()[0];
/// assert_eq!((first.path(), first.rule()), ("account", "an id of digits"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {rule}")]
pub struct Violation {
    path: String,
    rule: String,
}

impl Violation {
    /// Where it is, as a path into the request: `text.body`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Which rule it breaks, with the limit and what was found, never the content.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// What would be right: `1 to 4096 characters`.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    ///
    /// let found = Message::text("5511999990001", "x".repeat(5_000)).check();
    /// assert_eq!(found.as_slice()[0].limit(), "1 to 4096 characters");
    /// ```
    pub fn limit(&self) -> &str {
        self.rule.rsplit_once(FOUND).map_or(&self.rule, |(limit, _)| limit)
    }

    /// What was there instead, as far as that can be said without its content: `5000`.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Message;
    ///
    /// let found = Message::text("5511999990001", "x".repeat(5_000)).check();
    /// assert_eq!(found.as_slice()[0].found(), Some("5000"));
    /// ```
    pub fn found(&self) -> Option<&str> {
        self.rule.rsplit_once(FOUND).map(|(_, found)| found)
    }
}

/// Stands in a rule between what would be right and what was found.
const FOUND: &str = ", found ";

/// Words that Meta no longer lists, and took when they were seen.
const OLD_WORDS: [&str; 1] = ["TRANSACTIONAL"];

/// All that is wrong with a call; the source of an
/// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput).
///
/// ```
/// use std::error::Error as _;
/// use whatsapp_cloud::PhoneNumberId;
/// use whatsapp_cloud::api::Violations;
/// use whatsapp_cloud::api::messages::{Message, SendMessage};
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let call = SendMessage {
///     from: PhoneNumberId::new("106540352242922"),
///     message: Message::text("Ana", ""),
/// };
/// let error = call.request().unwrap_err();
/// let violations = error.source().unwrap().downcast_ref::<Violations>().unwrap();
/// assert_eq!(violations.as_slice().len(), 2);
/// assert_eq!(violations.as_slice()[1].path(), "text.body");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations {
    found: Vec<Violation>,
    /// Where we are.
    path: String,
    /// Whether a word is wrong that this version does not know.
    strict: bool,
    /// Whether it does not matter where we are.
    glances: bool,
}

impl Violations {
    /// None yet, where a word that is not known is one.
    pub(crate) fn strict() -> Self {
        Self { strict: true, ..Self::default() }
    }

    /// What `check` finds. That is nothing as a rule, which a glance tells that heeds no paths;
    /// only where there is something is it looked for with its place.
    pub(crate) fn of(check: impl Fn(&mut Self)) -> Self {
        let mut glance = Self { glances: true, ..Self::default() };
        check(&mut glance);
        let mut found = Self::default();
        if !glance.found.is_empty() {
            check(&mut found);
        }
        found
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.strict
    }

    /// Finds a word that is none of `words`, where that is to be found.
    pub(crate) fn word(&mut self, word: &str, words: &[&str]) {
        // Meta's pages write some words with dashes here and underscores there, and most in
        // any case.
        let plain = |word: &str| word.replace('-', "_").to_ascii_lowercase();
        let is_known = |word: &str| {
            let mut known = words.iter().chain(&OLD_WORDS);
            known.any(|known| plain(known) == plain(word))
        };
        if self.strict && !word.is_empty() && !is_known(word) {
            self.say(format!("one of {}, found another", words.join(", ")));
        }
    }

    /// Each of them.
    pub fn as_slice(&self) -> &[Violation] {
        &self.found
    }

    /// Finds something wrong with the member `path` of what is being checked.
    pub(crate) fn add(&mut self, path: impl AsRef<str>, rule: impl Into<String>) {
        self.within(path.as_ref(), |found| found.say(rule));
    }

    /// Finds something wrong with what is being checked itself.
    pub(crate) fn say(&mut self, rule: impl Into<String>) {
        self.found.push(Violation { path: self.path.clone(), rule: rule.into() });
    }

    /// Checks the member `name` of what is being checked.
    pub(crate) fn within<T>(&mut self, name: &str, check: impl FnOnce(&mut Self) -> T) -> T {
        if self.glances {
            return check(self);
        }
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        let checked = check(self);
        self.path.truncate(length);
        checked
    }

    /// Checks an element of the list that is being checked.
    pub(crate) fn within_element(&mut self, index: usize, check: impl FnOnce(&mut Self)) {
        if self.glances {
            return check(self);
        }
        let length = self.path.len();
        // Writing to a string cannot fail.
        let _ = write!(self.path, "[{index}]");
        check(self);
        self.path.truncate(length);
    }

    /// Nothing found is success.
    pub(crate) fn into_result(self, operation: &'static str) -> Result<(), Error> {
        if self.found.is_empty() {
            return Ok(());
        }
        Err(Error::new(operation, ErrorKind::InvalidInput).with_source(self))
    }

    /// An id that Meta writes in digits stands in a path, so it must be nothing else.
    pub(crate) fn numeric_id(&mut self, path: &str, id: &str) {
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
            self.add(path, "an id of digits");
        }
    }

    /// Checks how many characters the member `path` has.
    pub(crate) fn length(&mut self, path: &str, text: &str, least: usize, most: usize) {
        // Meta does not say bytes, UTF-16 units or code points; code points is the reading
        // that refuses nothing Meta may take.
        let bytes = text.len();
        // A character has one to four bytes, so most texts need not be counted.
        if bytes <= most && (bytes >= 4 * least || least == 1 && bytes > 0) {
            return;
        }
        let found = text.chars().count();
        if found < least || found > most {
            self.add(path, format!("{least} to {most} characters, found {found}"));
        }
    }
}

/// Whether a text is there twice. Of a few that differ this is quick to say: only those that
/// look alike at first sight are compared. Of many it takes a set.
pub(crate) fn any_twice<'t>(mut texts: impl Iterator<Item = &'t str> + Clone) -> bool {
    fn look(text: &str) -> usize {
        let &[first, .., last] = text.as_bytes() else { return text.len() };
        let middle = text.as_bytes()[text.len() / 2];
        text.len() + 5 * usize::from(first) + 11 * usize::from(middle) + 3 * usize::from(last)
    }

    const LOOKS: usize = u64::BITS as usize;
    let mut looks = 0_u64;
    for (index, text) in texts.clone().enumerate() {
        if index == LOOKS {
            let mut seen = HashSet::new();
            return texts.any(|text| !seen.insert(text));
        }
        let mark = 1 << (look(text) % LOOKS);
        let may_be = looks & mark != 0;
        looks |= mark;
        if may_be && texts.clone().take(index).any(|earlier| earlier == text) {
            return true;
        }
    }
    false
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.found.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_there_twice_is_found_among_those_that_only_seem_so() {
        for count in [0, 1, 60, 64, 65, 200] {
            differing_but_for_one(count);
        }
    }

    fn differing_but_for_one(count: usize) {
        let differing: Vec<_> = (0..count).map(|number| number.to_string()).collect();
        let texts = || differing.iter().map(String::as_str);

        assert!(!any_twice(texts()));
        for text in texts() {
            assert!(
                any_twice(texts().chain([text])) && any_twice([text].into_iter().chain(texts()))
            );
        }
    }

    #[test]
    fn a_length_is_one_of_characters_at_every_border() {
        for (char, least, most) in
            [("a", 1, 20), ("ã", 1, 20), ("👋", 1, 20), ("👋", 3, 5), ("ã", 0, 2)]
        {
            for count in 0..=most + 1 {
                let mut found = Violations::default();
                found.length("x", &char.repeat(count), least, most);
                let is_refused = count < least || count > most;
                assert_eq!(!found.as_slice().is_empty(), is_refused, "{count} × {char}");
            }
        }
    }
}
