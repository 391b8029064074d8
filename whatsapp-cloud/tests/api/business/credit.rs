use serde_json::{Value, json};
use whatsapp_cloud::api::credit::{
    Allocation, AllocationStatus, AttachCredit, CreditLine, CreditShare, GetAllocation,
    GetCreditLine, ListAllocations, ListCreditLines, RevokeAllocation, ShareAndAttachCredit,
    ShareCredit,
};
use whatsapp_cloud::endpoint::Method;
use whatsapp_cloud::wire::Page;

use super::{assert_sent, assert_whole, found, is_idempotent, read};

#[test]
fn credit_lines_are_asked_for() {
    let mut call = ListCreditLines::new("1");
    assert_sent(&call, Method::Get, "1/extendedcredits", Value::Null);
    call.fields = vec!["id".into(), "legal_entity_name".into()];
    let target = "1/extendedcredits?fields=id%2Clegal_entity_name";
    assert_sent(&call, Method::Get, target, Value::Null);
    let page: Page<CreditLine> =
        read(json!({"data": [{"id": "1972385232742146", "legal_entity_name": "Lucky Shrub"}]}));
    assert_whole!(page, page.data[0]);
    assert_eq!(page.data[0].legal_entity_name.as_deref(), Some("Lucky Shrub"));

    let mut call = GetCreditLine::new("2");
    call.fields = vec!["balance".into()];
    assert_sent(&call, Method::Get, "2?fields=balance", Value::Null);
    let line: CreditLine = read(json!({
        "id": "2", "credit_type": "a", "owner_business": {"id": "1", "name": "b"},
        "owner_business_name": "b", "balance": {"amount": "1.00", "amount_in_hundredths": "100",
        "currency": "USD", "offsetted_amount": "100"}, "max_balance": {"currency": "USD"},
        "online_max_balance": {"currency": "USD"}, "allocated_amount": {"currency": "USD"},
        "credit_available": {"currency": "USD"}, "is_access_revoked": false,
        "is_automated_experience": false, "liable_biz_name": "b", "send_bill_to_biz_name": "b",
        "partition_from": "3", "receiving_credit_allocation_config": {"id": "4"},
    }));
    assert_whole!(
        line,
        line.balance.as_ref().unwrap(),
        line.receiving_credit_allocation_config.as_ref().unwrap(),
    );
    assert_eq!(line.balance.unwrap().amount.as_deref(), Some("1.00"));
}

#[test]
fn a_line_is_shared_and_attached() {
    let call = ShareAndAttachCredit::new("2", "USD", "3");
    let target = "2/whatsapp_credit_sharing_and_attach?waba_currency=USD&waba_id=3";
    assert_sent(&call, Method::Post, target, Value::Null);
    let call = ShareCredit::new("2", "8149341378313777");
    let target = "2/whatsapp_credit_sharing?receiving_business_id=8149341378313777";
    assert_sent(&call, Method::Post, target, Value::Null);
    let call = AttachCredit::new("2", "EUR", "3");
    let target = "2/whatsapp_credit_attach?waba_currency=EUR&waba_id=3";
    assert_sent(&call, Method::Post, target, Value::Null);
    let share: CreditShare = read(json!({
        "allocation_config_id": "58501441721238", "waba_id": "102290129340398", "success": true,
    }));
    assert_whole!(share);
    assert_eq!(share.allocation_config_id.unwrap().as_str(), "58501441721238");

    // Each time is another share.
    assert!(!is_idempotent::<ShareAndAttachCredit>() && !is_idempotent::<ShareCredit>());
    assert!(!is_idempotent::<AttachCredit>());
}

#[test]
fn what_is_shared_needs_a_currency_and_an_account() {
    for currency in ["usd", "US", "USDT", "U1D"] {
        let wrong = ["waba_currency: three capital letters"];
        assert_eq!(found(&ShareAndAttachCredit::new("2", currency, "3")), wrong, "{currency}");
        assert_eq!(found(&AttachCredit::new("2", currency, "3")), wrong, "{currency}");
    }
    let wrong = ["waba_id: an id of digits"];
    assert_eq!(found(&ShareAndAttachCredit::new("2", "USD", "")), wrong);
    assert_eq!(found(&AttachCredit::new("2", "USD", "")), wrong);
    let wrong = ["receiving_business_id: an id of digits"];
    assert_eq!(found(&ShareCredit::new("2", "x")), wrong);
}

#[test]
fn shares_are_asked_for_and_revoked() {
    let mut call = ListAllocations::new("2");
    call.receiver = Some("8".into());
    call.fields = vec!["id".into()];
    call.limit = Some(500);
    call.after = Some("a".into());
    call.before = Some("b".into());
    let target = "2/owning_credit_allocation_configs?receiving_business_id=8&fields=id&limit=500\
                  &after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);

    let mut call = GetAllocation::new("4");
    call.fields = vec!["receiving_credential{id}".into()];
    assert_sent(&call, Method::Get, "4?fields=receiving_credential%7Bid%7D", Value::Null);
    assert_sent(&RevokeAllocation::new("4"), Method::Delete, "4", Value::Null);

    let share: Allocation = read(json!({
        "id": "4", "owning_business": {"id": "1"}, "owning_credential": {"id": "2"},
        "receiving_business": {"name": "Client Business Name", "id": "1972385232742147"},
        "receiving_credential": {"id": "5"}, "request_status": "DELETED",
        "currency_amount": {"currency": "USD"}, "liability_type": "Normal",
        "partition_type": "AUTH", "send_bill_to": "Agency",
    }));
    assert_whole!(share, share.receiving_business.as_ref().unwrap());
    assert_eq!(share.request_status, Some(AllocationStatus::Deleted));
    assert_eq!(share.receiving_credential.unwrap().id.as_str(), "5");
}
