//! What a customer wrote: `messages[]`.

use std::sync::Arc;

use serde_json::value::RawValue;

use crate::webhook::contact::{ContactProfile, Person};
use crate::webhook::content::Content;
use crate::webhook::read::{Read, drop_empty, each_member};
use crate::webhook::record::{readable, record};
use crate::wire::{GraphError, Text};

record! {
    /// A message of a customer's. Everything Meta may leave out is optional.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>
    pub struct Message<'a> {
        /// `wamid.…`. Opaque; not unique across two of your numbers.
        pub id: Option<Text<'a>> = b"id",
        /// The customer's phone number, as digits. None when Meta hides it.
        pub from: Option<Text<'a>> = b"from",
        /// The customer's business-scoped user id.
        pub from_user_id: Option<Text<'a>> = b"from_user_id",
        /// The user id above it.
        pub from_parent_user_id: Option<Text<'a>> = b"from_parent_user_id",
        /// When it was sent, in seconds since 1970.
        pub timestamp: Option<i64> = b"timestamp",
        /// Meta's word for the type, as it came.
        pub kind: Option<Text<'a>> = b"type",
        /// The group it was written in.
        pub group_id: Option<Text<'a>> = b"group_id",
        /// What it answers, or where it was forwarded from.
        pub context: Option<Box<Context<'a>>> = b"context",
        /// The advertisement that led to it; with the first message only.
        pub referral: Option<Box<Referral<'a>>> = b"referral",
        /// Why the content could not be had.
        pub errors: Vec<GraphError> = b"errors",
        /// The sender, when Meta tells.
        pub contact: Option<Arc<ContactProfile<'a>>>,
        /// What was written.
        pub content: Content<'a>,
    }
}

impl Message<'_> {
    /// The sender, as far as the message names him.
    pub(super) fn sender(&self) -> Person<'_> {
        Person {
            phone: self.from.as_ref().map(Text::as_str),
            user_id: self.from_user_id.as_ref().map(Text::as_str),
        }
    }
}

impl<'a> Read<'a> for Message<'a> {
    fn read(raw: &'a RawValue) -> Option<Self> {
        let mut message = Self::default();
        let mut others = Vec::new();
        each_member(raw, |name, value| {
            if !message.take(&name, value) {
                others.push((name, value));
            }
        })?;
        message.content = Content::of(message.kind.as_ref(), &others);
        // A customer without a visible phone number has no `from`, or an empty one.
        drop_empty(&mut message.from);
        drop_empty(&mut message.from_user_id);
        drop_empty(&mut message.from_parent_user_id);
        drop_empty(&mut message.id);
        drop_empty(&mut message.group_id);
        Some(message)
    }
}

record! {
    /// What a message refers to.
    pub struct Context<'a> {
        /// Who wrote the message that is answered: the business, or the customer himself.
        pub from: Option<Text<'a>> = b"from",
        /// The message that is answered.
        pub id: Option<Text<'a>> = b"id",
        /// It was forwarded.
        pub forwarded: bool = b"forwarded",
        /// It was forwarded more than five times.
        pub frequently_forwarded: bool = b"frequently_forwarded",
        /// The product that is asked about.
        pub referred_product: Option<ReferredProduct<'a>> = b"referred_product",
    }
}

record! {
    /// A product that is asked about.
    pub struct ReferredProduct<'a> {
        /// The catalogue.
        pub catalog_id: Option<Text<'a>> = b"catalog_id",
        /// The product in it.
        pub product_retailer_id: Option<Text<'a>> = b"product_retailer_id",
    }
}

record! {
    /// The advertisement or post that the customer came from.
    pub struct Referral<'a> {
        /// Where it leads.
        pub source_url: Option<Text<'a>> = b"source_url",
        /// The advertisement or post.
        pub source_id: Option<Text<'a>> = b"source_id",
        /// `ad` or `post`.
        pub source_type: Option<Text<'a>> = b"source_type",
        /// Its headline.
        pub headline: Option<Text<'a>> = b"headline",
        /// Its text.
        pub body: Option<Text<'a>> = b"body",
        /// `image` or `video`.
        pub media_type: Option<Text<'a>> = b"media_type",
        /// Its image.
        pub image_url: Option<Text<'a>> = b"image_url",
        /// Its video.
        pub video_url: Option<Text<'a>> = b"video_url",
        /// A small image of the video.
        pub thumbnail_url: Option<Text<'a>> = b"thumbnail_url",
        /// Identifies the click, for the conversions API. None for ads in Status.
        pub ctwa_clid: Option<Text<'a>> = b"ctwa_clid",
        /// What the customer was greeted with.
        pub welcome_message: Option<WelcomeMessage<'a>> = b"welcome_message",
    }
}

record! {
    /// What the customer was greeted with.
    pub struct WelcomeMessage<'a> {
        /// The greeting.
        pub text: Option<Text<'a>> = b"text",
    }
}

readable!(Context, ReferredProduct, Referral, WelcomeMessage);
