use whatsapp_cloud::api::automation::{ConfigureAutomation, GetAutomation, GetBot};
use whatsapp_cloud::api::block_list::{BlockUsers, ListBlockedUsers, UnblockUsers};
use whatsapp_cloud::api::calls::{CheckCallPermissions, ManageCall};
use whatsapp_cloud::api::coexistence::SyncAppData;
use whatsapp_cloud::api::commerce::{GetCommerceSettings, UpdateCommerceSettings};
use whatsapp_cloud::api::compliance::{GetCompliance, UpdateCompliance};
use whatsapp_cloud::api::contact_book::{DeleteContact, GetParentAccount};
use whatsapp_cloud::api::encryption::{GetPublicKey, SetPublicKey};
use whatsapp_cloud::api::health::GetHealthStatus;
use whatsapp_cloud::api::payment_lookup::{GetPayment, RefundPayment};
use whatsapp_cloud::api::phone_number::{
    AddPhoneNumber, CreatePhoneNumber, DeregisterPhoneNumber, GetAccountNumber, GetOfficialStatus,
    GetPhoneNumber, ListPhoneNumbers, RegisterPhoneNumber, RequestCode, RequestDisplayName,
    RequestPreVerifiedCode, UpdateOfficialStatus, UpdatePhoneNumber, VerifyCode,
    VerifyPreVerifiedCode,
};
use whatsapp_cloud::api::profile::{GetProfile, GetProfileNode, UpdateProfile, UpdateProfileNode};
use whatsapp_cloud::api::qr_codes::{
    CreateQrCode, DeleteQrCode, GetQrCode, ListQrCodes, UpdateQrCode,
};
use whatsapp_cloud::api::settings::{GetSettings, UpdateSettings};
use whatsapp_cloud::api::thread_control::ControlThread;
use whatsapp_cloud::api::usernames::{
    DeleteUsername, GetUsername, ListUsernameSuggestions, SetUsername,
};

use super::{Row, row};

const CALLS: &str = "api/phone_number/calls.rs";
const CHAT: &str = "api/phone_number/chat.rs";
const NUMBER: &str = "api/phone_number/number.rs";
const PROFILE: &str = "api/phone_number/profile.rs";
const REGISTRATION: &str = "api/phone_number/registration.rs";
const SETTINGS: &str = "api/phone_number/settings.rs";

pub fn rows() -> Vec<Row> {
    vec![
        row::<ListBlockedUsers>("api/block_list.rs"),
        row::<BlockUsers>("api/block_list.rs"),
        row::<UnblockUsers>("api/block_list.rs"),
        row::<GetPhoneNumber>(NUMBER),
        row::<ListPhoneNumbers>(NUMBER),
        row::<GetAccountNumber>(NUMBER),
        row::<UpdatePhoneNumber>(NUMBER),
        row::<RequestDisplayName>(NUMBER),
        row::<GetHealthStatus>(NUMBER),
        row::<GetOfficialStatus>(NUMBER),
        row::<UpdateOfficialStatus>(NUMBER),
        row::<AddPhoneNumber>(REGISTRATION),
        row::<CreatePhoneNumber>(REGISTRATION),
        row::<RegisterPhoneNumber>(REGISTRATION),
        row::<DeregisterPhoneNumber>(REGISTRATION),
        row::<RequestCode>(REGISTRATION),
        row::<VerifyCode>(REGISTRATION),
        row::<RequestPreVerifiedCode>(REGISTRATION),
        row::<VerifyPreVerifiedCode>(REGISTRATION),
        row::<GetSettings>(SETTINGS),
        row::<UpdateSettings>(SETTINGS),
        row::<GetProfile>(PROFILE),
        row::<UpdateProfile>(PROFILE),
        row::<GetProfileNode>(PROFILE),
        row::<UpdateProfileNode>(PROFILE),
        row::<GetCommerceSettings>(PROFILE),
        row::<UpdateCommerceSettings>(PROFILE),
        row::<GetCompliance>(PROFILE),
        row::<UpdateCompliance>(PROFILE),
        row::<GetPublicKey>(PROFILE),
        row::<SetPublicKey>(PROFILE),
        row::<ListQrCodes>(CHAT),
        row::<CreateQrCode>(CHAT),
        row::<UpdateQrCode>(CHAT),
        row::<GetQrCode>(CHAT),
        row::<DeleteQrCode>(CHAT),
        row::<ConfigureAutomation>(CHAT),
        row::<GetAutomation>(CHAT),
        row::<GetBot>(CHAT),
        row::<GetUsername>(CHAT),
        row::<SetUsername>(CHAT),
        row::<DeleteUsername>(CHAT),
        row::<ListUsernameSuggestions>(CHAT),
        row::<DeleteContact>(CHAT),
        row::<GetParentAccount>(CHAT),
        row::<CheckCallPermissions>(CALLS),
        row::<ManageCall>(CALLS),
        row::<ControlThread>(CALLS),
        row::<SyncAppData>(CALLS),
        row::<GetPayment>(CALLS),
        row::<RefundPayment>(CALLS),
    ]
}
