//! What statuses tell about money, and the statuses of payments and calls.

use serde_json::json;
use whatsapp_cloud::webhook::{
    Conversation, ConversationOriginKind, Event, EventKind, Payment, PaymentGateway,
    PaymentMethodKind, PricingCategory, PricingKind, PricingModel, RefundSpeed, Status,
    TransactionStatus,
};

use crate::records::{picked, text, told, told_of};

fn statuses(file: &str) -> Vec<Status<'static>> {
    picked!(told(file), Status)
}

/// The payments of a file, each checked to be one.
fn payments(file: &str) -> Vec<Payment<'static>> {
    statuses(file)
        .into_iter()
        .map(|status| {
            assert_eq!(status.kind, text("payment"), "{file}");
            *status.payment.unwrap()
        })
        .collect()
}

fn origin(conversation: &Conversation<'_>) -> Option<ConversationOriginKind> {
    conversation.origin.as_ref().unwrap().kind.clone()
}

#[test]
fn a_status_tells_how_the_message_is_billed() {
    let statuses = statuses("status-billed.json");
    let [marketing, code, answer] = &*statuses else { panic!("{statuses:#?}") };

    let conversation = marketing.conversation.as_ref().unwrap();
    assert_eq!(conversation.id, text("2c2f0e1b6d0f4a7e"));
    assert_eq!(conversation.expiration_timestamp, Some(1_750_116_473));
    assert_eq!(origin(conversation), Some(ConversationOriginKind::Marketing));
    let pricing = marketing.pricing.as_ref().unwrap();
    assert_eq!(pricing.billable, Some(true));
    assert_eq!(pricing.pricing_model, Some(PricingModel::PerMessage));
    assert_eq!(pricing.kind, Some(PricingKind::Regular));
    assert_eq!(pricing.category, Some(PricingCategory::Marketing));

    // The one with an underscore, the other with a hyphen.
    assert_eq!(
        origin(code.conversation.as_ref().unwrap()),
        Some(ConversationOriginKind::AuthenticationInternational)
    );
    assert_eq!(
        code.pricing.as_ref().unwrap().category,
        Some(PricingCategory::AuthenticationInternational)
    );

    assert_eq!(answer.conversation, None);
    let pricing = answer.pricing.as_ref().unwrap();
    assert_eq!(pricing.billable, Some(false));
    assert_eq!(pricing.kind, Some(PricingKind::FreeCustomerService));
    assert_eq!(pricing.category, Some(PricingCategory::Service));
}

#[test]
fn a_group_has_its_pricing_within_the_conversation() {
    let statuses = statuses("status-billed-in-a-group.json");
    assert_eq!(statuses[0].pricing, None);

    let conversation = statuses[0].conversation.as_ref().unwrap();
    assert_eq!(origin(conversation), Some(ConversationOriginKind::Utility));
    assert_eq!(
        conversation.pricing.as_ref().unwrap().category,
        Some(PricingCategory::GroupUtility)
    );
}

#[test]
fn every_word_of_billing_is_known() {
    for word in [
        "authentication",
        "authentication-international",
        "marketing",
        "marketing_lite",
        "utility",
        "service",
        "referral_conversion",
        "general_purpose_ai",
        "group_marketing",
        "group_utility",
        "group_service",
        "user_initiated",
        "business_initiated",
    ] {
        assert!(PricingCategory::from(word).is_known(), "{word}");
    }
    for word in ["PMP", "CBP", "NBP"] {
        assert!(PricingModel::from(word).is_known(), "{word}");
    }
    for word in ["regular", "free_customer_service", "free_entry_point"] {
        assert!(PricingKind::from(word).is_known(), "{word}");
    }
    for word in [
        "authentication",
        "authentication_international",
        "marketing",
        "marketing_lite",
        "utility",
        "service",
        "referral_conversion",
        "user_initiated",
        "business_initiated",
    ] {
        assert!(ConversationOriginKind::from(word).is_known(), "{word}");
    }
}

#[test]
fn billing_in_odd_forms_is_not_lost() {
    let events = told("status-billed-in-odd-forms.json");
    let EventKind::Status(odd) = &events[0].kind else { panic!("{events:#?}") };

    let conversation = odd.conversation.as_ref().unwrap();
    assert_eq!(conversation.expiration_timestamp, Some(1_750_116_473));
    assert_eq!(origin(conversation), Some(ConversationOriginKind::Unknown("telepathy".to_owned())));
    let pricing = odd.pricing.as_ref().unwrap();
    assert_eq!(pricing.billable, Some(true));
    assert_eq!(pricing.pricing_model, Some(PricingModel::Unknown("XYZ".to_owned())));
    assert_eq!(pricing.kind, None);
    let written = serde_json::to_value(odd).unwrap();
    assert_eq!(
        written["pricing"],
        json!({"billable": "true", "pricing_model": "XYZ", "type": null, "category": 7})
    );
    assert_eq!(written["conversation"]["expiration_timestamp"], json!(1_750_116_473));

    // Some give the model alone, as a word.
    let EventKind::Status(word) = &events[1].kind else { panic!("{events:#?}") };
    let model = word.pricing.as_ref().unwrap().pricing_model.as_ref();
    assert_eq!(model, Some(&PricingModel::PerMessage));
    assert_eq!(serde_json::to_value(word).unwrap()["pricing"], json!("pmp"));

    let EventKind::Status(list) = &events[2].kind else { panic!("{events:#?}") };
    assert_eq!(list.pricing, None);
    assert_eq!(serde_json::to_value(list).unwrap()["pricing"], json!(["free"]));
    assert_eq!(events.iter().map(Event::is_known).collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn a_payment_tells_what_was_paid_how_and_what_was_paid_back() {
    let payment = payments("status-payment-captured.json").remove(0);

    assert_eq!(payment.reference_id, text("pedido-99"));
    let amount = payment.amount.unwrap();
    assert_eq!((amount.value, amount.offset), (Some(21_000), Some(100)));
    assert_eq!(payment.currency, text("INR"));
    assert_eq!(payment.receipt, text("recibo-1"));
    assert_eq!(payment.notes.unwrap().get().replace([' ', '\n'], ""), r#"{"mesa":"7"}"#);
    let transaction = payment.transaction.unwrap();
    assert_eq!(transaction.id, text("order_M0"));
    assert_eq!(transaction.pg_transaction_id, text("pay_M0"));
    assert_eq!(transaction.kind, Some(PaymentGateway::Razorpay));
    assert_eq!(transaction.status, Some(TransactionStatus::Success));
    assert_eq!(transaction.created_timestamp, Some(1_750_030_050));
    assert_eq!(transaction.updated_timestamp, Some(1_750_030_070));
    assert_eq!(transaction.method.unwrap().kind, Some(PaymentMethodKind::Upi));
    assert_eq!(transaction.error, None);
    let refund = &payment.refunds[0];
    assert_eq!(refund.id, text("rfnd_1"));
    assert_eq!(refund.amount.as_ref().unwrap().value, Some(100));
    assert_eq!(refund.speed_processed, Some(RefundSpeed::Normal));
    assert_eq!(refund.status, Some(TransactionStatus::Pending));
    assert_eq!(refund.created_timestamp, Some(1_750_030_071));
    assert_eq!(refund.updated_timestamp, Some(1_750_030_072));
}

#[test]
fn a_payment_that_was_paid_back_tells_it_beside_the_attempt() {
    let payment = payments("status-payment-paid-back.json").remove(0);
    let transaction = payment.transaction.unwrap();

    let amount = transaction.amount.unwrap();
    assert_eq!((amount.value, amount.offset), (Some(5_000), Some(100)));
    assert_eq!(transaction.currency, text("INR"));
    let refund = &transaction.refunds[0];
    assert_eq!(refund.id, text("rfnd_2"));
    assert_eq!(refund.speed_processed, Some(RefundSpeed::AtOnce));
    assert_eq!(refund.status, Some(TransactionStatus::Completed));
}

#[test]
fn a_payment_brings_back_what_the_business_wrote_into_the_order() {
    let payments = payments("status-payment-pending.json");
    let [payu, billdesk] = &*payments else { panic!("{payments:#?}") };

    let transaction = payu.transaction.as_ref().unwrap();
    assert_eq!(transaction.kind, Some(PaymentGateway::PayU));
    assert_eq!(transaction.status, Some(TransactionStatus::Pending));
    let udfs = [&payu.udf1, &payu.udf2, &payu.udf3, &payu.udf4];
    assert_eq!(udfs, [&text("a"), &text("b"), &text("c"), &text("d")]);

    let transaction = billdesk.transaction.as_ref().unwrap();
    assert_eq!(transaction.kind, Some(PaymentGateway::BillDesk));
    let infos = [
        &billdesk.additional_info1,
        &billdesk.additional_info2,
        &billdesk.additional_info3,
        &billdesk.additional_info4,
        &billdesk.additional_info5,
        &billdesk.additional_info6,
        &billdesk.additional_info7,
    ];
    assert_eq!(infos, ["1", "2", "3", "4", "5", "6", "7"].map(text).each_ref());
    assert_eq!([&billdesk.extra1, &billdesk.extra2], [&text("x"), &text("y")]);
}

#[test]
fn a_payment_that_failed_tells_why() {
    let payment = payments("status-payment-failed.json").remove(0);

    let transaction = payment.transaction.unwrap();
    assert_eq!(transaction.kind, Some(PaymentGateway::Zaakpay));
    assert_eq!(transaction.status, Some(TransactionStatus::Failed));
    assert_eq!(transaction.method.unwrap().kind, Some(PaymentMethodKind::Card));
    let error = transaction.error.unwrap();
    assert_eq!(error.code, text("BAD_REQUEST_ERROR"));
    assert_eq!(error.reason, text("payment_failed"));
}

#[test]
fn a_payment_in_odd_forms_is_not_lost() {
    let own = json!({
        "id": "wamid.B2", "type": "payment", "status": "captured", "timestamp": "1750030073",
        "payment": {
            "reference_id": 99, "amount": {"value": "21000", "offset": 100.5, "tip": 1},
            "transaction": {"type": "barter", "status": 1, "created_timestamp": "1750030050",
                "method": "upi", "error": {"code": 5, "reason": null}},
            "refunds": [{"id": "rfnd_1", "speed_processed": "slow"}, "rfnd_2"],
            "udf1": {}, "udf5": "e",
        },
    });
    let events = told_of("messages", &json!({ "statuses": [own] }));
    assert!(!events[0].is_known());
    let EventKind::Status(status) = &events[0].kind else { panic!("{events:#?}") };
    let payment = status.payment.as_ref().unwrap();

    assert_eq!(payment.reference_id, text("99"));
    let amount = payment.amount.as_ref().unwrap();
    assert_eq!((amount.value, amount.offset), (Some(21_000), None));
    let transaction = payment.transaction.as_ref().unwrap();
    assert_eq!(transaction.kind, Some(PaymentGateway::Unknown("barter".to_owned())));
    assert_eq!(transaction.created_timestamp, Some(1_750_030_050));
    assert_eq!(transaction.method, None);
    assert_eq!(transaction.error.as_ref().unwrap().code, text("5"));
    assert_eq!(payment.refunds[0].speed_processed, Some(RefundSpeed::Unknown("slow".to_owned())));
    assert_eq!(serde_json::to_value(status).unwrap(), own);
}

#[test]
fn every_status_of_a_call_a_payment_or_an_old_version_is_known() {
    for (file, word) in [
        ("status-call-ringing.json", "RINGING"),
        ("status-call-accepted.json", "ACCEPTED"),
        ("status-call-rejected.json", "REJECTED"),
        ("status-warning.json", "warning"),
        ("status-pending.json", "pending"),
        ("status-payment-captured.json", "captured"),
        ("status-payment-pending.json", "pending"),
        ("status-payment-failed.json", "failed"),
    ] {
        let status = statuses(file).remove(0).status.unwrap();
        assert!(status.is_known(), "{file}");
        assert_eq!(status.as_str(), word, "{file}");
    }
}

#[test]
fn a_status_of_a_call_is_one_of_the_call() {
    let events = told("status-call-ringing.json");
    assert_eq!(events[0].contact.as_ref().unwrap().wa_id, text("5511999990001"));
    let status = statuses("status-call-ringing.json").remove(0);

    assert_eq!(status.id, text("wacid.C2"));
    assert_eq!(status.kind, text("call"));
    assert_eq!(status.recipient_id, text("5511999990001"));
    assert_eq!(status.biz_opaque_callback_data, text("pedido-99"));
}
