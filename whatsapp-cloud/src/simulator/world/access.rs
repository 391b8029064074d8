//! Who may ask: tokens, what they open, and until when.

use std::collections::BTreeMap;

use secrecy::ExposeSecret as _;
use serde_json::Value;

use crate::simulator::Access;
use crate::simulator::world::{Asked, AskedBody, Millis, Refusal, World};
use crate::webhook::Verifier;

/// The tokens, by their text.
pub(super) type Tokens = BTreeMap<String, Access>;

impl World {
    /// What the caller's token opens, if it is one.
    pub(super) fn access(&self, asked: &Asked, now: Millis) -> Result<Access, Refusal> {
        let token = asked.token();
        // A simulator's token is no secret worth constant time.
        let access = self.tokens.get(token).ok_or_else(|| Refusal::new(190, ""))?;
        access.is_alive(now)?;
        self.check_proof(asked, token)?;
        Ok(access.clone())
    }

    /// What a token opens, also when it has ended.
    pub(super) fn access_of(&self, token: &str) -> Option<&Access> {
        self.tokens.get(token)
    }

    /// The app vouches for the token with a MAC; it must where it was said that it does.
    fn check_proof(&self, asked: &Asked, token: &str) -> Result<(), Refusal> {
        let Some(proof) = asked.query("appsecret_proof") else {
            return match self.setup.require_proof {
                true => Err(Refusal::new(
                    100,
                    "API calls from the server require an appsecret_proof argument",
                )),
                false => Ok(()),
            };
        };
        // The signature of a webhook is the same MAC, over other bytes.
        let header = Verifier::new([self.setup.app_secret.clone()])
            .map(|verifier| verifier.sign(token.as_bytes()));
        match header {
            Ok(header) if header.strip_prefix("sha256=") == Some(proof) => Ok(()),
            Ok(_) | Err(_) => {
                Err(Refusal::new(100, "Invalid appsecret_proof provided in the API argument"))
            }
        }
    }

    /// The app's own token: `{app id}|{app secret}`.
    pub(super) fn is_apps_token(&self, token: &str) -> bool {
        let secret = self.setup.app_secret.expose_secret();
        token.split_once('|') == Some((self.setup.app_id.as_str(), secret))
    }
}

impl Asked {
    /// The same call; a token among what was sent along is the caller's, where no other is
    /// shown. Graph takes `access_token` as any other parameter.
    pub(in crate::simulator) fn with_its_token(mut self) -> Self {
        if self.authorization.is_none() && self.query("access_token").is_none() {
            self.authorization = self.sent_token().map(|token| format!("Bearer {token}"));
        }
        self
    }

    fn sent_token(&self) -> Option<String> {
        if let Some(part) = self.part("access_token") {
            return String::from_utf8(part.bytes.clone()).ok();
        }
        let AskedBody::Bytes(bytes) = &self.body else { return None };
        let members: Value = serde_json::from_slice(bytes).ok()?;
        members["access_token"].as_str().map(str::to_owned)
    }

    /// The caller's token, as it was shown.
    pub(super) fn token(&self) -> &str {
        let bearer = self.authorization.as_deref().and_then(|value| {
            // Graph takes the older word too, as resumable uploads write it.
            value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("OAuth "))
        });
        bearer.or_else(|| self.query("access_token")).unwrap_or_default()
    }
}
