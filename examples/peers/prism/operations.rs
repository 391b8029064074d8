//! A call for each operation of Meta's file, but for messages and templates.
//!
//! Whatever can stand in a query stands there, so that a name that Meta does not declare is
//! found.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use whatsapp_cloud::api::account::{GetAccount, ListActivities, UpdateAccount};
use whatsapp_cloud::api::automation::{ConfigureAutomation, GetAutomation, GetBot};
use whatsapp_cloud::api::block_list::{BlockUsers, ListBlockedUsers, UnblockUsers};
use whatsapp_cloud::api::business::{
    GetBusiness, ListClientAccounts, ListConnectedClients, ListOwnedAccounts,
    OnboardToMarketingMessages,
};
use whatsapp_cloud::api::calls::{CheckCallPermissions, ManageCall};
use whatsapp_cloud::api::commerce::{GetCommerceSettings, UpdateCommerceSettings};
use whatsapp_cloud::api::compliance::{GetCompliance, UpdateCompliance};
use whatsapp_cloud::api::credit::ListCreditLines;
use whatsapp_cloud::api::encryption::{GetPublicKey, SetPublicKey};
use whatsapp_cloud::api::flows::{
    CreateFlow, DeleteFlow, DeprecateFlow, FlowMetricName, GetFlow, GetFlowMetric, Granularity,
    ListFlowAssets, ListFlows, MigrateFlows, PublishFlow, UpdateFlow, UploadFlowJson,
};
use whatsapp_cloud::api::groups::{
    AddParticipants, ApproveJoinRequests, CreateGroup, DeleteGroup, DeleteInviteLink, GetGroup,
    ListGroups, ListJoinRequests, RejectJoinRequests, RemoveParticipants, ResetInviteLink,
    SetGroupPicture, UpdateGroup,
};
use whatsapp_cloud::api::media::{DeleteMedia, GetMedia, UploadMedia};
use whatsapp_cloud::api::messages::{ListMessageEvents, ListMessageHistory};
use whatsapp_cloud::api::migration::{
    CreateMobilityIntent, GetMigrationIntent, GetMobilityIntent, ListOnBehalfRequests,
    SetMigrationIntent, SetMobilityIntent,
};
use whatsapp_cloud::api::phone_number::{
    AddPhoneNumber, CreatePhoneNumber, DeregisterPhoneNumber, GetAccountNumber, GetOfficialStatus,
    GetPhoneNumber, ListPhoneNumbers, RegisterPhoneNumber, RequestCode, RequestPreVerifiedCode,
    UpdateOfficialStatus, UpdatePhoneNumber, VerifyCode, VerifyPreVerifiedCode,
};
use whatsapp_cloud::api::preverified_numbers::{
    DeletePreverifiedNumber, GetPreverifiedNumber, ListNumberPartners, ListPreverifiedNumbers,
    ShareNumber,
};
use whatsapp_cloud::api::profile::{GetProfile, GetProfileNode, UpdateProfile, UpdateProfileNode};
use whatsapp_cloud::api::qr_codes::{
    CreateQrCode, DeleteQrCode, GetQrCode, ListQrCodes, UpdateQrCode,
};
use whatsapp_cloud::api::schedules::{CreateSchedule, ListSchedules};
use whatsapp_cloud::api::settings::{GetSettings, UpdateSettings};
use whatsapp_cloud::api::solutions::{
    AcceptDeactivation, AcceptSolution, CreateSolution, GetSolution, GetSolutionToken,
    ListAccountSolutions, ListAppSolutions, RejectDeactivation, RejectSolution,
    RequestDeactivation,
};
use whatsapp_cloud::api::subscriptions::{
    ListSubscribedApps, SubscribeToAccount, UnsubscribeFromAccount,
};
use whatsapp_cloud::api::users::{AssignUser, ListAssignedAccounts, ListAssignedUsers, RemoveUser};
use whatsapp_cloud::endpoint::Payload;

use crate::case::{Case, Failure, of_examples};

pub(crate) const ID: &str = "1234567890123456";
const OTHER: &str = "9876543210987654";
const GROUP: &str = "Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD";
const QR_CODE: &str = "ANED2T5QRU7HG1";
const KEY: &str = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n";

/// A call with members set.
macro_rules! with {
    ($call:expr; $($member:ident: $value:expr),+ $(,)?) => {{
        let mut call = $call;
        $(call.$member = $value;)+
        call
    }};
}

/// A call for a page, with all that pages take.
macro_rules! page {
    ($call:expr $(; $($member:ident: $value:expr),+ $(,)?)?) => {
        with!($call;
            limit: Some(25), after: some("QVFI"), before: some("QVFJ")
            $(, $($member: $value),+)?)
    };
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn fields() -> Vec<String> {
    vec!["id".to_owned(), "name".to_owned()]
}

/// A body, as its type reads it.
fn body<T: DeserializeOwned>(value: Value) -> Result<T, Failure> {
    Ok(serde_json::from_value(value)?)
}

pub(crate) fn cases() -> Result<Vec<Case>, Failure> {
    let mut cases = number()?;
    cases.extend(account()?);
    cases.extend(business()?);
    cases.extend(groups_and_flows()?);
    Ok(cases)
}

/// What belongs to a business phone number, and to a file.
fn number() -> Result<Vec<Case>, Failure> {
    let picture = UploadMedia {
        from: ID.into(),
        file: Payload::from(b"\x89PNG\r\n\x1a\n".as_slice()),
        mime_type: "image/png".to_owned(),
        filename: "a.png".to_owned(),
    };
    let mut cases = vec![
        Case::of(page!(ListBlockedUsers::new(ID))),
        Case::of(with!(CheckCallPermissions::new(ID); user_wa_id: some("16505551234"))),
        Case::of(picture),
        Case::of(GetMedia { id: ID.into(), from: Some(OTHER.into()) }),
        Case::of(DeleteMedia { id: ID.into(), from: Some(OTHER.into()) }),
        Case::of(page!(ListQrCodes::new(ID); fields: fields(), code: some(QR_CODE))),
        Case::of(with!(GetQrCode::new(ID, QR_CODE); fields: fields())),
        Case::of(DeleteQrCode::new(ID, QR_CODE)),
        Case::of(with!(GetOfficialStatus::new(ID); fields: fields())),
        Case::of(with!(GetPhoneNumber::new(ID); fields: fields())),
        Case::of(GetAutomation::new(ID)),
        Case::of(DeregisterPhoneNumber::new(ID)),
        Case::of(page!(ListMessageHistory::new(ID); fields: fields(), message_id: some("wamid.A"))),
        Case::of(page!(ListMessageEvents::new(ID); fields: fields(),
            status_filter: some("DELIVERED"))),
        Case::of(with!(GetSettings::new(ID); include_sip_credentials: Some(true))),
        Case::of(with!(GetPublicKey::new(ID); fields: fields())),
        Case::of(SetPublicKey::new(ID, KEY)),
        Case::of(with!(GetProfile::new(ID); fields: fields())),
        Case::of(with!(GetProfileNode::new(ID); fields: fields())),
        Case::of(GetCommerceSettings::new(ID)),
        Case::of(with!(UpdateCommerceSettings::new(ID);
            is_cart_enabled: Some(true), is_catalog_visible: Some(false))),
        Case::of(with!(GetCompliance::new(ID); fields: fields())),
        Case::of(with!(GetAccountNumber::new(ID); fields: fields())),
        Case::of(with!(GetBot::new(ID); fields: fields())),
        Case::of(with!(GetPreverifiedNumber::new(ID); fields: fields())),
        Case::of(DeletePreverifiedNumber::new(ID)),
        Case::of(page!(ListNumberPartners::new(ID); fields: fields())),
    ];
    cases.extend(of_examples(|body| BlockUsers::new(ID, body))?);
    cases.extend(of_examples(|body| UnblockUsers::new(ID, body))?);
    cases.extend(of_examples(|body| ManageCall::new(ID, body))?);
    // Creating and changing go by one path.
    let creations = of_examples(|body| CreateQrCode::new(ID, body))?;
    cases.extend(creations.into_iter().filter(|case| case.name.contains("create")));
    let updates = of_examples(|body| UpdateQrCode::new(ID, body))?;
    cases.extend(updates.into_iter().filter(|case| case.name.contains("update")));
    cases.extend(of_examples(|body| UpdateOfficialStatus::new(ID, body))?);
    cases.extend(of_examples(|body| UpdatePhoneNumber::new(ID, body))?);
    cases.extend(of_examples(|body| RegisterPhoneNumber::new(ID, body))?);
    cases.extend(of_examples(|body| RequestCode::new(ID, body))?);
    cases.extend(of_examples(|body| VerifyCode::new(ID, body))?);
    cases.extend(of_examples(|body| RequestPreVerifiedCode::new(ID, body))?);
    cases.extend(of_examples(|body| VerifyPreVerifiedCode::new(ID, body))?);
    cases.extend(of_examples(|body| UpdateSettings::new(ID, body))?);
    cases.extend(of_examples(|body| UpdateProfile::new(ID, body))?);
    cases.extend(of_examples(|body| UpdateProfileNode::new(ID, body))?);
    cases.extend(of_examples(|body| UpdateCompliance::new(ID, body))?);
    cases.extend(of_examples(|body| ConfigureAutomation::new(ID, body))?);
    Ok(cases)
}

/// What belongs to an account.
fn account() -> Result<Vec<Case>, Failure> {
    let mut cases = vec![
        Case::of(with!(GetAccount::new(ID); fields: fields())),
        Case::of(page!(ListActivities::new(ID); fields: fields(),
            since: some("2025-01-01T00:00:00Z"), until: some("2025-02-01T00:00:00Z"),
            activity_type: vec!["ACCOUNT_CREATED".into(), "ACCOUNT_UPDATED".into()])),
        Case::of(page!(ListPhoneNumbers::new(ID); fields: fields(),
            filtering: some("[]"), sort: Some("creation_time.asc".into()))),
        Case::of(page!(ListSchedules::new(ID); fields: fields(),
            filtering: some("[]"), sort: Some("created_time.asc".into()))),
        Case::of(page!(ListOnBehalfRequests::new(ID); fields: fields())),
        Case::of(with!(GetMigrationIntent::new(ID); fields: fields())),
        Case::of(with!(GetMobilityIntent::new(ID); fields: fields())),
        Case::of(page!(ListAccountSolutions::new(ID); fields: fields())),
        Case::of(with!(ListSubscribedApps::new(ID); fields: fields())),
        Case::of(UnsubscribeFromAccount::new(ID)),
        Case::of(page!(ListAssignedUsers::new(ID, OTHER); fields: fields())),
        Case::of(page!(ListAssignedAccounts::new(ID); fields: fields())),
    ];
    cases.extend(of_examples(|body| UpdateAccount::new(ID, body))?);
    cases.extend(of_examples(|body| CreatePhoneNumber::new(ID, body))?);
    cases.extend(of_examples(|body| CreateSchedule::new(ID, body))?);
    cases.extend(of_examples(|body| CreateMobilityIntent::new(ID, body))?);
    cases.extend(of_examples(|body| SetMobilityIntent::new(ID, body))?);
    cases.extend(of_examples(|body| SetMigrationIntent::new(ID, body))?);
    cases.extend(of_examples(|body| SubscribeToAccount::new(ID, body))?);
    cases.extend(of_examples(|body| AssignUser::new(ID, body))?);
    cases.extend(of_examples(|body| RemoveUser::new(ID, body))?);
    Ok(cases)
}

/// What belongs to a business portfolio, an app, or a solution of several partners.
fn business() -> Result<Vec<Case>, Failure> {
    let owned = with!(ListOwnedAccounts::new(ID); fields: fields(),
        business_type: vec!["ENTERPRISE".into(), "SMB".into()], after: some("QVFI"),
        before: some("QVFJ"), first: Some(5), find: Some(OTHER.into()));
    let clients = page!(ListClientAccounts::new(ID); fields: fields(),
        business_type: vec!["ENTERPRISE".into(), "STANDARD".into()], find: Some(OTHER.into()),
        filtering: some("[]"), sort: some("creation_time_ascending"));
    let preverified = page!(ListPreverifiedNumbers::new(ID); fields: fields(),
        verification_status: Some("VERIFIED".into()), availability_status: Some("AVAILABLE".into()),
        country_code: some("BR"));
    let mut cases = vec![
        Case::of(with!(GetBusiness::new(ID); fields: fields())),
        Case::of(owned),
        Case::of(clients),
        Case::of(preverified),
        Case::of(page!(ListConnectedClients::new(ID); fields: fields())),
        Case::of(with!(OnboardToMarketingMessages::new(ID); solution_id: Some(OTHER.into()))),
        Case::of(with!(ListCreditLines::new(ID); fields: fields())),
        Case::of(page!(ListAppSolutions::new(ID); fields: fields(), role: Some("OWNER".into()))),
        Case::of(with!(GetSolution::new(ID); fields: fields())),
        Case::of(GetSolutionToken::new(ID, OTHER)),
        Case::of(with!(AcceptDeactivation::new(ID); fields: fields())),
    ];
    cases.extend(of_examples(|body| AddPhoneNumber::new(ID, body))?);
    cases.extend(of_examples(|body| ShareNumber::new(ID, body))?);
    cases.extend(of_examples(|body| CreateSolution::new(ID, body))?);
    cases.extend(of_examples(|body| AcceptSolution::new(ID, body))?);
    cases.extend(of_examples(|body| RejectSolution::new(ID, body))?);
    cases.extend(of_examples(|body| RequestDeactivation::new(ID, body))?);
    cases.extend(of_examples(|body| with!(RejectDeactivation::new(ID, body); fields: fields()))?);
    Ok(cases)
}

/// What Meta's file has no example of.
fn groups_and_flows() -> Result<Vec<Case>, Failure> {
    let new_group = json!({
        "messaging_product": "whatsapp", "subject": "Purchase", "description": "New cars.",
        "join_approval_mode": "approval_required",
    });
    let settings = json!({
        "messaging_product": "whatsapp", "subject": "Watches", "description": "Enthusiasts",
    });
    let product = json!({"messaging_product": "whatsapp"});
    let requests = json!({"messaging_product": "whatsapp", "join_requests": ["MTY0Njcw"]});
    let people = json!({
        "messaging_product": "whatsapp", "participants": [{"user": "+16505551234"}],
    });
    let new_flow = json!({
        "name": "F", "categories": ["OTHER"], "clone_flow_id": "1",
        "endpoint_uri": "https://example.com",
    });
    let moved = json!({"source_waba_id": OTHER, "source_flow_names": ["F"]});
    let changes = json!({
        "name": "F", "categories": ["OTHER"], "endpoint_uri": "https://example.com",
        "application_id": OTHER,
    });
    let one_day = with!(
        GetFlowMetric::new(ID, FlowMetricName::EndpointRequestCount, Granularity::Day);
        since: some("2024-01-28"), until: some("2024-01-30"));
    Ok(vec![
        Case::of(CreateGroup::new(ID, body(new_group)?)),
        Case::of(page!(ListGroups::new(ID))),
        Case::of(with!(GetGroup::new(GROUP); fields: fields())),
        Case::of(UpdateGroup::new(GROUP, body(settings)?)),
        Case::of(SetGroupPicture::new(GROUP, Payload::from(b"\xff\xd8\xff".as_slice()))),
        Case::of(DeleteGroup::new(GROUP)),
        Case::of(ResetInviteLink::new(GROUP, body(product.clone())?)),
        Case::of(DeleteInviteLink::new(GROUP, body(product)?)),
        Case::of(page!(ListJoinRequests::new(GROUP))),
        Case::of(ApproveJoinRequests::new(GROUP, body(requests.clone())?)),
        Case::of(RejectJoinRequests::new(GROUP, body(requests)?)),
        Case::of(AddParticipants::new(GROUP, body(people.clone())?)),
        Case::of(RemoveParticipants::new(GROUP, body(people)?)),
        Case::of(page!(ListFlows::new(ID); fields: fields())),
        Case::of(CreateFlow::new(ID, body(new_flow)?)),
        Case::of(MigrateFlows::new(ID, body(moved)?)),
        Case::of(with!(GetFlow::new(ID); fields: fields(), date_format: some("U"))),
        Case::of(one_day),
        Case::of(UpdateFlow::new(ID, body(changes)?)),
        Case::of(DeleteFlow::new(ID)),
        Case::of(page!(ListFlowAssets::new(ID))),
        Case::of(UploadFlowJson::new(ID, Payload::from(br#"{"version":"7.1"}"#.as_slice()))),
        Case::of(PublishFlow::new(ID)),
        Case::of(DeprecateFlow::new(ID)),
    ])
}
