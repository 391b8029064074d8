//! Calls with customers: their sessions are negotiated by SDP (RFC 8866).
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/calling/reference>

use crate::api::call::call;
use crate::api::recipient::{check_phone, check_wa_id, with_plus};
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
        /// The customer's phone number as webhooks tell it: digits, country code first.
        user_wa_id: Option<String> = "user_wa_id",
        /// The customer's business-scoped user id, instead of it.
        recipient: Option<String> = "recipient",
    }
    check |call, found| {
        if call.user_wa_id.is_none() && call.recipient.is_none() {
            found.add("user_wa_id", "a phone number or a user id, found none");
        }
        if let Some(number) = &call.user_wa_id {
            check_wa_id("user_wa_id", number, found);
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
        call: CallRequest => CallRequest::meant
    }
}

object! {
    /// What to do about a call.
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::{CallAction, CallRequest, ManageCall};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let hang_up = CallRequest {
    ///     call_id: Some("wacid.HBgLMTIxODU1NTI4MjgVAgARGCAyODRQIAFRoA".to_owned()),
    ///     action: CallAction::Terminate,
    ///     ..CallRequest::default()
    /// };
    /// assert!(ManageCall::new("106540352242922", hang_up).request().is_ok());
    /// ```
    pub struct CallRequest {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Whom to call, by phone number in international form; sent with `+` always.
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
        if let Some(number) = call.to.as_deref().filter(|number| !number.is_empty()) {
            check_phone("to", number, found);
        }
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::{CallAction, CallRequest};
    ///
    /// let answer = "v=0\r\n…";
    /// let prepared = CallRequest::pre_accept("wacid.HBgL", answer);
    /// let accepted = CallRequest::accept("wacid.HBgL", answer);
    /// assert_eq!(prepared.session, accepted.session, "Meta wants the same answer twice");
    ///
    /// // Or nobody is there to talk.
    /// assert_eq!(CallRequest::reject("wacid.HBgL").action, CallAction::Reject);
    /// ```
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

    /// With a `+` before the number, without which Meta reads it as one of the sender's country.
    fn meant(&self) -> Self {
        Self { to: self.to.as_deref().map(with_plus), ..self.clone() }
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::{SdpType, Session};
    ///
    /// let answer = Session {
    ///     sdp_type: Some(SdpType::Answer),
    ///     sdp: "v=0\r\no=- 7669997803033704573 2 IN IP4 127.0.0.1\r\n".to_owned(),
    ///     ..Session::default()
    /// };
    /// assert_eq!(serde_json::to_value(&answer)?["sdp_type"], "answer");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::{CallCapture, CallRequest};
    ///
    /// let capture: CallCapture = serde_json::from_str(
    ///     r#"{"status":"ENABLED","purpose":"QUALITY"}"#,
    /// )?;
    /// let call = CallRequest { recording: Some(capture), ..CallRequest::default() };
    /// assert_eq!(call.recording.unwrap().status.as_deref(), Some("ENABLED"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::CallManaged;
    ///
    /// let managed: CallManaged = serde_json::from_str(
    ///     r#"{"messaging_product":"whatsapp","calls":[{"id":"wacid.HBgLMTIx"}]}"#,
    /// )?;
    /// assert_eq!(managed.calls[0].id.as_deref(), Some("wacid.HBgLMTIx"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::{CallMade, CallManaged};
    ///
    /// let managed: CallManaged = serde_json::from_str(r#"{"calls":[{"id":"wacid.HBgLMTIx"}]}"#)?;
    /// // What the webhooks of this call will name, and what ends it.
    /// let ids: Vec<&str> =
    ///     managed.calls.iter().filter_map(|CallMade { id, .. }| id.as_deref()).collect();
    /// assert_eq!(ids, ["wacid.HBgLMTIx"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CallMade {
        /// Its id: `wacid.…`. To be kept like a phone number, for one may be in it.
        pub id: Option<String> = "id",
    }
}

object! {
    /// Whether a customer may be called.
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::CallPermissions;
    ///
    /// let may: CallPermissions = serde_json::from_str(
    ///     r#"{"permission":{"status":"temporary","expiration_time":1745343479},
    ///         "actions":[{"action_name":"start_call","can_perform_action":true}]}"#,
    /// )?;
    /// assert!(may.actions.iter().any(|action| action.can_perform_action == Some(true)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::{CallPermission, PermissionStatus};
    ///
    /// let permission: CallPermission = serde_json::from_str(
    ///     r#"{"status":"temporary","expiration_time":1745343479}"#,
    /// )?;
    /// assert_eq!(permission.status, Some(PermissionStatus::Temporary));
    /// assert!(permission.expiration_time.is_some_and(|end| end > 1_745_000_000));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::PermittedAction;
    ///
    /// let action: PermittedAction = serde_json::from_str(
    ///     r#"{"action_name":"send_call_permission_request","can_perform_action":false}"#,
    /// )?;
    /// assert_eq!(action.can_perform_action, Some(false), "not again today");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::ActionLimit;
    ///
    /// let limit: ActionLimit = serde_json::from_str(
    ///     r#"{"time_period":"PT24H","max_allowed":5,"current_usage":4}"#,
    /// )?;
    /// assert_eq!(limit.max_allowed.unwrap() - limit.current_usage.unwrap(), 1);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::{CallAction, CallRequest};
    ///
    /// let refusal = CallRequest { action: CallAction::Reject, ..CallRequest::default() };
    /// assert_eq!(serde_json::to_value(&refusal)?["action"], "reject");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::{SdpType, Session};
    ///
    /// let offer: Session = serde_json::from_str(r#"{"sdp_type":"offer","sdp":"v=0\r\n"}"#)?;
    /// assert_eq!(offer.sdp_type, Some(SdpType::Offer));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    ///
    /// ```
    /// use whatsapp_cloud::api::calls::{CallPermission, PermissionStatus};
    ///
    /// let permission: CallPermission = serde_json::from_str(r#"{"status":"no_permission"}"#)?;
    /// assert_eq!(permission.status, Some(PermissionStatus::No));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
