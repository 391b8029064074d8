//! Every body and answer of the corpus that is about accounts and portfolios: written again as
//! it came, and read with all it holds.

use std::fs;
use std::path::Path;

use serde_json::Value;
use whatsapp_cloud::api::account::{Account, AccountUpdate, Activity};
use whatsapp_cloud::api::business::{Business, ConnectedClient, OnboardingRequest};
use whatsapp_cloud::api::credit::CreditLine;
use whatsapp_cloud::api::migration::{
    CreatedMobility, Migration, MigrationIntent, Mobility, MobilityIntent, MobilitySetting,
    OnBehalfRequest, SetIntent, SetMobility,
};
use whatsapp_cloud::api::payment_configurations::{
    ConfigurationName, NewPaymentConfiguration, PaymentConfiguration, PaymentEndpoint, PaymentLink,
};
use whatsapp_cloud::api::preverified_numbers::PreverifiedNumber;
use whatsapp_cloud::api::schedules::{CreatedSchedule, NewSchedule, Schedule};
use whatsapp_cloud::api::solutions::{CreatedSolution, NewSolution, Solution};
use whatsapp_cloud::api::users::{AssignedAccount, AssignedUser, Assignment, Removal};
use whatsapp_cloud::wire::Page;

/// What is written again, and the names of the members that are kept aside.
type Reader = fn(Value) -> (Value, Vec<String>);

macro_rules! object {
    ($type:ty) => {
        |json| {
            let value: $type = serde_json::from_value(json).unwrap();
            (serde_json::to_value(&value).unwrap(), value.other.keys().cloned().collect())
        }
    };
}

macro_rules! page {
    ($type:ty) => {
        |json| {
            let page: Page<$type> = serde_json::from_value(json).unwrap();
            let rows = page.data.iter().flat_map(|row| row.other.keys());
            let aside = page.other.keys().chain(rows).cloned().collect();
            (serde_json::to_value(&page).unwrap(), aside)
        }
    };
}

/// A file; what is sent; what is answered, if it is more than that it was done.
const FILES: &[(&str, Option<Reader>, Option<Reader>)] = &[
    ("delete--assigned_users--metaspec-01", Some(object!(Removal)), None),
    ("delete--payment_configuration--metadocs-01", Some(object!(ConfigurationName)), None),
    ("get--activities--metaspec-01", None, Some(page!(Activity))),
    ("get--assigned_users--metadocs-01", None, Some(object!(Page<AssignedUser>))),
    ("get--assigned_users--metaspec-01", None, Some(object!(Page<AssignedUser>))),
    ("get--assigned_whatsapp_business_accounts--metaspec-01", None, Some(page!(AssignedAccount))),
    ("get--client_whatsapp_business_accounts--metaspec-01", None, Some(page!(Account))),
    ("get--connected_client_businesses--metaspec-01", None, Some(page!(ConnectedClient))),
    ("get--extendedcredits--metadocs-01", None, Some(page!(CreditLine))),
    ("get--id--metadocs-02", None, Some(object!(Account))),
    ("get--id--metadocs-03", None, Some(object!(Solution))),
    ("get--in_progress_onbehalf_request--metaspec-01", None, Some(page!(OnBehalfRequest))),
    ("get--migration_intent_id--metaspec-01", None, Some(object!(Migration))),
    ("get--obo_mobility_intent_id--metaspec-01", None, Some(object!(Mobility))),
    ("get--owned_whatsapp_business_accounts--metaspec-01", None, Some(page!(Account))),
    ("get--partners--metaspec-01", None, Some(page!(Business))),
    (
        "get--payment_configuration_test_payment_configuration--metadocs-01",
        None,
        Some(page!(PaymentConfiguration)),
    ),
    ("get--preverified_id--metaspec-01", None, Some(object!(PreverifiedNumber))),
    ("get--preverified_numbers--metaspec-01", None, Some(page!(PreverifiedNumber))),
    ("get--schedules--metaspec-01", None, Some(page!(Schedule))),
    ("get--solution_id--metaspec-01", None, Some(object!(Solution))),
    ("get--solutions--metaspec-01", None, Some(page!(Solution))),
    ("get--waba_id--metaspec-01", None, Some(object!(Account))),
    ("get--whatsapp_business_solutions--metadocs-01", None, Some(page!(Solution))),
    ("get--whatsapp_business_solutions--metaspec-01", None, Some(page!(Solution))),
    ("post--assigned_users--metaspec-01", Some(object!(Assignment)), None),
    (
        "post--obo_mobility_intent--metaspec-01",
        Some(object!(MobilityIntent)),
        Some(object!(CreatedMobility)),
    ),
    (
        "post--obo_mobility_intent--metaspec-02",
        Some(object!(MobilityIntent)),
        Some(object!(CreatedMobility)),
    ),
    ("post--onboard_partners_to_mm_lite--metadocs-01", None, Some(object!(OnboardingRequest))),
    (
        "post--payment_configuration--constructed-01",
        Some(object!(NewPaymentConfiguration)),
        Some(object!(PaymentLink)),
    ),
    (
        "post--payment_configuration--metadocs-01",
        Some(object!(NewPaymentConfiguration)),
        Some(object!(PaymentLink)),
    ),
    (
        "post--payment_configuration_test_payment_configuration--metadocs-01",
        Some(object!(PaymentEndpoint)),
        Some(object!(PaymentLink)),
    ),
    ("post--schedules--metaspec-01", Some(object!(NewSchedule)), Some(object!(CreatedSchedule))),
    (
        "post--set_obo_mobility_intent--metaspec-01",
        Some(object!(MobilitySetting)),
        Some(object!(SetMobility)),
    ),
    (
        "post--set_solution_migration_intent--metaspec-01",
        Some(object!(MigrationIntent)),
        Some(object!(SetIntent)),
    ),
    (
        "post--set_solution_migration_intent--metaspec-02",
        Some(object!(MigrationIntent)),
        Some(object!(SetIntent)),
    ),
    ("post--waba_id--metaspec-01", Some(object!(AccountUpdate)), None),
    (
        "post--whatsapp_business_solution--metaspec-01",
        Some(object!(NewSolution)),
        Some(object!(CreatedSolution)),
    ),
];

/// Members that are known and kept aside too, since they are written in another way than here.
const ASIDE: &[(&str, &str)] = &[
    // In small letters.
    ("get--partners--metaspec-01", "verification_status"),
    // "RazorPay", where Meta's table has "razorpay".
    ("get--payment_configuration_test_payment_configuration--metadocs-01", "provider_name"),
    // A plain list, where the Graph answers with a page.
    ("get--assigned_whatsapp_business_accounts--metaspec-01", "phone_numbers"),
    // `null`.
    ("post--set_obo_mobility_intent--metaspec-01", "error_msg"),
];

#[test]
fn what_the_corpus_has_of_accounts_and_portfolios_is_read_with_all_it_holds() {
    let corpus =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/cloud-api/corpus/requests"));
    if !corpus.is_dir() {
        println!("skipped: there is no corpus of calls");
        return;
    }
    let mut aside = Vec::new();
    for (file, sent, answered) in FILES {
        let text = fs::read_to_string(corpus.join(format!("{file}.json"))).unwrap();
        let call: Value = serde_json::from_str(&text).unwrap();
        let body = if call["body"].is_null() { &call["form"] } else { &call["body"] };
        for (reader, json) in [(sent, body), (answered, &call["expected_response"]["body"])] {
            let Some(reader) = reader else { continue };
            assert!(json.is_object(), "{file}");
            let (again, names) = reader(json.clone());
            assert_eq!(again, *json, "{file}");
            aside.extend(names.into_iter().map(|name| (*file, name)));
        }
    }
    aside.sort();
    aside.dedup();
    let mut expected: Vec<_> = ASIDE.iter().map(|(file, name)| (*file, (*name).into())).collect();
    expected.sort();
    assert_eq!(aside, expected);
}
