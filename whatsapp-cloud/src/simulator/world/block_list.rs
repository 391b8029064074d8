//! Customers a number wants nothing of: `block_users`.

use serde_json::{Map, Value, json};

use crate::id::PhoneNumberId;
use crate::simulator::world::content::text;
use crate::simulator::world::registration::{of_whatsapp, required};
use crate::simulator::world::state::DAY;
use crate::simulator::world::{Asked, Millis, Outcome, Refusal, Reply, World};

const MOST_BLOCKED: usize = 64_000;

impl World {
    /// Whether a number has blocked a customer.
    pub(super) fn has_blocked(&self, id: &PhoneNumberId, phone: &str) -> bool {
        self.numbers.get(id).is_some_and(|number| number.blocked.contains(phone))
    }

    pub(super) fn list_blocked(
        &mut self,
        id: &PhoneNumberId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let row = |phone: &String| json!({"messaging_product": "whatsapp", "wa_id": phone});
        asked.page(self.number(id)?.blocked.iter().map(row).collect())
    }

    pub(super) fn block(
        &mut self,
        id: &PhoneNumberId,
        asked: &Asked,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let (mut added, mut failed) = (Vec::new(), Vec::new());
        for user in users(asked)? {
            let (mut written, phone) = self.user(&user)?;
            match self.may_block(id, &phone, now) {
                Ok(()) => {
                    self.number(id)?.blocked.insert(phone);
                    added.push(written);
                }
                Err(refusal) => {
                    written["errors"] = json!([refusal.in_answer()]);
                    failed.push(written);
                }
            }
        }
        let mut result = Map::new();
        if !added.is_empty() {
            result.insert("added_users".to_owned(), added.into());
        }
        let mut answer = json!({"messaging_product": "whatsapp"});
        let is_whole = failed.is_empty();
        if !is_whole {
            result.insert("failed_users".to_owned(), failed.into());
            let refusal = Refusal::new(139_100, "Failed to block some users");
            answer["error"] = refusal.in_answer();
        }
        answer["block_users"] = result.into();
        let mut outcome = Outcome::json(answer);
        if let (Reply::Json { status, .. }, false) = (&mut outcome.reply, is_whole) {
            *status = 400;
        }
        Ok(outcome)
    }

    pub(super) fn unblock(
        &mut self,
        id: &PhoneNumberId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let mut removed = Vec::new();
        for user in users(asked)? {
            let (written, phone) = self.user(&user)?;
            self.number(id)?.blocked.remove(&phone);
            removed.push(written);
        }
        Ok(Outcome::json(json!({
            "messaging_product": "whatsapp",
            "block_users": {"removed_users": removed},
        })))
    }

    /// Only who wrote within a day can be blocked.
    fn may_block(&mut self, id: &PhoneNumberId, phone: &str, now: Millis) -> Result<(), Refusal> {
        let wrote = self.customers.get(phone).and_then(|person| person.wrote.get(id)).copied();
        let number = self.number(id)?;
        if number.digits == phone {
            return Err(Refusal::new(131_021, "The number cannot block itself"));
        }
        if number.blocked.len() >= MOST_BLOCKED {
            return Err(Refusal::new(139_101, "The block list is full"));
        }
        match wrote {
            Some(wrote) if now - wrote < DAY => Ok(()),
            _ => Err(Refusal::new(131_047, "User has not messaged in 24 hours")),
        }
    }

    /// A user as the answer tells of them, and their number in digits.
    fn user(&self, user: &Map<String, Value>) -> Result<(Value, String), Refusal> {
        if let Some(input) = text(user, "user") {
            let digits: String = input.chars().filter(char::is_ascii_digit).collect();
            if digits.is_empty() || digits.len() > 15 {
                return Err(Refusal::new(100, "Param block_users has a user that is no number"));
            }
            return Ok((json!({"input": input, "wa_id": digits}), digits));
        }
        let id = text(user, "user_id").ok_or_else(|| required("block_users[].user"))?;
        let found = self.customers.iter().find(|(_, person)| person.user_id.as_str() == id);
        let (phone, _) = found.ok_or_else(|| Refusal::new(100, "The user id is not known"))?;
        Ok((json!({"input": id, "wa_id": phone, "user_id": id}), phone.clone()))
    }
}

fn users(asked: &Asked) -> Result<Vec<Map<String, Value>>, Refusal> {
    let mut body = asked.parameters()?;
    of_whatsapp(&body)?;
    let users = body.remove("block_users").ok_or_else(|| required("block_users"))?;
    let users: Vec<Map<String, Value>> = serde_json::from_value(users)
        .map_err(|_| Refusal::new(100, "Param block_users must be an array of objects"))?;
    if users.is_empty() { Err(required("block_users")) } else { Ok(users) }
}
