//! Business phone numbers.

use serde_json::{Value, json};

use crate::endpoint::Method;
use crate::id::{AccountId, PhoneNumberId};
use crate::simulator::world::pace::Pace;
use crate::simulator::world::{Asked, Millis, Outcome, Refusal, World};
use crate::simulator::{Access, Permission};

/// A business phone number.
pub(super) struct Number {
    pub(super) account: AccountId,
    pub(super) digits: String,
    pub(super) name: String,
    pub(super) pace: Pace,
}

impl Number {
    pub(super) fn new(account: AccountId, digits: &str, throughput: u32) -> Self {
        Self {
            account,
            digits: digits.to_owned(),
            name: "Simulated Business".to_owned(),
            pace: Pace::new(throughput),
        }
    }
}

impl World {
    /// A call about a number.
    pub(super) fn on_number(
        &mut self,
        id: &PhoneNumberId,
        rest: &[&str],
        asked: &Asked,
        access: &Access,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        use Method::{Get, Post};
        let messaging = Permission::Messaging;
        let management = Permission::Management;
        match (asked.method, rest) {
            (Post, ["messages"]) => {
                access.may(messaging).and_then(|()| self.message(id, asked, now))
            }
            (Post, ["media"]) => access.may(messaging).and_then(|()| self.upload(id, asked, now)),
            (Get, []) => access.may(management).and_then(|()| self.get_number(id, asked)),
            _ => Err(Refusal::unsupported(asked)),
        }
    }

    fn get_number(&self, id: &PhoneNumberId, asked: &Asked) -> Result<Outcome, Refusal> {
        let written = self.written_number(id).ok_or_else(Refusal::unknown_object)?;
        Ok(Outcome::json(asked.chosen(written)))
    }

    /// A number as Meta writes it.
    pub(super) fn written_number(&self, id: &PhoneNumberId) -> Option<Value> {
        let number = self.numbers.get(id)?;
        Some(json!({
            "id": id.as_str(),
            "verified_name": number.name,
            "display_phone_number": number.digits,
            "quality_rating": "GREEN",
            "code_verification_status": "VERIFIED",
            "platform_type": "CLOUD_API",
            "throughput": {"level": if number.pace.throughput > 80 { "HIGH" } else { "STANDARD" }},
        }))
    }
}
