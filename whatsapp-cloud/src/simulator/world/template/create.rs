//! Handing templates in, and changing them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::api::templates::{
    QualityScoreWord, RejectedReason, Template, TemplateEdit, TemplateLanguages, TemplateStatus,
};
use crate::id::{AccountId, TemplateId};
use crate::simulator::world::state::{DAY, SECOND};
use crate::simulator::world::template::authentication::in_metas_words;
use crate::simulator::world::template::broken::{self, check, check_ratio, check_words};
use crate::simulator::world::template::kept::Kept;
use crate::simulator::world::{Asked, Millis, Outcome, Refusal, World};

const HOUR: Millis = 60 * 60 * SECOND;
/// How many templates an account may create in an hour.
const AN_HOUR: usize = 100;
/// How many templates an account may have; their languages do not count.
const MOST_NAMES: usize = 250;
/// How often an approved template may be changed in 30 days.
const A_MONTH: usize = 10;

impl World {
    /// `POST /{account}/message_templates`
    pub(in crate::simulator::world) fn create_template(
        &mut self,
        account: &AccountId,
        asked: &Asked,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let members = members(asked)?;
        for name in ["name", "language", "category"] {
            if !members.contains_key(name) {
                return Err(required(name));
            }
        }
        let body = Value::Object(members);
        let template: Template = read(&body)?;
        if template.library_template_name.is_some() {
            return Err(Refusal::new(100, "The simulator's template library is empty"));
        }
        if template.components.is_empty() {
            return Err(required("components"));
        }
        check(&template, &body)?;
        check_words(&template)?;
        self.check_name(account, &template, now)?;
        let created = self.templates.created.entry(account.clone()).or_default();
        while created.front().is_some_and(|first| first + HOUR <= now) {
            created.pop_front();
        }
        if created.len() >= AN_HOUR {
            return Err(Refusal::new(80_008, "100 templates can be created in an hour"));
        }
        created.push_back(now);
        let id = self.keep_template(account, template, TemplateStatus::Pending);
        self.hand_in(&id, false, now);
        let category = self.templates.get(id.as_str()).map(|kept| kept.template.category.as_str());
        Ok(Outcome::json(json!({"id": id.as_str(), "status": "PENDING", "category": category})))
    }

    /// A template that is approved at once. `None` where the account has one of that name and
    /// language, or is not there.
    pub(in crate::simulator) fn seed_template(
        &mut self,
        account: &AccountId,
        template: Template,
    ) -> Option<TemplateId> {
        let is_there = self.templates.named(account, &template.name, &template.language).is_some();
        if is_there || !self.accounts.contains_key(account) {
            return None;
        }
        Some(self.keep_template(account, template, TemplateStatus::Approved))
    }

    /// `POST /{account}/upsert_message_templates`
    pub(in crate::simulator::world) fn upsert_templates(
        &mut self,
        account: &AccountId,
        asked: &Asked,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let body = Value::Object(members(asked)?);
        let templates: TemplateLanguages = read(&body)?;
        check(&templates, &body)?;
        let template = |language: &String| Template {
            name: templates.name.clone(),
            language: language.clone(),
            category: templates.category.clone(),
            components: templates.components.clone(),
            message_send_ttl_seconds: templates.message_send_ttl_seconds,
            ..Template::default()
        };
        // All of them, or none.
        for language in &templates.languages {
            let template = template(language);
            check_words(&template)?;
            if self.templates.named(account, &template.name, language).is_none() {
                self.check_name(account, &template, now)?;
            }
        }
        let mut rows = Vec::new();
        for language in &templates.languages {
            let mut template = template(language);
            let known = self.templates.named(account, &template.name, language);
            let known = known.map(|kept| kept.id.clone());
            let id = match known.as_ref().and_then(|id| self.templates.get_mut(id.as_str())) {
                Some(kept) => {
                    in_metas_words(&mut template);
                    kept.template = template;
                    kept.status = TemplateStatus::Approved;
                    kept.round += 1;
                    kept.id.clone()
                }
                None => self.keep_template(account, template, TemplateStatus::Approved),
            };
            rows.push(json!({"id": id.as_str(), "status": "APPROVED", "language": language}));
        }
        Ok(Outcome::json(json!({"data": rows})))
    }

    /// `POST /{template}`
    pub(super) fn edit_template(
        &mut self,
        id: &str,
        asked: &Asked,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let body = Value::Object(members(asked)?);
        let edit: TemplateEdit = read(&body)?;
        check(&edit, &body)?;
        let kept = self.templates.get_mut(id).ok_or_else(Refusal::unknown_object)?;
        let is_approved = match kept.status {
            TemplateStatus::Approved => true,
            TemplateStatus::Rejected | TemplateStatus::Paused => false,
            _ => {
                let details = "Only an approved, rejected or paused template can be edited";
                return Err(Refusal::new(100, details));
            }
        };
        let mut template = kept.template.clone();
        if let Some(category) = edit.category
            && category != template.category
        {
            if is_approved {
                let details = "The category of an approved template cannot be changed";
                return Err(Refusal::new(100, details));
            }
            template.category = category;
        }
        template.message_send_ttl_seconds =
            edit.message_send_ttl_seconds.or(template.message_send_ttl_seconds);
        template.parameter_format = edit.parameter_format.or(template.parameter_format);
        template.cta_url_link_tracking_opted_out =
            edit.cta_url_link_tracking_opted_out.or(template.cta_url_link_tracking_opted_out);
        if !edit.components.is_empty() {
            template.components = edit.components;
            check(&template, &body)?;
            check_ratio(&template.components)?;
            in_metas_words(&mut template);
        }
        if is_approved {
            kept.edits.retain(|at| now - at < 30 * DAY);
            let today = kept.edits.iter().any(|at| now - at < DAY);
            if today || kept.edits.len() >= A_MONTH {
                let details = "An approved template can be edited once in 24 hours, and 10 times \
                               in 30 days";
                return Err(Refusal::new(100, details));
            }
            kept.edits.push(now);
        }
        kept.template = template;
        kept.status = TemplateStatus::Pending;
        kept.round += 1;
        let pending = kept.status_news(now);
        let account = kept.account.clone();
        // Meta's file knows only the first; clients in use read all of them.
        let answer = json!({
            "success": true,
            "id": kept.id.as_str(),
            "name": kept.template.name,
            "category": kept.template.category.as_str(),
        });
        self.hand_in(&TemplateId::new(id), true, now);
        let field = "message_template_status_update";
        Ok(Outcome::json(answer).telling([self.of_account(&account, field, pending, now)]))
    }

    fn keep_template(
        &mut self,
        account: &AccountId,
        mut template: Template,
        status: TemplateStatus,
    ) -> TemplateId {
        let id = TemplateId::new(self.next_number());
        in_metas_words(&mut template);
        self.templates.kept.push(Kept {
            id: id.clone(),
            account: account.clone(),
            template,
            status,
            previous_category: None,
            correct_category: None,
            quality: QualityScoreWord::NotKnown,
            scored: self.setup.started,
            rejected: RejectedReason::None,
            pauses: 0,
            edits: Vec::new(),
            round: 0,
        });
        id
    }

    /// Refuses a name that is taken, blocked, or one too many.
    fn check_name(
        &self,
        account: &AccountId,
        template: &Template,
        now: Millis,
    ) -> Result<(), Refusal> {
        let Template { name, language, .. } = template;
        if self.templates.named(account, name, language).is_some() {
            return Err(broken::of(2_388_024, ""));
        }
        let is_blocked = self.templates.blocked.iter().any(|blocked| {
            now < blocked.until
                && blocked.account == *account
                && blocked.name == *name
                && blocked.language.as_ref().is_none_or(|blocked| blocked == language)
        });
        if is_blocked {
            return Err(broken::of(2_388_023, ""));
        }
        let names: BTreeSet<&str> =
            self.templates.of(account).map(|kept| kept.template.name.as_str()).collect();
        if names.len() >= MOST_NAMES && !names.contains(name.as_str()) {
            return Err(broken::of(2_388_019, ""));
        }
        Ok(())
    }
}

/// The members of what was sent. A list may come as a text of JSON, as forms and queries have
/// it.
fn members(asked: &Asked) -> Result<Map<String, Value>, Refusal> {
    let mut members = asked.parameters()?;
    for name in ["components", "languages"] {
        if let Some(Value::String(written)) = members.get(name) {
            let list: Value = serde_json::from_str(written).map_err(|_| must_be_a_list(name))?;
            members.insert(name.to_owned(), list);
        }
        if members.get(name).is_some_and(|list| !list.is_array()) {
            return Err(must_be_a_list(name));
        }
    }
    Ok(members)
}

fn read<T: serde::de::DeserializeOwned>(body: &Value) -> Result<T, Refusal> {
    serde_json::from_value(body.clone())
        .map_err(|_| Refusal::new(100, "The template cannot be read"))
}

fn must_be_a_list(name: &str) -> Refusal {
    Refusal::new(100, format!("Param {name} must be an array."))
}

fn required(name: &str) -> Refusal {
    Refusal::new(100, format!("The parameter {name} is required."))
}
