//! Showing templates, and what else can be asked of one.

use serde_json::{Value, json};

use crate::api::templates::TemplateStatus;
use crate::endpoint::Method;
use crate::id::AccountId;
use crate::simulator::world::template::kept::Kept;
use crate::simulator::world::{Asked, Millis, Outcome, Refusal, Reply, World};
use crate::simulator::{Access, Permission};

/// What Meta tells of a template that nobody asked more of.
const USUAL: [&str; 8] = [
    "name",
    "parameter_format",
    "components",
    "language",
    "status",
    "category",
    "sub_category",
    "id",
];

impl World {
    /// A call about a template.
    pub(in crate::simulator::world) fn on_template(
        &mut self,
        id: &str,
        rest: &[&str],
        asked: &Asked,
        access: &Access,
        now: Millis,
    ) -> Result<Outcome, Refusal> {
        use Method::{Get, Post};
        access.may(Permission::Management)?;
        match (asked.method, rest) {
            (Get, []) => {
                let kept = self.templates.get(id).ok_or_else(Refusal::unknown_object)?;
                Ok(Outcome::json(asked.chosen(row(kept, asked))))
            }
            (Post, []) => self.edit_template(id, asked, now),
            (Post, ["unpause"]) => Ok(self.unpause_template(id, now)),
            _ => Err(Refusal::unsupported(asked)),
        }
    }

    /// `GET /{account}/message_templates`
    pub(in crate::simulator::world) fn list_templates(
        &self,
        account: &AccountId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let found: Vec<&Kept> =
            self.templates.of(account).filter(|kept| is_asked_for(kept, asked)).collect();
        let count = found.len();
        let rows = found.into_iter().map(|kept| row(kept, asked)).collect();
        let mut outcome = asked.page(rows)?;
        if let (Some(summary), Reply::Json { value, .. }) =
            (asked.query("summary"), &mut outcome.reply)
        {
            let known = [
                ("total_count", json!(count)),
                ("message_template_count", json!(self.templates.of(account).count())),
                ("message_template_limit", json!(250)),
                ("are_translations_complete", json!(true)),
            ];
            for (name, told) in known {
                if summary.split(',').any(|asked| asked.trim() == name) {
                    value["summary"][name] = told;
                }
            }
        }
        Ok(outcome)
    }

    fn unpause_template(&mut self, id: &str, now: Millis) -> Outcome {
        let is_paused =
            self.templates.get(id).is_some_and(|kept| kept.status == TemplateStatus::Paused);
        if !is_paused {
            return Outcome::json(json!({
                "success": false,
                "reason": "The template is not paused",
            }));
        }
        Outcome::success().telling(self.wake_template(id, now))
    }
}

/// A template, with what is told of it.
fn row(kept: &Kept, asked: &Asked) -> Value {
    let mut written = kept.written();
    if let (None, Value::Object(members)) = (asked.query("fields"), &mut written) {
        members.retain(|name, _| USUAL.contains(&name.as_str()));
    }
    written
}

fn is_asked_for(kept: &Kept, asked: &Asked) -> bool {
    let template = &kept.template;
    let is = |parameter: &str, word: &str| {
        asked.query(parameter).is_none_or(|words| is_among(words, word))
    };
    let has = |parameter: &str, text: &str| {
        let text = text.to_lowercase();
        asked.query(parameter).is_none_or(|part| text.contains(&part.to_lowercase()))
    };
    asked.query("name").is_none_or(|name| name == template.name)
        && is("status", kept.status.as_str())
        && is("category", template.category.as_str())
        && is("language", &template.language)
        && is("quality_score", kept.quality.as_str())
        && has("content", &kept.texts())
        && has("name_or_content", &format!("{}\n{}", template.name, kept.texts()))
}

/// `A,B`, or `["A","B"]`.
fn is_among(words: &str, word: &str) -> bool {
    let is_empty = words.trim().is_empty();
    is_empty
        || words
            .split(',')
            .map(|one| one.trim_matches(|char: char| char.is_whitespace() || "[]\"".contains(char)))
            .any(|one| one.eq_ignore_ascii_case(word))
}
