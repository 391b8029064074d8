//! Who may write to a customer, when several apps share a number: changes of hands
//! (`messaging_handovers`), and what an app sees that may not write (`standby`).

use crate::webhook::raw::Raw;
use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// How a conversation changed hands.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, HandoverKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messaging_handovers","value":{
    ///     "type":"control_taken"}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Handover(handover) = event.kind else { return Err("it is another") };
    /// assert_eq!(handover.kind, Some(HandoverKind::ControlTaken));
    /// # Ok::<(), &str>(())
    /// ```
    HandoverKind {
        /// Its owner gave it: [`Handover::control_passed`].
        ControlPassed = "control_passed",
        /// It was taken from its owner: [`Handover::control_taken`].
        ControlTaken = "control_taken",
    }
}

words! {
    /// What an owner of conversations is there for.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::OwnerRole;
    ///
    /// assert_eq!(OwnerRole::from("ai_agent"), OwnerRole::AiAgent);
    /// ```
    OwnerRole {
        /// A machine that answers.
        AiAgent = "ai_agent",
        /// People, where the machine gives up.
        Escalation = "escalation",
        /// People who serve customers.
        CustomerService = "customer_service",
        /// Sends marketing messages.
        Marketing = "marketing",
        /// Reports on orders and the like.
        Utility = "utility",
    }
}

words! {
    /// What kind of app an owner of conversations is.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::OwnerAppRole;
    ///
    /// assert_eq!(OwnerAppRole::from("meta_business_agent"), OwnerAppRole::MetaBusinessAgent);
    /// ```
    OwnerAppRole {
        /// Meta's own machine.
        MetaBusinessAgent = "meta_business_agent",
    }
}

words! {
    /// How a conversation is put into words.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::ConversationContextKind;
    ///
    /// assert_eq!(ConversationContextKind::from("summary"), ConversationContextKind::Summary);
    /// ```
    ConversationContextKind {
        /// In short.
        Summary = "summary",
    }
}

element! {
    /// A conversation got another owner, who alone may write in it freely.
    ///
    /// What you pass, take or release yourself is not told, so keep that state. The app ids
    /// are on their way out: decide by role.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging_handovers>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/handover-control-passed.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Handover, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messaging_handovers","value":{
    ///     "type":"control_passed",
    ///     "control_passed":{"new_owner_app_id":"634974688087057"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Handover(handover) = event.kind else { return Err("it is another") };
    /// let Handover { control_passed, .. } = *handover;
    /// let owner = control_passed.and_then(|change| change.new_owner_app_id);
    /// assert_eq!(owner, Some("634974688087057".into()), "who may answer now");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Handover<'a> {
        /// The customer. May be missing as a whole.
        pub sender: Option<Box<HandoverCustomer<'a>>> = "sender",
        /// Your phone number; a value of this field has no `metadata`.
        pub recipient: Option<Box<HandoverNumber<'a>>> = "recipient",
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
        /// How it changed hands.
        pub kind: Option<HandoverKind> = "type",
        /// From whom to whom, when its owner gave it.
        pub control_passed: Option<Box<ControlChange<'a>>> = "control_passed",
        /// From whom to whom, when it was taken.
        pub control_taken: Option<Box<ControlChange<'a>>> = "control_taken",
    }
}

impl<'a> Handover<'a> {
    /// From whom to whom, whichever way.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, OwnerRole, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messaging_handovers","value":{
    ///     "type":"control_taken","control_taken":{"new_owner_role":"escalation"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Handover(handover) = event.kind else { return Err("it is another") };
    /// let owner = handover.change().and_then(|change| change.new_owner_role.clone());
    /// assert_eq!(owner, Some(OwnerRole::Escalation));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn change(&self) -> Option<&ControlChange<'a>> {
        self.control_passed.as_deref().or(self.control_taken.as_deref())
    }
}

record! {
    /// The customer of a conversation that changed hands.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, HandoverCustomer, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messaging_handovers","value":{
    ///     "type":"control_passed",
    ///     "sender":{"phone_number":"16505551234"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Handover(handover) = event.kind else { return Err("it is another") };
    /// let HandoverCustomer { phone_number, .. } = *handover.sender.ok_or("it is somebody's")?;
    /// assert_eq!(phone_number, Some("16505551234".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct HandoverCustomer<'a> {
        /// The phone number.
        pub phone_number: Option<Text<'a>> = "phone_number" as nonempty,
        /// The business-scoped user id. Meta does not promise it.
        pub user_id: Option<Text<'a>> = "user_id" as nonempty,
    }
}

record! {
    /// Your phone number in which a conversation changed hands.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, HandoverNumber, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messaging_handovers","value":{
    ///     "type":"control_passed",
    ///     "recipient":{"phone_number_id":"106540352242922"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Handover(handover) = event.kind else { return Err("it is another") };
    /// let HandoverNumber { phone_number_id, .. } = *handover.recipient.ok_or("with a number")?;
    /// assert_eq!(phone_number_id, Some("106540352242922".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct HandoverNumber<'a> {
        /// As an id.
        pub phone_number_id: Option<Text<'a>> = "phone_number_id",
        /// For people to read.
        pub display_phone_number: Option<Text<'a>> = "display_phone_number",
    }
}

record! {
    /// From whom to whom a conversation went.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{ControlChange, EventKind, OwnerRole, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messaging_handovers","value":{
    ///     "type":"control_passed",
    ///     "control_passed":{"previous_owner_role":"ai_agent",
    ///     "new_owner_role":"customer_service"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Handover(handover) = event.kind else { return Err("it is another") };
    /// let ControlChange { new_owner_role, .. } = *handover.control_passed.ok_or("to somebody")?;
    /// assert_eq!(new_owner_role, Some(OwnerRole::CustomerService));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ControlChange<'a> {
        /// Whose it was, as an app.
        pub previous_owner_app_id: Option<Text<'a>> = "previous_owner_app_id",
        /// Whose it was.
        pub previous_owner_role: Option<OwnerRole> = "previous_owner_role",
        /// What kind of app that is.
        pub previous_owner_app_role: Option<OwnerAppRole> = "previous_owner_app_role",
        /// Whose it is now, as an app.
        pub new_owner_app_id: Option<Text<'a>> = "new_owner_app_id",
        /// Whose it is now.
        pub new_owner_role: Option<OwnerRole> = "new_owner_role",
        /// What the old owner tells the new one, or a sentence of Meta's.
        pub metadata: Option<Text<'a>> = "metadata",
        /// What was said so far.
        pub conversation_context: Option<Box<ConversationContext<'a>>> = "conversation_context",
    }
}

element! {
    /// What a machine and a customer said before you got the conversation.
    ///
    /// Comes beside the first message after that, and within [`ControlChange`].
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messaging_handovers>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/conversation-context-of-an-agent.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{ConversationContext, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    /// "conversation_context":{"type":"summary",
    /// "summary":{"text":"Ana asks for blue shoes"}}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::ConversationContext(context) = event.kind else {
    ///     return Err("it is another");
    /// };
    /// let ConversationContext { summary, .. } = *context;
    /// assert_eq!(
    ///     summary.and_then(|summary| summary.text),
    ///     Some("Ana asks for blue shoes".into()),
    /// );
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ConversationContext<'a> {
        /// How it is put into words.
        pub kind: Option<ConversationContextKind> = "type",
        /// It in short.
        pub summary: Option<Box<ConversationSummary<'a>>> = "summary",
    }
}

record! {
    /// A conversation in short, as a machine wrote it.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{ConversationSummary, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
    /// "conversation_context":{"type":"summary",
    /// "summary":{"text":"Ana asks for blue shoes"}}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::ConversationContext(context) = event.kind else {
    ///     return Err("it is another");
    /// };
    /// let ConversationSummary { text, .. } = *context.summary.ok_or("there is one")?;
    /// assert!(text.is_some_and(|text| text.as_str().contains("shoes")));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct ConversationSummary<'a> {
        /// The words.
        pub text: Option<Text<'a>> = "text",
    }
}

element! {
    /// What the owner of a conversation wrote in it, for the apps that may only listen.
    ///
    /// Do not answer it. What customers write comes to them as
    /// [`StandbyMessage`](crate::webhook::EventKind::StandbyMessage), under the same id as to
    /// the owner.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/standby-echo.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, StandbyEcho, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"standby","value":{
    ///     "standby":{"message_echoes":[{"id":"wamid.A","to":"16505551234",
    ///     "message":{"text":{"body":"Hi"}}}]}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::StandbyEcho(echo) = event.kind else { return Err("it is another") };
    /// let StandbyEcho { id, to, .. } = *echo;
    /// assert_eq!((id, to), (Some("wamid.A".into()), Some("16505551234".into())));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct StandbyEcho<'a> {
        /// The message (`wamid.…`).
        pub id: Option<Text<'a>> = "id",
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
        /// The body of the call that sent it, word for word. The customer stands in its
        /// `to` or its `recipient`.
        pub message: Option<Raw<'a>> = "message",
        /// The template that it was made from.
        pub template: Option<Raw<'a>> = "template",
        /// The Flow that it opens.
        pub flow: Option<Raw<'a>> = "flow",
        /// Your phone number.
        pub from: Option<Text<'a>> = "from" as nonempty,
        /// The customer's phone number.
        pub to: Option<Text<'a>> = "to" as nonempty,
        /// The customer's business-scoped user id.
        pub recipient: Option<Text<'a>> = "recipient" as nonempty,
    }
}
