//! What a customer chose: buttons, lists, Flows and the other interactive replies; and
//! what the business sent for it.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components#messages-object>

use crate::webhook::raw::Raw;
use crate::webhook::record::record;
use crate::wire::Text;

record! {
    /// A quick-reply button of a template was pressed.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Button, Content, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.A","type":"button","button":{"payload":"unsubscribe",
    ///     "text":"Unsubscribe"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::Button(button) = message.content else { return Err("one was pressed") };
    /// let Button { payload, .. } = button;
    /// assert_eq!(payload, Some("unsubscribe".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Button<'a> {
        /// What the business gave the button; the text, when it gave nothing.
        pub payload: Option<Text<'a>> = "payload",
        /// What stands on the button.
        pub text: Option<Text<'a>> = "text",
    }
}

record! {
    /// A reply button was pressed.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{ButtonReply, Content, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.A","type":"interactive",
    ///     "interactive":{"type":"button_reply","button_reply":{"id":"cancel",
    ///     "title":"Cancel"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::ButtonReply(reply) = message.content else { return Err("one was pressed") };
    /// let ButtonReply { id, .. } = reply;
    /// assert_eq!(id, Some("cancel".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ButtonReply<'a> {
        /// What the business gave the button.
        pub id: Option<Text<'a>> = "id",
        /// What stands on the button.
        pub title: Option<Text<'a>> = "title",
    }
}

record! {
    /// A row of a list was chosen.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, ListReply, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.A","type":"interactive",
    ///     "interactive":{"type":"list_reply","list_reply":{"id":"priority_express",
    ///     "title":"Priority Mail Express"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::ListReply(reply) = message.content else { return Err("one was chosen") };
    /// let ListReply { id, title, .. } = reply;
    /// assert_eq!(
    ///     (id, title),
    ///     (Some("priority_express".into()), Some("Priority Mail Express".into())),
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ListReply<'a> {
        /// What the business gave the row.
        pub id: Option<Text<'a>> = "id",
        /// What stands in the row.
        pub title: Option<Text<'a>> = "title",
        /// What stands below it.
        pub description: Option<Text<'a>> = "description",
    }
}

record! {
    /// A Flow was finished, or a form such as the address form.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, FlowReply, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.A","type":"interactive",
    ///     "interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow",
    ///     "response_json":"{\"flow_token\":\"t\"}"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::FlowReply(reply) = message.content else { return Err("one was finished") };
    /// let FlowReply { response_json, .. } = reply;
    /// // JSON within a text, as Meta sends it.
    /// assert_eq!(response_json, Some(r#"{"flow_token":"t"}"#.into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct FlowReply<'a> {
        /// `flow`, `address_message`, …
        pub name: Option<Text<'a>> = "name",
        /// What the customer sees as his message.
        pub body: Option<Text<'a>> = "body",
        /// What was filled in, as a string that should hold JSON. It may be empty or no
        /// JSON at all, so it is given as it came.
        pub response_json: Option<Text<'a>> = "response_json",
    }
}

record! {
    /// The customer allowed calls, or did not.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CallPermissionReply, Content, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    /// "messages":[{"id":"wamid.A","type":"interactive",
    /// "interactive":{"type":"call_permission_reply",
    /// "call_permission_reply":{"response":"accept","is_permanent":false}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::CallPermissionReply(reply) = message.content else {
    ///     return Err("it was asked");
    /// };
    /// let CallPermissionReply { response, is_permanent, .. } = reply;
    /// assert_eq!((response, is_permanent), (Some("accept".into()), Some(false)));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CallPermissionReply<'a> {
        /// `accept` or `reject`.
        pub response: Option<Text<'a>> = "response",
        /// Whether it holds until it is taken back.
        pub is_permanent: Option<bool> = "is_permanent",
        /// Until when it holds, in seconds since 1970.
        pub expiration_timestamp: Option<i64> = "expiration_timestamp",
        /// `user_action` or `automatic`.
        pub response_source: Option<Text<'a>> = "response_source",
    }
}

record! {
    /// The customer chose how to pay (Brazil's one-click payments).
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, PaymentMethod, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    ///     "messages":[{"id":"wamid.A","type":"interactive",
    ///     "interactive":{"type":"payment_method","payment_method":{"payment_method":"pix",
    ///     "reference_id":"reference-id"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Message(message) = event.kind else { return Err("it is another") };
    /// let Content::PaymentMethod(choice) = message.content else { return Err("it was asked") };
    /// let PaymentMethod { payment_method, reference_id, .. } = *choice;
    /// assert_eq!(
    ///     (payment_method, reference_id),
    ///     (Some("pix".into()), Some("reference-id".into())),
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub struct PaymentMethod<'a> {
        /// For example `offsite_card_pay`.
        pub payment_method: Option<Text<'a>> = "payment_method",
        /// When, in seconds since 1970.
        pub payment_timestamp: Option<i64> = "payment_timestamp",
        /// The business's own reference.
        pub reference_id: Option<Text<'a>> = "reference_id",
        /// The end of the card's number.
        pub last_four_digits: Option<Text<'a>> = "last_four_digits",
        /// Identifies the card.
        pub credential_id: Option<Text<'a>> = "credential_id",
    }
}

record! {
    /// A template as the business sent it; in echoes only.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, SentTemplate, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"smb_message_echoes","value":{
    ///     "message_echoes":[{"id":"wamid.A","to":"16505551234","type":"template",
    ///     "template":{"name":"order_confirmation","language":{"code":"en_US"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Echo(message) = event.kind else { return Err("it is another") };
    /// let Content::Template(template) = message.content else { return Err("it is one") };
    /// let SentTemplate { name, .. } = *template;
    /// assert_eq!(name, Some("order_confirmation".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct SentTemplate<'a> {
        /// Its name.
        pub name: Option<Text<'a>> = "name",
        /// Its language.
        pub language: Option<TemplateLanguage<'a>> = "language",
        /// What was put into it.
        pub components: Option<Raw<'a>> = "components",
    }
}

record! {
    /// The language of a template.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Content, EventKind, TemplateLanguage, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"smb_message_echoes","value":{
    ///     "message_echoes":[{"id":"wamid.A","type":"template",
    ///     "template":{"name":"order_confirmation","language":{"code":"pt_BR"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Echo(message) = event.kind else { return Err("it is another") };
    /// let Content::Template(template) = message.content else { return Err("it is one") };
    /// let TemplateLanguage { code, .. } = template.language.ok_or("it has one")?;
    /// assert_eq!(code, Some("pt_BR".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct TemplateLanguage<'a> {
        /// For example `pt_BR`.
        pub code: Option<Text<'a>> = "code",
    }
}
