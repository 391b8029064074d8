//! Customers: found by their aliases, created once.

use async_trait::async_trait;

use crate::error::Result;
use crate::id::ContactId;
use crate::store::memory::MemoryStore;
use crate::store::memory::state::State;
use crate::store::{ContactRecord, Directory, Resolution, Resolve};

#[async_trait]
impl Directory for MemoryStore {
    async fn resolve(&self, requests: Vec<Resolve>) -> Result<Vec<Resolution>> {
        let mut state = self.state();
        Ok(requests.into_iter().map(|request| state.resolve(request)).collect())
    }

    async fn contact(&self, id: ContactId) -> Result<Option<ContactRecord>> {
        Ok(self.state().contacts.get(&id).cloned())
    }
}

impl State {
    fn resolve(&mut self, request: Resolve) -> Resolution {
        let Resolve { aliases, proposed } = request;
        let tenant = proposed.tenant.clone();
        let mut aliases: Vec<_> =
            aliases.into_iter().map(|alias| (tenant.clone(), alias)).collect();
        aliases.sort();
        let known = aliases.iter().find_map(|alias| self.aliases.get(alias)).copied();
        let contact = known.unwrap_or(proposed.id);
        if known.is_none() {
            self.contacts.insert(proposed.id, proposed);
        }
        let mut conflicting = Vec::new();
        for alias in aliases {
            let holder = *self.aliases.entry(alias).or_insert(contact);
            if holder != contact && !conflicting.contains(&holder) {
                conflicting.push(holder);
            }
        }
        Resolution {
            contact: self.contacts[&contact].clone(),
            created: known.is_none(),
            conflicting,
        }
    }
}
