//! Who a business is before the law, as India wants it to be shown.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-compliance>

use crate::api::call::call;
use crate::api::{Success, Violations};
use crate::id::{AccountId, PhoneNumberId};
use crate::wire::{Page, WhatsApp, object, open_enum};

call! {
    /// Asks who a business is before the law.
    ///
    /// ```
    /// use whatsapp_cloud::api::compliance::GetCompliance;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetCompliance::new("106540352242922");
    /// assert_eq!(call.request()?.target()?, "106540352242922/business_compliance_info");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetCompliance -> Page<Compliance> = "get compliance", idempotent;
    get "/{Phone-Number-ID}/business_compliance_info" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// What to tell: names of members of [`Compliance`].
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Says who a business is before the law.
    ///
    /// ```
    /// use whatsapp_cloud::api::compliance::{Compliance, UpdateCompliance};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let json = r#"{"messaging_product":"whatsapp","entity_name":"Lucky Shrub",
    ///     "entity_type":"PARTNERSHIP",
    ///     "grievance_officer_details":{"name":"Chandravati P.","email":"c@luckyshrub.com"},
    ///     "customer_care_details":{"email":"support@luckyshrub.com"}}"#;
    /// let compliance: Compliance = serde_json::from_str(json)?;
    /// let call = UpdateCompliance::new("106540352242922", compliance);
    /// assert_eq!(call.request()?.target()?, "106540352242922/business_compliance_info");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateCompliance -> Success = "update compliance", idempotent;
    post "/{Phone-Number-ID}/business_compliance_info" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// Who it is.
        compliance: Compliance
    }
}

object! {
    /// Who a business is before the law.
    ///
    /// ```
    /// use whatsapp_cloud::api::compliance::{Compliance, EntityType};
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<Compliance> = serde_json::from_str(
    ///     r#"{"data":[{"entity_name":"Lucky Shrub","entity_type":"PARTNERSHIP",
    ///         "is_registered":true}]}"#,
    /// )?;
    /// assert_eq!(page.data[0].entity_type, Some(EntityType::Partnership));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Compliance {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// The account. Only read.
        pub whatsapp_business_account_id: Option<AccountId> = "whatsapp_business_account_id",
        /// Its legal name: 2 to 128 characters.
        pub entity_name: Option<String> = "entity_name",
        /// What it is.
        pub entity_type: Option<EntityType> = "entity_type",
        /// What it is, for [`EntityType::Other`] and no other: at most 1,024 characters.
        pub entity_type_custom: Option<String> = "entity_type_custom",
        /// Whether it is registered, for [`EntityType::Other`] and [`EntityType::Partnership`].
        pub is_registered: Option<bool> = "is_registered",
        /// Who hears complaints.
        pub grievance_officer_details: Option<GrievanceOfficer> = "grievance_officer_details",
        /// Who helps customers.
        pub customer_care_details: Option<CustomerCare> = "customer_care_details",
    }
    check |business, found| {
        let name = business.entity_name.as_deref().unwrap_or_default();
        found.length("entity_name", name, 2, 128);
        let Some(kind) = &business.entity_type else {
            found.add("entity_type", "what the business is, found nothing");
            return;
        };
        let custom = business.entity_type_custom.as_deref();
        match (kind, custom) {
            (EntityType::Other, custom) => {
                found.length("entity_type_custom", custom.unwrap_or_default(), 1, 1_024);
            }
            (_, Some(_)) => found.add("entity_type_custom", "nothing, when the type is listed"),
            (_, None) => {}
        }
        let may_say = matches!(
            kind,
            EntityType::Other | EntityType::Partnership | EntityType::Unknown(_)
        );
        if business.is_registered.is_some() && !may_say {
            found.add("is_registered", "nothing, but for OTHER and PARTNERSHIP");
        }
        if business.grievance_officer_details.is_none() {
            found.add("grievance_officer_details", "who hears complaints, found nobody");
        }
        if business.customer_care_details.is_none() {
            found.add("customer_care_details", "who helps customers, found nobody");
        }
    }
}

object! {
    /// Who hears complaints.
    ///
    /// ```
    /// use whatsapp_cloud::api::compliance::{Compliance, GrievanceOfficer};
    ///
    /// let compliance: Compliance = serde_json::from_str(
    ///     r#"{"grievance_officer_details":{"name":"Chandravati P.",
    ///         "email":"chandravati@luckyshrub.com","mobile_number":"+913857614343"}}"#,
    /// )?;
    /// let officer: GrievanceOfficer = compliance.grievance_officer_details.unwrap();
    /// assert_eq!(officer.email, "chandravati@luckyshrub.com");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct GrievanceOfficer {
        /// His name: at most 128 characters.
        pub name: String = "name",
        /// Where to write to him: at most 128 characters.
        pub email: String = "email",
        /// His mobile number, with `+`: at most 20 characters.
        pub mobile_number: Option<String> = "mobile_number",
        /// His other number, with `+`: at most 20 characters.
        pub landline_number: Option<String> = "landline_number",
    }
    check |officer, found| {
        found.length("name", &officer.name, 1, 128);
        found.length("email", &officer.email, 1, 128);
        check_phone("mobile_number", officer.mobile_number.as_ref(), found);
        check_phone("landline_number", officer.landline_number.as_ref(), found);
    }
}

object! {
    /// Who helps customers.
    ///
    /// ```
    /// use whatsapp_cloud::api::compliance::{Compliance, CustomerCare, UpdateCompliance};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let care: CustomerCare = serde_json::from_str(
    ///     r#"{"email":"support@luckyshrub.com","landline_number":"+913857614343"}"#,
    /// )?;
    /// let compliance = Compliance { customer_care_details: Some(care), ..Compliance::default() };
    /// let nobody = UpdateCompliance::new("106540352242922", compliance);
    /// assert!(nobody.request().is_err(), "it does not say who the business is");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CustomerCare {
        /// Where to write to: at most 128 characters.
        pub email: String = "email",
        /// The mobile number, with `+`: at most 20 characters.
        pub mobile_number: Option<String> = "mobile_number",
        /// The other number, with `+`: at most 20 characters.
        pub landline_number: Option<String> = "landline_number",
    }
    check |care, found| {
        found.length("email", &care.email, 1, 128);
        check_phone("mobile_number", care.mobile_number.as_ref(), found);
        check_phone("landline_number", care.landline_number.as_ref(), found);
    }
}

fn check_phone(path: &str, phone: Option<&String>, found: &mut Violations) {
    let Some(phone) = phone else { return };
    let digits = phone.strip_prefix('+').unwrap_or_default();
    let is_international = (2..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    if !is_international {
        found.add(path, "\"+\" and 2 to 15 digits, the first not 0");
    }
}

open_enum! {
    /// What a business is before the law.
    ///
    /// ```
    /// use whatsapp_cloud::api::compliance::EntityType;
    ///
    /// assert_eq!(EntityType::from("Private_Company"), EntityType::PrivateCompany);
    /// assert_eq!(EntityType::PrivateCompany.as_str(), "PRIVATE_COMPANY");
    /// ```
    in any case EntityType {
        /// A limited liability partnership.
        LimitedLiabilityPartnership = "LIMITED_LIABILITY_PARTNERSHIP",
        /// A sole proprietorship.
        SoleProprietorship = "SOLE_PROPRIETORSHIP",
        /// A partnership.
        Partnership = "PARTNERSHIP",
        /// A public company.
        PublicCompany = "PUBLIC_COMPANY",
        /// A private company.
        PrivateCompany = "PRIVATE_COMPANY",
        /// Something else.
        Other = "OTHER",
    }
}
