//! Where the installation's keys come from.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::path::Path;

use secrecy::{ExposeSecret, SecretBox};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::id::Randomness;

const OPEN: &str = "open key file";
const VERSION: u32 = 1;

/// A key of 256 bits. Wiped from memory when dropped, never shown.
pub type RootKey = SecretBox<[u8; 32]>;

/// Gives the installation's keys. One that asks a key service does so when it is made.
pub trait KeyProvider: Send + Sync {
    /// The name of the key that new data is sealed under.
    fn current(&self) -> &str;

    /// The key of that name, which may be an older one.
    fn key(&self, name: &str) -> Option<&RootKey>;

    /// The key for hashes that find and compare. It never changes: what it hashed could not be
    /// found any more.
    fn index_key(&self) -> &RootKey;
}

/// Keys in a file that only its owner may read.
///
/// The file is JSON: `version` 1, `current` (the name of the key in use), `keys` (names and
/// 64 hexadecimal digits each) and `index_key` (the same). To rotate, add a key and name it in
/// `current`; the old ones stay, to read what they sealed.
pub struct FileKeys {
    current: String,
    keys: BTreeMap<String, RootKey>,
    index_key: RootKey,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    current: String,
    keys: BTreeMap<String, String>,
    index_key: String,
}

impl FileKeys {
    /// Reads the keys in `path`.
    ///
    /// # Errors
    ///
    /// [`Configuration`](crate::ErrorKind::Configuration), in one sentence, when the file cannot
    /// be read, others than its owner may read it, or it does not hold what it should.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        only_the_owner_may_read(path)?;
        let text = std::fs::read(path).map_err(|error| {
            Error::configuration(OPEN, format!("cannot read {}: {}", path.display(), error.kind()))
        })?;
        // The parser's own message could quote a key.
        let document: Document = serde_json::from_slice(&text).map_err(|error| {
            let place = format!("line {} column {}", error.line(), error.column());
            Error::configuration(OPEN, format!("{} is no key file ({place})", path.display()))
        })?;
        Self::of(document)
            .map_err(|why| Error::configuration(OPEN, format!("{}: {why}", path.display())))
    }

    /// Reads the keys in `path`, or makes the file with new keys when there is none.
    ///
    /// # Errors
    ///
    /// As [`FileKeys::open`], and when the file cannot be written.
    pub fn open_or_create(path: impl AsRef<Path>, randomness: &dyn Randomness) -> Result<Self> {
        let path = path.as_ref();
        if !path.exists() {
            create(path, randomness)?;
        }
        Self::open(path)
    }

    fn of(document: Document) -> Result<Self, &'static str> {
        if document.version != VERSION {
            return Err("the version of the file is not 1");
        }
        let mut keys = BTreeMap::new();
        for (name, hex) in document.keys {
            if name.is_empty() || name.len() > 64 {
                return Err("the name of a key has 1 to 64 bytes");
            }
            keys.insert(name, parse(&hex)?);
        }
        if !keys.contains_key(&document.current) {
            return Err("`current` names none of the keys");
        }
        Ok(Self { current: document.current, keys, index_key: parse(&document.index_key)? })
    }
}

impl KeyProvider for FileKeys {
    fn current(&self) -> &str {
        &self.current
    }

    fn key(&self, name: &str) -> Option<&RootKey> {
        self.keys.get(name)
    }

    fn index_key(&self) -> &RootKey {
        &self.index_key
    }
}

impl fmt::Debug for FileKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileKeys").field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}

fn create(path: &Path, randomness: &dyn Randomness) -> Result<()> {
    let name = "first".to_owned();
    let document = Document {
        version: VERSION,
        current: name.clone(),
        keys: BTreeMap::from([(name, generate(randomness))]),
        index_key: generate(randomness),
    };
    let text = serde_json::to_string_pretty(&document)
        .map_err(|error| Error::configuration(OPEN, error.to_string()))?;
    let failed = |error: std::io::Error| {
        Error::configuration(OPEN, format!("cannot write {}: {}", path.display(), error.kind()))
    };
    let mut suffix = [0; 8];
    randomness.fill(&mut suffix);
    let draft = path.with_extension(format!("{:016x}.new", u64::from_be_bytes(suffix)));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft).map_err(failed)?;
    let made = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| {
        // Whole or not at all, and the first one who makes it wins.
        match std::fs::hard_link(&draft, path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            linked => linked,
        }
    });
    let removed = std::fs::remove_file(&draft);
    made.and(removed).map_err(failed)?;
    // Data sealed under keys that a power loss took away could never be read again.
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(|| Path::new("."));
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    }
    Ok(())
}

#[cfg(unix)]
fn only_the_owner_may_read(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let Ok(metadata) = std::fs::metadata(path) else {
        return Ok(()); // reading it will say why
    };
    if metadata.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    let sentence = format!("{} can be read by others: set its mode to 600", path.display());
    Err(Error::configuration(OPEN, sentence))
}

#[cfg(not(unix))]
fn only_the_owner_may_read(_: &Path) -> Result<()> {
    Ok(())
}

fn generate(randomness: &dyn Randomness) -> String {
    let mut key = SecretBox::new(Box::new([0; 32]));
    randomness.fill(secrecy::ExposeSecretMut::expose_secret_mut(&mut key));
    key.expose_secret().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn parse(hex: &str) -> Result<RootKey, &'static str> {
    const WHY: &str = "a key has 64 hexadecimal digits";
    if hex.len() != 64 || !hex.is_ascii() {
        return Err(WHY);
    }
    let mut key = Box::new([0; 32]);
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).map_err(|_| WHY)?;
    }
    Ok(SecretBox::new(key))
}
