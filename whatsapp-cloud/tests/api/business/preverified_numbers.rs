use serde_json::{Value, json};
use whatsapp_cloud::api::account::VerificationStatus;
use whatsapp_cloud::api::business::Business;
use whatsapp_cloud::api::preverified_numbers::{
    Availability, CodeVerification, DeletePreverifiedNumber, Feature, GetPreverifiedNumber,
    ListNumberPartners, ListPreverifiedNumbers, NumberShare, PreverifiedNumber, ShareNumber,
    UnshareNumber,
};
use whatsapp_cloud::endpoint::{Endpoint, Method};
use whatsapp_cloud::wire::Page;

use super::{assert_sent, assert_whole, found, read};

#[test]
fn numbers_are_asked_for() {
    let mut call = ListPreverifiedNumbers::new("1");
    call.fields = vec!["id".into()];
    call.limit = Some(100);
    call.after = Some("a".into());
    call.before = Some("b".into());
    call.verification_status = Some(CodeVerification::Verified);
    call.availability_status = Some(Availability::InUse);
    call.country_code = Some("US".into());
    let target = "1/preverified_numbers?fields=id&verification_status=VERIFIED\
                  &availability_status=IN_USE&country_code=US&limit=100&after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);
    for country in ["us", "USA", ""] {
        call.country_code = Some(country.into());
        assert_eq!(found(&call), ["country_code: two capital letters"], "{country}");
    }
    call.country_code = None;
    call.limit = Some(101);
    assert_eq!(found(&call), ["limit: 1 to 100 rows, found 101"]);

    let page: Page<PreverifiedNumber> = read(json!({"data": [{
        "id": "2345678901234567", "display_phone_number": "+44 20 1234 5678",
        "country_prefix": 44, "verification_status": "VERIFIED",
        "availability_status": "AVAILABLE", "created_time": "2024-01-10T08:15:00Z",
        "last_updated": "2024-01-18T16:20:00Z",
        "supported_features": ["MESSAGING", "TEMPLATES", "ANALYTICS"],
        "country_code": "GB", "region": "Europe",
    }]}));
    let number = &page.data[0];
    assert_whole!(page, number);
    assert_eq!(number.country_prefix, Some(44));
    assert_eq!(number.verification_status, Some(CodeVerification::Verified));
    assert_eq!(number.availability_status, Some(Availability::Available));
    assert_eq!(number.supported_features[1], Feature::Templates);
}

#[test]
fn a_number_is_asked_for_and_deleted() {
    let mut call = GetPreverifiedNumber::new("2");
    call.fields = vec!["error_msg".into()];
    assert_sent(&call, Method::Get, "2?fields=error_msg", Value::Null);
    assert_sent(&DeletePreverifiedNumber::new("2"), Method::Delete, "2", Value::Null);
    assert!(DeletePreverifiedNumber::new("").request().is_err());

    let number: PreverifiedNumber = read(json!({
        "id": "2345678901234567", "error_msg": "Phone number format is invalid",
        "is_input_id_valid": false,
    }));
    assert_whole!(number);
    assert_eq!(number.is_input_id_valid, Some(false));
    assert_eq!(number.error_msg.as_deref(), Some("Phone number format is invalid"));
}

#[test]
fn the_partners_of_a_number_are_asked_for() {
    let mut call = ListNumberPartners::new("2");
    call.fields = vec!["id".into()];
    call.limit = Some(1);
    call.after = Some("a".into());
    call.before = Some("b".into());
    let target = "2/partners?fields=id&limit=1&after=a&before=b";
    assert_sent(&call, Method::Get, target, Value::Null);
    call.limit = Some(0);
    assert_eq!(found(&call), ["limit: 1 to 100 rows, found 0"]);

    let page: Page<Business> = read(json!({"data": [{
        "id": "1234567890123456", "name": "Partner Business Solutions Inc",
        "verification_status": "verified", "created_time": "2023-01-15T10:30:00Z",
        "updated_time": "2023-06-20T14:45:30Z", "primary_page": "9876543210987654",
        "timezone_id": 1, "two_factor_type": "admin_required",
    }]}));
    let partner = &page.data[0];
    assert_eq!(partner.verification_status, Some(VerificationStatus::Verified));
    assert_eq!(partner.timezone_id, Some(1));
    // In small letters, and so it is written again.
    assert_eq!(partner.other.keys().collect::<Vec<_>>(), ["verification_status"]);
}

#[test]
fn a_number_is_shared_and_no_longer() {
    let share = NumberShare {
        preverified_id: "1234567890123456".into(),
        partner_business_id: "9876543210987654".into(),
        ..Default::default()
    };
    let body = json!({
        "preverified_id": "1234567890123456", "partner_business_id": "9876543210987654",
    });
    let target = "1/share_preverified_numbers";
    assert_sent(&ShareNumber::new("1", share), Method::Post, target, body);
    assert_eq!(
        found(&ShareNumber::new("1", NumberShare::default())),
        ["preverified_id: an id of digits", "partner_business_id: an id of digits"]
    );

    let target = "1/share_preverified_numbers?preverified_id=2&partner_business_id=3";
    assert_sent(&UnshareNumber::new("1", "2", "3"), Method::Delete, target, Value::Null);
    assert_eq!(
        found(&UnshareNumber::new("1", "", "x")),
        ["preverified_id: an id of digits", "partner_business_id: an id of digits"]
    );
}
