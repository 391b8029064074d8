//! Free words sent like a template: Meta makes the template itself.
//!
//! Undescribed by the pages this crate was made from; names and limits as others report them of
//! Meta's beta pages of 2026.

use crate::api::messages::template::check_name;
use crate::api::messages::{Action, Content, Message};
use crate::api::{Recipient, Violations};
use crate::wire::{object, open_enum};

const FEWEST_SECONDS: u32 = 30;
/// 12 hours.
const MOST_SECONDS: u32 = 43_200;
/// 15 minutes.
const MOST_SECONDS_OF_A_CODE: u32 = 900;
const BODY: usize = 1024;

open_enum! {
    /// As what a message is sent.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Category, DirectSend, Message};
    ///
    /// let code = Message::text("+5511999990001", "Your code is 123830");
    /// let code = code.sent_directly(DirectSend::authentication());
    /// assert_eq!(code.category(), Some(&Category::Authentication));
    /// ```
    Category {
        /// News of something the customer asked for.
        Utility = "utility",
        /// A one-time code; never to a business-scoped user id.
        Authentication = "authentication",
        /// An answer in the 24-hour window, as when no category is given.
        Service = "service",
    }
}

object! {
    /// How Meta makes the template of a direct send.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::DirectSendConfig;
    ///
    /// let how: DirectSendConfig = serde_json::from_str(r#"{"template_name":"order_update"}"#)?;
    /// assert_eq!(how.template_name.as_deref(), Some("order_update"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct DirectSendConfig {
        /// What it is called: 1 to 512 lower-case letters, digits and underscores.
        pub template_name: Option<String> = "template_name",
    }
    check |config, found| {
        if let Some(name) = &config.template_name {
            check_name("template_name", name, found);
        }
    }
}

/// How a message is sent without a template where one would be needed.
///
/// ```
/// use whatsapp_cloud::api::messages::{DirectSend, Message};
///
/// let message = Message::text("5511999990001", "Seu pedido saiu para entrega.")
///     .sent_directly(DirectSend::utility().with_template("order_left").living(3_600));
/// assert!(message.check().as_slice().is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DirectSend {
    /// As what it is sent.
    pub category: Category,
    /// What the template is called that Meta makes; none leaves that to Meta.
    pub template_name: Option<String>,
    /// After how many seconds it is given up: 30 to 43,200, with a code to 900.
    pub seconds: Option<u32>,
}

impl DirectSend {
    /// News of something the customer asked for.
    pub fn utility() -> Self {
        Self { category: Category::Utility, template_name: None, seconds: None }
    }

    /// A one-time code.
    pub fn authentication() -> Self {
        Self { category: Category::Authentication, template_name: None, seconds: None }
    }

    /// Names the template that Meta makes.
    #[must_use]
    pub fn with_template(mut self, name: impl Into<String>) -> Self {
        self.template_name = Some(name.into());
        self
    }

    /// Is given up after so many seconds.
    #[must_use]
    pub fn living(mut self, seconds: u32) -> Self {
        self.seconds = Some(seconds);
        self
    }
}

impl Message {
    /// Finds what Meta would refuse in a direct send, or in half of one.
    pub(super) fn check_direct_send(&self, found: &mut Violations) {
        let is_code = self.category == Some(Category::Authentication);
        let is_direct = is_code || self.category == Some(Category::Utility);
        if let Some(category) = &self.category
            && !category.is_known()
        {
            found.add("category", "utility, authentication or service");
        }
        let most = if is_code { MOST_SECONDS_OF_A_CODE } else { MOST_SECONDS };
        for (name, seconds) in [("ttl", self.ttl), ("ttl_seconds", self.ttl_seconds)] {
            let Some(seconds) = seconds else { continue };
            if !is_direct {
                found.add(name, "only with the category utility or authentication");
            } else if !(FEWEST_SECONDS..=most).contains(&seconds) {
                let rule = format!("{FEWEST_SECONDS} to {most} seconds, found {seconds}");
                found.add(name, rule);
            }
        }
        let named = self.direct_send_config.as_ref().is_some_and(|it| it.template_name.is_some());
        if named && !is_direct {
            found.add("direct_send_config", "only with the category utility or authentication");
        }
        if is_code && matches!(self.to, Recipient::User(_)) {
            found.add("recipient", "a phone number where the category is authentication");
        }
        if is_direct && matches!(self.to, Recipient::Group(_)) {
            found.add("category", "not with a group");
        }
        if is_direct {
            self.check_what_can_be_sent_directly(is_code, found);
        } else if let Content::Interactive(interactive) = &self.content {
            let has_links = |action: &Action| match action {
                Action::Buttons(all) => all.buttons.iter().any(|button| button.cta_url.is_some()),
                _ => false,
            };
            if has_links(interactive.action()) {
                found.add("interactive.action.buttons", "links only with the category utility");
            }
        }
    }

    fn check_what_can_be_sent_directly(&self, is_code: bool, found: &mut Violations) {
        match &self.content {
            Content::Text(text) => {
                if text.body.chars().nth(BODY).is_some() {
                    found.length("text.body", &text.body, 1, BODY);
                }
            }
            Content::Interactive(interactive) if !is_code => {
                let is_taken = matches!(
                    interactive.action(),
                    Action::Buttons(_) | Action::Link(_) | Action::VoiceCall(_)
                );
                if !is_taken {
                    found.add("interactive", "buttons or a link where there is a category");
                }
            }
            _ => found.add("category", "only with a text, buttons or a link; a code with a text"),
        }
    }
}
