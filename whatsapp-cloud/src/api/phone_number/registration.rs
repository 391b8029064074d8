//! How a number comes to an account, is verified, registered, and deregistered.

use crate::api::Success;
use crate::api::call::call;
use crate::api::phone_number::{DISPLAY_NAME, check_six_digits};
use crate::id::{AccountId, BusinessId, NodeId, PhoneNumberId};
use crate::wire::{WhatsApp, object, open_enum};

/// The only number of minutes that Meta takes.
const RETENTION: u32 = 60;

call! {
    /// Adds a number to a partner's pool of numbers, which clients can be given.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{AddPhoneNumber, NewBusinessNumber};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let number =
    ///     NewBusinessNumber { phone_number: "+16505551234".into(), ..Default::default() };
    /// let call = AddPhoneNumber::new("506914307656634", number);
    /// assert_eq!(call.request()?.target()?, "506914307656634/add_phone_numbers");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct AddPhoneNumber -> AddedPhoneNumber = "add phone number", once;
    post "/{Business-ID}/add_phone_numbers" {
        /// The partner's business.
        business_id: BusinessId,
    }
    body {
        /// The number.
        number: NewBusinessNumber
    }
}

call! {
    /// Brings a number into an account. It must then be verified and registered.
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/phone_numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{CreatePhoneNumber, NewPhoneNumber};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let number = NewPhoneNumber {
    ///     cc: Some("1".to_owned()),
    ///     phone_number: "14195551518".to_owned(),
    ///     verified_name: "Lucky Shrub".to_owned(),
    ///     ..NewPhoneNumber::default()
    /// };
    /// let call = CreatePhoneNumber::new("102290129340398", number);
    /// assert_eq!(call.request()?.target()?, "102290129340398/phone_numbers");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreatePhoneNumber -> CreatedPhoneNumber = "create phone number", once;
    post "/{WABA-ID}/phone_numbers" {
        /// The account.
        account_id: AccountId,
    }
    body {
        /// The number.
        number: NewPhoneNumber
    }
}

call! {
    /// Registers a number, so that it can send, and sets its PIN.
    ///
    /// Meta takes ten of these and of [`DeregisterPhoneNumber`] within 72 hours (133016).
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{RegisterPhoneNumber, Registration};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let registration = Registration { pin: "212834".to_owned(), ..Registration::default() };
    /// let call = RegisterPhoneNumber::new("106540352242922", registration);
    /// assert_eq!(call.request()?.target()?, "106540352242922/register");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct RegisterPhoneNumber -> Success = "register phone number", once;
    post "/{Phone-Number-ID}/register" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// PIN and place.
        registration: Registration
    }
}

call! {
    /// Deregisters a number: it can send no more. Not for numbers of the Business app.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::DeregisterPhoneNumber;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = DeregisterPhoneNumber::new("106540352242922");
    /// assert_eq!(call.request()?.target()?, "106540352242922/deregister");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct DeregisterPhoneNumber -> Success = "deregister phone number", once;
    post "/{Phone-Number-ID}/deregister" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
}

call! {
    /// Has Meta send a code to a number, to verify it.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/phone-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{CodeMethod, CodeRequest, RequestCode};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let how = CodeRequest {
    ///     code_method: CodeMethod::Sms,
    ///     language: "en_US".to_owned(),
    ///     ..CodeRequest::default()
    /// };
    /// let call = RequestCode::new("106540352242922", how);
    /// assert_eq!(call.request()?.target()?, "106540352242922/request_code");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct RequestCode -> Success = "request code", once;
    post "/{Phone-Number-ID}/request_code" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// How, and in which language.
        how: CodeRequest
    }
}

call! {
    /// Verifies a number with the code that came to it.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/phone-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{VerificationCode, VerifyCode};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let code = VerificationCode { code: "123830".to_owned(), ..Default::default() };
    /// let call = VerifyCode::new("106540352242922", code);
    /// assert_eq!(call.request()?.target()?, "106540352242922/verify_code");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct VerifyCode -> CodeVerified = "verify code", once;
    post "/{Phone-Number-ID}/verify_code" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// The code.
        code: VerificationCode
    }
}

call! {
    /// Has Meta send a code to a number of a partner's pool.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{CodeMethod, CodeRequest, RequestPreVerifiedCode};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let how = CodeRequest {
    ///     code_method: CodeMethod::Voice,
    ///     language: "es_ES".to_owned(),
    ///     ..CodeRequest::default()
    /// };
    /// let call = RequestPreVerifiedCode::new("1906385232743451", how);
    /// assert_eq!(call.request()?.target()?, "1906385232743451/request_code");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct RequestPreVerifiedCode -> Success = "request pre-verified code", once;
    post "/{Pre-Verified-Phone-Number-ID}/request_code" {
        /// The number of the pool.
        pre_verified_id: NodeId,
    }
    body {
        /// How, and in which language.
        how: CodeRequest
    }
}

call! {
    /// Verifies a number of a partner's pool. Meta takes 125 of these an hour.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{VerificationCode, VerifyPreVerifiedCode};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let code = VerificationCode { code: "123456".to_owned(), ..Default::default() };
    /// let call = VerifyPreVerifiedCode::new("1906385232743451", code);
    /// assert_eq!(call.request()?.target()?, "1906385232743451/verify_code");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct VerifyPreVerifiedCode -> CodeVerified = "verify pre-verified code", once;
    post "/{Pre-Verified-Phone-Number-ID}/verify_code" {
        /// The number of the pool.
        pre_verified_id: NodeId,
    }
    body {
        /// The code.
        code: VerificationCode
    }
}

object! {
    /// A number for a partner's pool.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{AddPhoneNumber, NewBusinessNumber};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let number: NewBusinessNumber = serde_json::from_str(
    ///     r#"{"phone_number":"+16505551234"}"#,
    /// )?;
    /// assert!(AddPhoneNumber::new("506914307656634", number).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NewBusinessNumber {
        /// The number, in international form.
        pub phone_number: String = "phone_number",
    }
    check |number, found| {
        if number.phone_number.is_empty() {
            found.add("phone_number", "a phone number, found none");
        }
    }
}

object! {
    /// What a number of a pool is now called.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::AddedPhoneNumber;
    ///
    /// let added: AddedPhoneNumber = serde_json::from_str(r#"{"id":"104996122399160"}"#)?;
    /// assert_eq!(added.id.unwrap().as_str(), "104996122399160");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AddedPhoneNumber {
        /// Its id in the pool.
        pub id: Option<NodeId> = "id",
    }
}

object! {
    /// A number for an account.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{CreatePhoneNumber, NewPhoneNumber};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let number: NewPhoneNumber = serde_json::from_str(
    ///     r#"{"cc":"1","phone_number":"6505551234","verified_name":"Lucky Shrub"}"#,
    /// )?;
    /// assert!(CreatePhoneNumber::new("102290129340398", number).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NewPhoneNumber {
        /// The number: 7 to 15 digits, the first not 0. May be left out for one of a pool.
        pub phone_number: String = "phone_number",
        /// The display name, which Meta reviews: 2 to 75 characters.
        pub verified_name: String = "verified_name",
        /// The digits of its country: 1 to 3.
        pub cc: Option<String> = "cc",
        /// Whether it comes from another account.
        pub migrate_phone_number: Option<bool> = "migrate_phone_number",
        /// Which number of a partner's pool it is.
        pub preverified_id: Option<NodeId> = "preverified_id",
    }
    check |number, found| {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let phone = number.phone_number.as_str();
        let is_pooled = phone.is_empty() && number.preverified_id.is_some();
        let is_whole = (7..=15).contains(&phone.len()) && digits(phone) && !phone.starts_with('0');
        if !is_pooled && !is_whole {
            found.add("phone_number", "7 to 15 digits, the first not 0");
        }
        if !is_pooled || !number.verified_name.is_empty() {
            found.length("verified_name", &number.verified_name, DISPLAY_NAME.0, DISPLAY_NAME.1);
        }
        if let Some(cc) = &number.cc && !((1..=3).contains(&cc.len()) && digits(cc)) {
            found.add("cc", "1 to 3 digits");
        }
    }
}

object! {
    /// What the number is now called.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{CodeRequest, CreatedPhoneNumber, RequestCode};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let created: CreatedPhoneNumber = serde_json::from_str(r#"{"id":"106540352242922"}"#)?;
    /// let code: CodeRequest = serde_json::from_str(
    ///     r#"{"code_method":"SMS","language":"en_US"}"#,
    /// )?;
    /// // A number that was made is verified next.
    /// assert!(RequestCode::new(created.id.unwrap(), code).request().is_ok());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CreatedPhoneNumber {
        /// Its id.
        pub id: Option<PhoneNumberId> = "id",
    }
}

object! {
    /// How a number is registered.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::Registration;
    ///
    /// let registration = Registration { pin: "212834".to_owned(), ..Registration::default() };
    /// assert_eq!(
    ///     serde_json::to_string(&registration)?,
    ///     r#"{"messaging_product":"whatsapp","pin":"212834"}"#,
    /// );
    /// assert_eq!(format!("{registration:?}"), "Registration { .. }");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Registration {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// The PIN of two-step verification: six digits. Set if there is none, otherwise
        /// compared. A secret.
        pub pin: String = "pin",
        /// Where messages are kept, as two letters. Up to v20; later it is a setting.
        pub data_localization_region: Option<String> = "data_localization_region",
        /// How long messages are kept, in minutes: 60. Up to v20; later it is a setting.
        pub meta_store_retention_minutes: Option<u32> = "meta_store_retention_minutes",
        /// What the On-Premises API had written, when the number comes from there.
        pub backup: Option<Backup> = "backup",
        /// Real or for tests. Only in Meta's OpenAPI file.
        pub tier: Option<RegistrationTier> = "tier",
    }
    check |registration, found| {
        check_six_digits("pin", &registration.pin, found);
        if let Some(minutes) = registration.meta_store_retention_minutes && minutes != RETENTION {
            found.add("meta_store_retention_minutes", format!("{RETENTION}, found {minutes}"));
        }
    }
}

object! {
    /// What the On-Premises API had written.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{Backup, Registration};
    ///
    /// let backup: Backup = serde_json::from_str(
    ///     r#"{"password":"a password","data":"YmFja3Vw"}"#,
    /// )?;
    /// let registration = Registration { backup: Some(backup), ..Registration::default() };
    /// assert_eq!(serde_json::to_value(&registration)?["backup"]["data"], "YmFja3Vw");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Backup {
        /// The password it was encrypted with. A secret.
        pub password: String = "password",
        /// The data.
        pub data: String = "data",
    }
}

object! {
    /// How a code is sent.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{CodeMethod, CodeRequest};
    ///
    /// let code = CodeRequest {
    ///     code_method: CodeMethod::Voice,
    ///     language: "pt_BR".to_owned(),
    ///     ..CodeRequest::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&code)?,
    ///     r#"{"code_method":"VOICE","language":"pt_BR"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CodeRequest {
        /// Written or spoken.
        pub code_method: CodeMethod = "code_method",
        /// The language: `en_US`; Meta's guide takes `en` too.
        pub language: String = "language",
    }
    check |how, found| {
        if how.code_method.as_str().is_empty() {
            found.add("code_method", "SMS or VOICE, found nothing");
        }
        found.length("language", &how.language, 2, 5);
    }
}

object! {
    /// A code that came to a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{VerificationCode, VerifyCode};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let code = VerificationCode { code: "123830".to_owned(), ..VerificationCode::default() };
    /// assert!(VerifyCode::new("106540352242922", code).request().is_ok());
    /// ```
    pub struct VerificationCode {
        /// The code: six digits. A secret.
        pub code: String = "code",
    }
    check |code, found| {
        check_six_digits("code", &code.code, found);
    }
}

object! {
    /// What came of a code.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::CodeVerified;
    ///
    /// let verified: CodeVerified = serde_json::from_str(r#"{"success":true}"#)?;
    /// assert!(verified.success, "it may be registered now");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CodeVerified {
        /// Whether the number is verified.
        pub success: bool = "success",
        /// The number.
        pub id: Option<NodeId> = "id",
    }
}

open_enum! {
    /// How a code is sent.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{CodeMethod, CodeRequest};
    ///
    /// let by_text: CodeRequest = serde_json::from_str(
    ///     r#"{"code_method":"SMS","language":"en_US"}"#,
    /// )?;
    /// assert_eq!(by_text.code_method, CodeMethod::Sms);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    CodeMethod {
        /// Written.
        Sms = "SMS",
        /// Spoken.
        Voice = "VOICE",
    }
}

open_enum! {
    /// Real or for tests.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{Registration, RegistrationTier};
    ///
    /// let registration: Registration = serde_json::from_str(
    ///     r#"{"pin":"212834","tier":"SANDBOX"}"#,
    /// )?;
    /// assert_eq!(registration.tier, Some(RegistrationTier::Sandbox));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    RegistrationTier {
        /// Real.
        Production = "PROD",
        /// For tests.
        Sandbox = "SANDBOX",
    }
}
