//! Buttons below a text.

use crate::api::Violations;
use crate::api::messages::interactive::Link;
use crate::violation::any_twice;
use crate::wire::{object, open_enum};

const MOST_REPLIES: usize = 3;
/// Of a direct send, where replies may stand behind links.
const MOST_MIXED: usize = 10;
const MOST_LINKS: usize = 2;
const TITLE: usize = 20;
const ID: usize = 256;

object! {
    /// One to three buttons, each of which sends a prepared answer.
    ///
    /// A direct send may have up to 10: up to 2 links, then replies.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Buttons, Interactive, Message};
    ///
    /// let buttons = Buttons::replies([("change", "Change"), ("cancel", "Cancel")]);
    /// let message =
    ///     Message::interactive("+16505551234", Interactive::new("Your appointment", buttons));
    /// assert_eq!(serde_json::to_value(&message)?["interactive"]["type"], "button");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Buttons {
        /// The buttons; no two with the same id or the same title.
        pub buttons: Vec<ActionButton> = "buttons",
    }
    check |this, found| {
        let count = this.buttons.len();
        let links = this.buttons.iter().filter(|button| button.cta_url.is_some()).count();
        let most = if links == 0 { MOST_REPLIES } else { MOST_MIXED };
        if count == 0 || count > most {
            found.add("buttons", format!("1 to {most} buttons, found {count}"));
        }
        if links > MOST_LINKS {
            found.add("buttons", format!("at most {MOST_LINKS} links, found {links}"));
        }
        if this.buttons.iter().skip(links).any(|button| button.cta_url.is_some()) {
            found.add("buttons", "links before replies");
        }
        check_distinct(&this.buttons, found);
    }
}

open_enum! {
    /// What a button does.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{ActionButton, ActionButtonKind};
    ///
    /// let button: ActionButton = serde_json::from_str(
    ///     r#"{"type":"reply","reply":{"id":"change","title":"Change"}}"#,
    /// )?;
    /// assert_eq!(button.kind, ActionButtonKind::Reply);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ActionButtonKind {
        /// It sends a prepared answer.
        Reply = "reply",
        /// The same, on a card of a carousel.
        QuickReply = "quick_reply",
        /// It opens a link; in a direct send only.
        Link = "cta_url",
    }
}

object! {
    /// A button.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ActionButton;
    ///
    /// let cancel = ActionButton::reply("cancel", "Cancel");
    /// assert_eq!(
    ///     serde_json::to_string(&cancel)?,
    ///     r#"{"type":"reply","reply":{"id":"cancel","title":"Cancel"}}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ActionButton {
        /// What it does.
        pub kind: ActionButtonKind = "type",
        /// What it answers.
        pub reply: Option<Reply> = "reply",
        /// What it answers, on a card of a carousel.
        pub quick_reply: Option<Reply> = "quick_reply",
        /// Where it leads, in a direct send.
        pub cta_url: Option<Link> = "cta_url",
    }
    check |button, found| {
        let is_there = match button.kind {
            ActionButtonKind::Reply => button.reply.is_some(),
            ActionButtonKind::QuickReply => button.quick_reply.is_some(),
            ActionButtonKind::Link => button.cta_url.is_some(),
            // Known to the caller only: Meta decides.
            ActionButtonKind::Unknown(ref word) => !word.is_empty(),
        };
        if !is_there {
            found.say("a kind, and the member that is called like it");
        }
    }
}

object! {
    /// A prepared answer.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{ActionButton, Reply};
    ///
    /// let button = ActionButton::reply("cancel", "Cancel");
    /// let Reply { id, .. } = button.reply.unwrap();
    /// assert_eq!(id, "cancel", "what the webhook tells when it is pressed");
    /// ```
    pub struct Reply {
        /// What comes back when it is given: 1 to 256 characters.
        pub id: String = "id",
        /// What stands on the button: 1 to 20 characters.
        pub title: String = "title",
    }
    check |reply, found| {
        found.length("id", &reply.id, 1, ID);
        found.length("title", &reply.title, 1, TITLE);
    }
}

impl Buttons {
    /// Buttons from ids and titles.
    pub fn replies<I, T>(replies: impl IntoIterator<Item = (I, T)>) -> Self
    where
        I: Into<String>,
        T: Into<String>,
    {
        let reply = |(id, title)| ActionButton::reply(id, title);
        Self { buttons: replies.into_iter().map(reply).collect(), ..Self::default() }
    }
}

impl ActionButton {
    /// A button that sends a prepared answer.
    pub fn reply(id: impl Into<String>, title: impl Into<String>) -> Self {
        let reply = Some(Reply::new(id, title));
        Self { kind: ActionButtonKind::Reply, reply, ..Self::default() }
    }

    /// The same, on a card of a carousel.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{ActionButton, Reply};
    ///
    /// let more = ActionButton::quick_reply("more", "Tell me more");
    /// assert_eq!(more.quick_reply, Some(Reply::new("more", "Tell me more")));
    /// ```
    pub fn quick_reply(id: impl Into<String>, title: impl Into<String>) -> Self {
        let quick_reply = Some(Reply::new(id, title));
        Self { kind: ActionButtonKind::QuickReply, quick_reply, ..Self::default() }
    }

    /// A button that opens a link; in a direct send only.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{ActionButton, Link};
    ///
    /// let shop = ActionButton::link("Shop", "https://www.luckyshrub.com/");
    /// assert_eq!(shop.cta_url, Some(Link::new("Shop", "https://www.luckyshrub.com/")));
    /// ```
    pub fn link(title: impl Into<String>, url: impl Into<String>) -> Self {
        let cta_url = Some(Link::new(title, url));
        Self { kind: ActionButtonKind::Link, cta_url, ..Self::default() }
    }

    fn answer(&self) -> Option<&Reply> {
        self.reply.as_ref().or(self.quick_reply.as_ref())
    }
}

impl Reply {
    /// A prepared answer.
    pub fn new(id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), ..Self::default() }
    }
}

/// Meta refuses two buttons with the same id, and two with the same title.
pub(super) fn check_distinct(buttons: &[ActionButton], found: &mut Violations) {
    let replies = || buttons.iter().filter_map(ActionButton::answer);
    let said = |text: &&str| !text.is_empty();
    if any_twice(replies().map(|reply| reply.id.as_str()).filter(said)) {
        found.add("buttons", "ids that differ, found one twice");
    }
    if any_twice(replies().map(|reply| reply.title.as_str()).filter(said)) {
        found.add("buttons", "titles that differ, found one twice");
    }
}
