//! The public key that Flows encrypt with.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/whatsapp-business-encryption>

use std::fmt;

use crate::api::call::{Operation, Segment, call, request};
use crate::api::{Success, Violations};
use crate::endpoint::{Endpoint, Method, Part, Request};
use crate::error::Result;
use crate::id::PhoneNumberId;
use crate::wire::{Page, object, open_enum};

call! {
    /// Asks which key a number has.
    ///
    /// ```
    /// use whatsapp_cloud::api::encryption::GetPublicKey;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetPublicKey::new("106540352242922");
    /// assert_eq!(call.request()?.target()?, "106540352242922/whatsapp_business_encryption");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetPublicKey -> Page<PublicKey> = "get public key", idempotent;
    get "/{Phone-Number-ID}/whatsapp_business_encryption" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// What to tell: names of members of [`PublicKey`].
        fields: Vec<String> = "fields",
    }
}

/// Gives a number a key. It is sent as a form.
///
/// ```
/// use whatsapp_cloud::api::encryption::SetPublicKey;
/// use whatsapp_cloud::endpoint::Endpoint;
///
/// let pem = "-----BEGIN PUBLIC KEY-----\nMIIB…\n-----END PUBLIC KEY-----\n";
/// let call = SetPublicKey::new("106540352242922", pem);
/// assert_eq!(call.request()?.target()?, "106540352242922/whatsapp_business_encryption");
///
/// let private = "-----BEGIN PRIVATE KEY-----\nMIIE…\n-----END PRIVATE KEY-----\n";
/// assert!(SetPublicKey::new("106540352242922", private).request().is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SetPublicKey {
    /// The number.
    pub phone_number_id: PhoneNumberId,
    /// The public key: RSA with 2,048 bits, as PEM. Never the private one.
    pub business_public_key: String,
}

impl SetPublicKey {
    /// The call with nothing but what it cannot do without.
    pub fn new(phone_number_id: impl Into<PhoneNumberId>, key: impl Into<String>) -> Self {
        Self { phone_number_id: phone_number_id.into(), business_public_key: key.into() }
    }
}

impl Endpoint for SetPublicKey {
    type Response = Success;
    const OPERATION: &'static str = "set public key";
    const IDEMPOTENT: bool = true;

    fn request(&self) -> Result<Request> {
        let mut found = Violations::default();
        let key = self.business_public_key.trim();
        let is_public = key.starts_with("-----BEGIN PUBLIC KEY-----")
            && key.ends_with("-----END PUBLIC KEY-----")
            && !key.contains("PRIVATE");
        if !is_public {
            found.add("business_public_key", "a public key as PEM");
        }
        let number: &dyn Segment = &self.phone_number_id;
        let request = request::<Self>(&[("phone_number_id", number)], &[], found)?;
        let key = Part::text("business_public_key", self.business_public_key.as_str());
        Ok(request.with_form(vec![key]))
    }
}

impl Operation for SetPublicKey {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/{Phone-Number-ID}/whatsapp_business_encryption";
    type Body = ();
}

/// Shows the name of the call only.
impl fmt::Debug for SetPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SetPublicKey").finish_non_exhaustive()
    }
}

object! {
    /// The key of a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::encryption::PublicKey;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<PublicKey> = serde_json::from_str(
    ///     r#"{"data":[{"business_public_key":"-----BEGIN PUBLIC KEY-----\n…",
    ///         "business_public_key_signature_status":"VALID"}]}"#,
    /// )?;
    /// let key = &page.data[0];
    /// assert!(key.business_public_key.as_ref().unwrap().starts_with("-----BEGIN PUBLIC KEY"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct PublicKey {
        /// The key, as PEM.
        pub business_public_key: Option<String> = "business_public_key",
        /// Whether Meta's signature of it is right.
        pub business_public_key_signature_status: Option<SignatureStatus>
            = "business_public_key_signature_status",
    }
}

open_enum! {
    /// Whether Meta's signature of a key is right.
    ///
    /// ```
    /// use whatsapp_cloud::api::encryption::{PublicKey, SignatureStatus};
    ///
    /// let key: PublicKey = serde_json::from_str(
    ///     r#"{"business_public_key_signature_status":"MISMATCH"}"#,
    /// )?;
    /// let status = key.business_public_key_signature_status;
    /// assert_eq!(status, Some(SignatureStatus::Mismatch), "to be sent to Meta again");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    SignatureStatus {
        /// It is.
        Valid = "VALID",
        /// It is not: the key must be set again.
        Mismatch = "MISMATCH",
    }
}
