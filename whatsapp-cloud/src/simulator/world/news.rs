//! What Meta tells the business.

use serde_json::{Value, json};

use crate::id::{AccountId, PhoneNumberId};
use crate::simulator::record::ReceivedMessage;
use crate::simulator::world::{Millis, Refusal, World};

/// One change, as it stands in a webhook.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::simulator) struct News {
    pub(in crate::simulator) account: AccountId,
    pub(in crate::simulator) field: &'static str,
    /// When, in seconds, for fields whose entries say so.
    pub(in crate::simulator) time: Option<i64>,
    pub(in crate::simulator) value: Value,
    /// They were held back on demand already.
    pub(in crate::simulator) delayed: bool,
}

impl News {
    /// A body that tells of them in order.
    pub(in crate::simulator) fn body(news: &[Self]) -> Value {
        let mut entries: Vec<Value> = Vec::new();
        let alike =
            |one: &Self, other: &Self| (&one.account, one.time) == (&other.account, other.time);
        for group in news.chunk_by(alike) {
            let changes: Vec<Value> = group
                .iter()
                .map(|news| json!({"value": news.value, "field": news.field}))
                .collect();
            let Some(first) = group.first() else { continue };
            let mut entry = json!({"id": first.account.as_str(), "changes": changes});
            if let Some(time) = first.time {
                entry["time"] = time.into();
            }
            entries.push(entry);
        }
        json!({"object": "whatsapp_business_account", "entry": entries})
    }
}

impl World {
    /// News of a number's messages, with the customer they are about.
    pub(super) fn of_customer(
        &self,
        number: &PhoneNumberId,
        phone: &str,
        news: Value,
    ) -> Option<News> {
        let found = self.numbers.get(number)?;
        let mut value = json!({
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": found.digits,
                "phone_number_id": number.as_str(),
            },
        });
        if let Some(person) = self.customers.get(phone) {
            let mut contact = json!({"wa_id": phone, "user_id": person.user_id.as_str()});
            if let Some(name) = &person.name {
                contact["profile"] = json!({"name": name});
            }
            value["contacts"] = json!([contact]);
        }
        if let (Value::Object(value), Value::Object(news)) = (&mut value, news) {
            value.extend(news);
        }
        Some(News {
            account: found.account.clone(),
            field: "messages",
            time: None,
            value,
            delayed: false,
        })
    }

    /// News of an account: templates, numbers, the account itself.
    pub(super) fn of_account(
        &self,
        account: &AccountId,
        field: &'static str,
        value: Value,
        now: Millis,
    ) -> News {
        News { account: account.clone(), field, time: Some(now / 1_000), value, delayed: false }
    }

    pub(super) fn status(
        &self,
        message: &ReceivedMessage,
        status: &str,
        now: Millis,
    ) -> Option<News> {
        let status = self.written_status(message, status, now);
        self.of_customer(&message.number, &message.to, json!({"statuses": [status]}))
    }

    pub(super) fn failed(
        &self,
        message: &ReceivedMessage,
        refusal: &Refusal,
        now: Millis,
    ) -> Option<News> {
        let mut status = self.written_status(message, "failed", now);
        status["errors"] = json!([refusal.in_status()]);
        self.of_customer(&message.number, &message.to, json!({"statuses": [status]}))
    }

    pub(super) fn written_status(
        &self,
        message: &ReceivedMessage,
        status: &str,
        now: Millis,
    ) -> Value {
        let mut written = json!({
            "id": message.id.as_str(),
            "status": status,
            "timestamp": (now / 1_000).to_string(),
            "recipient_id": message.to,
        });
        if let Some(person) = self.customers.get(&message.to) {
            written["recipient_user_id"] = person.user_id.as_str().into();
        }
        if let Some(data) = &message.opaque_data {
            written["biz_opaque_callback_data"] = data.as_str().into();
        }
        if matches!(status, "sent" | "delivered") {
            let is_free = message.category == "service";
            written["pricing"] = json!({
                "billable": !is_free,
                "pricing_model": "PMP",
                "type": if is_free { "free_customer_service" } else { "regular" },
                "category": message.category,
            });
        }
        written
    }
}
