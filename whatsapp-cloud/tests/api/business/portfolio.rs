use serde_json::{Value, json};
use whatsapp_cloud::api::account::{Account, VerificationStatus};
use whatsapp_cloud::api::business::{
    AccountType, Business, BusinessStatus, ConnectedClient, GetBusiness, ListClientAccounts,
    ListConnectedClients, ListOwnedAccounts, OnboardToMarketingMessages, OnboardingRequest,
};
use whatsapp_cloud::endpoint::Method;
use whatsapp_cloud::wire::Page;

use super::{assert_sent, assert_whole, found, is_idempotent, read};

#[test]
fn a_portfolio_is_asked_for() {
    let mut call = GetBusiness::new("506914307656634");
    call.fields = vec!["id".into(), "name".into(), "timezone_id".into()];
    let target = "506914307656634?fields=id%2Cname%2Ctimezone_id";
    assert_sent(&call, Method::Get, target, Value::Null);

    let json = json!({"id": "506914307656634", "name": "Lucky Shrub", "timezone_id": 0});
    let business: Business = read(json);
    assert_whole!(business);
    assert_eq!((business.name.as_deref(), business.timezone_id), (Some("Lucky Shrub"), Some(0)));
}

#[test]
fn owned_accounts_are_asked_for() {
    let mut call = ListOwnedAccounts::new("1");
    call.fields = vec!["id".into()];
    call.business_type = vec![AccountType::Enterprise, AccountType::Smb];
    call.after = Some("a".into());
    call.first = Some(100);
    call.before = Some("b".into());
    call.last = Some(1);
    call.find = Some("2".into());
    let target = "1/owned_whatsapp_business_accounts?fields=id&business_type=ENTERPRISE%2CSMB\
                  &after=a&first=100&before=b&last=1&find=2";
    assert_sent(&call, Method::Get, target, Value::Null);
    (call.first, call.last) = (Some(101), Some(0));
    assert_eq!(found(&call), ["first: 1 to 100 rows, found 101", "last: 1 to 100 rows, found 0"]);

    let page: Page<Account> = read(json!({"data": [{
        "id": "104996122399160", "name": "Lucky Shrub", "timezone_id": "1",
        "message_template_namespace": "58e6d318_b627_4112_b9c7_2961197553ea",
    }], "paging": {"cursors": {"after": "QVFI", "before": "QVFJ"}}}));
    assert_whole!(page, page.data[0]);
    assert_eq!(page.data[0].id.as_str(), "104996122399160");
}

#[test]
fn accounts_of_clients_are_asked_for() {
    let mut call = ListClientAccounts::new("1");
    call.fields = vec!["id".into()];
    call.business_type = vec![AccountType::Standard, AccountType::Premium];
    call.limit = Some(100);
    call.after = Some("a".into());
    call.before = Some("b".into());
    call.find = Some("2".into());
    call.filtering = Some("[]".into());
    call.sort = Some("creation_time_descending".into());
    let target = "1/client_whatsapp_business_accounts?fields=id\
                  &business_type=STANDARD%2CPREMIUM&find=2&filtering=%5B%5D\
                  &sort=creation_time_descending&limit=100&after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);
    call.limit = Some(101);
    assert_eq!(found(&call), ["limit: 1 to 100 rows, found 101"]);
}

#[test]
fn the_clients_of_an_app_are_asked_for() {
    let mut call = ListConnectedClients::new("1");
    call.fields = vec!["id".into()];
    call.limit = Some(25);
    call.after = Some("a".into());
    call.before = Some("b".into());
    let target = "1/connected_client_businesses?fields=id&limit=25&after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);
    call.limit = Some(0);
    assert_eq!(found(&call), ["limit: 1 to 100 rows, found 0"]);

    let page: Page<ConnectedClient> = read(json!({"data": [{
        "id": "2345678901234567", "name": "Example Client Business B",
        "verification_status": "PENDING", "business_status": "PENDING_APPROVAL",
        "created_time": "2023-03-10T09:15:00Z", "updated_time": "2023-03-10T09:15:00Z",
    }]}));
    let client = &page.data[0];
    assert_whole!(page, client);
    assert_eq!(client.verification_status, Some(VerificationStatus::Pending));
    assert_eq!(client.business_status, Some(BusinessStatus::PendingApproval));
}

#[test]
fn a_business_is_asked_to_join() {
    let mut call = OnboardToMarketingMessages::new("1");
    assert_sent(&call, Method::Post, "1/onboard_partners_to_mm_lite", Value::Null);
    call.solution_id = Some("2".into());
    let target = "1/onboard_partners_to_mm_lite?solution_id=2";
    assert_sent(&call, Method::Post, target, Value::Null);
    call.solution_id = Some("x".into());
    assert_eq!(found(&call), ["solution_id: an id of digits"]);
    assert!(is_idempotent::<OnboardToMarketingMessages>());
    let request: OnboardingRequest = read(json!({"request_id": "893436979557695"}));
    assert_whole!(request);
    assert_eq!(request.request_id.as_str(), "893436979557695");
}
