//! Deleting templates, after which their names rest.

use serde_json::Value;

use crate::api::templates::TemplateStatus;
use crate::id::{AccountId, TemplateId};
use crate::simulator::world::state::DAY;
use crate::simulator::world::template::broken;
use crate::simulator::world::template::kept::Blocked;
use crate::simulator::world::{Asked, Millis, News, Outcome, Refusal, World};

/// How long a name cannot be used again.
const REST: Millis = 30 * DAY;
/// How many templates can be deleted at once.
const MOST: usize = 100;

impl World {
    /// `DELETE /{account}/message_templates`
    pub(in crate::simulator::world) fn delete_templates(
        &mut self,
        account: &AccountId,
        asked: &Asked,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        let parameters = asked.parameters()?;
        let text = |name: &str| match parameters.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => None,
        };
        let not_found = || broken::of(2_593_002, "");
        let mut whole_name = None;
        let ids: Vec<TemplateId> = if let Some(list) = parameters.get("hsm_ids") {
            let ids = ids(list)?;
            let is_there =
                |id: &TemplateId| self.templates.account_of(id.as_str()) == Some(account);
            if !ids.iter().all(is_there) {
                return Err(not_found());
            }
            ids
        } else {
            let name =
                text("name").ok_or_else(|| Refusal::new(100, "The parameter name is required."))?;
            let id = text("hsm_id");
            let found: Vec<TemplateId> = self
                .templates
                .of(account)
                .filter(|kept| kept.template.name == name)
                .filter(|kept| id.as_ref().is_none_or(|id| kept.id.as_str() == id))
                .map(|kept| kept.id.clone())
                .collect();
            if found.is_empty() {
                return Err(not_found());
            }
            if id.is_none() {
                whole_name = Some(name);
            }
            found
        };
        let is_disabled = |id: &TemplateId| {
            let kept = self.templates.get(id.as_str());
            kept.is_some_and(|kept| kept.status == TemplateStatus::Disabled)
        };
        if ids.iter().any(is_disabled) {
            return Err(Refusal::new(100, "A disabled template cannot be deleted"));
        }
        let mut news = Vec::new();
        for id in &ids {
            news.extend(self.delete_template(id, whole_name.is_some(), now));
        }
        Ok(Outcome::success().telling(news))
    }

    /// Deletes one template, and blocks its name where it was approved once.
    pub(super) fn delete_template(
        &mut self,
        id: &TemplateId,
        in_all_languages: bool,
        now: Millis,
    ) -> Option<News> {
        let index = self.templates.kept.iter().position(|kept| kept.id == *id)?;
        let mut kept = self.templates.kept.remove(index);
        if !matches!(kept.status, TemplateStatus::Pending | TemplateStatus::Rejected) {
            self.templates.blocked.retain(|blocked| now < blocked.until);
            self.templates.blocked.push(Blocked {
                account: kept.account.clone(),
                name: kept.template.name.clone(),
                language: (!in_all_languages).then(|| kept.template.language.clone()),
                until: now + REST,
            });
        }
        kept.status = TemplateStatus::Deleted;
        let value = kept.status_news(now);
        Some(self.of_account(&kept.account, "message_template_status_update", value, now))
    }
}

/// `[1,2]`, `["1","2"]`, or the same as a text.
fn ids(list: &Value) -> Result<Vec<TemplateId>, Refusal> {
    let broken = || Refusal::new(100, "Param hsm_ids must be an array of 1 to 100 template ids");
    let parsed = match list {
        Value::String(written) => serde_json::from_str(written).map_err(|_| broken())?,
        list => list.clone(),
    };
    let rows = parsed.as_array().filter(|rows| (1..=MOST).contains(&rows.len()));
    let id = |row: &Value| match row {
        Value::String(id) => Some(TemplateId::new(id.as_str())),
        Value::Number(id) => Some(TemplateId::new(id.to_string())),
        _ => None,
    };
    rows.ok_or_else(broken)?.iter().map(|row| id(row).ok_or_else(broken)).collect()
}
