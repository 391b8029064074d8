//! Whether it is proven who a customer is: in `account_update`.

use crate::webhook::record::record;
use crate::webhook::words::words;
use crate::wire::Text;

words! {
    /// What became of the proof who a customer is.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::CertificationStatus;
    ///
    /// let is_decided = |status: &CertificationStatus| *status != CertificationStatus::Pending;
    /// assert!(is_decided(&"APPROVED".into()) && !is_decided(&"PENDING".into()));
    /// ```
    CertificationStatus {
        /// It is being looked at.
        Pending = "PENDING",
        /// It was accepted.
        Approved = "APPROVED",
        /// It was refused: [`CertificationInfo::rejection_reasons`].
        Failed = "FAILED",
        /// It was given up for technical reasons, or because nothing happened.
        Discarded = "DISCARDED",
        /// It was taken back.
        Revoked = "REVOKED",
    }
}

words! {
    /// Why the proof who a customer is was refused.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::CertificationRejection;
    ///
    /// // Here Meta writes spaces, in the API underscores.
    /// let why = CertificationRejection::from("LEGAL NAME NOT MATCHING");
    /// assert_eq!(why, CertificationRejection::LegalNameNotMatching);
    /// ```
    CertificationRejection {
        /// It was not refused.
        None = "NONE",
        /// Its country is not the one in the customer's profile.
        AddressNotMatching = "ADDRESS NOT MATCHING",
        /// The customer cannot be verified through a partner.
        BusinessNotEligible = "BUSINESS NOT ELIGIBLE",
        /// Its name is not the one in the customer's profile.
        LegalNameNotMatching = "LEGAL NAME NOT MATCHING",
        /// The documents do not show the name, or not clearly.
        LegalNameNotFound = "LEGAL NAME NOT FOUND IN DOCUMENTS",
        /// The documents cannot be opened.
        MalformedDocuments = "MALFORMED DOCUMENTS",
        /// Its website is not the one in the customer's profile.
        WebsiteNotMatching = "WEBSITE NOT MATCHING",
    }
}

record! {
    /// What became of the proof who a customer is.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{
    ///     CertificationInfo, CertificationRejection, EventKind, Verified,
    /// };
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    /// "event":"PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
    /// "partner_client_certification_info":{"client_business_id":"506914307656634",
    /// "status":"FAILED","rejection_reasons":["ADDRESS NOT MATCHING"]}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let info: CertificationInfo =
    ///     *update.partner_client_certification_info.ok_or("it says how")?;
    /// assert_eq!(info.rejection_reasons, [CertificationRejection::AddressNotMatching]);
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CertificationInfo<'a> {
        /// The customer's business.
        pub client_business_id: Option<Text<'a>> = "client_business_id",
        /// What became of it.
        pub status: Option<CertificationStatus> = "status",
        /// Why it was refused. `NONE` when it was not.
        pub rejection_reasons: Vec<CertificationRejection> = "rejection_reasons",
    }
}

record! {
    /// Of which customer you must prove who he is.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{CertificationNeededInfo, EventKind, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"account_update","value":{
    /// "event":"PARTNER_CLIENT_CERTIFICATION_NEEDED",
    /// "partner_client_certification_needed_info":{"client_business_id":"506914307656634"}}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::AccountUpdate(update) = event.kind else { return Err("it is another") };
    /// let needed = update.partner_client_certification_needed_info.ok_or("it says for whom")?;
    /// let CertificationNeededInfo { client_business_id, .. } = *needed;
    /// assert_eq!(client_business_id, Some("506914307656634".into()));
    /// # Ok::<(), &str>(())
    /// ```
    pub struct CertificationNeededInfo<'a> {
        /// The customer's business.
        pub client_business_id: Option<Text<'a>> = "client_business_id",
    }
}
