//! The files that customers choose in a Flow: encrypted, on WhatsApp's servers.
//!
//! A file is its ciphertext (AES-256-CBC, PKCS#7) and the first 10 bytes of HMAC-SHA256 over
//! the initialisation vector and the ciphertext. Its keys come with the request.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/media_upload>

use std::fmt;

use aes::Aes256;
use base64ct::{Base64, Encoding as _};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const HMAC_LENGTH: usize = 10;
const ORIGIN: &str = "https://";
const DOMAIN: &str = ".whatsapp.net";

/// A file that a customer chose in a `PhotoPicker` or `DocumentPicker`.
///
/// Fetch it from [`url`](Self::url) with a plain `GET`, **without** the access token, within
/// 20 days; bound its size while you do; and [`decrypt`](Self::decrypt) it.
///
/// ```
/// use whatsapp_cloud::flow_endpoint::FlowMedia;
///
/// let media = FlowMedia::read(&serde_json::json!({
///     "cdn_url": "https://mmg.whatsapp.net/v/t62/file.enc",
///     "file_name": "passport.jpg",
///     "encryption_metadata": {
///         "encrypted_hash": "…", "plaintext_hash": "…", "iv": "…",
///         "encryption_key": "…", "hmac_key": "…",
///     },
/// }))?;
/// assert_eq!(media.url()?, "https://mmg.whatsapp.net/v/t62/file.enc");
/// assert_eq!(media.file_name.as_deref(), Some("passport.jpg"));
/// # Ok::<(), whatsapp_cloud::flow_endpoint::FlowMediaError>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct FlowMedia {
    /// Where the encrypted file is, as the request says. [`url`](Self::url) checks it.
    pub cdn_url: String,
    /// How the customer calls it: no path to be trusted.
    pub file_name: Option<String>,
    /// What Meta calls it.
    pub media_id: Option<String>,
    encryption: Encryption,
}

/// The file as the request tells of it.
#[derive(Deserialize)]
struct Told {
    cdn_url: String,
    file_name: Option<String>,
    media_id: Option<String>,
    encryption_metadata: Encryption,
}

/// All in Base64.
#[derive(Clone, Deserialize)]
struct Encryption {
    encrypted_hash: String,
    plaintext_hash: String,
    iv: String,
    #[serde(deserialize_with = "secret")]
    encryption_key: SecretString,
    #[serde(deserialize_with = "secret")]
    hmac_key: SecretString,
}

impl FlowMedia {
    /// Reads one of the files in [`FlowRequest::data`](super::FlowRequest::data).
    ///
    /// # Errors
    ///
    /// [`FlowMediaError::Unreadable`] when it is none.
    pub fn read(file: &Value) -> Result<Self, FlowMediaError> {
        // What serde says of a mistake quotes the customer.
        let Told { cdn_url, file_name, media_id, encryption_metadata: encryption } =
            Told::deserialize(file).map_err(|_| FlowMediaError::Unreadable)?;
        Ok(Self { cdn_url, file_name, media_id, encryption })
    }

    /// Where the encrypted file is, if that is a host of WhatsApp's.
    ///
    /// The request was written on the customer's device, so that anything may stand there,
    /// also an address in your own network.
    ///
    /// # Errors
    ///
    /// [`FlowMediaError::ForeignUrl`] unless it is `https://`, a host below `whatsapp.net`,
    /// and neither a port nor a user.
    pub fn url(&self) -> Result<&str, FlowMediaError> {
        let rest = self.cdn_url.strip_prefix(ORIGIN).ok_or(FlowMediaError::ForeignUrl)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // No other character: libraries do not agree on what a host with one would be.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        let is_safe = self.cdn_url.chars().all(|c| c.is_ascii_graphic());
        if is_safe && host.chars().all(is_plain) && host.to_ascii_lowercase().ends_with(DOMAIN) {
            Ok(&self.cdn_url)
        } else {
            Err(FlowMediaError::ForeignUrl)
        }
    }

    /// Decrypts `file`, the bytes that were fetched, and checks that they are what was sent.
    ///
    /// ```
    /// use whatsapp_cloud::flow_endpoint::{FlowMedia, FlowMediaError};
    ///
    /// let media = FlowMedia::read(&serde_json::json!({
    ///     "cdn_url": "https://mmg.whatsapp.net/v/t62/file.enc",
    ///     "encryption_metadata": {
    ///         "encrypted_hash": "AAAA",
    ///         "plaintext_hash": "AAAA",
    ///         "iv": "AAAAAAAAAAAAAAAAAAAAAA==",
    ///         "encryption_key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ///         "hmac_key": "AAAA",
    ///     },
    /// }))?;
    /// assert_eq!(media.decrypt(b"cut off on its way"), Err(FlowMediaError::Changed));
    /// # Ok::<(), FlowMediaError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FlowMediaError::Unreadable`] when the keys cannot be read, and
    /// [`FlowMediaError::Changed`] when the file is not the one that they belong to: cut
    /// off, for instance. Fetch it again.
    pub fn decrypt(&self, file: &[u8]) -> Result<Vec<u8>, FlowMediaError> {
        let Encryption { encrypted_hash, plaintext_hash, iv, encryption_key, hmac_key } =
            &self.encryption;
        let iv: [u8; 16] = fixed(iv)?;
        let key: Zeroizing<[u8; 32]> = fixed(encryption_key.expose_secret()).map(Zeroizing::new)?;
        let hmac_key = bytes(hmac_key.expose_secret())?;
        let (encrypted_hash, plaintext_hash) = (bytes(encrypted_hash)?, bytes(plaintext_hash)?);

        check(*Sha256::digest(file) == **encrypted_hash)?;
        let length = file.len().checked_sub(HMAC_LENGTH).ok_or(FlowMediaError::Changed)?;
        let (ciphertext, claimed) = file.split_at(length);
        check(is_authentic(&hmac_key, &iv, ciphertext, claimed))?;

        let plain = cbc::Decryptor::<Aes256>::new((&*key).into(), &iv.into())
            .decrypt_padded_vec::<Pkcs7>(ciphertext)
            .map_err(|_| FlowMediaError::Changed)?;
        check(*Sha256::digest(&plain) == **plaintext_hash)?;
        Ok(plain)
    }
}

/// Shows neither where the file is, nor its name, nor its keys.
impl fmt::Debug for FlowMedia {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlowMedia").field("media_id", &self.media_id).finish_non_exhaustive()
    }
}

/// Compares in constant time.
fn is_authentic(key: &[u8], iv: &[u8], ciphertext: &[u8], claimed: &[u8]) -> bool {
    Hmac::<Sha256>::new_from_slice(key)
        .expect("HMAC takes a key of any length")
        .chain_update(iv)
        .chain_update(ciphertext)
        .verify_truncated_left(claimed)
        .is_ok()
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

fn bytes(base64: &str) -> Result<Zeroizing<Vec<u8>>, FlowMediaError> {
    Base64::decode_vec(base64).map(Zeroizing::new).map_err(|_| FlowMediaError::Unreadable)
}

fn fixed<const N: usize>(base64: &str) -> Result<[u8; N], FlowMediaError> {
    bytes(base64)?.as_slice().try_into().map_err(|_| FlowMediaError::Unreadable)
}

fn check(fits: bool) -> Result<(), FlowMediaError> {
    if fits { Ok(()) } else { Err(FlowMediaError::Changed) }
}

/// Why a file of a Flow cannot be had.
///
/// ```
/// use whatsapp_cloud::flow_endpoint::{FlowMedia, FlowMediaError};
///
/// let no_file = FlowMedia::read(&serde_json::json!({"file_name": "passport.jpg"}));
/// assert_eq!(no_file.err(), Some(FlowMediaError::Unreadable));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum FlowMediaError {
    /// A member is missing, or not what it should be.
    #[error("the file is not described as it should be")]
    Unreadable,
    /// The file is said to be where none of WhatsApp's is.
    #[error("the address of the file is not WhatsApp's")]
    ForeignUrl,
    /// The bytes are not those that the customer sent.
    #[error("the file is not the one that was sent")]
    Changed,
}
