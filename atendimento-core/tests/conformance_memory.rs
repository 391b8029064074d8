//! The reference model keeps the contracts.

#![cfg(feature = "testing")]

use std::sync::Arc;

use async_trait::async_trait;

use atendimento_core::store::Store;
use atendimento_core::store::memory::MemoryStore;
use atendimento_core::testing::conformance::StoreFixture;

struct InMemory(MemoryStore);

#[async_trait]
impl StoreFixture for InMemory {
    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(self.0.clone())
    }
}

atendimento_core::store_conformance!(InMemory(MemoryStore::new()));
