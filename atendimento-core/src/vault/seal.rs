//! Sealing and opening: XChaCha20-Poly1305, bound to the place where the bytes are kept.

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::Sha256;

use crate::domain::{
    Alias, BlindIndex, Clue, DedupeKey, Fingerprint, RemoteRef, Sealed, WrappedKey,
};
use crate::error::{Error, ErrorKind, Result};
use crate::id::{AccountId, ContactId, Randomness, TenantId};
use crate::vault::KeyProvider;

const BY_ROOT: u8 = 1;
const BY_CONTACT: u8 = 2;
const NONCE: usize = 24;

/// A customer's key, unwrapped. Wiped from memory when dropped, never shown.
pub struct DataKey(SecretBox<[u8; 32]>);

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

/// Where sealed bytes are kept. Bytes that were moved elsewhere do not open.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The company.
    pub tenant: &'a TenantId,
    /// What they are, for example `envelope`.
    pub what: &'static str,
    /// The id of the row.
    pub row: [u8; 16],
}

/// Seals, opens, and hashes.
#[derive(Clone)]
pub struct Vault {
    keys: Arc<dyn KeyProvider>,
    randomness: Arc<dyn Randomness>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

impl Vault {
    /// A vault with these keys.
    ///
    /// # Errors
    ///
    /// [`Configuration`](ErrorKind::Configuration) when the provider does not have the key that
    /// it calls current.
    pub fn new(keys: Arc<dyn KeyProvider>, randomness: Arc<dyn Randomness>) -> Result<Self> {
        let vault = Self { keys, randomness };
        vault.root(vault.keys.current()).map_err(|_| {
            Error::configuration("open vault", "the key provider lacks its current key")
        })?;
        Ok(vault)
    }

    /// A new customer's key, and the same wrapped, to be stored.
    ///
    /// # Errors
    ///
    /// [`Corrupt`](ErrorKind::Corrupt) when the provider lost its current key.
    pub fn new_contact(
        &self,
        tenant: &TenantId,
        contact: ContactId,
    ) -> Result<(DataKey, WrappedKey)> {
        let mut key = Box::new([0; 32]);
        self.randomness.fill(key.as_mut());
        let key = DataKey(SecretBox::new(key));
        let place = Place { tenant, what: "contact key", row: contact.to_bytes() };
        let wrapped = self.seal_by_root("wrap contact key", &place, key.0.expose_secret())?;
        Ok((key, WrappedKey::new(wrapped)))
    }

    /// The key of a customer, for use.
    ///
    /// # Errors
    ///
    /// [`Corrupt`](ErrorKind::Corrupt) when it does not open: it was destroyed, or it belongs to
    /// somebody else, or the key it was wrapped under is gone.
    pub fn unwrap(
        &self,
        tenant: &TenantId,
        contact: ContactId,
        wrapped: &WrappedKey,
    ) -> Result<DataKey> {
        const OPERATION: &str = "unwrap contact key";
        let place = Place { tenant, what: "contact key", row: contact.to_bytes() };
        let plain = self.open_by_root(OPERATION, &place, wrapped.as_bytes())?;
        let key = <[u8; 32]>::try_from(plain).map_err(|_| corrupt(OPERATION))?;
        Ok(DataKey(SecretBox::new(Box::new(key))))
    }

    /// Seals what is a customer's.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](ErrorKind::InvalidInput) when it is too long to be sealed (256 GiB).
    pub fn seal(&self, key: &DataKey, place: &Place<'_>, plain: &[u8]) -> Result<Sealed> {
        let mut out = vec![BY_CONTACT];
        self.encrypt("seal", key.0.expose_secret(), place, plain, &mut out)?;
        Ok(Sealed::new(out))
    }

    /// Opens what is a customer's, or what was sealed for the company before the customer was
    /// known.
    ///
    /// # Errors
    ///
    /// [`Corrupt`](ErrorKind::Corrupt) when it does not open: changed, moved, or sealed under
    /// another key.
    pub fn open(&self, key: &DataKey, place: &Place<'_>, sealed: &Sealed) -> Result<Vec<u8>> {
        match sealed.as_bytes().split_first() {
            Some((&BY_CONTACT, rest)) => decrypt("open", key.0.expose_secret(), place, rest),
            Some((&BY_ROOT, _)) => self.open_by_root("open", place, sealed.as_bytes()),
            _ => Err(corrupt("open")),
        }
    }

    /// Seals what is the company's.
    ///
    /// # Errors
    ///
    /// [`Corrupt`](ErrorKind::Corrupt) when the provider lost its current key.
    pub fn seal_for_company(&self, place: &Place<'_>, plain: &[u8]) -> Result<Sealed> {
        self.seal_by_root("seal for company", place, plain).map(Sealed::new)
    }

    /// Opens what is the company's.
    ///
    /// # Errors
    ///
    /// [`Corrupt`](ErrorKind::Corrupt) when it does not open.
    pub fn open_for_company(&self, place: &Place<'_>, sealed: &Sealed) -> Result<Vec<u8>> {
        self.open_by_root("open for company", place, sealed.as_bytes())
    }

    /// What somebody is found by, as a store keeps it.
    pub fn blind(&self, tenant: &TenantId, clue: &Clue) -> Alias {
        let kind = [clue.kind as u8];
        let index = self.hash(tenant, "alias", &[&kind, clue.text.as_bytes()]);
        Alias { kind: clue.kind, index: BlindIndex::new(index) }
    }

    /// The hash by which a message is found that the channel calls `remote_id`.
    pub fn remote(&self, tenant: &TenantId, account: &AccountId, remote_id: &str) -> RemoteRef {
        let parts = [account.as_str().as_bytes(), remote_id.as_bytes()];
        RemoteRef::new(self.hash(tenant, "remote", &parts))
    }

    /// The hash of what makes an event itself.
    pub fn dedupe(&self, tenant: &TenantId, identity: &[u8]) -> DedupeKey {
        DedupeKey::new(self.hash(tenant, "dedupe", &[identity]))
    }

    /// The hash of what an event says.
    pub fn fingerprint(&self, tenant: &TenantId, content: &[u8]) -> Fingerprint {
        Fingerprint::new(first(self.hash(tenant, "fingerprint", &[content])))
    }

    /// A mark that shows that `text` was written by this installation.
    pub fn mark(&self, tenant: &TenantId, text: &str) -> [u8; 8] {
        first(self.hash(tenant, "mark", &[text.as_bytes()]))
    }

    fn hash(&self, tenant: &TenantId, label: &'static str, parts: &[&[u8]]) -> [u8; 16] {
        first(keyed_hash(self.keys.index_key().expose_secret(), tenant, label, parts))
    }

    fn root(&self, name: &str) -> Result<&SecretBox<[u8; 32]>> {
        self.keys.key(name).ok_or_else(|| corrupt("find key"))
    }

    /// `BY_ROOT`, the length and name of the root key, the nonce, the ciphertext. Sealed under a
    /// key derived for the company, so that companies cannot open one another's.
    fn seal_by_root(
        &self,
        operation: &'static str,
        place: &Place<'_>,
        plain: &[u8],
    ) -> Result<Vec<u8>> {
        let name = self.keys.current();
        let length = u8::try_from(name.len()).map_err(|_| corrupt(operation))?;
        let key = self.company_key(name, place.tenant)?;
        let mut out = Vec::with_capacity(2 + name.len() + NONCE + plain.len() + 16);
        out.extend([BY_ROOT, length]);
        out.extend(name.as_bytes());
        self.encrypt(operation, key.expose_secret(), place, plain, &mut out)?;
        Ok(out)
    }

    fn open_by_root(
        &self,
        operation: &'static str,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Result<Vec<u8>> {
        let [BY_ROOT, length, rest @ ..] = sealed else {
            return Err(corrupt(operation));
        };
        let (name, rest) =
            rest.split_at_checked(usize::from(*length)).ok_or_else(|| corrupt(operation))?;
        let name = std::str::from_utf8(name).map_err(|_| corrupt(operation))?;
        let key = self.company_key(name, place.tenant)?;
        decrypt(operation, key.expose_secret(), place, rest)
    }

    fn company_key(&self, name: &str, tenant: &TenantId) -> Result<SecretBox<[u8; 32]>> {
        let root = self.root(name)?;
        let key = keyed_hash(root.expose_secret(), tenant, "company key", &[]);
        Ok(SecretBox::new(Box::new(key)))
    }

    fn encrypt(
        &self,
        operation: &'static str,
        key: &[u8; 32],
        place: &Place<'_>,
        plain: &[u8],
        out: &mut Vec<u8>,
    ) -> Result<()> {
        let mut nonce = [0; NONCE];
        self.randomness.fill(&mut nonce);
        let aad = place.aad();
        let ciphertext = XChaCha20Poly1305::new(key.into())
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
            .map_err(|_| Error::new(operation, ErrorKind::InvalidInput))?;
        out.extend(nonce);
        out.extend(ciphertext);
        Ok(())
    }
}

impl Place<'_> {
    fn aad(&self) -> Vec<u8> {
        let mut aad = Vec::with_capacity(64);
        for part in [self.tenant.as_str().as_bytes(), self.what.as_bytes(), &self.row] {
            aad.extend((part.len() as u64).to_be_bytes());
            aad.extend(part);
        }
        aad
    }
}

fn decrypt(
    operation: &'static str,
    key: &[u8; 32],
    place: &Place<'_>,
    sealed: &[u8],
) -> Result<Vec<u8>> {
    let (nonce, ciphertext) = sealed.split_at_checked(NONCE).ok_or_else(|| corrupt(operation))?;
    let nonce = <[u8; NONCE]>::try_from(nonce).map_err(|_| corrupt(operation))?;
    let aad = place.aad();
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(nonce), Payload { msg: ciphertext, aad: &aad })
        .map_err(|_| corrupt(operation))
}

fn keyed_hash(key: &[u8; 32], tenant: &TenantId, label: &'static str, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).expect("HMAC takes any key");
    for part in [tenant.as_str().as_bytes(), label.as_bytes()].iter().chain(parts) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn first<const N: usize, const M: usize>(bytes: [u8; M]) -> [u8; N] {
    std::array::from_fn(|at| bytes[at])
}

fn corrupt(operation: &'static str) -> Error {
    Error::new(operation, ErrorKind::Corrupt)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use super::*;
    use crate::domain::Identity;
    use crate::vault::RootKey;

    struct Keys(BTreeMap<&'static str, RootKey>, &'static str, RootKey);

    impl KeyProvider for Keys {
        fn current(&self) -> &str {
            self.1
        }

        fn key(&self, name: &str) -> Option<&RootKey> {
            self.0.get(name)
        }

        fn index_key(&self) -> &RootKey {
            &self.2
        }
    }

    struct Counting(Mutex<u8>);

    impl Randomness for Counting {
        fn fill(&self, buffer: &mut [u8]) {
            let mut next = self.0.lock().unwrap();
            *next = next.wrapping_add(1);
            buffer.fill(*next);
        }
    }

    fn key(byte: u8) -> RootKey {
        SecretBox::new(Box::new([byte; 32]))
    }

    fn vault(current: &'static str) -> Vault {
        let keys = Keys(BTreeMap::from([("old", key(1)), ("new", key(2))]), current, key(3));
        Vault::new(Arc::new(keys), Arc::new(Counting(Mutex::new(0)))).unwrap()
    }

    fn contact() -> ContactId {
        ContactId::from_bytes([7; 16])
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_only() {
        let vault = vault("new");
        let (tenant, other) = (TenantId::from("a"), TenantId::from("b"));
        let (key, _) = vault.new_contact(&tenant, contact()).unwrap();
        let place = Place { tenant: &tenant, what: "message", row: [1; 16] };
        let sealed = vault.seal(&key, &place, b"ola").unwrap();

        assert_eq!(vault.open(&key, &place, &sealed).unwrap(), b"ola");
        for elsewhere in [
            Place { row: [2; 16], ..place },
            Place { what: "profile", ..place },
            Place { tenant: &other, ..place },
        ] {
            assert!(vault.open(&key, &elsewhere, &sealed).is_err());
        }
    }

    #[test]
    fn a_changed_byte_anywhere_is_noticed() {
        let vault = vault("new");
        let tenant = TenantId::from("a");
        let place = Place { tenant: &tenant, what: "envelope", row: [1; 16] };
        let sealed = vault.seal_for_company(&place, b"ola").unwrap();

        for at in 0..sealed.as_bytes().len() {
            let mut bytes = sealed.as_bytes().clone();
            bytes[at] ^= 1;
            assert!(vault.open_for_company(&place, &Sealed::new(bytes)).is_err(), "byte {at}");
        }
        for length in 0..sealed.as_bytes().len() {
            let cut = Sealed::new(sealed.as_bytes()[..length].to_vec());
            assert!(vault.open_for_company(&place, &cut).is_err(), "cut at {length}");
        }
    }

    #[test]
    fn one_customers_key_opens_nothing_of_anothers() {
        let vault = vault("new");
        let tenant = TenantId::from("a");
        let place = Place { tenant: &tenant, what: "message", row: [1; 16] };
        let (ana, _) = vault.new_contact(&tenant, contact()).unwrap();
        let (bia, _) = vault.new_contact(&tenant, ContactId::from_bytes([8; 16])).unwrap();
        let sealed = vault.seal(&ana, &place, b"ola").unwrap();

        assert!(vault.open(&bia, &place, &sealed).is_err());
    }

    #[test]
    fn after_a_rotation_what_was_sealed_before_still_opens() {
        let (before, after) = (vault("old"), vault("new"));
        let tenant = TenantId::from("a");
        let place = Place { tenant: &tenant, what: "message", row: [1; 16] };
        let (key, wrapped) = before.new_contact(&tenant, contact()).unwrap();
        let sealed = before.seal(&key, &place, b"ola").unwrap();

        let key = after.unwrap(&tenant, contact(), &wrapped).unwrap();
        assert_eq!(after.open(&key, &place, &sealed).unwrap(), b"ola");
        assert_ne!(after.new_contact(&tenant, contact()).unwrap().1, wrapped);
    }

    #[test]
    fn a_wrapped_key_is_of_use_for_its_customer_only() {
        let vault = vault("new");
        let tenant = TenantId::from("a");
        let (_, wrapped) = vault.new_contact(&tenant, contact()).unwrap();

        assert!(vault.unwrap(&tenant, ContactId::from_bytes([8; 16]), &wrapped).is_err());
    }

    #[test]
    fn an_address_has_another_hash_in_another_company_and_as_another_kind() {
        let vault = vault("new");
        let [observed, key] = Identity::Phone("551131234567".into()).clues().try_into().unwrap();
        let here = vault.blind(&"a".into(), &observed);

        assert_eq!(here, vault.blind(&"a".into(), &observed));
        assert_ne!(here.index, vault.blind(&"b".into(), &observed).index);
        // The same digits of another kind are another thing.
        assert_eq!(observed.text, key.text);
        assert_ne!(here.index, vault.blind(&"a".into(), &key).index);
    }
}
