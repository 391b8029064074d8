//! What Meta tells the business.

use serde_json::{Value, json};

use crate::simulator::record::ReceivedMessage;
use crate::simulator::world::{Refusal, World};

impl World {
    /// `news` in Meta's envelope, with the customer it is about.
    pub(super) fn envelope(&self, phone: &str, news: Value) -> Value {
        let mut value = json!({
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": self.setup.phone_number,
                "phone_number_id": self.setup.phone_number_id.as_str(),
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
        json!({
            "object": "whatsapp_business_account",
            "entry": [{
                "id": self.setup.account_id.as_str(),
                "changes": [{"value": value, "field": "messages"}],
            }],
        })
    }

    pub(super) fn status_webhook(
        &self,
        message: &ReceivedMessage,
        status: &str,
        now: i64,
    ) -> Value {
        self.envelope(&message.to, json!({"statuses": [self.status(message, status, now)]}))
    }

    pub(super) fn failed_webhook(
        &self,
        message: &ReceivedMessage,
        refusal: &Refusal,
        now: i64,
    ) -> Value {
        let mut status = self.status(message, "failed", now);
        status["errors"] = json!([refusal.in_status()]);
        self.envelope(&message.to, json!({"statuses": [status]}))
    }

    fn status(&self, message: &ReceivedMessage, status: &str, now: i64) -> Value {
        let mut written = json!({
            "id": message.id.as_str(),
            "status": status,
            "timestamp": now.to_string(),
            "recipient_id": message.to,
        });
        if let Some(person) = self.customers.get(&message.to) {
            written["recipient_user_id"] = person.user_id.as_str().into();
        }
        if let Some(data) = &message.opaque_data {
            written["biz_opaque_callback_data"] = data.as_str().into();
        }
        if matches!(status, "sent" | "delivered") {
            let category = if message.kind == "template" { "utility" } else { "service" };
            written["pricing"] = json!({
                "billable": message.kind == "template",
                "pricing_model": "PMP",
                "type": if message.kind == "template" { "regular" } else { "free_customer_service" },
                "category": category,
            });
        }
        written
    }
}
