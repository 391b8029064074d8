//! Business verification by the partner: documents of a client, handed in for him.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/solution-providers/partner-led-business-verification>

use std::fmt;

use serde_json::{Map, Value};

use crate::api::call::call;
use crate::api::{Operation, Violations};
use crate::endpoint::{Endpoint, Method, Part, Payload, Request};
use crate::error::Result;
use crate::id::{BusinessId, NodeId};
use crate::wire::{Page, object, open_enum};

/// Hands in the documents of a client's business. A client can be handed in three times.
///
/// `Debug` shows the portfolios and how many documents there are.
///
/// Source: <https://developers.facebook.com/docs/marketing-api/reference/business/self_certify_whatsapp_business/>
///
/// ```
/// use whatsapp_cloud::api::certification::{CertifyBusiness, Document};
/// use whatsapp_cloud::endpoint::{Endpoint, Payload};
///
/// let document = Document {
///     file: Payload::from(b"%PDF-1.7".as_slice()),
///     filename: "register.pdf".to_owned(),
///     mime_type: "application/pdf".to_owned(),
/// };
/// let mut call = CertifyBusiness::new("506914307656634", "2729063490586005", vec![document]);
/// assert_eq!(call.request()?.target()?, "506914307656634/self_certify_whatsapp_business");
///
/// call.documents.clear();
/// assert!(call.request().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CertifyBusiness {
    /// The partner's portfolio.
    pub business: BusinessId,
    /// The client's portfolio.
    pub client: BusinessId,
    /// The client's documents, from one.
    pub documents: Vec<Document>,
    /// The client's name by law, when it is not that of the portfolio.
    pub legal_name: Option<String>,
    /// The client's website.
    pub website: Option<String>,
    /// What the client does, in a word of Meta's.
    pub vertical: Option<String>,
}

/// A document of a business.
///
/// ```
/// use whatsapp_cloud::api::certification::Document;
/// use whatsapp_cloud::endpoint::Payload;
///
/// let bill = Document {
///     file: Payload::from(b"%PDF-1.7".as_slice()),
///     filename: "bill.pdf".to_owned(),
///     mime_type: "application/pdf".to_owned(),
/// };
/// assert_eq!(bill.file.length(), 8);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// The file.
    pub file: Payload,
    /// What it is called.
    pub filename: String,
    /// What it is: `application/pdf`, for example.
    pub mime_type: String,
}

impl CertifyBusiness {
    /// The call with nothing but what it cannot do without.
    pub fn new(
        business: impl Into<BusinessId>,
        client: impl Into<BusinessId>,
        documents: Vec<Document>,
    ) -> Self {
        Self {
            business: business.into(),
            client: client.into(),
            documents,
            legal_name: None,
            website: None,
            vertical: None,
        }
    }

    fn violations(&self) -> Violations {
        let mut found = Violations::default();
        found.numeric_id("business", self.business.as_str());
        found.numeric_id("end_business_id", self.client.as_str());
        found.within("business_documents", |found| {
            if self.documents.is_empty() {
                found.say("a document, found none");
            }
            for (index, document) in self.documents.iter().enumerate() {
                found.within_element(index, |found| document.check(found));
            }
        });
        found
    }
}

impl Document {
    fn check(&self, found: &mut Violations) {
        let (kind, rest) = self.mime_type.split_once('/').unwrap_or_default();
        if kind.is_empty() || rest.is_empty() || !self.mime_type.bytes().all(is_printable) {
            found.add("type", "a kind of file such as application/pdf");
        }
        if self.filename.is_empty() || self.filename.contains(char::is_control) {
            found.add("filename", "a name without control characters");
        }
        if self.file.length() == 0 {
            found.add("file", "a file that is not empty");
        }
    }
}

fn is_printable(byte: u8) -> bool {
    byte == b' ' || byte.is_ascii_graphic()
}

impl Endpoint for CertifyBusiness {
    type Response = Certification;
    const OPERATION: &'static str = "certify business";
    const IDEMPOTENT: bool = false;

    fn request(&self) -> Result<Request> {
        self.violations().into_result(Self::OPERATION)?;
        let mut parts = vec![Part::text("end_business_id", self.client.as_str())];
        for (name, text) in [
            ("end_business_legal_name", &self.legal_name),
            ("end_business_website", &self.website),
            ("business_vertical", &self.vertical),
        ] {
            parts.extend(text.as_ref().map(|text| Part::text(name, text.as_str())));
        }
        parts.extend(self.documents.iter().map(|document| {
            let Document { file, filename, mime_type } = document;
            Part::file("business_documents[]", file.clone(), filename.as_str(), mime_type.as_str())
        }));
        Ok(Request::post([self.business.as_str(), "self_certify_whatsapp_business"])
            .with_form(parts))
    }
}

impl Operation for CertifyBusiness {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{business-id}/self_certify_whatsapp_business";
    type Body = ();
}

impl fmt::Debug for CertifyBusiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CertifyBusiness")
            .field("business", &self.business)
            .field("client", &self.client)
            .field("documents", &self.documents.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("file", &self.file).finish_non_exhaustive()
    }
}

call! {
    /// Asks what became of the documents that a partner handed in.
    ///
    /// Source: <https://developers.facebook.com/docs/marketing-api/reference/business/self_certified_whatsapp_business_submissions/>
    ///
    /// ```
    /// use whatsapp_cloud::api::certification::ListCertifications;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListCertifications::new("506914307656634");
    /// call.client = Some("2729063490586005".into());
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "506914307656634/self_certified_whatsapp_business_submissions\
    ///      ?end_business_id=2729063490586005",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListCertifications -> Page<CertificationStatus> = "list certifications", idempotent;
    get "/{business-id}/self_certified_whatsapp_business_submissions" {
        /// The partner's portfolio.
        business: BusinessId,
    }
    query {
        /// Only those for this client.
        client: Option<BusinessId> = "end_business_id",
        /// What to tell of each, as [`CertificationStatus`] calls it.
        fields: Vec<String> = "fields",
    }
    paged {}
}

object! {
    /// Documents were handed in.
    ///
    /// ```
    /// use whatsapp_cloud::api::certification::Certification;
    ///
    /// let handed_in: Certification = serde_json::from_str(
    ///     r#"{"success":true,"verification_attempts":1}"#,
    /// )?;
    /// assert_eq!(handed_in.verification_attempts, Some(1));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Certification {
        /// Whether they were taken.
        pub success: bool = "success",
        /// What Meta says about it.
        pub message: Option<String> = "message",
        /// How often it was tried by now: three times at most.
        pub verification_attempts: Option<u32> = "verification_attempts",
    }
}

object! {
    /// What became of documents that were handed in.
    ///
    /// ```
    /// use whatsapp_cloud::api::certification::{CertificationStatus, RejectionReason};
    ///
    /// let status: CertificationStatus = serde_json::from_str(
    ///     r#"{"id":"1234567890","verification_status":"FAILED",
    ///         "rejection_reasons":["ADDRESS_NOT_MATCHING"]}"#,
    /// )?;
    /// assert_eq!(status.rejection_reasons, [RejectionReason::AddressNotMatching]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CertificationStatus {
        /// The id.
        pub id: NodeId = "id",
        /// The client's portfolio.
        pub client_business_id: Option<BusinessId> = "client_business_id",
        /// How it stands.
        pub verification_status: Option<CertificationResult> = "verification_status",
        /// Why not; [`RejectionReason::None`] otherwise.
        pub rejection_reasons: Vec<RejectionReason> = "rejection_reasons",
        /// What was handed in.
        pub submitted_info: Map<String, Value> = "submitted_info",
        /// When: ISO 8601.
        pub submitted_time: Option<String> = "submitted_time",
        /// When that changed: ISO 8601.
        pub update_time: Option<String> = "update_time",
    }
}

open_enum! {
    /// How a certification stands.
    ///
    /// ```
    /// use whatsapp_cloud::api::certification::{CertificationResult, CertificationStatus};
    ///
    /// let status: CertificationStatus = serde_json::from_str(
    ///     r#"{"id":"1234567890","verification_status":"PENDING"}"#,
    /// )?;
    /// assert_eq!(status.verification_status, Some(CertificationResult::Pending));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    CertificationResult {
        /// The business is verified.
        Approved = "APPROVED",
        /// It is no longer wanted.
        Discarded = "DISCARDED",
        /// The documents did not prove it.
        Failed = "FAILED",
        /// It is being looked at.
        Pending = "PENDING",
        /// It was verified, and no longer is.
        Revoked = "REVOKED",
    }
}

open_enum! {
    /// Why documents did not prove whose business it is.
    ///
    /// ```
    /// use whatsapp_cloud::api::certification::RejectionReason;
    ///
    /// let can_be_tried_again =
    ///     |reason: &RejectionReason| *reason != RejectionReason::BusinessNotEligible;
    /// assert!(can_be_tried_again(&"MALFORMED_DOCUMENTS".into()));
    /// assert!(!can_be_tried_again(&"BUSINESS_NOT_ELIGIBLE".into()));
    /// ```
    RejectionReason {
        /// The address is another one.
        AddressNotMatching = "ADDRESS_NOT_MATCHING",
        /// The business cannot be verified so.
        BusinessNotEligible = "BUSINESS_NOT_ELIGIBLE",
        /// The name stands in no document.
        LegalNameNotFound = "LEGAL_NAME_NOT_FOUND_IN_DOCUMENTS",
        /// The name is another one.
        LegalNameNotMatching = "LEGAL_NAME_NOT_MATCHING",
        /// The documents could not be read.
        MalformedDocuments = "MALFORMED_DOCUMENTS",
        /// There is none.
        None = "NONE",
        /// The website is another one.
        WebsiteNotMatching = "WEBSITE_NOT_MATCHING",
    }
}
