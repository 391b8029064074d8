//! Whom webhooks are posted for: the app's subscription, and the app's to an account.

use secrecy::SecretString;
use serde_json::{Map, Value, json};

use crate::endpoint::Method;
use crate::id::AccountId;
use crate::simulator::world::content::text;
use crate::simulator::world::registration::{at_most, required};
use crate::simulator::world::{Asked, News, Outcome, Refusal, World};

const LONGEST_OVERRIDE: usize = 200;
const OBJECT: &str = "whatsapp_business_account";

/// What the app wants to be told.
#[derive(Default)]
pub(super) enum AppSubscription {
    /// Everything, at the callback that the simulator was given.
    #[default]
    Everything,
    /// As the app said by the API.
    Said { callback: String, fields: Vec<String> },
    /// Nothing.
    Nothing,
}

impl World {
    /// Whether these news are posted.
    pub(in crate::simulator) fn is_told(&self, news: &News) -> bool {
        let is_wanted = match &self.app_subscription {
            AppSubscription::Everything => true,
            AppSubscription::Said { fields, .. } => fields.iter().any(|field| field == news.field),
            AppSubscription::Nothing => false,
        };
        is_wanted && self.accounts.get(&news.account).is_some_and(|account| account.is_subscribed)
    }

    /// The callback that `asked` would subscribe, which must take part in the handshake
    /// first, and the verify token to show to it.
    pub(in crate::simulator) fn callback_of(
        &self,
        asked: &Asked,
    ) -> Option<(String, SecretString)> {
        let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
        let is_subscription = path == [self.setup.app_id.as_str(), "subscriptions"];
        if asked.method != Method::Post || !is_subscription {
            return None;
        }
        self.only_the_app(asked).ok()?;
        let body = asked.parameters().ok()?;
        let (callback, _) = wanted(&body).ok()?;
        Some((callback, SecretString::from(text(&body, "verify_token")?)))
    }

    /// `/{app-id}/subscriptions`.
    pub(super) fn on_app_subscriptions(&mut self, asked: &Asked) -> Result<Outcome, Refusal> {
        self.only_the_app(asked)?;
        match asked.method {
            Method::Get => {
                let rows = match &self.app_subscription {
                    AppSubscription::Said { callback, fields } => vec![row(callback, fields)],
                    AppSubscription::Everything | AppSubscription::Nothing => Vec::new(),
                };
                Ok(Outcome::json(json!({"data": rows})))
            }
            Method::Post => {
                let body = asked.parameters()?;
                let (callback, fields) = wanted(&body)?;
                self.app_subscription = AppSubscription::Said { callback, fields };
                Ok(Outcome::success())
            }
            Method::Delete => {
                self.unsubscribe_fields(&asked.parameters()?);
                Ok(Outcome::success())
            }
        }
    }

    fn unsubscribe_fields(&mut self, body: &Map<String, Value>) {
        let gone = body.get("fields").map(names);
        if let (AppSubscription::Said { fields, .. }, Some(gone)) =
            (&mut self.app_subscription, gone)
        {
            fields.retain(|field| !gone.contains(field));
            return;
        }
        self.app_subscription = AppSubscription::Nothing;
    }

    /// `/{WABA}/subscribed_apps`.
    pub(super) fn on_subscribed_apps(
        &mut self,
        id: &AccountId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let app = self.setup.app_id.as_str().to_owned();
        let account = self.accounts.get_mut(id).ok_or_else(Refusal::unknown_object)?;
        match asked.method {
            Method::Get => {
                let link = format!("https://www.facebook.com/games/?app_id={app}");
                let mut row = json!({"whatsapp_business_api_data": {
                    "id": app, "name": "Simulated App", "link": link,
                }});
                if let Some(callback) = &account.callback {
                    row["override_callback_uri"] = callback.as_str().into();
                }
                let rows = if account.is_subscribed { vec![row] } else { Vec::new() };
                Ok(Outcome::json(json!({"data": rows})))
            }
            Method::Post => {
                account.callback = override_of(&asked.parameters()?)?;
                account.is_subscribed = true;
                Ok(Outcome::success())
            }
            Method::Delete => {
                account.is_subscribed = false;
                account.callback = None;
                Ok(Outcome::success())
            }
        }
    }

    /// Only the app's own token is good enough.
    pub(super) fn only_the_app(&self, asked: &Asked) -> Result<(), Refusal> {
        match self.is_apps_token(asked.token()) {
            true => Ok(()),
            false if self.access_of(asked.token()).is_some() => {
                Err(Refusal::new(15, "This method must be called with an app access_token."))
            }
            false => Err(Refusal::new(190, "")),
        }
    }
}

/// Another callback for one account or number; none where there is no word of it.
pub(super) fn override_of(body: &Map<String, Value>) -> Result<Option<String>, Refusal> {
    let callback = at_most(body, "override_callback_uri", LONGEST_OVERRIDE)?;
    let Some(callback) = callback.filter(|callback| !callback.is_empty()) else {
        return Ok(None);
    };
    if !callback.starts_with("https://") {
        return Err(Refusal::new(100, "Param override_callback_uri must be an https address"));
    }
    text(body, "verify_token").ok_or_else(|| required("verify_token"))?;
    Ok(Some(callback.to_owned()))
}

fn wanted(body: &Map<String, Value>) -> Result<(String, Vec<String>), Refusal> {
    match text(body, "object") {
        Some(OBJECT) => {}
        Some(_) => return Err(Refusal::new(100, "The simulator has no other object")),
        None => return Err(required("object")),
    }
    let callback = text(body, "callback_url").ok_or_else(|| required("callback_url"))?;
    text(body, "verify_token").ok_or_else(|| required("verify_token"))?;
    let fields = names(body.get("fields").ok_or_else(|| required("fields"))?);
    if fields.is_empty() {
        return Err(required("fields"));
    }
    Ok((callback.to_owned(), fields))
}

/// A list of names, as JSON or with commas.
fn names(written: &Value) -> Vec<String> {
    let nested: Vec<String> = serde_json::from_value(written.clone()).unwrap_or_default();
    let texts = written.as_str().into_iter().flat_map(|text| text.split(','));
    let texts = texts.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    nested.into_iter().chain(texts).collect()
}

fn row(callback: &str, fields: &[String]) -> Value {
    let fields = fields.iter().map(|name| json!({"name": name, "version": "v25.0"}));
    json!({
        "object": OBJECT,
        "callback_url": callback,
        "active": true,
        "fields": fields.collect::<Vec<_>>(),
    })
}
