//! Numbers that a partner has verified before a client takes one.
//!
//! Asking for a code and entering it is in `phone_number`, as for any other number.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers>

use crate::api::Success;
use crate::api::business::Business;
use crate::api::call::call;
use crate::id::{BusinessId, NodeId};
use crate::wire::{Page, object, open_enum};

call! {
    /// Asks for the numbers that a portfolio has verified.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::{Availability, ListPreverifiedNumbers};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListPreverifiedNumbers::new("506914307656634");
    /// call.availability_status = Some(Availability::Available);
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "506914307656634/preverified_numbers?availability_status=AVAILABLE",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListPreverifiedNumbers -> Page<PreverifiedNumber> =
        "list pre-verified numbers", idempotent;
    get "/{Business-ID}/preverified_numbers" {
        /// The portfolio.
        business: BusinessId,
    }
    query {
        /// What to tell of each, as [`PreverifiedNumber`] calls it.
        fields: Vec<String> = "fields",
        /// Only those of which the verification stands so.
        verification_status: Option<CodeVerification> = "verification_status",
        /// Only those that can be had, or cannot.
        availability_status: Option<Availability> = "availability_status",
        /// Only those of a country: two capital letters.
        country_code: Option<String> = "country_code",
    }
    paged { 1 to 100, by default 25 }
    check |call, found| {
        if let Some(country) = &call.country_code
            && (country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()))
        {
            found.add("country_code", "two capital letters");
        }
    }
}

call! {
    /// Asks about a number that was verified before.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::GetPreverifiedNumber;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetPreverifiedNumber::new("1706193509821738");
    /// assert_eq!(call.request()?.target()?, "1706193509821738");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetPreverifiedNumber -> PreverifiedNumber = "get pre-verified number", idempotent;
    get "/{Pre-Verified-Phone-Number-ID}" {
        /// The number.
        number: NodeId,
    }
    query {
        /// What to tell of it, as [`PreverifiedNumber`] calls it.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Gives a number up that was verified before. It cannot be had back.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::DeletePreverifiedNumber;
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let call = DeletePreverifiedNumber::new("1706193509821738");
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct DeletePreverifiedNumber -> Success = "delete pre-verified number", idempotent;
    delete "/{Pre-Verified-Phone-Number-ID}" {
        /// The number.
        number: NodeId,
    }
}

call! {
    /// Asks with whom a number is shared.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::ListNumberPartners;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListNumberPartners::new("1706193509821738");
    /// assert_eq!(call.request()?.target()?, "1706193509821738/partners");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListNumberPartners -> Page<Business> = "list partners of number", idempotent;
    get "/{Pre-Verified-Phone-Number-ID}/partners" {
        /// The number.
        number: NodeId,
    }
    query {
        /// What to tell of each, as [`Business`] calls it; by default id and name.
        fields: Vec<String> = "fields",
    }
    paged { 1 to 100, by default 25 }
}

call! {
    /// Shares a number with a partner, who can then give it to clients.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::{NumberShare, ShareNumber};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let share = NumberShare {
    ///     preverified_id: "1706193509821738".into(),
    ///     partner_business_id: "9876543210987654".into(),
    ///     ..NumberShare::default()
    /// };
    /// let call = ShareNumber::new("506914307656634", share);
    /// assert_eq!(call.request()?.target()?, "506914307656634/share_preverified_numbers");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ShareNumber -> Success = "share pre-verified number", idempotent;
    post "/{Business-ID}/share_preverified_numbers" {
        /// The portfolio that has the number.
        business: BusinessId,
    }
    body {
        /// What is shared with whom.
        share: NumberShare
    }
}

call! {
    /// Shares a number no longer.
    ///
    /// Missing in Meta's OpenAPI file; Meta's page writes the ids in the query.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/pre-verified-numbers>
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::UnshareNumber;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = UnshareNumber::new("506914307656634", "1706193509821738", "9876543210987654");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "506914307656634/share_preverified_numbers\
    ///      ?preverified_id=1706193509821738&partner_business_id=9876543210987654",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UnshareNumber -> Success = "unshare pre-verified number", idempotent;
    delete "/{Business-ID}/share_preverified_numbers" {
        /// The portfolio that has the number.
        business: BusinessId,
    }
    needs {
        /// The number.
        number: NodeId = "preverified_id",
        /// The partner.
        partner: BusinessId = "partner_business_id",
    }
}

object! {
    /// Which number is shared with whom.
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::NumberShare;
    ///
    /// let share = NumberShare {
    ///     preverified_id: "104996122399160".into(),
    ///     partner_business_id: "506914307656634".into(),
    ///     ..NumberShare::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&share)?,
    ///     r#"{"preverified_id":"104996122399160","partner_business_id":"506914307656634"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NumberShare {
        /// The number.
        pub preverified_id: NodeId = "preverified_id",
        /// The partner.
        pub partner_business_id: BusinessId = "partner_business_id",
    }
    check |share, found| {
        found.numeric_id("preverified_id", share.preverified_id.as_str());
        found.numeric_id("partner_business_id", share.partner_business_id.as_str());
    }
}

object! {
    /// A number that was verified before. Only what was asked for is there.
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::{Availability, PreverifiedNumber};
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<PreverifiedNumber> = serde_json::from_str(
    ///     r#"{"data":[{"id":"104996122399160","display_phone_number":"+1 650-555-1234",
    ///     "availability_status":"AVAILABLE"}]}"#,
    /// )?;
    /// let free = |number: &&PreverifiedNumber| {
    ///     number.availability_status == Some(Availability::Available)
    /// };
    /// assert_eq!(page.data.iter().filter(free).count(), 1);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PreverifiedNumber {
        /// Its id.
        pub id: NodeId = "id",
        /// The number, as people read it.
        pub display_phone_number: Option<String> = "display_phone_number",
        /// The prefix of its country: 1 to 999.
        pub country_prefix: Option<u16> = "country_prefix",
        /// How its verification stands.
        pub verification_status: Option<CodeVerification> = "verification_status",
        /// Whether it can be had.
        pub availability_status: Option<Availability> = "availability_status",
        /// When it was verified: ISO 8601.
        pub created_time: Option<String> = "created_time",
        /// When that changed: ISO 8601.
        pub last_updated: Option<String> = "last_updated",
        /// What it can be used for.
        pub supported_features: Vec<Feature> = "supported_features",
        /// Its country: two letters.
        pub country_code: Option<String> = "country_code",
        /// Its part of the world.
        pub region: Option<String> = "region",
        /// Whether the id that was asked for is one.
        pub is_input_id_valid: Option<bool> = "is_input_id_valid",
        /// Why it is none, in Meta's words.
        pub error_msg: Option<String> = "error_msg",
    }
}

open_enum! {
    /// How the verification of a number by a code stands.
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::{CodeVerification, ListPreverifiedNumbers};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListPreverifiedNumbers::new("506914307656634");
    /// call.verification_status = Some(CodeVerification::Verified);
    /// assert_eq!(call.request()?.query()[0].1, "VERIFIED");
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    CodeVerification {
        /// The code was entered.
        Verified = "VERIFIED",
        /// The code was not entered yet.
        Pending = "PENDING",
        /// The code was wrong.
        Failed = "FAILED",
        /// It was entered too long ago.
        Expired = "EXPIRED",
    }
}

open_enum! {
    /// Whether a number can be had.
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::{Availability, PreverifiedNumber};
    ///
    /// let number: PreverifiedNumber = serde_json::from_str(
    ///     r#"{"id":"104996122399160","availability_status":"IN_USE"}"#,
    /// )?;
    /// assert_eq!(number.availability_status, Some(Availability::InUse));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    Availability {
        /// It can.
        Available = "AVAILABLE",
        /// Somebody has it.
        InUse = "IN_USE",
        /// Somebody will have it.
        Reserved = "RESERVED",
        /// It cannot.
        Unavailable = "UNAVAILABLE",
    }
}

open_enum! {
    /// What a number can be used for.
    ///
    /// ```
    /// use whatsapp_cloud::api::preverified_numbers::{Feature, PreverifiedNumber};
    ///
    /// let number: PreverifiedNumber = serde_json::from_str(
    ///     r#"{"id":"104996122399160","supported_features":["MESSAGING","FLOWS"]}"#,
    /// )?;
    /// assert!(number.supported_features.contains(&Feature::Flows));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    Feature {
        /// Messages.
        Messaging = "MESSAGING",
        /// A profile.
        BusinessProfile = "BUSINESS_PROFILE",
        /// Webhooks.
        Webhooks = "WEBHOOKS",
        /// Templates.
        Templates = "TEMPLATES",
        /// Analytics.
        Analytics = "ANALYTICS",
        /// Catalogues.
        Commerce = "COMMERCE",
        /// Flows.
        Flows = "FLOWS",
    }
}
