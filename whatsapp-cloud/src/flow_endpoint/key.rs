//! The private key of a Flow endpoint.

use std::fmt;

use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey};
use pkcs8::der::Decode;
use pkcs8::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use pkcs8::spki::AlgorithmIdentifierRef;
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef, SecretDocument};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::error::{Error, ErrorKind, Result};
use crate::flow_endpoint::pem::{
    self, CIPHER_UNKNOWN, DAMAGED, Der, PASSPHRASE_MISSING, PASSPHRASE_WRONG,
};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// The private half of the key whose public half Meta has been given.
///
/// Read and checked once; a request costs no more than its own decryption. It is wiped from
/// memory when dropped.
///
/// ```
/// use secrecy::SecretString;
/// use whatsapp_cloud::flow_endpoint::PrivateKey;
///
/// # let pem = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/flow_endpoint/keys/pkcs1-des3.pem"));
/// # let (pem, passphrase) = (SecretString::from(pem), SecretString::from("a passphrase for tests"));
/// let key = PrivateKey::from_pem(&pem, Some(&passphrase))?;
/// assert_eq!(key.bits(), 2048);
///
/// let refused = PrivateKey::from_pem(&pem, None).err().ok_or("it is encrypted")?;
/// let why = std::error::Error::source(&refused).ok_or("it says why")?;
/// assert_eq!(why.to_string(), "the key is encrypted, and there is no passphrase");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct PrivateKey {
    key: OaepPrivateDecryptingKey,
}

impl PrivateKey {
    /// Reads a key from its text, whichever way OpenSSL, Node.js or Python wrote it.
    ///
    /// | first line | form |
    /// |---|---|
    /// | `-----BEGIN PRIVATE KEY-----` | PKCS#8 |
    /// | `-----BEGIN ENCRYPTED PRIVATE KEY-----` | PKCS#8, encrypted: PBES2 with AES or triple DES, the key by PBKDF2 or scrypt |
    /// | `-----BEGIN RSA PRIVATE KEY-----` | PKCS#1 |
    /// | the same, then `Proc-Type: 4,ENCRYPTED` | PKCS#1, encrypted: AES or triple DES in CBC mode. Meta's own examples make these. |
    ///
    /// A passphrase for a key that is not encrypted is left unused. Line breaks may be
    /// written out as `\n`, as they often are in a variable of the environment, and other
    /// things may stand before and behind the key.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`], whose source says what is wrong: another kind of key or
    /// of file, a passphrase that is missing or does not fit, a cipher that is not
    /// supported, damage, or fewer than 2048 bits.
    pub fn from_pem(pem: &SecretString, passphrase: Option<&SecretString>) -> Result<Self> {
        let passphrase = passphrase.map(|secret| secret.expose_secret().as_bytes());
        let read = pem::read(pem.expose_secret(), passphrase).and_then(|der| match der {
            Der::Pkcs1(der, damaged) => of_pkcs1(&der, damaged),
            Der::Pkcs8(der) => of_pkcs8(&der),
            Der::EncryptedPkcs8(der) => {
                of_pkcs8(decrypt(&der, passphrase.ok_or(PASSPHRASE_MISSING)?)?.as_bytes())
            }
        });
        let refused =
            |why| Error::new("read private key", ErrorKind::Configuration).with_source(why);
        read.map(|key| Self { key }).map_err(refused)
    }

    /// How long the key is, in bits. Meta takes 2048.
    pub fn bits(&self) -> usize {
        self.key.key_size_bits()
    }

    /// The AES key in `wrapped`, if it was wrapped for this key.
    pub(super) fn unwrap(&self, wrapped: &[u8]) -> Option<Zeroizing<[u8; 16]>> {
        let mut buffer = Zeroizing::new(vec![0; self.key.min_output_size()]);
        let key = self.key.decrypt(&OAEP_SHA256_MGF1SHA256, wrapped, &mut buffer, None).ok()?;
        (&*key).try_into().ok().map(Zeroizing::new)
    }
}

/// Shows the length only.
impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PrivateKey({} bits)", self.bits())
    }
}

/// A bare RSA key is put into the form that says so, which is the one that is read.
fn of_pkcs1(der: &[u8], damaged: &'static str) -> Result<OaepPrivateDecryptingKey, &'static str> {
    let algorithm = AlgorithmIdentifierRef { oid: RSA, parameters: Some(AnyRef::NULL) };
    let key = OctetStringRef::new(der).map_err(|_| damaged)?;
    let named = PrivateKeyInfoRef::new(algorithm, key);
    let named = SecretDocument::try_from(&named).map_err(|_| damaged)?;
    load(named.as_bytes(), damaged)
}

fn of_pkcs8(der: &[u8]) -> Result<OaepPrivateDecryptingKey, &'static str> {
    let named = PrivateKeyInfoRef::try_from(der).map_err(|_| DAMAGED)?;
    if named.algorithm.oid == RSA { load(der, DAMAGED) } else { Err("it is not an RSA key") }
}

fn load(der: &[u8], damaged: &'static str) -> Result<OaepPrivateDecryptingKey, &'static str> {
    let key = PrivateDecryptingKey::from_pkcs8(der).map_err(|rejected| {
        match rejected.to_string().as_str() {
            "TooSmall" => "the key is shorter than 2048 bits",
            "TooLarge" => "the key is longer than 8192 bits",
            _ => damaged,
        }
    })?;
    OaepPrivateDecryptingKey::new(key).map_err(|_| damaged)
}

fn decrypt(der: &[u8], passphrase: &[u8]) -> Result<SecretDocument, &'static str> {
    AnyRef::from_der(der).map_err(|_| DAMAGED)?;
    let encrypted = EncryptedPrivateKeyInfoRef::try_from(der).map_err(|_| CIPHER_UNKNOWN)?;
    encrypted.decrypt(passphrase).map_err(|error| match error {
        pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::NoPbes1CryptSupport) => {
            CIPHER_UNKNOWN
        }
        _ => PASSPHRASE_WRONG,
    })
}
