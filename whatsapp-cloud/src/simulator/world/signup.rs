//! Embedded sign-up: codes that become tokens, and what a token is.

use serde_json::{Value, json};

use crate::client::sha256;
use crate::endpoint::Method;
use crate::id::{AccountId, PhoneNumberId};
use crate::simulator::world::account::Account;
use crate::simulator::world::content::text;
use crate::simulator::world::number::Number;
use crate::simulator::world::registration::{Registration, Stage, required};
use crate::simulator::world::state::SECOND;
use crate::simulator::world::{Asked, Millis, Outcome, Refusal, World};
use crate::simulator::{Access, Permission};

/// How long a code can be exchanged.
const CODE_LIVES: Millis = 30 * SECOND;

/// What a business gave the app in the sign-up window.
pub(super) struct Code {
    account: AccountId,
    until: Millis,
    is_used: bool,
}

impl World {
    /// A business signs up with a number; the code that the window gives to the app.
    pub(in crate::simulator) fn signup(
        &mut self,
        account: &AccountId,
        id: &PhoneNumberId,
        digits: &str,
        now: Millis,
    ) -> String {
        self.accounts.entry(account.clone()).or_insert_with(|| Account::unsubscribed(account));
        let mut number = Number::new(account.clone(), digits, self.setup.throughput);
        // The window has verified it.
        number.registration = Registration::new(Stage::Pending, true);
        self.numbers.insert(id.clone(), number);
        let code = format!("AQ{}", sha256(self.next_id().as_bytes()).hex());
        let until = now + CODE_LIVES;
        self.codes.insert(code.clone(), Code { account: account.clone(), until, is_used: false });
        code
    }

    /// What is about the app: the exchange of codes, what a token is, what the app is told.
    pub(super) fn on_app(
        &mut self,
        path: &[&str],
        asked: &Asked,
        now: Millis,
    ) -> Option<Result<Outcome, Refusal>> {
        match (asked.method, path) {
            (Method::Get | Method::Post, ["oauth", "access_token"]) => {
                Some(self.exchange(asked, now))
            }
            (Method::Get, ["debug_token"]) => Some(self.debug_token(asked, now)),
            (_, [app, "subscriptions"]) if *app == self.setup.app_id.as_str() => {
                Some(self.on_app_subscriptions(asked))
            }
            _ => None,
        }
    }

    fn exchange(&mut self, asked: &Asked, now: Millis) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        let id = match body.get("client_id") {
            Some(Value::Number(id)) => id.to_string(),
            Some(Value::String(id)) => id.clone(),
            _ => return Err(Refusal::new(101, "Missing client_id parameter.")),
        };
        if id != self.setup.app_id.as_str() {
            return Err(Refusal::new(101, "Error validating application."));
        }
        let secret = text(&body, "client_secret");
        let secret = secret.ok_or_else(|| Refusal::new(1, "Missing client_secret parameter."))?;
        if !self.is_apps_token(&format!("{id}|{secret}")) {
            return Err(Refusal::new(1, "Error validating client secret."));
        }
        let code = text(&body, "code").ok_or_else(|| required("code"))?;
        let found = self.codes.get_mut(code);
        let found = found.ok_or_else(|| Refusal::new(100, "Invalid verification code format."))?;
        if found.is_used {
            let used = "This authorization code has been used.";
            return Err(Refusal::new(100, used).with_subcode(36_009));
        }
        if now >= found.until {
            let expired = "This authorization code has expired.";
            return Err(Refusal::new(100, expired).with_subcode(36_007));
        }
        found.is_used = true;
        let account = found.account.clone();
        let token = format!("EAA{}", sha256(self.next_id().as_bytes()).hex());
        let access = Access::to([Permission::Management, Permission::Messaging]);
        self.grant(&token, access.of_accounts([account]));
        Ok(Outcome::json(json!({"access_token": token, "token_type": "bearer"})))
    }

    fn debug_token(&self, asked: &Asked, now: Millis) -> Result<Outcome, Refusal> {
        self.only_the_app(asked)?;
        let input = asked.query("input_token").ok_or_else(|| required("input_token"))?;
        let Some(access) = self.access_of(input) else {
            let error = json!({"code": 190, "message": "Invalid OAuth access token."});
            let data = json!({"error": error, "is_valid": false, "scopes": []});
            return Ok(Outcome::json(json!({"data": data})));
        };
        let permissions = access.permissions();
        let scopes: Vec<&str> = permissions.iter().map(|scope| scope.as_str()).collect();
        let granular = permissions.iter().map(|scope| {
            let mut row = json!({"scope": scope.as_str()});
            if let (Some(accounts), true) = (access.accounts(), *scope != Permission::Business) {
                let ids = accounts.iter().map(AccountId::as_str);
                row["target_ids"] = ids.collect::<Vec<_>>().into();
            }
            row
        });
        let mut data = json!({
            "app_id": self.setup.app_id.as_str(),
            "type": "SYSTEM_USER",
            "application": "Simulated App",
            "data_access_expires_at": 0,
            "expires_at": access.end().map_or(0, |end| end / SECOND),
            "is_valid": true,
            "issued_at": self.setup.started / SECOND,
            "scopes": scopes,
            "granular_scopes": granular.collect::<Vec<_>>(),
            "user_id": "104169029247128",
        });
        if let Err(refusal) = access.is_alive(now) {
            data["is_valid"] = false.into();
            data["error"] = refusal.in_answer();
        }
        Ok(Outcome::json(json!({"data": data})))
    }
}
