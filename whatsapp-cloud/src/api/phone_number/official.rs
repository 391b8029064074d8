//! The official business account: the check mark beside the name.

use crate::api::call::call;
use crate::id::PhoneNumberId;
use crate::wire::{object, open_enum};

call! {
    /// Asks how an application for an official business account stands.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/overview/business-accounts>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::GetOfficialStatus;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetOfficialStatus::new("106540352242922");
    /// assert_eq!(call.request()?.target()?, "106540352242922/official_business_account");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetOfficialStatus -> OfficialStatus = "get official status", idempotent;
    get "/{Phone-Number-ID}/official_business_account" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// What to tell: `oba_status`, `status_message`.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Applies for an official business account. After a refusal Meta wants 30 days to pass.
    ///
    /// Meta's guide and its OpenAPI file describe two different bodies; both can be sent.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/overview/business-accounts>
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{
    ///     OfficialAction, OfficialApplication, UpdateOfficialStatus,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let withdraw = OfficialApplication {
    ///     action: Some(OfficialAction::Withdraw),
    ///     ..OfficialApplication::default()
    /// };
    /// let call = UpdateOfficialStatus::new("106540352242922", withdraw);
    /// assert_eq!(call.request()?.target()?, "106540352242922/official_business_account");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateOfficialStatus -> OfficialUpdated = "update official status", once;
    post "/{Phone-Number-ID}/official_business_account" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What is applied for.
        application: OfficialApplication
    }
}

object! {
    /// How an application stands.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{OfficialStatus, OfficialWord};
    ///
    /// let status: OfficialStatus = serde_json::from_str(
    ///     r#"{"id":"106540352242922","oba_status":"UNDER_REVIEW"}"#,
    /// )?;
    /// assert_eq!(status.oba_status, Some(OfficialWord::UnderReview));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OfficialStatus {
        /// The number.
        pub id: Option<PhoneNumberId> = "id",
        /// How it stands.
        pub oba_status: Option<OfficialWord> = "oba_status",
        /// The same in words.
        pub status_message: Option<String> = "status_message",
    }
}

object! {
    /// An application, as the guide describes it; `action` and `application_data` are those of
    /// Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::OfficialApplication;
    ///
    /// let application = OfficialApplication {
    ///     business_website_url: Some("https://www.luckyshrub.com/".to_owned()),
    ///     primary_country_of_operation: Some("US".to_owned()),
    ///     ..OfficialApplication::default()
    /// };
    /// let json = serde_json::to_value(&application)?;
    /// assert_eq!(json["primary_country_of_operation"], "US");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OfficialApplication {
        /// The website of the business.
        pub business_website_url: Option<String> = "business_website_url",
        /// Where it is at work most.
        pub primary_country_of_operation: Option<String> = "primary_country_of_operation",
        /// Its language.
        pub primary_language: Option<String> = "primary_language",
        /// Whom it belongs to.
        pub parent_business_or_brand: Option<String> = "parent_business_or_brand",
        /// Where others write about it: 5 to 10 addresses.
        pub supporting_links: Vec<String> = "supporting_links",
        /// What else speaks for it.
        pub additional_supporting_information: Option<String>
            = "additional_supporting_information",
        /// What to do.
        pub action: Option<OfficialAction> = "action",
        /// Who applies.
        pub application_data: Option<OfficialApplicationData> = "application_data",
    }
    check |application, found| {
        let links = application.supporting_links.len();
        if links > 0 && !(5..=10).contains(&links) {
            found.add("supporting_links", format!("5 to 10 addresses, found {links}"));
        }
    }
}

object! {
    /// Who applies.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{
    ///     OfficialAction, OfficialApplication, OfficialApplicationData,
    /// };
    ///
    /// let application = OfficialApplication {
    ///     action: Some(OfficialAction::Submit),
    ///     application_data: Some(OfficialApplicationData {
    ///         business_name: Some("Lucky Shrub".to_owned()),
    ///         ..OfficialApplicationData::default()
    ///     }),
    ///     ..OfficialApplication::default()
    /// };
    /// let json = serde_json::to_value(&application)?;
    /// assert_eq!(json["application_data"]["business_name"], "Lucky Shrub");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OfficialApplicationData {
        /// The name of the business, at most 255 characters.
        pub business_name: Option<String> = "business_name",
        /// What it does, at most 1,000 characters.
        pub business_description: Option<String> = "business_description",
        /// Its website.
        pub website_url: Option<String> = "website_url",
        /// Whom to write to.
        pub contact_email: Option<String> = "contact_email",
    }
    check |data, found| {
        found.length("business_name", data.business_name.as_deref().unwrap_or_default(), 0, 255);
        let description = data.business_description.as_deref().unwrap_or_default();
        found.length("business_description", description, 0, 1_000);
    }
}

object! {
    /// What came of an application.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{OfficialUpdated, OfficialWord};
    ///
    /// let updated: OfficialUpdated = serde_json::from_str(
    ///     r#"{"success":true,"updated_status":{"oba_status":"PENDING"}}"#,
    /// )?;
    /// assert_eq!(updated.updated_status.unwrap().oba_status, Some(OfficialWord::Pending));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct OfficialUpdated {
        /// Whether it was taken.
        pub success: bool = "success",
        /// The same in words.
        pub message: Option<String> = "message",
        /// How it stands now.
        pub updated_status: Option<OfficialStatus> = "updated_status",
        /// What to name when asking about it.
        pub tracking_id: Option<String> = "tracking_id",
    }
}

open_enum! {
    /// How an application stands.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{OfficialStatus, OfficialWord};
    ///
    /// let status: OfficialStatus = serde_json::from_str(r#"{"oba_status":"APPROVED"}"#)?;
    /// assert_eq!(status.oba_status, Some(OfficialWord::Approved), "customers see the badge");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    OfficialWord {
        /// Nobody has applied.
        NotStarted = "NOT_STARTED",
        /// It waits.
        Pending = "PENDING",
        /// It is being reviewed.
        UnderReview = "UNDER_REVIEW",
        /// Approved.
        Approved = "APPROVED",
        /// Refused.
        Rejected = "REJECTED",
        /// Too long ago.
        Expired = "EXPIRED",
        /// Withdrawn.
        Cancelled = "CANCELLED",
    }
}

open_enum! {
    /// What to do about an application.
    ///
    /// ```
    /// use whatsapp_cloud::api::phone_number::{OfficialAction, OfficialApplication};
    ///
    /// let again: OfficialApplication = serde_json::from_str(
    ///     r#"{"action":"RESUBMIT_APPLICATION"}"#,
    /// )?;
    /// assert_eq!(again.action, Some(OfficialAction::Resubmit));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    OfficialAction {
        /// Apply.
        Submit = "SUBMIT_APPLICATION",
        /// Withdraw.
        Withdraw = "WITHDRAW_APPLICATION",
        /// Apply again.
        Resubmit = "RESUBMIT_APPLICATION",
    }
}
