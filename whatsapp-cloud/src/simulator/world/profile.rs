//! What customers see of a business: `whatsapp_business_profile`.

use serde_json::{Map, Value, json};

use crate::id::PhoneNumberId;
use crate::simulator::world::registration::{at_most, of_whatsapp};
use crate::simulator::world::{Asked, Outcome, Refusal, World};

/// How long each text may be.
const TEXTS: [(&str, usize); 4] =
    [("about", 139), ("address", 256), ("description", 512), ("email", 128)];
const MOST_WEBSITES: usize = 2;
const LONGEST_WEBSITE: usize = 256;

const VERTICALS: [&str; 23] = [
    "",
    "UNDEFINED",
    "OTHER",
    "ALCOHOL",
    "APPAREL",
    "AUTO",
    "BEAUTY",
    "EDU",
    "ENTERTAIN",
    "EVENT_PLAN",
    "FINANCE",
    "GOVT",
    "GROCERY",
    "HEALTH",
    "HOTEL",
    "NONPROFIT",
    "NOT_A_BIZ",
    "ONLINE_GAMBLING",
    "OTC_DRUGS",
    "PROF_SERVICES",
    "RESTAURANT",
    "RETAIL",
    "TRAVEL",
];

impl World {
    pub(super) fn get_profile(
        &mut self,
        id: &PhoneNumberId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let profile = Value::Object(self.number(id)?.profile.clone());
        let mut chosen = asked.chosen(profile);
        chosen["messaging_product"] = "whatsapp".into();
        Ok(Outcome::json(json!({"data": [chosen]})))
    }

    pub(super) fn set_profile(
        &mut self,
        id: &PhoneNumberId,
        asked: &Asked,
    ) -> Result<Outcome, Refusal> {
        let body = asked.parameters()?;
        of_whatsapp(&body)?;
        let mut changes = Map::new();
        for (name, most) in TEXTS {
            if let Some(text) = at_most(&body, name, most)? {
                if name == "about" && text.is_empty() {
                    return Err(Refusal::new(100, "Param about must not be empty"));
                }
                changes.insert(name.to_owned(), text.into());
            }
        }
        if let Some(vertical) = at_most(&body, "vertical", 128)? {
            if !VERTICALS.contains(&vertical) {
                return Err(Refusal::new(100, "Param vertical is not one of Meta's"));
            }
            changes.insert("vertical".to_owned(), vertical.into());
        }
        if let Some(written) = body.get("websites") {
            changes.insert("websites".to_owned(), websites(written)?.into());
        }
        if let Some(handle) = at_most(&body, "profile_picture_handle", usize::MAX)? {
            if !self.handles.contains(handle) {
                return Err(Refusal::new(100, "The handle is not one of an upload"));
            }
            let picture = self.next_number();
            let picture = format!("{}/profile-picture/{picture}", self.setup.base_url);
            changes.insert("profile_picture_url".to_owned(), picture.into());
        }
        self.number(id)?.profile.extend(changes);
        Ok(Outcome::success())
    }
}

fn websites(written: &Value) -> Result<Vec<String>, Refusal> {
    let refused = || Refusal::new(100, "Param websites must be at most 2 addresses");
    let websites: Vec<String> = match written {
        // As Meta's own example writes it.
        Value::String(list) => serde_json::from_str(list).map_err(|_| refused())?,
        list => serde_json::from_value(list.clone()).map_err(|_| refused())?,
    };
    let is_address = |text: &String| {
        let is_web = text.starts_with("https://") || text.starts_with("http://");
        is_web && text.chars().count() <= LONGEST_WEBSITE
    };
    match websites.len() <= MOST_WEBSITES && websites.iter().all(is_address) {
        true => Ok(websites),
        false => Err(refused()),
    }
}
