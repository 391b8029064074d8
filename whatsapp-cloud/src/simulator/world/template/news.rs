//! What the business is told of its templates.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/message_template_status_update>

use serde_json::{Value, json};

use crate::api::templates::{
    Button, Component, QualityScoreWord, RejectedReason, TemplateCategory, TemplateStatus,
};
use crate::simulator::world::Millis;
use crate::simulator::world::template::kept::Kept;

impl Kept {
    /// What all news of templates have.
    fn about(&self) -> Value {
        // Webhooks have ids as numbers.
        let id = self.id.as_str().parse::<i64>().unwrap_or_default();
        json!({
            "message_template_id": id,
            "message_template_name": self.template.name,
            "message_template_language": self.template.language,
        })
    }

    /// `message_template_status_update`: the state it is in now.
    pub(super) fn status_news(&self, now: Millis) -> Value {
        let mut value = self.about();
        value["event"] = self.status.as_str().into();
        value["reason"] = "NONE".into();
        value["message_template_category"] = self.template.category.as_str().into();
        match self.status {
            TemplateStatus::Rejected => {
                value["reason"] = self.rejected.as_str().into();
                if self.rejected == RejectedReason::InvalidFormat {
                    value["rejection_info"] = json!({
                        "reason": "Your template is not written as it must be.",
                        "recommendation": "Write it again, with an example for each variable.",
                    });
                }
            }
            TemplateStatus::Paused => {
                let (title, hours) =
                    if self.pauses > 1 { ("SECOND_PAUSE", 6) } else { ("FIRST_PAUSE", 3) };
                value["other_info"] = json!({
                    "title": title,
                    "description": format!(
                        "Your WhatsApp message template has been paused for {hours} hours \
                         because it had issues."
                    ),
                });
            }
            TemplateStatus::Disabled => {
                value["disable_info"] = json!({"disable_date": now / 1_000});
            }
            _ => {}
        }
        value
    }

    /// `message_template_status_update`: it is no longer paused.
    pub(super) fn woken_news(&self, now: Millis) -> Value {
        let mut value = self.status_news(now);
        value["other_info"] = json!({
            "title": "UNPAUSE",
            "description": "Your WhatsApp message template has been unpaused.",
        });
        value
    }

    /// `message_template_quality_update`
    pub(super) fn quality_news(&self, before: &QualityScoreWord) -> Value {
        let mut value = self.about();
        value["previous_quality_score"] = before.as_str().into();
        value["new_quality_score"] = self.quality.as_str().into();
        value
    }

    /// `template_category_update`: it is of another category now.
    pub(super) fn category_news(&self, before: &TemplateCategory) -> Value {
        let mut value = self.about();
        value["previous_category"] = before.as_str().into();
        value["new_category"] = self.template.category.as_str().into();
        value
    }

    /// `template_category_update`: it will be. `new_category` is the present one.
    pub(super) fn impending_news(&self, correct: &TemplateCategory, at: Millis) -> Value {
        let mut value = self.about();
        value["new_category"] = self.template.category.as_str().into();
        value["correct_category"] = correct.as_str().into();
        value["category_update_timestamp"] = (at / 1_000).into();
        value
    }

    /// `message_template_components_update`: what it says now.
    pub(super) fn components_news(&self) -> Value {
        let mut value = self.about();
        for part in &self.template.components {
            match part {
                Component::Header(header) => {
                    if let Some(text) = &header.text {
                        value["message_template_title"] = text.as_str().into();
                    }
                }
                Component::Body(body) => {
                    value["message_template_element"] =
                        body.text.as_deref().unwrap_or_default().into();
                }
                Component::Footer(footer) => {
                    if let Some(text) = &footer.text {
                        value["message_template_footer"] = text.as_str().into();
                    }
                }
                Component::Buttons(buttons) => {
                    let buttons: Vec<Value> = buttons.buttons.iter().filter_map(button).collect();
                    if !buttons.is_empty() {
                        value["message_template_buttons"] = buttons.into();
                    }
                }
                Component::Carousel(_)
                | Component::LimitedTimeOffer(_)
                | Component::CallPermissionRequest(_)
                | Component::Other(_) => {}
            }
        }
        value
    }
}

/// Meta tells of buttons that lead to a website or a phone number only.
fn button(button: &Button) -> Option<Value> {
    match button {
        Button::Url(url) => Some(json!({
            "message_template_button_type": "URL",
            "message_template_button_text": url.text,
            "message_template_button_url": url.url,
        })),
        Button::PhoneNumber(phone) => Some(json!({
            "message_template_button_type": "PHONE_NUMBER",
            "message_template_button_text": phone.text,
            "message_template_button_phone_number": phone.phone_number,
        })),
        _ => None,
    }
}
