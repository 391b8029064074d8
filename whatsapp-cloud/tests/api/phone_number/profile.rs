//! What a business shows of itself: profile, commerce, compliance, key.

use serde_json::{Value, json};
use whatsapp_cloud::api::commerce::{GetCommerceSettings, UpdateCommerceSettings};
use whatsapp_cloud::api::compliance::{
    Compliance, CustomerCare, EntityType, GetCompliance, GrievanceOfficer, UpdateCompliance,
};
use whatsapp_cloud::api::encryption::{GetPublicKey, SetPublicKey, SignatureStatus};
use whatsapp_cloud::api::profile::{
    FoundProfile, GetProfile, GetProfileNode, Profile, UpdateProfile, UpdateProfileNode, Vertical,
};
use whatsapp_cloud::endpoint::{Body, Endpoint, Method};

use super::{NUMBER, answer, assert_sent, refusals};

#[test]
fn a_profile_is_asked_for_and_changed_as_on_metas_page() {
    let mut get = GetProfile::new(NUMBER);
    get.fields = vec!["about".to_owned(), "email".to_owned()];
    let target = "/whatsapp_business_profile?fields=about%2Cemail";
    assert_sent(&get, Method::Get, target, Value::Null);
    let mut get = GetProfileNode::new(NUMBER);
    get.fields = vec!["id".to_owned()];
    assert_sent(&get, Method::Get, "?fields=id", Value::Null);

    let profile = Profile {
        about: Some("Succulent specialists!".to_owned()),
        address: Some("1 Hacker Way, Menlo Park, CA 94025".to_owned()),
        description: Some("Succulents".to_owned()),
        email: Some("lucky@luckyshrub.com".to_owned()),
        websites: Some(vec!["https://www.luckyshrub.com".to_owned()]),
        vertical: Some(Vertical::Retail),
        profile_picture_handle: Some("4::aW...".to_owned()),
        ..Profile::default()
    };
    let mut body = json!({
        "messaging_product": "whatsapp",
        "about": "Succulent specialists!", "address": "1 Hacker Way, Menlo Park, CA 94025",
        "description": "Succulents", "email": "lucky@luckyshrub.com",
        "websites": ["https://www.luckyshrub.com"], "vertical": "RETAIL",
        "profile_picture_handle": "4::aW...",
    });
    let call = UpdateProfile::new(NUMBER, profile.clone());
    assert_sent(&call, Method::Post, "/whatsapp_business_profile", body.clone());

    let node = Profile { account_name: Some("Lucky Shrub".to_owned()), ..profile };
    body["account_name"] = json!("Lucky Shrub");
    assert_sent(&UpdateProfileNode::new(NUMBER, node), Method::Post, "", body);

    let none =
        Profile { websites: Some(Vec::new()), email: Some(String::new()), ..Profile::default() };
    let body = json!({"messaging_product": "whatsapp", "websites": [], "email": ""});
    let call = UpdateProfile::new(NUMBER, none);
    assert_sent(&call, Method::Post, "/whatsapp_business_profile", body);
    answer::<UpdateProfile>(json!({"success": true}));
    let updated = answer::<UpdateProfileNode>(json!({"id": "7", "success": true}));
    assert!(updated.success);
    assert_eq!(updated.id.unwrap().as_str(), "7");
}

#[test]
fn a_profile_is_found_however_it_is_wrapped() {
    let flat = json!({
        "about": "a", "vertical": "EDU", "websites": ["https://w"], "messaging_product": "whatsapp",
        "profile_picture_url": "https://p",
    });
    for wrapped in [
        flat.clone(),
        json!({"data": [flat.clone()]}),
        json!({"data": [{"business_profile": flat.clone()}]}),
        json!({"business_profile": flat}),
    ] {
        let profile = answer::<GetProfile>(wrapped).profile;
        assert_eq!(profile.about.as_deref(), Some("a"));
        assert_eq!(profile.vertical, Some(Vertical::Education));
        assert_eq!(profile.websites.unwrap(), ["https://w"]);
        assert_eq!(profile.profile_picture_url.as_deref(), Some("https://p"));
        assert!(profile.other.is_empty());
    }
    assert_eq!(answer::<GetProfile>(json!({"data": []})).profile.about, None);
    let error = serde_json::from_value::<FoundProfile>(json!({"data": ["canary"]})).unwrap_err();
    assert!(!error.to_string().contains("canary"));
    let node = answer::<GetProfileNode>(json!({"id": "7", "account_name": "Lucky Shrub"}));
    assert_eq!(node.account_name.as_deref(), Some("Lucky Shrub"));
}

#[test]
fn a_profile_keeps_its_limits() {
    let text = |length| Some("t".repeat(length));
    let none = Profile::default;
    let websites =
        |count, length| Profile { websites: Some(vec!["w".repeat(length); count]), ..none() };
    for (profile, refused) in [
        (Profile { about: text(0), ..none() }, Some("about: 1 to 139 characters, found 0")),
        (Profile { about: text(1), ..none() }, None),
        (Profile { about: text(139), ..none() }, None),
        (Profile { about: text(140), ..none() }, Some("about: 1 to 139 characters, found 140")),
        (Profile { address: text(256), ..none() }, None),
        (Profile { address: text(257), ..none() }, Some("address: 0 to 256 characters, found 257")),
        (Profile { description: text(512), ..none() }, None),
        (
            Profile { description: text(513), ..none() },
            Some("description: 0 to 512 characters, found 513"),
        ),
        (Profile { email: text(128), ..none() }, None),
        (Profile { email: text(129), ..none() }, Some("email: 0 to 128 characters, found 129")),
        (Profile { account_name: text(75), ..none() }, None),
        (
            Profile { account_name: text(76), ..none() },
            Some("account_name: 1 to 75 characters, found 76"),
        ),
        (websites(2, 256), None),
        (websites(3, 9), Some("websites: at most 2 websites, found 3")),
        (websites(1, 257), Some("websites[0]: at most 256 characters, found 257")),
    ] {
        assert_eq!(refusals(&UpdateProfile::new("1", profile.clone())), Vec::from_iter(refused));
        assert_eq!(refusals(&UpdateProfileNode::new("1", profile)), Vec::from_iter(refused));
    }
}

#[test]
fn commerce_settings_stand_in_the_query() {
    let mut call = UpdateCommerceSettings::new(NUMBER);
    assert_eq!(refusals(&call), [": a setting to change, found none"]);
    call.is_cart_enabled = Some(true);
    call.is_catalog_visible = Some(false);
    let target = "/whatsapp_commerce_settings?is_cart_enabled=true&is_catalog_visible=false";
    assert_sent(&call, Method::Post, target, Value::Null);
    answer::<UpdateCommerceSettings>(json!({"success": true}));

    let call = GetCommerceSettings::new(NUMBER);
    assert_sent(&call, Method::Get, "/whatsapp_commerce_settings", Value::Null);
    let page = answer::<GetCommerceSettings>(json!({
        "data": [{"is_cart_enabled": true, "is_catalog_visible": false, "id": "7"}],
    }));
    assert_eq!(page.data[0].is_cart_enabled, Some(true));
    assert_eq!(page.data[0].is_catalog_visible, Some(false));
    assert_eq!(page.data[0].id.as_ref().unwrap().as_str(), "7");
}

fn compliance() -> Compliance {
    Compliance {
        entity_name: Some("Innovative Tech Solutions".to_owned()),
        entity_type: Some(EntityType::Other),
        entity_type_custom: Some("Limited Liability Partnership".to_owned()),
        is_registered: Some(true),
        grievance_officer_details: Some(GrievanceOfficer {
            name: "Rajesh Kumar".to_owned(),
            email: "rajesh@innovativetech.com".to_owned(),
            mobile_number: Some("+918901234567".to_owned()),
            ..GrievanceOfficer::default()
        }),
        customer_care_details: Some(CustomerCare {
            email: "support@innovativetech.com".to_owned(),
            landline_number: Some("+918901234567".to_owned()),
            ..CustomerCare::default()
        }),
        ..Compliance::default()
    }
}

#[test]
fn compliance_is_told_and_asked_as_on_metas_page() {
    let call = UpdateCompliance::new(NUMBER, compliance());
    assert_sent(
        &call,
        Method::Post,
        "/business_compliance_info",
        json!({
            "messaging_product": "whatsapp", "entity_name": "Innovative Tech Solutions",
            "entity_type": "OTHER", "entity_type_custom": "Limited Liability Partnership",
            "is_registered": true,
            "grievance_officer_details": {
                "name": "Rajesh Kumar", "email": "rajesh@innovativetech.com",
                "mobile_number": "+918901234567",
            },
            "customer_care_details": {
                "email": "support@innovativetech.com", "landline_number": "+918901234567",
            },
        }),
    );
    answer::<UpdateCompliance>(json!({"success": true}));

    let mut call = GetCompliance::new(NUMBER);
    call.fields = vec!["entity_name".to_owned()];
    let target = "/business_compliance_info?fields=entity_name";
    assert_sent(&call, Method::Get, target, Value::Null);
    let page = answer::<GetCompliance>(json!({"data": [{
        "whatsapp_business_account_id": "2345678901234567", "messaging_product": "whatsapp",
        "entity_name": null, "entity_type": "Partnership", "is_registered": false,
    }]}));
    let found = &page.data[0];
    let account = found.whatsapp_business_account_id.as_ref().unwrap();
    assert_eq!(account.as_str(), "2345678901234567");
    assert_eq!(found.entity_type, Some(EntityType::Partnership));
    assert_eq!((found.entity_name.as_ref(), found.is_registered), (None, Some(false)));
}

#[test]
fn compliance_keeps_its_rules() {
    type Change = fn(&mut Compliance);
    let cases: &[(Change, &[&str])] = &[
        (|it| it.entity_name = Some("n".repeat(2)), &[]),
        (|it| it.entity_name = Some("n".repeat(128)), &[]),
        (
            |it| it.entity_name = Some("n".repeat(129)),
            &["entity_name: 2 to 128 characters, found 129"],
        ),
        (|it| it.entity_name = None, &["entity_name: 2 to 128 characters, found 0"]),
        (|it| it.entity_type = None, &["entity_type: what the business is, found nothing"]),
        (|it| it.entity_type_custom = Some("c".repeat(1_024)), &[]),
        (
            |it| it.entity_type_custom = Some("c".repeat(1_025)),
            &["entity_type_custom: 1 to 1024 characters, found 1025"],
        ),
        (|it| it.entity_type_custom = None, &["entity_type_custom: 1 to 1024 characters, found 0"]),
        (
            |it| it.entity_type = Some(EntityType::Partnership),
            &["entity_type_custom: nothing, when the type is listed"],
        ),
        (
            |it| {
                it.entity_type = Some(EntityType::PublicCompany);
                it.entity_type_custom = None;
            },
            &["is_registered: nothing, but for OTHER and PARTNERSHIP"],
        ),
        (
            |it| it.grievance_officer_details = None,
            &["grievance_officer_details: who hears complaints, found nobody"],
        ),
        (
            |it| it.customer_care_details = None,
            &["customer_care_details: who helps customers, found nobody"],
        ),
        (
            |it| it.grievance_officer_details.as_mut().unwrap().name = "n".repeat(129),
            &["grievance_officer_details.name: 1 to 128 characters, found 129"],
        ),
        (
            |it| it.customer_care_details.as_mut().unwrap().email.clear(),
            &["customer_care_details.email: 1 to 128 characters, found 0"],
        ),
        (
            |it| {
                let care = it.customer_care_details.as_mut().unwrap();
                care.mobile_number = Some("+1234567890123456".to_owned());
                care.landline_number = Some("918901234567".to_owned());
            },
            &[
                "customer_care_details.mobile_number: \"+\" and 2 to 15 digits, the first not 0",
                "customer_care_details.landline_number: \"+\" and 2 to 15 digits, the first not 0",
            ],
        ),
    ];
    for (change, refused) in cases {
        let mut changed = compliance();
        change(&mut changed);
        assert_eq!(refusals(&UpdateCompliance::new("1", changed)), *refused);
    }
}

#[test]
fn a_public_key_is_sent_as_a_form_and_a_private_one_never() {
    const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n";
    let call = SetPublicKey::new(NUMBER, PUBLIC);
    let request = call.request().unwrap();
    assert_eq!(request.method(), Method::Post);
    let target = format!("{NUMBER}/whatsapp_business_encryption");
    assert_eq!(request.target().unwrap(), target);
    let Body::Form(parts) = request.body() else { panic!("a form") };
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].name(), "business_public_key");
    assert_eq!(parts[0].data().as_bytes(), Some(PUBLIC.as_bytes()));
    assert_eq!(format!("{call:?}"), "SetPublicKey { .. }");

    for key in ["", "MIIB", &PUBLIC.replace("PUBLIC", "PRIVATE"), &PUBLIC[..30], &PUBLIC[1..]] {
        let call = SetPublicKey::new(NUMBER, key);
        assert_eq!(refusals(&call), ["business_public_key: a public key as PEM"]);
    }

    let mut call = GetPublicKey::new(NUMBER);
    call.fields = vec!["business_public_key".to_owned()];
    let target = "/whatsapp_business_encryption?fields=business_public_key";
    assert_sent(&call, Method::Get, target, Value::Null);
    let page = answer::<GetPublicKey>(json!({"data": [{
        "business_public_key": PUBLIC, "business_public_key_signature_status": "MISMATCH",
    }]}));
    assert_eq!(page.data[0].business_public_key.as_deref(), Some(PUBLIC));
    let status = page.data[0].business_public_key_signature_status.as_ref();
    assert_eq!(status, Some(&SignatureStatus::Mismatch));
}
