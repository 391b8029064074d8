//! Calls, who answers, what comes from the Business app, payments.

use serde_json::{Value, json};
use whatsapp_cloud::api::calls::{
    CallAction, CallCapture, CallRequest, CheckCallPermissions, ManageCall, PermissionStatus,
    SdpType, Session,
};
use whatsapp_cloud::api::coexistence::{Sync, SyncAppData, SyncKind};
use whatsapp_cloud::api::payment_lookup::{
    GetPayment, PaymentStatus, RefundAmount, RefundOrder, RefundPayment, RefundSpeed,
    TransactionStatus,
};
use whatsapp_cloud::api::thread_control::{
    ControlPass, ControlThread, ThreadAction, ThreadControl, ThreadRole,
};
use whatsapp_cloud::endpoint::{Endpoint, Method};

use super::{NUMBER, answer, assert_sent, refusals};

const SDP: &str = "v=0\r\n";

#[test]
fn permissions_for_calls_are_asked_for() {
    let mut call = CheckCallPermissions::new(NUMBER);
    assert_eq!(refusals(&call), ["user_wa_id: a phone number or a user id, found none"]);
    call.user_wa_id = Some("16505551234".to_owned());
    assert_sent(&call, Method::Get, "/call_permissions?user_wa_id=16505551234", Value::Null);
    call.user_wa_id = Some("+16505551234".to_owned());
    let rule = "user_wa_id: a number as webhooks tell it: 7 to 15 digits, country code first";
    assert_eq!(refusals(&call), [rule]);
    call.user_wa_id = None;
    call.recipient = Some("US.1349".to_owned());
    assert_sent(&call, Method::Get, "/call_permissions?recipient=US.1349", Value::Null);

    let found = answer::<CheckCallPermissions>(json!({
        "messaging_product": "whatsapp",
        "permission": {"status": "temporary", "expiration_time": 1_735_689_600, "expiration": 5},
        "actions": [
            {"action_name": "start_call", "can_perform_action": true, "limits": [{
                "time_period": "PT24H", "current_usage": 0, "max_allowed": 100,
                "limit_expiration_time": 1_735_689_600,
            }]},
            {"action_name": "send_call_permission_request", "limits": null},
        ],
    }));
    let permission = found.permission.unwrap();
    assert_eq!(permission.status, Some(PermissionStatus::Temporary));
    assert_eq!(permission.expiration_time, Some(1_735_689_600));
    assert_eq!(permission.expiration, Some(5));
    assert_eq!(found.actions[0].action_name.as_deref(), Some("start_call"));
    assert_eq!(found.actions[0].can_perform_action, Some(true));
    let limit = &found.actions[0].limits[0];
    assert_eq!(limit.time_period.as_deref(), Some("PT24H"));
    assert_eq!((limit.max_allowed, limit.current_usage), (Some(100), Some(0)));
    assert_eq!(limit.limit_expiration_time, Some(1_735_689_600));
    assert!(found.actions[1].limits.is_empty());
}

#[test]
fn calls_are_managed_as_on_metas_pages() {
    let offer = json!({"sdp_type": "offer", "sdp": SDP});
    let reply = json!({"sdp_type": "answer", "sdp": SDP});
    for (request, body) in [
        (
            CallRequest::connect("14085551234", SDP),
            json!({"to": "+14085551234", "action": "connect", "session": offer}),
        ),
        (
            CallRequest::pre_accept("wacid.A", SDP),
            json!({"call_id": "wacid.A", "action": "pre_accept", "session": reply}),
        ),
        (
            CallRequest::accept("wacid.A", SDP),
            json!({"call_id": "wacid.A", "action": "accept", "session": reply}),
        ),
        (CallRequest::reject("wacid.A"), json!({"call_id": "wacid.A", "action": "reject"})),
        (CallRequest::terminate("wacid.A"), json!({"call_id": "wacid.A", "action": "terminate"})),
    ] {
        let mut body = body;
        body["messaging_product"] = json!("whatsapp");
        assert_sent(&ManageCall::new(NUMBER, request), Method::Post, "/calls", body);
    }
}

#[test]
fn whom_to_call_or_to_pass_on_is_an_international_number() {
    for number in ["(11) 99999-0001", "BR.1A2B", "-5511999990001", "Ana", "123456"] {
        let call = ManageCall::new(NUMBER, CallRequest::connect(number, SDP));
        assert_eq!(refusals(&call).len(), 1, "{number}");
        let thread = ThreadControl {
            to: Some(number.to_owned()),
            action: ThreadAction::Release,
            ..ThreadControl::default()
        };
        assert_eq!(refusals(&ControlThread::new(NUMBER, thread)).len(), 1, "{number}");
    }
}

#[test]
fn a_call_to_a_user_id_may_be_recorded_and_written_down() {
    let capture = CallCapture {
        status: Some("ENABLED".to_owned()),
        purpose: Some("quality assurance".to_owned()),
        announcement_language: Some("en_US".to_owned()),
        ..CallCapture::default()
    };
    let session =
        Session { sdp_type: Some(SdpType::Offer), sdp: SDP.to_owned(), ..Session::default() };
    let call = CallRequest {
        recipient: Some("US.13491208655302741918".into()),
        action: CallAction::Connect,
        session: Some(session),
        biz_opaque_callback_data: Some("x".to_owned()),
        recording: Some(capture.clone()),
        transcription: Some(capture),
        ..CallRequest::default()
    };
    let capture = json!({
        "status": "ENABLED", "purpose": "quality assurance", "announcement_language": "en_US",
    });

    assert_sent(
        &ManageCall::new(NUMBER, call),
        Method::Post,
        "/calls",
        json!({
            "messaging_product": "whatsapp", "recipient": "US.13491208655302741918",
            "action": "connect", "session": {"sdp_type": "offer", "sdp": SDP},
            "biz_opaque_callback_data": "x", "recording": capture, "transcription": capture,
        }),
    );
}

#[test]
fn what_came_of_a_call_is_read() {
    let made = answer::<ManageCall>(json!({
        "messaging_product": "whatsapp", "calls": [{"id": "wacid.HBgL"}],
    }));
    assert_eq!(made.calls[0].id.as_deref(), Some("wacid.HBgL"));
    assert_eq!(answer::<ManageCall>(json!({"success": true})).success, Some(true));
}

#[test]
fn a_call_that_meta_would_refuse_is_not_made() {
    let with = |change: fn(&mut CallRequest)| {
        let mut call = CallRequest::connect("14085551234", SDP);
        change(&mut call);
        call
    };
    for (call, refused) in [
        (CallRequest::connect("", SDP), Some("to: a phone number or a user id, found none")),
        (with(|call| call.session = None), Some("session: a session, found none")),
        (CallRequest::accept("wacid.A", ""), Some("session.sdp: a description, found none")),
        (CallRequest::reject(""), Some("call_id: a call, found none")),
        (with(|call| call.action = CallAction::Reject), None),
        (
            with(|call| call.action = CallAction::default()),
            Some("action: something to do, found nothing"),
        ),
        (with(|call| call.biz_opaque_callback_data = Some("d".repeat(512))), None),
        (
            with(|call| call.biz_opaque_callback_data = Some("d".repeat(513))),
            Some("biz_opaque_callback_data: 0 to 512 characters, found 513"),
        ),
    ] {
        assert_eq!(refusals(&ManageCall::new("1", call)), Vec::from_iter(refused));
    }
    let mut unprepared = CallRequest::pre_accept("wacid.A", SDP);
    unprepared.session = None;
    assert_eq!(refusals(&ManageCall::new("1", unprepared)), ["session: a session, found none"]);
}

fn control(action: ThreadAction) -> ThreadControl {
    ThreadControl { to: Some("16505551234".to_owned()), action, ..ThreadControl::default() }
}

#[test]
fn a_conversation_is_passed_released_and_taken() {
    let role = ControlPass { target_role: ThreadRole::AiAgent, ..ControlPass::default() };
    let pass = ThreadControl {
        metadata: Some("case=1".to_owned()),
        control_pass: Some(role),
        ..control(ThreadAction::Pass)
    };
    let call = ControlThread::new(NUMBER, pass);
    assert_sent(
        &call,
        Method::Post,
        "/thread_control",
        json!({
            "messaging_product": "whatsapp", "to": "+16505551234", "action": "pass",
            "metadata": "case=1", "control_pass": {"target_role": "ai_agent"},
        }),
    );
    for (action, word) in [(ThreadAction::Release, "release"), (ThreadAction::Take, "take")] {
        let thread =
            ThreadControl { to: None, recipient: Some("US.1349".into()), ..control(action) };
        let body = json!({"messaging_product": "whatsapp", "recipient": "US.1349", "action": word});
        assert_sent(&ControlThread::new(NUMBER, thread), Method::Post, "/thread_control", body);
    }
    assert_eq!(answer::<ControlThread>(json!({"success": true})).success, Some(true));
}

#[test]
fn a_conversation_keeps_its_rules() {
    let with = |action, change: fn(&mut ThreadControl)| {
        let mut thread = control(action);
        change(&mut thread);
        thread
    };
    for (thread, refused) in [
        (control(ThreadAction::default()), Some("action: something to do, found nothing")),
        (
            with(ThreadAction::Take, |it| it.to = None),
            Some("to: a phone number or a user id, found none"),
        ),
        (
            with(ThreadAction::Pass, |it| it.control_pass = Some(ControlPass::default())),
            Some("control_pass.target_role: a role, found none"),
        ),
        (
            with(ThreadAction::Release, |it| {
                let target_role = ThreadRole::Escalation;
                it.control_pass = Some(ControlPass { target_role, ..ControlPass::default() });
            }),
            Some("control_pass: nothing, unless it is passed"),
        ),
        (with(ThreadAction::Pass, |it| it.metadata = Some("m".repeat(2_000))), None),
        (
            with(ThreadAction::Pass, |it| it.metadata = Some("m".repeat(2_001))),
            Some("metadata: 0 to 2000 characters, found 2001"),
        ),
    ] {
        assert_eq!(refusals(&ControlThread::new("1", thread)), Vec::from_iter(refused));
    }
}

#[test]
fn what_is_in_the_business_app_is_asked_for_once() {
    for (kind, word) in [(SyncKind::Contacts, "smb_app_state_sync"), (SyncKind::History, "history")]
    {
        let sync = Sync { sync_type: kind, ..Sync::default() };
        let body = json!({"messaging_product": "whatsapp", "sync_type": word});
        assert_sent(&SyncAppData::new(NUMBER, sync), Method::Post, "/smb_app_data", body);
    }
    let nothing = SyncAppData::new(NUMBER, Sync::default());
    assert_eq!(refusals(&nothing), ["sync_type: contacts or the history, found nothing"]);
    const { assert!(!SyncAppData::IDEMPOTENT && !ManageCall::IDEMPOTENT) };
    const { assert!(!RefundPayment::IDEMPOTENT) };
    let begun = answer::<SyncAppData>(json!({"messaging_product": "whatsapp", "request_id": "7"}));
    assert_eq!(begun.request_id.as_deref(), Some("7"));
}

#[test]
fn a_payment_is_looked_up_as_on_metas_page() {
    let call = GetPayment::new(NUMBER, "my/configuration", "order 1");
    assert_eq!(refusals(&call), ["reference_id: an id"]);
    let call = GetPayment::new(NUMBER, "my/configuration", "order-1");
    assert_sent(&call, Method::Get, "/payments/my%2Fconfiguration/order-1", Value::Null);

    let found = answer::<GetPayment>(json!({"payments": [{
        "reference_id": "order-1", "status": "captured", "currency": "INR",
        "total_amount": {"value": 21_000, "offset": 100}, "amount": {"value": 1},
        "transactions": [{
            "id": "o", "pg_transaction_id": "p", "type": "razorpay", "status": "failed",
            "created_timestamp": 1, "updated_timestamp": "2", "method": {"type": "upi"},
            "error": {"code": "e", "reason": "r"},
            "refunds": [{"id": "f", "amount": {"value": 100, "offset": 100},
                "speed_processed": "instant", "status": "success"}],
        }],
        "receipt": "receipt-value", "notes": {"key1": "value1"}, "udf4": "u",
        "extra2": "x", "additional_info7": "i",
    }]}));
    let payment = &found.payments[0];
    assert_eq!(payment.reference_id.as_deref(), Some("order-1"));
    assert_eq!(payment.status, Some(PaymentStatus::Captured));
    assert_eq!(payment.currency.as_deref(), Some("INR"));
    let amount = payment.total_amount.as_ref().unwrap();
    assert_eq!((amount.value, amount.offset), (Some(21_000), Some(100)));
    assert_eq!(payment.amount.as_ref().unwrap().value, Some(1));
    let transaction = &payment.transactions[0];
    assert_eq!(transaction.pg_transaction_id.as_deref(), Some("p"));
    assert_eq!(transaction.kind.as_deref(), Some("razorpay"));
    assert_eq!(transaction.status, Some(TransactionStatus::Failed));
    assert_eq!((transaction.created_timestamp, transaction.updated_timestamp), (Some(1), Some(2)));
    assert_eq!(transaction.method.as_ref().unwrap().kind.as_deref(), Some("upi"));
    assert_eq!(transaction.error.as_ref().unwrap().reason.as_deref(), Some("r"));
    assert_eq!(transaction.refunds[0].speed_processed, Some(RefundSpeed::AtOnce));
    assert_eq!(payment.notes["key1"], "value1");
    assert_eq!(payment.receipt.as_deref(), Some("receipt-value"));
    let given = [&payment.udf4, &payment.extra2, &payment.additional_info7];
    assert_eq!(given.map(|text| text.as_deref().unwrap()), ["u", "x", "i"]);
}

fn refund() -> RefundOrder {
    RefundOrder {
        reference_id: "order-1".to_owned(),
        payment_config_id: "my-configuration".to_owned(),
        amount: Some(RefundAmount::rupees(100)),
        ..RefundOrder::default()
    }
}

#[test]
fn money_is_given_back_as_on_metas_page() {
    let normal = RefundOrder { speed: Some(RefundSpeed::Normal), ..refund() };
    let call = RefundPayment::new(NUMBER, normal);
    assert_sent(
        &call,
        Method::Post,
        "/payments_refund",
        json!({
            "reference_id": "order-1", "speed": "normal", "payment_config_id": "my-configuration",
            "amount": {"currency": "INR", "value": "100", "offset": "100"},
        }),
    );
    let begun = answer::<RefundPayment>(json!({
        "id": "refund-id", "status": "pending", "speed_processed": "normal",
    }));
    assert_eq!(begun.id.as_deref(), Some("refund-id"));
    assert_eq!(begun.status, Some(TransactionStatus::Pending));

    let amount = |value: &str, offset: &str, currency: &str| RefundOrder {
        amount: Some(RefundAmount {
            value: value.to_owned(),
            offset: offset.to_owned(),
            currency: currency.to_owned(),
            ..RefundAmount::default()
        }),
        ..refund()
    };
    for (order, refused) in [
        (amount("1", "100", "INR"), None),
        (
            amount("0", "100", "INR"),
            Some("amount.value: a whole number of hundredths, more than 0"),
        ),
        (
            amount("1.5", "100", "INR"),
            Some("amount.value: a whole number of hundredths, more than 0"),
        ),
        (amount("1", "10", "INR"), Some("amount.offset: 100")),
        (amount("1", "100", "BRL"), Some("amount.currency: INR")),
        (RefundOrder { amount: None, ..refund() }, Some("amount: an amount, found none")),
        (
            RefundOrder { reference_id: String::new(), ..refund() },
            Some("reference_id: an id, found none"),
        ),
        (
            RefundOrder { payment_config_id: String::new(), ..refund() },
            Some("payment_config_id: an id, found none"),
        ),
    ] {
        assert_eq!(refusals(&RefundPayment::new("1", order)), Vec::from_iter(refused));
    }
}
