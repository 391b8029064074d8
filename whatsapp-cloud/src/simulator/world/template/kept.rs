//! A template as Meta keeps it.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Value, json};

use crate::api::templates::{
    Component, ParameterFormat, QualityScoreWord, RejectedReason, Template, TemplateCategory,
    TemplateStatus,
};
use crate::id::{AccountId, TemplateId};
use crate::simulator::world::{Millis, World};

/// The templates of all accounts.
#[derive(Default)]
pub(in crate::simulator::world) struct Templates {
    /// In the order in which they were made.
    pub(super) kept: Vec<Kept>,
    /// Names that cannot be used again yet.
    pub(super) blocked: Vec<Blocked>,
    /// When an account created templates within the last hour.
    pub(super) created: BTreeMap<AccountId, VecDeque<Millis>>,
    /// Why the next ones to be handed in are refused.
    pub(super) to_reject: VecDeque<RejectedReason>,
}

/// A template.
pub(super) struct Kept {
    pub(super) id: TemplateId,
    pub(super) account: AccountId,
    pub(super) template: Template,
    pub(super) status: TemplateStatus,
    pub(super) previous_category: Option<TemplateCategory>,
    pub(super) correct_category: Option<TemplateCategory>,
    pub(super) quality: QualityScoreWord,
    /// When the quality became what it is.
    pub(super) scored: Millis,
    pub(super) rejected: RejectedReason,
    pub(super) pauses: u32,
    /// When it was changed while it was approved.
    pub(super) edits: Vec<Millis>,
    /// Counts what happened to it: what was planned before does not happen any more.
    pub(super) round: u64,
}

/// A name that cannot be used again for a while.
pub(super) struct Blocked {
    pub(super) account: AccountId,
    pub(super) name: String,
    /// Only in this language.
    pub(super) language: Option<String>,
    pub(super) until: Millis,
}

impl Templates {
    pub(super) fn of(&self, account: &AccountId) -> impl Iterator<Item = &Kept> {
        self.kept.iter().filter(move |kept| kept.account == *account)
    }

    pub(super) fn get(&self, id: &str) -> Option<&Kept> {
        self.kept.iter().find(|kept| kept.id.as_str() == id)
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut Kept> {
        self.kept.iter_mut().find(|kept| kept.id.as_str() == id)
    }

    /// The one of a name in a language.
    pub(super) fn named(&self, account: &AccountId, name: &str, language: &str) -> Option<&Kept> {
        self.of(account)
            .find(|kept| kept.template.name == name && kept.template.language == language)
    }

    /// The account of the template that is called so.
    pub(in crate::simulator::world) fn account_of(&self, id: &str) -> Option<&AccountId> {
        self.get(id).map(|kept| &kept.account)
    }
}

impl World {
    /// The template of this id, or those of this name, in this language if one is given.
    pub(in crate::simulator) fn templates_called(
        &self,
        called: &str,
        language: Option<&str>,
    ) -> Vec<TemplateId> {
        let is_it = |kept: &&Kept| {
            (kept.id.as_str() == called || kept.template.name == called)
                && language.is_none_or(|language| kept.template.language == language)
        };
        self.templates.kept.iter().filter(is_it).map(|kept| kept.id.clone()).collect()
    }
}

impl Kept {
    pub(super) fn is_named(&self) -> bool {
        self.template.parameter_format == Some(ParameterFormat::Named)
    }

    /// As Meta answers it, with all there is.
    pub(super) fn written(&self) -> Value {
        let template = &self.template;
        let mut components = serde_json::to_value(&template.components).unwrap_or_default();
        in_capitals(&mut components);
        let mut written = json!({
            "name": template.name,
            "parameter_format": if self.is_named() { "NAMED" } else { "POSITIONAL" },
            "components": components,
            "language": template.language,
            "status": self.status.as_str(),
            "category": template.category.as_str(),
            "id": self.id.as_str(),
            "quality_score": {"score": self.quality.as_str(), "date": self.scored / 1_000},
            "rejected_reason": self.rejected.as_str(),
        });
        let others = [
            ("sub_category", template.sub_category.as_deref().map(Value::from)),
            ("previous_category", self.previous_category.as_ref().map(|word| word.as_str().into())),
            ("correct_category", self.correct_category.as_ref().map(|word| word.as_str().into())),
            ("message_send_ttl_seconds", template.message_send_ttl_seconds.map(Value::from)),
            (
                "cta_url_link_tracking_opted_out",
                template.cta_url_link_tracking_opted_out.map(Value::from),
            ),
        ];
        for (name, value) in others {
            if let Some(value) = value {
                written[name] = value;
            }
        }
        written
    }

    /// The texts of its parts, each on a line.
    pub(super) fn texts(&self) -> String {
        let text = |part: &Component| match part {
            Component::Header(header) => header.text.clone(),
            Component::Body(body) => body.text.clone(),
            Component::Footer(footer) => footer.text.clone(),
            _ => None,
        };
        let texts: Vec<String> = self.template.components.iter().filter_map(text).collect();
        texts.join("\n")
    }
}

/// Meta takes these words in any case, and answers them in capitals.
fn in_capitals(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(in_capitals),
        Value::Object(members) => {
            for name in ["type", "format", "otp_type"] {
                if let Some(Value::String(word)) = members.get_mut(name) {
                    word.make_ascii_uppercase();
                }
            }
            for name in ["buttons", "cards", "components"] {
                if let Some(list) = members.get_mut(name) {
                    in_capitals(list);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
