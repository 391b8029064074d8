//! Meta's review of templates, and what customers think of them.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::templates::{
    QualityScoreWord, RejectedReason, Template, TemplateCategory, TemplateStatus,
};
use crate::id::AccountId;
use crate::simulator::control::said::{Bad, Said};
use crate::simulator::running::Shared;

/// A template that is approved already.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Added {
    template: Template,
    account_id: Option<AccountId>,
}

/// What happens to a template; of several words, in this order.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Happens {
    /// Only to the one in this language.
    language: Option<String>,
    status: Option<TemplateStatus>,
    /// Why it is refused.
    reason: Option<RejectedReason>,
    category: Option<TemplateCategory>,
    /// The category that it will have in a day.
    announced_category: Option<TemplateCategory>,
    quality: Option<QualityScoreWord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reject {
    reason: Option<RejectedReason>,
}

pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    Said(added): Said<Added>,
) -> Result<Json<Value>, Bad> {
    let wrong = added.template.check();
    if !wrong.as_slice().is_empty() {
        let each = wrong.as_slice().iter().map(|violation| format!("template.{violation}"));
        return Err(Bad::new(each.collect::<Vec<_>>().join("; ")));
    }
    let mut world = shared.world();
    let account = added.account_id.or_else(|| world.account_of_number(&shared.phone_number_id));
    let id = account.and_then(|account| world.seed_template(&account, added.template));
    match id {
        Some(id) => Ok(Json(json!({"id": id.as_str()}))),
        None => Err(Bad::new(
            "template: there is one of this name and language, or account_id: no such account",
        )),
    }
}

pub(super) async fn set(
    State(shared): State<Arc<Shared>>,
    Path(called): Path<String>,
    Said(happens): Said<Happens>,
) -> Result<Json<Value>, Bad> {
    let Happens { language, status, reason, category, announced_category, quality } = happens;
    let known = [
        ("status", status.as_ref().is_none_or(TemplateStatus::is_known)),
        ("reason", reason.as_ref().is_none_or(RejectedReason::is_known)),
        ("category", category.as_ref().is_none_or(TemplateCategory::is_known)),
        ("announced_category", announced_category.as_ref().is_none_or(TemplateCategory::is_known)),
        ("quality", quality.as_ref().is_none_or(QualityScoreWord::is_known)),
    ];
    if let Some((place, _)) = known.iter().find(|(_, is_known)| !is_known) {
        return Err(Bad::new(format!("{place}: no word of Meta's for it")));
    }
    if reason.is_some() && status != Some(TemplateStatus::Rejected) {
        return Err(Bad::new("reason: it goes with the status REJECTED"));
    }
    let is_empty = status.is_none() && category.is_none();
    if is_empty && announced_category.is_none() && quality.is_none() {
        return Err(Bad::new("status, category, announced_category, quality: at least one"));
    }
    let changed = shared.change(|world, now| {
        let ids = world.templates_called(&called, language.as_deref());
        let mut news = Vec::new();
        for id in &ids {
            if let Some(category) = &category {
                news.extend(world.set_template_category(id, category.clone(), now));
            }
            if let Some(category) = &announced_category {
                news.extend(world.announce_template_category(id, category.clone(), now));
            }
            if let Some(quality) = &quality {
                news.extend(world.set_template_quality(id, quality.clone(), now));
            }
            match (&status, &reason) {
                (Some(_), Some(reason)) => {
                    news.extend(world.reject_template(id, reason.clone(), now));
                }
                (Some(status), None) => {
                    news.extend(world.set_template_status(id, status.clone(), now));
                }
                (None, _) => {}
            }
        }
        (ids.len(), news)
    });
    match changed {
        0 => Err(Bad::new("there is no template of this id or name, in this language")),
        changed => Ok(Json(json!({"changed": changed}))),
    }
}

pub(super) async fn reject_next(
    State(shared): State<Arc<Shared>>,
    Said(reject): Said<Reject>,
) -> Result<Json<Value>, Bad> {
    let reason = reject.reason.filter(RejectedReason::is_known);
    let reason = reason.ok_or_else(|| Bad::new("reason: a word of Meta's, SCAM for example"))?;
    shared.world().reject_next_template(reason);
    Ok(Json(json!({"success": true})))
}
