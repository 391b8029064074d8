//! What Meta does with templates: by itself, later, or as a program scripts it.

use crate::api::templates::{QualityScoreWord, RejectedReason, TemplateCategory, TemplateStatus};
use crate::id::TemplateId;
use crate::simulator::world::schedule::Event;
use crate::simulator::world::state::{DAY, SECOND};
use crate::simulator::world::{Millis, News, World};

const HOUR: Millis = 60 * 60 * SECOND;
const STATUS: &str = "message_template_status_update";

/// Something that is to happen to a template, unless something else does before.
pub(in crate::simulator::world) struct Due {
    id: TemplateId,
    round: u64,
    what: What,
}

enum What {
    /// The review ends.
    Verdict { rejected: Option<RejectedReason>, is_edit: bool },
    /// A pause ends.
    Wake,
    /// The category changes.
    Category(TemplateCategory),
}

impl World {
    /// Lets the next template that is handed in be refused.
    pub(in crate::simulator) fn reject_next_template(&mut self, reason: RejectedReason) {
        self.templates.to_reject.push_back(reason);
    }

    /// A template is handed in; Meta says later what becomes of it.
    pub(super) fn hand_in(&mut self, id: &TemplateId, is_edit: bool, now: Millis) {
        let rejected = self.templates.to_reject.pop_front();
        self.plan(id, now + self.setup.review, What::Verdict { rejected, is_edit });
    }

    fn plan(&mut self, id: &TemplateId, at: Millis, what: What) {
        if let Some(kept) = self.templates.get(id.as_str()) {
            let due = Due { id: id.clone(), round: kept.round, what };
            self.schedule.plan(at, Event::Template(due));
        }
    }

    /// What was planned for a template happens.
    pub(in crate::simulator::world) fn template_due(&mut self, due: Due, now: Millis) -> Vec<News> {
        let Due { id, round, what } = due;
        let Some(kept) = self.templates.get_mut(id.as_str()) else {
            return Vec::new();
        };
        match what {
            // A category changes whatever else happened meanwhile.
            What::Category(category) => {
                self.set_template_category(&id, category, now).into_iter().collect()
            }
            What::Verdict { .. } | What::Wake if kept.round != round => Vec::new(),
            What::Verdict { rejected, is_edit } => {
                kept.round += 1;
                kept.status = match rejected {
                    Some(_) => TemplateStatus::Rejected,
                    None => TemplateStatus::Approved,
                };
                let is_approved = rejected.is_none();
                kept.rejected = rejected.unwrap_or(RejectedReason::None);
                let status = kept.status_news(now);
                let components = (is_edit && is_approved).then(|| kept.components_news());
                let account = kept.account.clone();
                let mut news = vec![self.of_account(&account, STATUS, status, now)];
                if let Some(value) = components {
                    let field = "message_template_components_update";
                    news.push(self.of_account(&account, field, value, now));
                }
                news
            }
            What::Wake => self.wake_template(id.as_str(), now).into_iter().collect(),
        }
    }

    /// A pause ends.
    pub(super) fn wake_template(&mut self, id: &str, now: Millis) -> Option<News> {
        let kept = self.templates.get_mut(id)?;
        kept.round += 1;
        kept.status = TemplateStatus::Approved;
        let value = kept.woken_news(now);
        let account = kept.account.clone();
        Some(self.of_account(&account, STATUS, value, now))
    }

    /// Puts a template into a state. `None` where there is none of that id.
    pub(in crate::simulator) fn set_template_status(
        &mut self,
        id: &TemplateId,
        status: TemplateStatus,
        now: Millis,
    ) -> Option<News> {
        let reason = match status {
            TemplateStatus::Deleted => return self.delete_template(id, false, now),
            TemplateStatus::Rejected => RejectedReason::InvalidFormat,
            _ => RejectedReason::None,
        };
        self.put_template(id, status, reason, now)
    }

    /// Meta refuses a template that it had taken, or looks at. `None` where there is none.
    pub(in crate::simulator) fn reject_template(
        &mut self,
        id: &TemplateId,
        reason: RejectedReason,
        now: Millis,
    ) -> Option<News> {
        self.put_template(id, TemplateStatus::Rejected, reason, now)
    }

    fn put_template(
        &mut self,
        id: &TemplateId,
        status: TemplateStatus,
        reason: RejectedReason,
        now: Millis,
    ) -> Option<News> {
        let kept = self.templates.get_mut(id.as_str())?;
        kept.round += 1;
        kept.rejected = reason;
        let pause = (status == TemplateStatus::Paused).then(|| {
            kept.pauses += 1;
            if kept.pauses > 1 { 6 * HOUR } else { 3 * HOUR }
        });
        kept.status = status;
        let value = kept.status_news(now);
        let account = kept.account.clone();
        if let Some(pause) = pause {
            self.plan(id, now + pause, What::Wake);
        }
        Some(self.of_account(&account, STATUS, value, now))
    }

    /// Meta takes a template for another category from now on.
    pub(in crate::simulator) fn set_template_category(
        &mut self,
        id: &TemplateId,
        category: TemplateCategory,
        now: Millis,
    ) -> Option<News> {
        let kept = self.templates.get_mut(id.as_str())?;
        let before = std::mem::replace(&mut kept.template.category, category);
        let value = kept.category_news(&before);
        kept.previous_category = Some(before);
        kept.correct_category = None;
        let account = kept.account.clone();
        Some(self.of_account(&account, "template_category_update", value, now))
    }

    /// Meta will take a template for another category in a day.
    pub(in crate::simulator) fn announce_template_category(
        &mut self,
        id: &TemplateId,
        category: TemplateCategory,
        now: Millis,
    ) -> Option<News> {
        let kept = self.templates.get_mut(id.as_str())?;
        let value = kept.impending_news(&category, now + DAY);
        kept.correct_category = Some(category.clone());
        let account = kept.account.clone();
        self.plan(id, now + DAY, What::Category(category));
        Some(self.of_account(&account, "template_category_update", value, now))
    }

    /// Customers like a template better or worse.
    pub(in crate::simulator) fn set_template_quality(
        &mut self,
        id: &TemplateId,
        quality: QualityScoreWord,
        now: Millis,
    ) -> Option<News> {
        let kept = self.templates.get_mut(id.as_str())?;
        let before = std::mem::replace(&mut kept.quality, quality);
        kept.scored = now;
        let value = kept.quality_news(&before);
        let account = kept.account.clone();
        Some(self.of_account(&account, "message_template_quality_update", value, now))
    }
}
