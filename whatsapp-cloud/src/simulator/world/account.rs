//! WhatsApp Business accounts.

use serde_json::json;

use crate::endpoint::Method;
use crate::id::AccountId;
use crate::simulator::world::state::digits_of;
use crate::simulator::world::{Asked, Millis, Outcome, Refusal, World};
use crate::simulator::{Access, Permission};

/// A WhatsApp Business account.
pub(super) struct Account {
    pub(super) name: String,
    owner: String,
    /// Whether the app is told of it.
    pub(super) is_subscribed: bool,
    /// A callback of its own.
    pub(super) callback: Option<String>,
}

impl Account {
    /// One that the app is subscribed to.
    pub(super) fn new(id: &AccountId) -> Self {
        Self { is_subscribed: true, ..Self::unsubscribed(id) }
    }

    pub(super) fn unsubscribed(id: &AccountId) -> Self {
        Self {
            name: "Simulated Account".to_owned(),
            owner: digits_of(id.as_str(), 16),
            is_subscribed: false,
            callback: None,
        }
    }
}

impl World {
    /// A call about an account.
    pub(super) fn on_account(
        &mut self,
        id: &AccountId,
        rest: &[&str],
        asked: &Asked,
        access: &Access,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        use Method::{Delete, Get, Post};
        access.may(Permission::Management)?;
        match (asked.method, rest) {
            (Get, []) => self.get_account(id, asked),
            (Get, ["phone_numbers"]) => self.numbers_of(id, asked),
            (Post, ["phone_numbers"]) => self.create_number(id, asked),
            (_, ["subscribed_apps"]) => self.on_subscribed_apps(id, asked),
            (Get, ["message_templates"]) => self.list_templates(id, asked),
            (Post, ["message_templates"]) => self.create_template(id, asked, now),
            (Delete, ["message_templates"]) => self.delete_templates(id, asked, now),
            (Post, ["upsert_message_templates"]) => self.upsert_templates(id, asked, now),
            _ => Err(Refusal::unsupported(asked)),
        }
    }

    fn get_account(&self, id: &AccountId, asked: &Asked) -> Result<Outcome, Refusal> {
        let account = self.accounts.get(id).ok_or_else(Refusal::unknown_object)?;
        let mut written = json!({
            "id": id.as_str(),
            "name": account.name,
            "timezone_id": "25",
            "currency": "BRL",
            "message_template_namespace": "simulated_namespace",
            "account_review_status": "APPROVED",
        });
        if asked.query("fields").is_some() {
            let owner = json!({"id": account.owner, "name": "Simulated Business"});
            written["owner_business_info"] = owner;
            written["country"] = "BR".into();
            written["ownership_type"] = "CLIENT_OWNED".into();
            written["business_verification_status"] = "verified".into();
            written["status"] = "ACTIVE".into();
        }
        Ok(Outcome::json(asked.chosen(written)))
    }

    fn numbers_of(&self, id: &AccountId, asked: &Asked) -> Result<Outcome, Refusal> {
        let numbers = self.numbers.iter().filter(|(_, number)| number.account == *id);
        let rows = numbers.filter_map(|(number, _)| self.written_number(number, asked));
        asked.page(rows.collect())
    }
}
