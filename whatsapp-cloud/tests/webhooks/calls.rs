//! Calls: every event with each of its members, and forms that are not as usual.

use serde_json::json;
use whatsapp_cloud::webhook::{Call, CallDirection, CallEvent, CallOutcome, EventKind, SdpType};

use crate::records::{picked, text, told, told_of};

fn call(file: &str) -> Call<'static> {
    let mut calls = picked!(told(file), Call);
    assert_eq!(calls.len(), 1, "{file}");
    calls.remove(0)
}

#[test]
fn a_customers_call_brings_how_to_connect_it() {
    let call = call("call-connect.json");

    assert_eq!(call.id, text("wacid.C1"));
    assert_eq!(call.event, Some(CallEvent::Connect));
    assert_eq!(call.timestamp, Some(1_749_416_383));
    assert_eq!(call.direction, Some(CallDirection::UserInitiated));
    assert_eq!(call.from, text("5511999990001"));
    assert_eq!(call.to, text("551140000001"));
    assert_eq!(call.deeplink_payload, text("cartaz-3"));
    assert_eq!(call.cta_payload, text("ligar"));
    let session = call.session.unwrap();
    assert_eq!(session.sdp_type, Some(SdpType::Offer));
    // As WebRTC wants it, line ends included.
    assert!(session.sdp.unwrap().as_str().starts_with("v=0\r\no=- 4611731400430051336 2 IN"));
}

#[test]
fn a_call_of_the_business_brings_the_customers_answer() {
    let call = call("call-connect-by-the-business.json");

    assert_eq!(call.direction, Some(CallDirection::BusinessInitiated));
    assert_eq!(call.from, text("551140000001"));
    assert_eq!(call.to_user_id, text("DE.1112223334445"));
    assert_eq!(call.to_parent_user_id, text("DE.ENT.998877"));
    assert_eq!(call.biz_opaque_callback_data, text("pedido-99"));
    assert_eq!(call.session.as_ref().unwrap().sdp_type, Some(SdpType::Answer));
    let older = call.connection.unwrap().webrtc.unwrap();
    assert_eq!(older.sdp, call.session.unwrap().sdp);
}

#[test]
fn a_call_that_is_over_tells_how_it_went_and_how_long_it_took() {
    let call = call("call-terminate.json");

    assert_eq!(call.event, Some(CallEvent::Terminate));
    assert_eq!(call.status, Some(CallOutcome::Completed));
    assert_eq!(call.start_time, Some(1_749_416_391));
    assert_eq!(call.end_time, Some(1_749_416_511));
    assert_eq!(call.duration, Some(120));
}

#[test]
fn a_call_that_failed_tells_why() {
    let call = call("call-terminate-failed.json");

    assert_eq!(call.status, Some(CallOutcome::Failed));
    assert_eq!(call.from, None);
    assert_eq!(call.from_user_id, text("DE.1112223334445"));
    assert_eq!(call.from_parent_user_id, text("DE.ENT.998877"));
    assert_eq!(call.errors[0].code, 138_021);
    assert_eq!(call.errors[0].details(), Some("Nobody answered in time"));
}

#[test]
fn an_outcome_is_told_apart_however_it_is_written() {
    let mixed_case = call("call-terminate-in-mixed-case.json").status.unwrap();
    assert_eq!(mixed_case.as_str(), "Completed");
    assert!(mixed_case.is_known() && mixed_case.is_completed() && !mixed_case.is_failed());

    assert!(CallOutcome::from("COMPLETED").is_completed());
    assert!(CallOutcome::from("FAILED").is_failed() && CallOutcome::from("Failed").is_failed());
    let rejected = CallOutcome::from("REJECTED");
    assert!(rejected.is_known() && !rejected.is_failed() && !rejected.is_completed());
}

#[test]
fn an_outcome_in_a_list_is_read_too() {
    let call = call("call-terminate-with-a-list.json");

    assert_eq!(call.status, Some(CallOutcome::Completed));
    assert_eq!(serde_json::to_value(&call).unwrap()["status"], json!(["COMPLETED"]));
}

#[test]
fn a_call_that_was_begun_is_told() {
    let call = call("call-created.json");

    assert_eq!(call.event, Some(CallEvent::Created));
    assert_eq!(call.id, text("wacid.C5"));
}

#[test]
fn a_recording_is_a_file() {
    let call = call("call-recording-available.json");

    assert_eq!(call.event, Some(CallEvent::RecordingAvailable));
    let recording = call.call_recording.unwrap();
    assert_eq!(recording.kind, text("audio"));
    let audio = recording.audio.unwrap();
    assert_eq!(audio.id, text("1003383421380010"));
    assert_eq!(audio.mime_type, text("audio/ogg; codecs=opus"));
    assert!(audio.sha256.is_some() && audio.url.is_some());
}

#[test]
fn a_transcript_is_a_file() {
    let call = call("call-transcription-available.json");

    assert_eq!(call.event, Some(CallEvent::TranscriptionAvailable));
    let transcript = call.call_transcript.unwrap();
    assert_eq!(transcript.kind, text("document"));
    let document = transcript.document.unwrap();
    assert_eq!(document.id, text("1003383421380011"));
    assert_eq!(document.mime_type, text("application/json"));
}

#[test]
fn an_unknown_event_keeps_its_word_and_its_members() {
    let events = told("call-of-an-unknown-event.json");
    assert!(!events[0].is_known());
    let call = call("call-of-an-unknown-event.json");

    assert_eq!(call.event, Some(CallEvent::Unknown("call_held".to_owned())));
    assert_eq!(serde_json::to_value(&call).unwrap()["held_by"], json!("business"));
}

#[test]
fn a_bad_call_costs_only_itself() {
    let events = told("call-bad-one-among-good-ones.json");

    assert!(matches!(&events[0].kind, EventKind::Call(call) if call.id == text("wacid.C7")));
    assert!(matches!(&events[1].kind, EventKind::Malformed(_)));
    assert!(matches!(&events[2].kind, EventKind::Call(call) if call.id == text("wacid.C8")));
}

#[test]
fn a_member_of_a_wrong_type_is_kept_and_its_neighbours_are_read() {
    let own = json!({
        "id": 7, "event": {"word": "connect"}, "timestamp": 1_749_416_383, "direction": null,
        "from": {"wa_id": "5511999990001"}, "session": "offer",
        "connection": {"webrtc": {"sdp": 5}}, "start_time": 1_749_416_391, "end_time": "soon",
        "duration": "120", "errors": [{"code": "1"}, {}], "status": [],
        "call_recording": {"type": "audio", "audio": []},
    });
    let events = told_of("calls", &json!({ "calls": [own] }));
    let EventKind::Call(call) = &events[0].kind else { panic!("{events:#?}") };

    assert_eq!(call.id, text("7"));
    assert_eq!((&call.event, &call.direction, &call.status), (&None, &None, &None));
    assert_eq!((&call.from, &call.session), (&None, &None));
    assert_eq!((call.timestamp, call.start_time), (Some(1_749_416_383), Some(1_749_416_391)));
    assert_eq!((call.end_time, call.duration), (None, Some(120)));
    assert_eq!(call.errors[0].code, 1);
    assert_eq!(call.call_recording.as_ref().unwrap().kind, text("audio"));
    assert!(!events[0].is_known());
    assert_eq!(serde_json::to_value(call).unwrap(), own);
}
