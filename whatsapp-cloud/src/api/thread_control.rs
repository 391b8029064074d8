//! Who answers a customer, when several apps share a number.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/conversation-routing>

use crate::api::call::call;
use crate::api::recipient::{check_phone, with_plus};
use crate::id::{PhoneNumberId, UserId};
use crate::wire::{WhatsApp, object, open_enum};

/// How long a note may be.
const LONGEST_NOTE: usize = 2_000;

call! {
    /// Passes a conversation on, gives it back, or takes it.
    ///
    /// ```
    /// use whatsapp_cloud::api::thread_control::{ControlThread, ThreadAction, ThreadControl};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let release = ThreadControl {
    ///     to: Some("16505551234".to_owned()),
    ///     action: ThreadAction::Release,
    ///     ..ThreadControl::default()
    /// };
    /// let call = ControlThread::new("106540352242922", release);
    /// assert_eq!(call.request()?.target()?, "106540352242922/thread_control");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ControlThread -> ThreadControlled = "control thread", once;
    post "/{Phone-Number-ID}/thread_control" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What to do.
        control: ThreadControl => ThreadControl::meant
    }
}

object! {
    /// What becomes of a conversation.
    ///
    /// ```
    /// use whatsapp_cloud::api::thread_control::{ControlThread, ThreadAction, ThreadControl};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let back = ThreadControl {
    ///     to: Some("+16505551234".to_owned()),
    ///     action: ThreadAction::Release,
    ///     ..ThreadControl::default()
    /// };
    /// assert!(ControlThread::new("106540352242922", back).request().is_ok());
    /// ```
    pub struct ThreadControl {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Whose, by phone number in international form; sent with `+` always.
        pub to: Option<String> = "to",
        /// Whose, by business-scoped user id.
        pub recipient: Option<UserId> = "recipient",
        /// What to do.
        pub action: ThreadAction = "action",
        /// What the next app is told: at most 2,000 characters.
        pub metadata: Option<String> = "metadata",
        /// To whom it is passed, and to the escalation partner when it is left out; only for
        /// [`ThreadAction::Pass`].
        pub control_pass: Option<ControlPass> = "control_pass",
    }
    check |control, found| {
        if control.to.as_deref().unwrap_or_default().is_empty() && control.recipient.is_none() {
            found.add("to", "a phone number or a user id, found none");
        }
        if let Some(number) = control.to.as_deref().filter(|number| !number.is_empty()) {
            check_phone("to", number, found);
        }
        if control.action.as_str().is_empty() {
            found.add("action", "something to do, found nothing");
        }
        if control.control_pass.is_some() && control.action != ThreadAction::Pass {
            found.add("control_pass", "nothing, unless it is passed");
        }
        let note = control.metadata.as_deref().unwrap_or_default();
        found.length("metadata", note, 0, LONGEST_NOTE);
    }
}

impl ThreadControl {
    /// With a `+` before the number, without which Meta reads it as one of the sender's country.
    fn meant(&self) -> Self {
        Self { to: self.to.as_deref().map(with_plus), ..self.clone() }
    }
}

object! {
    /// To whom a conversation is passed.
    ///
    /// ```
    /// use whatsapp_cloud::api::thread_control::{
    ///     ControlPass, ControlThread, ThreadAction, ThreadControl, ThreadRole,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let pass = ThreadControl {
    ///     to: Some("+16505551234".to_owned()),
    ///     action: ThreadAction::Pass,
    ///     control_pass: Some(ControlPass {
    ///         target_role: ThreadRole::CustomerService,
    ///         ..ControlPass::default()
    ///     }),
    ///     ..ThreadControl::default()
    /// };
    /// assert!(ControlThread::new("106540352242922", pass).request().is_ok());
    /// ```
    pub struct ControlPass {
        /// The role of the next app.
        pub target_role: ThreadRole = "target_role",
    }
    check |pass, found| {
        if pass.target_role.as_str().is_empty() {
            found.add("target_role", "a role, found none");
        }
    }
}

object! {
    /// What came of it.
    ///
    /// ```
    /// use whatsapp_cloud::api::thread_control::ThreadControlled;
    ///
    /// let done: ThreadControlled = serde_json::from_str(
    ///     r#"{"messaging_product":"whatsapp","success":true}"#,
    /// )?;
    /// assert_eq!(done.success, Some(true));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ThreadControlled {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Whether it was done.
        pub success: Option<bool> = "success",
    }
}

open_enum! {
    /// What becomes of a conversation.
    ///
    /// ```
    /// use whatsapp_cloud::api::thread_control::{ThreadAction, ThreadControl};
    ///
    /// let take: ThreadControl = serde_json::from_str(
    ///     r#"{"to":"+16505551234","action":"take"}"#,
    /// )?;
    /// assert_eq!(take.action, ThreadAction::Take);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ThreadAction {
        /// Another app answers.
        Pass = "pass",
        /// The app that answers by default does so again.
        Release = "release",
        /// This app answers. Only for the escalation partner (2494191).
        Take = "take",
    }
}

open_enum! {
    /// The role of an app.
    ///
    /// ```
    /// use whatsapp_cloud::api::thread_control::{ControlPass, ThreadRole};
    ///
    /// let pass: ControlPass = serde_json::from_str(r#"{"target_role":"ai_agent"}"#)?;
    /// assert_eq!(pass.target_role, ThreadRole::AiAgent);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ThreadRole {
        /// It helps customers.
        CustomerService = "customer_service",
        /// It advertises.
        Marketing = "marketing",
        /// It tells about orders and the like.
        Utility = "utility",
        /// It answers who comes from an advertisement.
        ClickToWhatsApp = "ctwa",
        /// Meta's own agent.
        AiAgent = "ai_agent",
        /// It takes over when another one cannot help.
        Escalation = "escalation",
    }
}
