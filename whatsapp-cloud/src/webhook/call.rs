//! What happened in a call: `calls[]`.

use crate::webhook::attachment::Media;
use crate::webhook::record::{element, record};
use crate::webhook::words::words;
use crate::wire::{GraphError, Text};

words! {
    /// What happened in a call.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CallEvent, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"calls","value":{
    ///     "calls":[{"id":"wacid.A","event":"terminate"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Call(call) = event.kind else { return Err("it is another") };
    /// assert_eq!(call.event, Some(CallEvent::Terminate));
    /// # Ok::<(), &str>(())
    /// ```
    CallEvent {
        /// A call can be connected: [`Call::session`] says how.
        Connect = "connect",
        /// It is over: [`Call::status`] says how it went.
        Terminate = "terminate",
        /// A call was begun. Of numbers whose calls go over SIP.
        Created = "call_created",
        /// It was recorded: [`Call::call_recording`].
        RecordingAvailable = "call_recording_available",
        /// It was written down: [`Call::call_transcript`].
        TranscriptionAvailable = "call_transcription_available",
    }
}

words! {
    /// Who called.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CallDirection, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"calls","value":{
    ///     "calls":[{"id":"wacid.A","event":"connect","direction":"USER_INITIATED"}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Call(call) = event.kind else { return Err("it is another") };
    /// assert_eq!(call.direction, Some(CallDirection::UserInitiated));
    /// # Ok::<(), &str>(())
    /// ```
    CallDirection {
        /// The customer.
        UserInitiated = "USER_INITIATED",
        /// The business.
        BusinessInitiated = "BUSINESS_INITIATED",
    }
}

words! {
    /// How a call went. Meta writes it in two ways: [`CallOutcome::is_completed`] knows both.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::CallOutcome;
    ///
    /// // Meta writes it in capitals here, and otherwise there.
    /// assert!(CallOutcome::from("COMPLETED").is_completed());
    /// assert!(CallOutcome::from("Completed").is_completed());
    /// ```
    CallOutcome {
        /// It was held.
        Completed = "COMPLETED",
        /// The same, as Meta writes it now and then.
        CompletedInMixedCase = "Completed",
        /// Nobody answered, or something broke: [`Call::errors`] says what.
        Failed = "FAILED",
        /// The same, as Meta writes it now and then.
        FailedInMixedCase = "Failed",
        /// It was declined.
        Rejected = "REJECTED",
    }
}

impl CallOutcome {
    /// Whether the call was held.
    pub fn is_completed(&self) -> bool {
        matches!(self, Self::Completed | Self::CompletedInMixedCase)
    }

    /// Whether the call came to nothing, other than by a refusal.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::CallOutcome;
    ///
    /// assert!(CallOutcome::from("FAILED").is_failed() && CallOutcome::from("Failed").is_failed());
    /// assert!(!CallOutcome::Rejected.is_failed());
    /// ```
    pub fn is_failed(&self) -> bool {
        matches!(self, Self::Failed | Self::FailedInMixedCase)
    }
}

words! {
    /// Which half of a session's agreement a description is.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::SdpType;
    ///
    /// assert_eq!(SdpType::from("offer"), SdpType::Offer);
    /// ```
    SdpType {
        /// The caller's.
        Offer = "offer",
        /// The one who was called.
        Answer = "answer",
    }
}

element! {
    /// What happened in a call: it can be connected, it is over, or its recording is there.
    ///
    /// That it rings, or was accepted or rejected, comes as a status with the type `call`.
    /// A customer's call opens the 24 hours in which you may write freely, answered or not.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/reference#calling-api-webhooks>
    ///
    /// ```json
    #[doc = include_str!("../../tests/fixtures/webhooks/call-connect.json")]
    /// ```
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{Call, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"calls","value":{
    ///     "calls":[{"id":"wacid.A","event":"terminate","status":"COMPLETED",
    ///     "duration":480}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Call(call) = event.kind else { return Err("it is another") };
    /// let Call { id, duration, .. } = *call;
    /// assert_eq!((id, duration), (Some("wacid.A".into()), Some(480)));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct Call<'a> {
        /// The call (`wacid.…`); the same in all its events.
        pub id: Option<Text<'a>> = "id",
        /// What happened.
        pub event: Option<CallEvent> = "event",
        /// When, in seconds since 1970.
        pub timestamp: Option<i64> = "timestamp" as quoted,
        /// Who called.
        pub direction: Option<CallDirection> = "direction",
        /// The caller's phone number. None when Meta hides it. One of Meta's examples swaps it
        /// with `to`.
        pub from: Option<Text<'a>> = "from" as nonempty,
        /// The caller's business-scoped user id, when the customer called.
        pub from_user_id: Option<Text<'a>> = "from_user_id" as nonempty,
        /// The user id above it.
        pub from_parent_user_id: Option<Text<'a>> = "from_parent_user_id" as nonempty,
        /// The phone number that was called. None when Meta hides it.
        pub to: Option<Text<'a>> = "to" as nonempty,
        /// The business-scoped user id that was called, when the business called.
        pub to_user_id: Option<Text<'a>> = "to_user_id" as nonempty,
        /// The user id above it.
        pub to_parent_user_id: Option<Text<'a>> = "to_parent_user_id" as nonempty,
        /// How to connect it.
        pub session: Option<Box<CallSession<'a>>> = "session",
        /// The same in its older form.
        pub connection: Option<Box<CallConnection<'a>>> = "connection",
        /// How it went, once it is over. The list that Meta's page prints is read when it holds
        /// one word.
        pub status: Option<CallOutcome> = "status",
        /// When it was picked up, in seconds since 1970. Only of a call that was.
        pub start_time: Option<i64> = "start_time" as quoted,
        /// When it ended, in seconds since 1970. Only of a call that was picked up.
        pub end_time: Option<i64> = "end_time" as quoted,
        /// How long it took, in seconds. Only of a call that was picked up.
        pub duration: Option<i64> = "duration",
        /// What the business wrote into the call for itself, as it was written.
        pub biz_opaque_callback_data: Option<Text<'a>> = "biz_opaque_callback_data",
        /// What the business wrote into the link that the customer called by.
        pub deeplink_payload: Option<Text<'a>> = "deeplink_payload",
        /// What the business wrote into the call button that the customer pressed.
        pub cta_payload: Option<Text<'a>> = "cta_payload",
        /// Why it failed.
        pub errors: Vec<GraphError> = "errors",
        /// Its recording. To be fetched within five minutes, or by its id for 7 days.
        pub call_recording: Option<Box<CallRecording<'a>>> = "call_recording",
        /// What was said, as a file. To be fetched like a recording.
        pub call_transcript: Option<Box<CallTranscript<'a>>> = "call_transcript",
    }
}

record! {
    /// How the one side of a call can be reached, as WebRTC describes it.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CallSession, EventKind, SdpType, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"calls","value":{
    ///     "calls":[{"id":"wacid.A","event":"connect","session":{"sdp_type":"offer",
    ///     "sdp":"v=0"}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Call(call) = event.kind else { return Err("it is another") };
    /// let CallSession { sdp_type, .. } = *call.session.ok_or("it says how")?;
    /// assert_eq!(sdp_type, Some(SdpType::Offer), "to be answered by ManageCall");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CallSession<'a> {
        /// Whether it offers or answers.
        pub sdp_type: Option<SdpType> = "sdp_type",
        /// The description (RFC 8866).
        pub sdp: Option<Text<'a>> = "sdp",
    }
}

record! {
    /// How the other side of a call can be reached, in the older form.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CallConnection, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"calls","value":{
    ///     "calls":[{"id":"wacid.A","event":"connect",
    ///     "connection":{"webrtc":{"sdp":"v=0"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Call(call) = event.kind else { return Err("it is another") };
    /// let CallConnection { webrtc, .. } = *call.connection.ok_or("it says how")?;
    /// assert_eq!(webrtc.and_then(|session| session.sdp), Some("v=0".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CallConnection<'a> {
        /// As WebRTC describes it.
        pub webrtc: Option<CallSession<'a>> = "webrtc",
    }
}

record! {
    /// The recording of a call.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CallRecording, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"calls","value":{
    ///     "calls":[{"id":"wacid.A","event":"call_recording_available",
    ///     "call_recording":{"type":"audio","audio":{"id":"1037543291543636"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Call(call) = event.kind else { return Err("it is another") };
    /// let CallRecording { audio, .. } = *call.call_recording.ok_or("it was recorded")?;
    /// assert!(audio.is_some_and(|audio| audio.id.is_some()), "to be fetched as any file");
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CallRecording<'a> {
        /// `audio`.
        pub kind: Option<Text<'a>> = "type",
        /// The file.
        pub audio: Option<Media<'a>> = "audio",
    }
}

record! {
    /// What was said in a call.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CallTranscript, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"calls","value":{
    ///     "calls":[{"id":"wacid.A","event":"call_transcription_available",
    ///     "call_transcript":{"type":"document","document":{"id":"1037543291543636"}}}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Call(call) = event.kind else { return Err("it is another") };
    /// let CallTranscript { document, .. } = *call.call_transcript.ok_or("it was written down")?;
    /// assert!(document.is_some_and(|document| document.id.is_some()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CallTranscript<'a> {
        /// `document`.
        pub kind: Option<Text<'a>> = "type",
        /// The file, which holds JSON.
        pub document: Option<Media<'a>> = "document",
    }
}
