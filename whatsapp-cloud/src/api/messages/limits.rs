//! What Meta refuses in a message, or drops without a word; found before it is sent.
//!
//! What a part finds by itself stands with the part. Lengths are counted in code points: Meta
//! does not say what it counts, and this reading refuses nothing that Meta may take.
//!
//! Source of the numbers:
//! <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages>

use crate::api::messages::{Content, Message};
use crate::api::{Lint, Recipient, Violations};
use crate::wire::member::{self, Member as _};

const OPAQUE_DATA: usize = 512;
const CONTACTS: usize = 257;

impl Lint for Message {
    fn lint(&self) -> Violations {
        let mut found = Violations::strict();
        self.find(&mut found);
        found
    }
}

impl Message {
    /// All that is wrong with it, in the order of its members.
    pub(super) fn find(&self, found: &mut Violations) {
        if self.product.is_absent() {
            found.add("messaging_product", "whatsapp, found none or another");
        }
        self.check_recipient(found);
        let is_said = self.came.as_ref().is_none_or(|came| came.kind.is_some());
        if !is_said && !matches!(self.content, Content::Text(_)) {
            found.add("type", "a type, found none where it is not text");
        }
        self.content.check(found);
        self.check_kind(found);
        for member in &self.misplaced {
            let kind = self.content.kind();
            found.add(format!("{kind}.{member}"), format!("not with a message of type {kind}"));
        }
        let other = &self.other;
        member::check(&self.context, "context", other, found);
        member::check(&self.opaque_data, "biz_opaque_callback_data", other, found);
        if let Some(data) = &self.opaque_data {
            found.length("biz_opaque_callback_data", data, 0, OPAQUE_DATA);
        }
        member::check(&self.identity_key_hash, "recipient_identity_key_hash", other, found);
        if self.identity_key_hash.as_ref().is_some_and(String::is_empty) {
            found.add("recipient_identity_key_hash", "a hash, found none");
        }
        member::check(&self.category, "category", other, found);
        member::check(&self.direct_send_config, "direct_send_config", other, found);
        member::check(&self.ttl, "ttl", other, found);
        member::check(&self.ttl_seconds, "ttl_seconds", other, found);
        self.check_direct_send(found);
    }

    fn check_recipient(&self, found: &mut Violations) {
        self.to.check(found);
        let said = self.came.as_ref().and_then(|came| came.recipient_type.as_ref());
        if said.is_some_and(|kind| kind != "individual" && kind != "group" && !kind.is_null()) {
            found.add("recipient_type", "individual or group");
        }
    }

    /// What only the whole message can tell.
    fn check_kind(&self, found: &mut Violations) {
        let is_group = matches!(self.to, Recipient::Group(_));
        match &self.content {
            Content::Image(media)
            | Content::Video(media)
            | Content::Audio(media)
            | Content::Document(media)
            | Content::Sticker(media) => {
                let kind = self.content.kind();
                found.within(kind, |found| media.check_as(kind, found));
            }
            Content::Contacts(cards) => {
                let count = cards.len();
                if count == 0 || count > CONTACTS {
                    found.add("contacts", format!("1 to {CONTACTS} cards, found {count}"));
                }
            }
            // Meta takes it with 200 and fails it by webhook (131009).
            Content::Reaction(_) if self.context.is_some() => found
                .add("context.message_id", "not with a reaction, which names its message itself"),
            Content::Interactive(_) if is_group => found.add("type", "not with a group"),
            Content::Pin(_) if !is_group => found.add("type", "only with a group"),
            Content::Text(_)
            | Content::Location(_)
            | Content::Interactive(_)
            | Content::Template(_)
            | Content::Reaction(_)
            | Content::Pin(_)
            | Content::Unknown { .. } => {}
        }
    }
}
