//! The text form of keys: PEM, with the encryption that OpenSSL once put into it.

use std::borrow::Cow;

use aes::{Aes128, Aes192, Aes256};
use base64ct::{Base64, Encoding as _};
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use des::TdesEde3;
use md5::{Digest as _, Md5};
use zeroize::Zeroizing;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// A private key as its DER bytes, by the standard that they follow.
pub(super) enum Der {
    /// An RSA key alone, and what to say if it turns out to be none.
    Pkcs1(Zeroizing<Vec<u8>>, &'static str),
    /// A key that says of which kind it is.
    Pkcs8(Zeroizing<Vec<u8>>),
    /// The same, encrypted as a whole.
    EncryptedPkcs8(Vec<u8>),
}

/// Reads the first private key in `text`, and decrypts what OpenSSL's old form encrypts.
///
/// The error says what `text` is instead.
pub(super) fn read(text: &str, passphrase: Option<&[u8]>) -> Result<Der, &'static str> {
    // A variable of the environment often has `\n` written out. No PEM has a backslash.
    let text = Zeroizing::new(text.replace("\\n", "\n"));
    let mut rest: &str = &text;
    let mut instead = "there is no PEM in it: -----BEGIN … is missing";
    while let Some(block) = next(&mut rest)? {
        instead = match block.label {
            "RSA PRIVATE KEY" => return block.pkcs1(passphrase),
            "PRIVATE KEY" => return block.bytes().map(Zeroizing::new).map(Der::Pkcs8),
            "ENCRYPTED PRIVATE KEY" => return block.bytes().map(Der::EncryptedPkcs8),
            "EC PRIVATE KEY" | "EC PARAMETERS" | "DSA PRIVATE KEY" => "it is not an RSA key",
            "OPENSSH PRIVATE KEY" => {
                "it is a key in OpenSSH's own form: `ssh-keygen -p -m PEM` makes it PKCS#1"
            }
            "PUBLIC KEY" | "RSA PUBLIC KEY" => "it is a public key: the private one is needed",
            "CERTIFICATE" => "it is a certificate: the private key is needed",
            _ => "it is a PEM of something that is no private key",
        };
    }
    Err(instead)
}

/// What stands between `-----BEGIN` and `-----END`.
struct Block<'t> {
    label: &'t str,
    content: &'t str,
}

/// The next block; `rest` is what follows it.
fn next<'t>(rest: &mut &'t str) -> Result<Option<Block<'t>>, &'static str> {
    const CUT: &str = "the PEM is cut off: its -----END … is missing";
    let Some((_, after)) = rest.split_once(BEGIN) else { return Ok(None) };
    let (label, after) = after.split_once(DASHES).ok_or(CUT)?;
    let (content, after) = after.split_once(END).ok_or(CUT)?;
    *rest = after;
    Ok(Some(Block { label, content }))
}

impl Block<'_> {
    /// The lines before the bytes: `Name: value`.
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.content.lines().filter_map(|line| line.split_once(':'));
        lines.into_iter().find(|(found, _)| found.trim() == name).map(|(_, value)| value.trim())
    }

    /// The bytes themselves.
    fn bytes(&self) -> Result<Vec<u8>, &'static str> {
        let lines = self.content.lines().filter(|line| !line.contains(':'));
        let digits: Zeroizing<String> =
            Zeroizing::new(lines.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect());
        Base64::decode_vec(&digits).map_err(|_| "the PEM is damaged: it is not Base64")
    }

    /// An RSA key, which `Proc-Type: 4,ENCRYPTED` says is encrypted.
    fn pkcs1(&self, passphrase: Option<&[u8]>) -> Result<Der, &'static str> {
        let bytes = self.bytes()?;
        if !self.header("Proc-Type").is_some_and(|kind| kind.contains("ENCRYPTED")) {
            return Ok(Der::Pkcs1(Zeroizing::new(bytes), DAMAGED));
        }
        let passphrase = passphrase.ok_or(PASSPHRASE_MISSING)?;
        let how = self.header("DEK-Info").and_then(|info| info.split_once(','));
        let (cipher, salt) =
            how.ok_or("the PEM is damaged: it does not say how it is encrypted")?;
        let salt = unhex(salt).ok_or("the PEM is damaged: its DEK-Info is not hexadecimal")?;
        let decrypt = match cipher.trim() {
            "DES-EDE3-CBC" => legacy::<TdesEde3>,
            "AES-128-CBC" => legacy::<Aes128>,
            "AES-192-CBC" => legacy::<Aes192>,
            "AES-256-CBC" => legacy::<Aes256>,
            _ => return Err(CIPHER_UNKNOWN),
        };
        // With a wrong passphrase the padding fits once in 256 times, and the rest is noise.
        Ok(Der::Pkcs1(decrypt(passphrase, &salt, bytes)?, PASSPHRASE_WRONG))
    }
}

pub(super) const DAMAGED: &str = "the key is damaged";
pub(super) const PASSPHRASE_MISSING: &str = "the key is encrypted, and there is no passphrase";
pub(super) const PASSPHRASE_WRONG: &str =
    "the passphrase does not fit, or the encrypted key is damaged";
pub(super) const CIPHER_UNKNOWN: &str = "the key is encrypted in a way that is not supported: \
    `openssl pkcs8 -topk8 -v2 aes-256-cbc` makes one that is";

/// Decrypts as OpenSSL did before PKCS#8. `salt` is the initialisation vector too.
fn legacy<C>(
    passphrase: &[u8],
    salt: &[u8],
    mut bytes: Vec<u8>,
) -> Result<Zeroizing<Vec<u8>>, &'static str>
where
    C: BlockCipherDecrypt + KeyInit,
{
    let key = legacy_key(passphrase, salt, C::key_size());
    let decryptor = cbc::Decryptor::<C>::new_from_slices(&key, salt)
        .map_err(|_| "the PEM is damaged: its DEK-Info does not fit the cipher")?;
    let length = decryptor.decrypt_padded::<Pkcs7>(&mut bytes).map(<[u8]>::len);
    let mut bytes = Zeroizing::new(bytes);
    bytes.truncate(length.map_err(|_| PASSPHRASE_WRONG)?);
    Ok(bytes)
}

/// OpenSSL's `EVP_BytesToKey` with MD5 and one round, which is what the old form means.
fn legacy_key(passphrase: &[u8], salt: &[u8], length: usize) -> Zeroizing<Vec<u8>> {
    let salt = salt.get(..8).unwrap_or(salt);
    let mut key = Zeroizing::new(Vec::with_capacity(length + 16));
    let mut last: Cow<'_, [u8]> = Cow::Borrowed(&[]);
    while key.len() < length {
        let digest = Md5::new().chain_update(&*last).chain_update(passphrase).chain_update(salt);
        last = Cow::Owned(digest.finalize().to_vec());
        key.extend_from_slice(&last);
    }
    key.truncate(length);
    key
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let values: Option<Vec<_>> = digits.trim().chars().map(|digit| digit.to_digit(16)).collect();
    let (pairs, left) = values.as_deref()?.as_chunks::<2>();
    let byte = |[high, low]: &[u32; 2]| u8::try_from(high << 4 | low).ok();
    if left.is_empty() { pairs.iter().map(byte).collect() } else { None }
}
