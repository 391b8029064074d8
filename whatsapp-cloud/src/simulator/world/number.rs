//! Business phone numbers.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::endpoint::Method;
use crate::id::{AccountId, PhoneNumberId};
use crate::simulator::world::content::text;
use crate::simulator::world::pace::Pace;
use crate::simulator::world::qr_code::QrCode;
use crate::simulator::world::registration::{Registration, Stage, at_most, required};
use crate::simulator::world::subscription::override_of;
use crate::simulator::world::{Asked, Millis, Outcome, Refusal, World};
use crate::simulator::{Access, Permission};

/// What can be set of a number.
const SETTINGS: [&str; 4] =
    ["calling", "payload_encryption", "storage_configuration", "user_identity_change"];

/// A business phone number.
pub(super) struct Number {
    pub(super) account: AccountId,
    pub(super) digits: String,
    pub(super) name: String,
    /// A name that Meta has still to look at.
    new_name: Option<String>,
    pub(super) pace: Pace,
    pub(super) registration: Registration,
    pub(super) profile: Map<String, Value>,
    settings: Map<String, Value>,
    pub(super) qr_codes: Vec<QrCode>,
    /// Whom it has blocked, in digits.
    pub(super) blocked: BTreeSet<String>,
    /// A callback of its own.
    callback: Option<String>,
}

impl Number {
    /// One that can send.
    pub(super) fn new(account: AccountId, digits: &str, throughput: u32) -> Self {
        Self {
            account,
            digits: digits.to_owned(),
            name: "Simulated Business".to_owned(),
            new_name: None,
            pace: Pace::new(throughput),
            registration: Registration::new(Stage::Connected, true),
            profile: Map::new(),
            settings: Map::new(),
            qr_codes: Vec::new(),
            blocked: BTreeSet::new(),
            callback: None,
        }
    }
}

impl World {
    /// The account of a number, if there is one.
    pub(in crate::simulator) fn account_of_number(&self, id: &PhoneNumberId) -> Option<AccountId> {
        self.numbers.get(id).map(|number| number.account.clone())
    }

    /// A call about a number.
    pub(super) fn on_number(
        &mut self,
        id: &PhoneNumberId,
        rest: &[&str],
        asked: &Asked,
        access: &Access,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        use Method::{Delete, Get, Post};
        access.may(match rest {
            ["messages" | "media" | "block_users" | "groups"] => Permission::Messaging,
            _ => Permission::Management,
        })?;
        match (asked.method, rest) {
            (Post, ["messages"]) => self.message(id, asked, now),
            (Post, ["media"]) => self.upload(id, asked, now),
            (Get, []) => self.get_number(id, asked),
            (Post, []) => self.set_number(id, asked),
            (Post, ["register"]) => self.register(id, asked, now),
            (Post, ["deregister"]) => self.deregister(id, now),
            (Post, ["request_code"]) => self.request_code(id, asked),
            (Post, ["verify_code"]) => self.verify_code(id, asked),
            (Get, ["settings"]) => self.get_settings(id, asked),
            (Post, ["settings"]) => self.set_settings(id, asked),
            (Get, ["whatsapp_business_profile"]) => self.get_profile(id, asked),
            (Post, ["whatsapp_business_profile"]) => self.set_profile(id, asked),
            (Get, ["block_users"]) => self.list_blocked(id, asked),
            (Post, ["block_users"]) => self.block(id, asked, now),
            (Delete, ["block_users"]) => self.unblock(id, asked),
            (Get, ["message_qrdls"]) => self.list_qr_codes(id, None, asked),
            (Post, ["message_qrdls"]) => self.set_qr_code(id, asked),
            (Get, ["message_qrdls", code]) => self.list_qr_codes(id, Some(code), asked),
            (Delete, ["message_qrdls", code]) => self.delete_qr_code(id, code),
            (Get, ["groups"]) => self.list_groups(id, asked),
            (Post, ["groups"]) => self.create_group(id, asked, now),
            _ => Err(Refusal::unsupported(asked)),
        }
    }

    fn get_number(&self, id: &PhoneNumberId, asked: &Asked) -> Result<Outcome, Refusal> {
        let written = self.written_number(id, asked).ok_or_else(Refusal::unknown_object)?;
        Ok(Outcome::json(asked.chosen(written)))
    }

    /// A number as Meta writes it: some of its fields unless the caller names others.
    pub(super) fn written_number(&self, id: &PhoneNumberId, asked: &Asked) -> Option<Value> {
        let number = self.numbers.get(id)?;
        let Registration { stage, is_verified, .. } = &number.registration;
        let is_connected = *stage == Stage::Connected;
        let mut written = json!({
            "id": id.as_str(),
            "verified_name": number.name,
            "display_phone_number": number.digits,
            "quality_rating": "GREEN",
            "code_verification_status": if *is_verified { "VERIFIED" } else { "NOT_VERIFIED" },
            "platform_type": if is_connected { "CLOUD_API" } else { "NOT_APPLICABLE" },
            "throughput": {"level": if number.pace.throughput > 80 { "HIGH" } else { "STANDARD" }},
        });
        if asked.query("fields").is_none() {
            return Some(written);
        }
        let can_send = if is_connected { "AVAILABLE" } else { "BLOCKED" };
        let mut configuration = json!({});
        if let Some(callback) = &number.callback {
            configuration["phone_number"] = callback.as_str().into();
        }
        let account = self.accounts.get(&number.account);
        if let Some(callback) = account.and_then(|account| account.callback.as_ref()) {
            configuration["whatsapp_business_account"] = callback.as_str().into();
        }
        let more = json!({
            "status": stage.as_str(),
            "name_status": "APPROVED",
            "new_name_status": if number.new_name.is_some() { "PENDING_REVIEW" } else { "NONE" },
            "account_mode": "LIVE",
            "host_platform": if is_connected { "CLOUD_API" } else { "NOT_APPLICABLE" },
            "is_official_business_account": false,
            "is_on_biz_app": false,
            "is_pin_enabled": number.registration.has_pin(),
            "is_preverified_number": false,
            "messaging_limit_tier": "TIER_1K",
            "whatsapp_business_manager_messaging_limit": "TIER_1K",
            "search_visibility": "VISIBLE",
            "webhook_configuration": configuration,
            "health_status": {
                "can_send_message": can_send,
                "entities": [{
                    "entity_type": "PHONE_NUMBER",
                    "id": id.as_str(),
                    "can_send_message": can_send,
                }],
            },
        });
        if let (Value::Object(written), Value::Object(more)) = (&mut written, more) {
            written.extend(more);
            if let Some(name) = &number.new_name {
                written.insert("new_display_name".to_owned(), name.as_str().into());
            }
        }
        Some(written)
    }

    /// `POST /{number}`: whatever of it is named.
    fn set_number(&mut self, id: &PhoneNumberId, asked: &Asked) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        let nested = body.get("whatsapp_business_api_data").and_then(|data| data.get("pin"));
        let known = [
            "pin",
            "new_display_name",
            "webhook_configuration",
            "search_visibility",
            "connection_status",
            "whatsapp_business_api_data",
        ];
        if !known.iter().any(|name| body.contains_key(*name)) {
            return Err(required("pin"));
        }
        let name = at_most(&body, "new_display_name", 512)?;
        let callback = match body.get("webhook_configuration") {
            None => None,
            Some(Value::Object(members)) => Some(override_of(members)?),
            Some(_) => return Err(Refusal::new(100, "Param webhook_configuration is no object")),
        };
        if let Some(pin) = body.get("pin").or(nested) {
            self.set_pin(id, pin)?;
        }
        let number = self.number(id)?;
        if let Some(name) = name {
            number.new_name = Some(name.to_owned());
        }
        if let Some(callback) = callback {
            number.callback = callback;
        }
        Ok(Outcome::success())
    }

    fn get_settings(&mut self, id: &PhoneNumberId, asked: &Asked) -> Result<Outcome, Refusal> {
        let mut settings = json!({
            "calling": {"status": "DISABLED"},
            "storage_configuration": {"status": "DEFAULT"},
        });
        for (name, value) in &self.number(id)?.settings {
            settings[name] = value.clone();
        }
        Ok(Outcome::json(asked.chosen(settings)))
    }

    fn set_settings(&mut self, id: &PhoneNumberId, asked: &Asked) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        let members = body.iter().filter(|(name, _)| SETTINGS.contains(&name.as_str()));
        let members: Map<String, Value> =
            members.map(|(name, value)| (name.clone(), value.clone())).collect();
        if members.is_empty() {
            return Err(Refusal::new(100, "There is nothing to be set"));
        }
        if let Some(name) = members.iter().find(|(_, value)| !value.is_object()) {
            return Err(Refusal::new(100, format!("Param {} must be an object", name.0)));
        }
        self.number(id)?.settings.extend(members);
        Ok(Outcome::success())
    }

    /// `POST /{WABA}/phone_numbers`: a number that must be verified and registered.
    pub(super) fn create_number(
        &mut self,
        account: &AccountId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        let digits = |name: &str| {
            let written = text(&body, name).ok_or_else(|| required(name))?;
            let digits: String = written.chars().filter(char::is_ascii_digit).collect();
            match digits.is_empty() || digits.len() > 15 {
                true => Err(Refusal::new(100, format!("Param {name} must be digits"))),
                false => Ok(digits),
            }
        };
        let (country, local) = (digits("cc")?, digits("phone_number")?);
        let name = text(&body, "verified_name").ok_or_else(|| required("verified_name"))?;
        let whole = if local.starts_with(&country) { local } else { format!("{country}{local}") };
        let mut number = Number::new(account.clone(), &whole, self.setup.throughput);
        number.registration = Registration::new(Stage::Pending, false);
        number.name = name.to_owned();
        let id = self.next_number();
        self.numbers.insert(PhoneNumberId::new(id.as_str()), number);
        Ok(Outcome::json(json!({"id": id})))
    }
}
