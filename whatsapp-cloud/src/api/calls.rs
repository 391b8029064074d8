//! Calls with customers: their sessions are negotiated by SDP (RFC 8866).
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/calling/reference>

use crate::api::call::call;
use crate::id::{PhoneNumberId, UserId};
use crate::wire::{WhatsApp, object, open_enum};

/// How long the data for tracking may be.
const LONGEST_DATA: usize = 512;

call! {
    /// Asks whether a customer may be called, and what else may be done.
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::CheckCallPermissions;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = CheckCallPermissions::new("106540352242922");
    /// call.user_wa_id = Some("16505551234".to_owned());
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "106540352242922/call_permissions?user_wa_id=16505551234"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CheckCallPermissions -> CallPermissions = "check call permissions", idempotent;
    get "/{Phone-Number-ID}/call_permissions" {
        /// The number that would call.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// The customer's phone number.
        user_wa_id: Option<String> = "user_wa_id",
        /// The customer's business-scoped user id, instead of it.
        recipient: Option<String> = "recipient",
    }
    check |call, found| {
        if call.user_wa_id.is_none() && call.recipient.is_none() {
            found.add("user_wa_id", "a phone number or a user id, found none");
        }
    }
}

call! {
    /// Calls a customer, or answers, refuses or ends a call.
    ///
    /// A call that comes must be accepted within 30 to 60 seconds; Meta's pages differ.
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::{CallRequest, ManageCall};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ManageCall::new("106540352242922", CallRequest::terminate("wacid.HBgL"));
    /// assert_eq!(call.request()?.target()?, "106540352242922/calls");
    ///
    /// let nobody = ManageCall::new("106540352242922", CallRequest::connect("", "v=0\r\n"));
    /// assert!(nobody.request().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ManageCall -> CallManaged = "manage call", once;
    post "/{Phone-Number-ID}/calls" {
        /// The number that calls or is called.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What to do.
        call: CallRequest
    }
}

object! {
    /// What to do about a call.
    pub struct CallRequest {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Whom to call, by phone number.
        pub to: Option<String> = "to",
        /// Whom to call, by business-scoped user id: instead of the number, or beside it.
        pub recipient: Option<UserId> = "recipient",
        /// Which call, for all that is not a new one.
        pub call_id: Option<String> = "call_id",
        /// What to do.
        pub action: CallAction = "action",
        /// What this side offers or answers.
        pub session: Option<Session> = "session",
        /// What webhooks about this call will repeat: at most 512 characters.
        pub biz_opaque_callback_data: Option<String> = "biz_opaque_callback_data",
        /// Whether the call is recorded: when it is begun or accepted.
        pub recording: Option<CallCapture> = "recording",
        /// Whether the call is written down: when it is begun or accepted.
        pub transcription: Option<CallCapture> = "transcription",
    }
    check |call, found| {
        let is_there = |text: Option<&str>| text.is_some_and(|text| !text.is_empty());
        let is_of_somebody = is_there(call.to.as_deref())
            || call.recipient.as_ref().is_some_and(|id| !id.as_str().is_empty());
        let needs_session = match &call.action {
            CallAction::Connect => {
                if !is_of_somebody {
                    found.add("to", "a phone number or a user id, found none");
                }
                true
            }
            // An example of Meta's names the customer, and no call.
            action => {
                if !is_there(call.call_id.as_deref()) && !is_of_somebody {
                    found.add("call_id", "a call, found none");
                }
                matches!(action, CallAction::PreAccept | CallAction::Accept)
            }
        };
        if call.action.as_str().is_empty() {
            found.add("action", "something to do, found nothing");
        }
        if needs_session && call.session.is_none() {
            found.add("session", "a session, found none");
        }
        let data = call.biz_opaque_callback_data.as_deref().unwrap_or_default();
        found.length("biz_opaque_callback_data", data, 0, LONGEST_DATA);
    }
}

impl CallRequest {
    /// Calls a phone number with an SDP offer.
    pub fn connect(to: impl Into<String>, offer: impl Into<String>) -> Self {
        let session = Session::new(SdpType::Offer, offer);
        Self { to: Some(to.into()), ..Self::of(CallAction::Connect).with_session(session) }
    }

    /// Prepares the media of a call that came, with an SDP answer.
    pub fn pre_accept(call_id: impl Into<String>, answer: impl Into<String>) -> Self {
        let session = Session::new(SdpType::Answer, answer);
        Self::of(CallAction::PreAccept).with_session(session).about(call_id)
    }

    /// Accepts a call that came, with an SDP answer: the same as before, if there was one.
    pub fn accept(call_id: impl Into<String>, answer: impl Into<String>) -> Self {
        let session = Session::new(SdpType::Answer, answer);
        Self::of(CallAction::Accept).with_session(session).about(call_id)
    }

    /// Refuses a call that came.
    pub fn reject(call_id: impl Into<String>) -> Self {
        Self::of(CallAction::Reject).about(call_id)
    }

    /// Ends a call.
    pub fn terminate(call_id: impl Into<String>) -> Self {
        Self::of(CallAction::Terminate).about(call_id)
    }

    fn of(action: CallAction) -> Self {
        Self { action, ..Self::default() }
    }

    fn about(self, call_id: impl Into<String>) -> Self {
        Self { call_id: Some(call_id.into()), ..self }
    }

    fn with_session(self, session: Session) -> Self {
        Self { session: Some(session), ..self }
    }
}

object! {
    /// What a side offers or answers.
    pub struct Session {
        /// Offer or answer.
        pub sdp_type: Option<SdpType> = "sdp_type",
        /// The description, as RFC 8866 has it.
        pub sdp: String = "sdp",
    }
    check |session, found| {
        if session.sdp.is_empty() {
            found.add("sdp", "a description, found none");
        }
    }
}

impl Session {
    fn new(sdp_type: SdpType, sdp: impl Into<String>) -> Self {
        Self { sdp_type: Some(sdp_type), sdp: sdp.into(), ..Self::default() }
    }
}

object! {
    /// Whether a call is recorded, or written down. Both sides hear an announcement first.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/call-recording>
    pub struct CallCapture {
        /// `ENABLED`, if it is.
        pub status: Option<String> = "status",
        /// What for: both sides are told.
        pub purpose: Option<String> = "purpose",
        /// In which language: `en_US`.
        pub announcement_language: Option<String> = "announcement_language",
    }
}

object! {
    /// What came of it.
    pub struct CallManaged {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// The call, when it is a new one.
        pub calls: Vec<CallMade> = "calls",
        /// Whether it was done, when it is not a new one.
        pub success: Option<bool> = "success",
    }
}

object! {
    /// A call.
    pub struct CallMade {
        /// Its id: `wacid.…`. To be kept like a phone number, for one may be in it.
        pub id: Option<String> = "id",
    }
}

object! {
    /// Whether a customer may be called.
    pub struct CallPermissions {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Whether he has allowed it.
        pub permission: Option<CallPermission> = "permission",
        /// What may be done.
        pub actions: Vec<PermittedAction> = "actions",
    }
}

object! {
    /// Whether a customer has allowed calls.
    pub struct CallPermission {
        /// Whether he has.
        pub status: Option<PermissionStatus> = "status",
        /// Until when, in seconds since 1970.
        pub expiration_time: Option<i64> = "expiration_time",
        /// The same, as another page of Meta's writes it.
        pub expiration: Option<i64> = "expiration",
    }
}

object! {
    /// Something that may be done, or not.
    pub struct PermittedAction {
        /// What: `start_call`, `send_call_permission_request`.
        pub action_name: Option<String> = "action_name",
        /// Whether it may be done now.
        pub can_perform_action: Option<bool> = "can_perform_action",
        /// How often.
        pub limits: Vec<ActionLimit> = "limits",
    }
}

object! {
    /// How often something may be done.
    pub struct ActionLimit {
        /// In which time: `PT24H`.
        pub time_period: Option<String> = "time_period",
        /// How often at most.
        pub max_allowed: Option<u32> = "max_allowed",
        /// How often it was done.
        pub current_usage: Option<u32> = "current_usage",
        /// When it begins anew, in seconds since 1970.
        pub limit_expiration_time: Option<i64> = "limit_expiration_time",
    }
}

open_enum! {
    /// What to do about a call.
    CallAction {
        /// Call.
        Connect = "connect",
        /// Prepare the media of a call that came.
        PreAccept = "pre_accept",
        /// Accept it.
        Accept = "accept",
        /// Refuse it.
        Reject = "reject",
        /// End it.
        Terminate = "terminate",
    }
}

open_enum! {
    /// Offer or answer.
    SdpType {
        /// Offer.
        Offer = "offer",
        /// Answer.
        Answer = "answer",
    }
}

open_enum! {
    /// Whether a customer has allowed calls. The first three are the guide's words, the others
    /// those of Meta's OpenAPI file.
    PermissionStatus {
        /// He has not, or cannot be called at all.
        No = "no_permission",
        /// For seven days.
        Temporary = "temporary",
        /// For good.
        Permanent = "permanent",
        /// He has.
        Granted = "granted",
        /// He was asked.
        Pending = "pending",
        /// He has refused.
        Denied = "denied",
        /// He had.
        Expired = "expired",
    }
}
