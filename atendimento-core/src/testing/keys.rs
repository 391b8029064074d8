//! Keys for tests.

use secrecy::SecretBox;

use crate::vault::{KeyProvider, RootKey};

/// Fixed keys. Never for data that matters.
pub struct TestKeys {
    root: RootKey,
    index: RootKey,
}

impl Default for TestKeys {
    fn default() -> Self {
        Self {
            root: SecretBox::new(Box::new([0x11; 32])),
            index: SecretBox::new(Box::new([0x22; 32])),
        }
    }
}

impl std::fmt::Debug for TestKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TestKeys")
    }
}

impl KeyProvider for TestKeys {
    fn current(&self) -> &str {
        "test"
    }

    fn key(&self, name: &str) -> Option<&RootKey> {
        (name == "test").then_some(&self.root)
    }

    fn index_key(&self) -> &RootKey {
        &self.index
    }
}
