//! Judging a body before it is sent, also by the words in it.

use crate::api::messages::{EncryptedMessage, Receipt};
use crate::api::templates::{Template, TemplateEdit, TemplateLanguages};
use crate::violation::Violations;
use crate::wire::member::Member;

/// A body that can be judged before it is sent.
///
/// Sending refuses what Meta surely refuses, and leaves words that this version does not know
/// to Meta: there may be new ones. Here such a word is found too, since most are misspelt.
///
/// ```
/// use whatsapp_cloud::api::Lint;
/// use whatsapp_cloud::api::messages::Message;
///
/// let message: Message = serde_json::from_str(
///     r#"{"messaging_product":"whatsapp","to":"+5511999990001","type":"poll","poll":{}}"#,
/// )?;
/// assert!(message.check().as_slice().is_empty());
/// assert_eq!(message.lint().as_slice()[0].path(), "type");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Lint {
    /// All that Meta would refuse in it, as far as can be known here, and every word that this
    /// version does not know.
    fn lint(&self) -> Violations;
}

macro_rules! lint {
    ($($body:ty),+) => {$(
        impl Lint for $body {
            fn lint(&self) -> Violations {
                let mut found = Violations::strict();
                Member::check(self, &mut found);
                found
            }
        }
    )+};
}

lint!(EncryptedMessage, Receipt, Template, TemplateEdit, TemplateLanguages);
