use whatsapp_cloud::api::conversions::{CreateDataset, SendConversions};
use whatsapp_cloud::api::flows::{
    CreateFlow, DeleteFlow, DeprecateFlow, GetFlow, GetFlowMetric, ListFlowAssets, ListFlows,
    MigrateFlows, PublishFlow, UpdateFlow, UploadFlowJson,
};
use whatsapp_cloud::api::groups::{
    AddParticipants, ApproveJoinRequests, CreateGroup, DeleteGroup, DeleteInviteLink, GetGroup,
    GetInviteLink, ListGroups, ListJoinRequests, RejectJoinRequests, RemoveParticipants,
    ResetInviteLink, SetGroupPicture, UpdateGroup,
};
use whatsapp_cloud::api::marketing::{
    GetMarketingEligibility, GetMarketingInsights, GetMarketingTerms,
};
use whatsapp_cloud::api::media::{DeleteMedia, GetMedia, UploadMedia};
use whatsapp_cloud::api::signups::{CreateSignup, GetSignup, ListSignups, UpdateSignup};
use whatsapp_cloud::api::subscriptions::{
    ListAppSubscriptions, ListSubscribedApps, SubscribeApp, SubscribeToAccount, UnsubscribeApp,
    UnsubscribeFromAccount,
};
use whatsapp_cloud::api::tokens::{ExchangeCode, ExtendToken, GetBusinessToken, InspectToken};
use whatsapp_cloud::api::uploads::{GetUpload, SendUpload, StartUpload};
use whatsapp_cloud::api::welcome_sequences::{
    CreateWelcomeSequence, DeleteWelcomeSequence, ListWelcomeSequences, UpdateWelcomeSequence,
};

use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row::<UploadMedia>("api/platform/media.rs"),
        row::<GetMedia>("api/platform/media.rs"),
        row::<DeleteMedia>("api/platform/media.rs"),
        row::<CreateGroup>("api/platform/groups.rs"),
        row::<ListGroups>("api/platform/groups.rs"),
        row::<GetGroup>("api/platform/groups.rs"),
        row::<UpdateGroup>("api/platform/groups.rs"),
        row::<SetGroupPicture>("api/platform/groups.rs"),
        row::<DeleteGroup>("api/platform/groups.rs"),
        row::<GetInviteLink>("api/platform/groups.rs"),
        row::<ResetInviteLink>("api/platform/groups.rs"),
        row::<DeleteInviteLink>("api/platform/groups.rs"),
        row::<ListJoinRequests>("api/platform/groups.rs"),
        row::<ApproveJoinRequests>("api/platform/groups.rs"),
        row::<RejectJoinRequests>("api/platform/groups.rs"),
        row::<AddParticipants>("api/platform/groups.rs"),
        row::<RemoveParticipants>("api/platform/groups.rs"),
        row::<ListFlows>("api/platform/flows.rs"),
        row::<CreateFlow>("api/platform/flows.rs"),
        row::<MigrateFlows>("api/platform/flows.rs"),
        row::<GetFlow>("api/platform/flows.rs"),
        row::<GetFlowMetric>("api/platform/flows.rs"),
        row::<UpdateFlow>("api/platform/flows.rs"),
        row::<DeleteFlow>("api/platform/flows.rs"),
        row::<ListFlowAssets>("api/platform/flows.rs"),
        row::<UploadFlowJson>("api/platform/flows.rs"),
        row::<PublishFlow>("api/platform/flows.rs"),
        row::<DeprecateFlow>("api/platform/flows.rs"),
        row::<ListSubscribedApps>("api/platform/subscriptions.rs"),
        row::<SubscribeToAccount>("api/platform/subscriptions.rs"),
        row::<UnsubscribeFromAccount>("api/platform/subscriptions.rs"),
        row::<ListAppSubscriptions>("api/platform/subscriptions.rs"),
        row::<SubscribeApp>("api/platform/subscriptions.rs"),
        row::<UnsubscribeApp>("api/platform/subscriptions.rs"),
        row::<StartUpload>("api/platform/uploads.rs"),
        row::<SendUpload>("api/platform/uploads.rs"),
        row::<GetUpload>("api/platform/uploads.rs"),
        row::<InspectToken>("api/platform/tokens.rs"),
        row::<ExchangeCode>("api/platform/tokens.rs"),
        row::<ExtendToken>("api/platform/tokens.rs"),
        row::<GetBusinessToken>("api/platform/tokens.rs"),
        row::<GetMarketingEligibility>("api/platform/marketing.rs"),
        row::<GetMarketingTerms>("api/platform/marketing.rs"),
        row::<GetMarketingInsights>("api/platform/marketing.rs"),
        row::<CreateDataset>("api/platform/conversions.rs"),
        row::<SendConversions>("api/platform/conversions.rs"),
        row::<CreateSignup>("api/platform/signups.rs"),
        row::<ListSignups>("api/platform/signups.rs"),
        row::<GetSignup>("api/platform/signups.rs"),
        row::<UpdateSignup>("api/platform/signups.rs"),
        row::<CreateWelcomeSequence>("api/platform/welcome_sequences.rs"),
        row::<UpdateWelcomeSequence>("api/platform/welcome_sequences.rs"),
        row::<ListWelcomeSequences>("api/platform/welcome_sequences.rs"),
        row::<DeleteWelcomeSequence>("api/platform/welcome_sequences.rs"),
    ]
}
