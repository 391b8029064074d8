//! What a customer wrote, or the business in its app: `messages[]`, `message_echoes[]`.

use crate::webhook::contact::Person;
use crate::webhook::content::Content;
use crate::webhook::history::HistoryContext;
use crate::webhook::json::{Form, Json, Step};
use crate::webhook::raw::Raw;
use crate::webhook::read::Read;
use crate::webhook::record::{object, record, take};
use crate::webhook::string::plain_name;
use crate::wire::{GraphError, Text};

object! {
    other other;
    types Message<'_>, Message<'static>;
    /// A message. Everything Meta may leave out is optional.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/text.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Message, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"from":"16505551234","id":"wamid.A","timestamp":"1749416383",
    ///     "type":"text","text":{"body":"Does it come in another color?"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Message { from, timestamp, content, .. } = *message;
    /// assert_eq!((from, timestamp), (Some("16505551234".into()), Some(1_749_416_383)));
    /// assert_eq!(content.text(), Some("Does it come in another color?"));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Message<'a> {
        /// `wamid.…`. Opaque; not unique across two of your numbers.
        pub id: Option<Text<'a>> = "id" as nonempty,
        /// Who wrote it: the customer's phone number, as digits; in an echo, the business's.
        /// None when Meta hides it.
        pub from: Option<Text<'a>> = "from" as nonempty,
        /// The customer's business-scoped user id.
        pub from_user_id: Option<Text<'a>> = "from_user_id" as nonempty,
        /// The user id above it.
        pub from_parent_user_id: Option<Text<'a>> = "from_parent_user_id" as nonempty,
        /// When it was sent, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
        /// Meta's word for the type, as it came.
        pub kind: Option<Text<'a>> = "type",
        /// Whom the business wrote to; in echoes and history only.
        pub to: Option<Text<'a>> = "to" as nonempty,
        /// The same by user id.
        pub to_user_id: Option<Text<'a>> = "to_user_id" as nonempty,
        /// The user id above it.
        pub to_parent_user_id: Option<Text<'a>> = "to_parent_user_id" as nonempty,
        /// The group it was written in.
        pub group_id: Option<Text<'a>> = "group_id" as nonempty,
        /// What it answers, or where it was forwarded from.
        pub context: Option<Box<Context<'a>>> = "context",
        /// The advertisement that led to it; with the first message only.
        pub referral: Option<Box<Referral<'a>>> = "referral",
        /// The customer's keys, with the identity check on (older form).
        pub identity: Option<Box<Identity<'a>>> = "identity",
        /// Undescribed by Meta; seen with payments and authentication templates.
        pub from_logical_id: Option<Text<'a>> = "from_logical_id",
        /// What became of it, in synchronised history only.
        pub history_context: Option<Box<HistoryContext>> = "history_context",
        /// Why the content could not be had.
        pub errors: Vec<GraphError> = "errors",
        /// What was written.
        pub content: Content<'a>,
    }
}

impl Message<'_> {
    /// The sender, as far as the message names him.
    pub(super) fn sender(&self) -> Person<'_> {
        Person::of(self.from.as_ref(), self.from_user_id.as_ref())
    }

    /// The customer that the business wrote to.
    pub(super) fn recipient(&self) -> Person<'_> {
        Person::of(self.to.as_ref(), self.to_user_id.as_ref())
    }
}

impl<'a> Read<'a> for Message<'a> {
    /// The content stands in the member that is named like the type, before or behind it.
    /// Without a type, it is the first that can be one.
    fn read(json: &mut Json<'a>) -> Step<Option<Self>> {
        Ok(Self::read_boxed(json)?.map(|message| *message))
    }

    fn read_boxed(json: &mut Json<'a>) -> Step<Option<Box<Self>>> {
        let mut message = Box::<Self>::default();
        Ok(message.fill(json)?.then_some(message))
    }
}

impl<'a> Message<'a> {
    fn fill(&mut self, json: &mut Json<'a>) -> Step<bool> {
        // An edit holds a message; what that holds is no edit again.
        const DEEPEST: u8 = 2;

        let start = json.at();
        let object = if json.messages == DEEPEST { None } else { json.object() };
        let Some(mut sign) = object else {
            json.skip()?;
            return Ok(false);
        };
        json.messages += 1;
        let mut form = json.take_form();
        let mut content = None;
        while let Some(name) = json.member(&mut sign) {
            let start = json.at();
            let mut is_known = take(self, name, json)?;
            if !is_known {
                let plain = json.plain(name);
                let own = match &self.kind {
                    Some(kind) => holds(kind, &plain),
                    // The type may come later, or not at all.
                    None => content.is_none(),
                };
                if let Some(read) = if own { Content::read(&plain, json)? } else { None } {
                    self.content = read;
                    content = Some((name, start, json.at()));
                    is_known = true;
                } else {
                    json.skip()?;
                    json.note(Form::Unknown);
                }
            }
            self.other.settle(name, is_known, start, json);
            form = form.max(json.take_form());
        }
        match (&self.kind, content) {
            (Some(kind), Some((name, ..))) if holds(kind, &plain_name(name)) => {}
            (None, Some(_)) => {}
            (_, content) => {
                if let Some((name, from, to)) = content {
                    self.other.keep_unknown(name, Raw::new(json.between(from, to)));
                    form = Form::Unknown;
                }
                form = form.max(self.find_content(start, json)?);
            }
        }
        json.messages -= 1;
        json.note(form);
        Ok(true)
    }
}

/// Whether a message of that type has its content in the member of that name.
fn holds(kind: &Text<'_>, name: &str) -> bool {
    // A disappearing message of the on-premises API was a text.
    *kind == *name || (*kind == "ephemeral" && name == "text")
}

impl<'a> Message<'a> {
    /// Looks for the content once more, now that the type is known.
    ///
    /// Meta writes the type first; so this is for bodies that stood elsewhere in between.
    #[cold]
    fn find_content(&mut self, start: usize, json: &mut Json<'a>) -> Step<Form> {
        let Some(kind) = self.kind.clone() else {
            self.content = Content::Unknown { kind: None };
            return Ok(Form::Unknown);
        };
        let end = json.at();
        json.seek(start);
        let Some(mut sign) = json.object() else {
            return Ok(Form::Unknown);
        };
        let mut found = None;
        while let Some(name) = json.member(&mut sign) {
            if holds(&kind, &json.plain(name)) {
                found = Some((name, json.at()));
            }
            json.skip()?;
        }
        if let Some((name, start)) = found {
            json.seek(start);
            if let Some(content) = Content::read(&plain_name(name), json)? {
                self.content = content;
                self.other.forget_unknown(name);
                self.other.settle(name, true, start, json);
                let form = json.take_form();
                json.seek(end);
                return Ok(form);
            }
        }
        json.seek(end);
        self.content = Content::without_object(&kind);
        Ok(match self.content {
            Content::Unknown { .. } => Form::Unknown,
            _ => Form::Usual,
        })
    }
}

record! {
    /// What a message refers to.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Context, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.B","type":"text","text":{"body":"Yes"},
    ///     "context":{"id":"wamid.A"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Context { id, forwarded, .. } = *message.context.ok_or("it answers something")?;
    /// assert_eq!((id, forwarded), (Some("wamid.A".into()), false));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Context<'a> {
        /// Who wrote the message that is answered: the business, or the customer himself.
        pub from: Option<Text<'a>> = "from",
        /// The message that is answered.
        pub id: Option<Text<'a>> = "id",
        /// It was forwarded.
        pub forwarded: bool = "forwarded",
        /// It was forwarded more than five times.
        pub frequently_forwarded: bool = "frequently_forwarded",
        /// The product that is asked about.
        pub referred_product: Option<ReferredProduct<'a>> = "referred_product",
    }
}

record! {
    /// A product that is asked about.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, ReferredProduct, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    /// "messages":[{"id":"wamid.A","type":"text","text":{"body":"Is it here?"},
    /// "context":{"referred_product":{"catalog_id":"194836987003835",
    /// "product_retailer_id":"di9ozbzfi4"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let context = message.context.ok_or("it refers to something")?;
    /// let ReferredProduct { product_retailer_id, .. } =
    ///     context.referred_product.ok_or("a product")?;
    /// assert_eq!(product_retailer_id, Some("di9ozbzfi4".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ReferredProduct<'a> {
        /// The catalogue.
        pub catalog_id: Option<Text<'a>> = "catalog_id",
        /// The product in it.
        pub product_retailer_id: Option<Text<'a>> = "product_retailer_id",
    }
}

record! {
    /// The advertisement or post that the customer came from.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Referral, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.A","type":"text","text":{"body":"Hi"},
    ///     "referral":{"source_type":"ad","source_id":"120226305854810726",
    ///     "ctwa_clid":"Aff-n8ZTODiE79d22KtAwQKj9e"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Referral { source_id, ctwa_clid, .. } = *message.referral.ok_or("an ad led here")?;
    /// assert!(source_id.is_some() && ctwa_clid.is_some(), "a conversion names the click");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Referral<'a> {
        /// Where it leads.
        pub source_url: Option<Text<'a>> = "source_url",
        /// The advertisement or post.
        pub source_id: Option<Text<'a>> = "source_id",
        /// `ad` or `post`.
        pub source_type: Option<Text<'a>> = "source_type",
        /// Its headline.
        pub headline: Option<Text<'a>> = "headline",
        /// Its text.
        pub body: Option<Text<'a>> = "body",
        /// `image` or `video`.
        pub media_type: Option<Text<'a>> = "media_type",
        /// Its image.
        pub image_url: Option<Text<'a>> = "image_url",
        /// Its video.
        pub video_url: Option<Text<'a>> = "video_url",
        /// A small image of the video.
        pub thumbnail_url: Option<Text<'a>> = "thumbnail_url",
        /// Identifies the click, for the conversions API. None for ads in Status.
        pub ctwa_clid: Option<Text<'a>> = "ctwa_clid",
        /// What the customer was greeted with.
        pub welcome_message: Option<WelcomeMessage<'a>> = "welcome_message",
        /// Undescribed by Meta; seen on advertisements with welcome sequences.
        pub reference: Option<Text<'a>> = "ref",
    }
}

record! {
    /// What the customer was greeted with.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Verified, WelcomeMessage};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.A","type":"text","text":{"body":"Hi"},
    ///     "referral":{"source_type":"ad",
    ///     "welcome_message":{"text":"How can we help?"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let referral = message.referral.ok_or("an ad led here")?;
    /// let WelcomeMessage { text, .. } = referral.welcome_message.ok_or("with a greeting")?;
    /// assert_eq!(text, Some("How can we help?".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct WelcomeMessage<'a> {
        /// The greeting.
        pub text: Option<Text<'a>> = "text",
    }
}

record! {
    /// The customer's keys, with the identity check on.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Identity, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.A","type":"text","text":{"body":"Hi"},
    ///     "identity":{"acknowledged":false,"created_timestamp":"1602532300",
    ///     "hash":"Sjvjlx8G6Z0="}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Identity { acknowledged, .. } = *message.identity.ok_or("the check is on")?;
    /// assert_eq!(acknowledged, Some(false), "it may be another person");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Identity<'a> {
        /// Whether the business has acknowledged them.
        pub acknowledged: Option<bool> = "acknowledged",
        /// When they came to be, in seconds since 1970.
        pub created_timestamp: Option<i64> = "created_timestamp" as quoted,
        /// Their hash.
        pub hash: Option<Text<'a>> = "hash",
    }
}
