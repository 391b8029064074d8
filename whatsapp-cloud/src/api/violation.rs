//! What is wrong with a call, found before it is sent: all of it at once, never quoted.

use std::fmt;

use crate::error::{Error, ErrorKind};

/// One thing that Meta would refuse, or drop without a word.
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
}

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
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Each of them.
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    pub(crate) fn add(&mut self, path: impl Into<String>, rule: impl Into<String>) {
        self.0.push(Violation { path: path.into(), rule: rule.into() });
    }

    /// Nothing found is success.
    pub(crate) fn into_result(self, operation: &'static str) -> Result<(), Error> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Error::new(operation, ErrorKind::InvalidInput).with_source(self))
    }

    /// An id that Meta writes in digits stands in a path, so it must be nothing else.
    pub(crate) fn check_numeric_id(&mut self, path: &str, id: &str) {
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
            self.add(path, "an id of digits");
        }
    }

    pub(crate) fn check_length(&mut self, path: &str, text: &str, least: usize, most: usize) {
        // Meta does not say bytes, UTF-16 units or code points; code points is the reading
        // that refuses nothing Meta may take.
        let found = text.chars().count();
        if found < least || found > most {
            self.add(path, format!("{least} to {most} characters, found {found}"));
        }
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
