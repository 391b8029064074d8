//! Finding out who asks and about what; and what all answers have in common.

use serde_json::{Map, Value, json};

use crate::client::base64;
use crate::endpoint::Method;
use crate::id::{AccountId, PhoneNumberId};
use crate::simulator::HandledCall;
use crate::simulator::world::{Asked, Millis, Outcome, Refusal, World};

/// How many rows a page has unless the caller says so, and at most.
const ROWS: usize = 25;
const MOST_ROWS: usize = 100;

impl World {
    /// What `asked` leads to at `now`.
    pub(in crate::simulator) fn handle(&mut self, asked: &Asked, now: Millis) -> Outcome {
        let mut news = self.catch_up(now);
        let mut outcome = self.route(asked, now).unwrap_or_else(Refusal::into_outcome);
        self.handled.push(HandledCall {
            method: asked.method,
            path: asked.path.join("/"),
            status: outcome.reply.status(),
        });
        news.append(&mut outcome.news);
        outcome.news = news;
        outcome
    }

    fn route(&mut self, asked: &Asked, now: Millis) -> Result<Outcome, Refusal> {
        let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
        let access = self.access(asked, now);
        if let ["media-file", id] = path.as_slice() {
            return Ok(match access {
                Ok(_) => self.download(id, asked, now),
                Err(_) => Outcome::empty(401),
            });
        }
        if let Some(outcome) = self.on_app(&path, asked, now) {
            return outcome;
        }
        let access = access?;
        let Some((id, rest)) = path.split_first() else {
            return match asked.method {
                Method::Post => self.batch(asked, now),
                Method::Get | Method::Delete => Err(Refusal::unsupported(asked)),
            };
        };
        if id.starts_with("upload:") {
            return self.on_upload(id, asked);
        }
        if (*id, rest) == (self.setup.app_id.as_str(), &["uploads"]) {
            return self.start_upload(asked);
        }
        if let Some((number, account)) = self.find_number(id) {
            return match access.opens(&account) {
                true => self.on_number(&number, rest, asked, &access, now),
                false => Err(Refusal::unknown_object()),
            };
        }
        let account = AccountId::new(*id);
        if self.accounts.contains_key(&account) && access.opens(&account) {
            return self.on_account(&account, rest, asked, &access, now);
        }
        if let Some(account) = self.templates.account_of(id) {
            return match access.opens(account) {
                true => self.on_template(id, rest, asked, &access, now),
                false => Err(Refusal::unknown_object()),
            };
        }
        if let Some(account) = self.account_of_group(id) {
            return match access.opens(&account) {
                true => self.on_group(id, rest, asked, &access, now),
                false => Err(Refusal::unknown_object()),
            };
        }
        if self.files.contains_key(*id) {
            return self.on_file(id, rest, asked, &access, now);
        }
        Err(Refusal::unknown_object())
    }

    fn find_number(&self, id: &str) -> Option<(PhoneNumberId, AccountId)> {
        let (id, number) = self.numbers.get_key_value(&PhoneNumberId::new(id))?;
        Some((id.clone(), number.account.clone()))
    }
}

impl Refusal {
    /// The object is known; the call is not. Meta says the same of both.
    pub(super) fn unsupported(asked: &Asked) -> Self {
        let edge = asked.path.get(1).map_or("", String::as_str);
        Self::new(100, format!("The simulator has no {} {edge}", asked.method.as_str()))
            .with_subcode(33)
    }
}

impl Asked {
    /// The members of `object` that `fields` names; all of them where it is missing. The id
    /// always.
    pub(super) fn chosen(&self, object: Value) -> Value {
        let (Some(fields), Value::Object(members)) = (self.query("fields"), &object) else {
            return object;
        };
        // `a,b{c,d},e.f(g,h)` names `a`, `b` and `e`; what is chosen within them is left whole.
        let mut depth = 0;
        let names: String = fields
            .chars()
            .filter(|char| {
                match char {
                    '{' | '(' => depth += 1,
                    '}' | ')' => depth -= 1,
                    _ => return depth == 0,
                }
                false
            })
            .collect();
        let is_asked = |name: &str| {
            name == "id" || { names.split(',').any(|field| field.split('.').next() == Some(name)) }
        };
        let chosen: Map<String, Value> = members
            .iter()
            .filter(|(name, _)| is_asked(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Value::Object(chosen)
    }

    /// A page of `rows`, as `limit`, `after` and `before` ask for.
    pub(super) fn page(&self, rows: Vec<Value>) -> Result<Outcome, Refusal> {
        let limit = match self.query("limit") {
            None => ROWS,
            Some(limit) => match limit.parse::<usize>() {
                Ok(limit) if limit > 0 => limit.min(MOST_ROWS),
                _ => return Err(Refusal::new(100, "Param limit must be a positive number")),
            },
        };
        let (first, end) = match (self.query("after"), self.query("before")) {
            (Some(after), _) => {
                let first = place(after)? + 1;
                (first, first + limit)
            }
            (None, Some(before)) => {
                let end = place(before)?;
                (end.saturating_sub(limit), end)
            }
            (None, None) => (0, limit),
        };
        let count = rows.len();
        let end = end.min(count);
        let first = first.min(end);
        let rows = rows.into_iter().skip(first).take(end - first);
        let chosen: Vec<Value> = rows.map(|row| self.chosen(row)).collect();
        if chosen.is_empty() {
            return Ok(Outcome::json(json!({"data": []})));
        }
        let mut paging = json!({"cursors": {"before": cursor(first), "after": cursor(end - 1)}});
        // Meta writes whole addresses, with the token in them; who follows cursors needs none.
        let path = self.path.join("/");
        if end < count {
            paging["next"] = format!("{path}?limit={limit}&after={}", cursor(end - 1)).into();
        }
        if first > 0 {
            paging["previous"] = format!("{path}?limit={limit}&before={}", cursor(first)).into();
        }
        Ok(Outcome::json(json!({"data": chosen, "paging": paging})))
    }
}

/// The word for a row by which a page is asked for.
fn cursor(row: usize) -> String {
    base64(format!("row {row:08}").as_bytes())
}

/// The row that a cursor stands for.
fn place(written: &str) -> Result<usize, Refusal> {
    // A list is short, and the words for its rows are made rather than read.
    (0..100_000)
        .find(|row| cursor(*row) == written)
        .ok_or_else(|| Refusal::new(131_059, "The cursor is not one of this list"))
}
