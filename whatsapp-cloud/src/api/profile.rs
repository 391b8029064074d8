//! What customers see of a business: its profile.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-profiles>

use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value};

use crate::api::call::call;
use crate::api::{Success, Violations};
use crate::id::{NodeId, PhoneNumberId};
use crate::wire::{WhatsApp, member, object, open_enum};

/// The guide says 512, Meta's OpenAPI file 256: what may be taken is not refused.
const LONGEST_DESCRIPTION: usize = 512;
/// How long an address may be, of a street or of a website.
const LONGEST_ADDRESS: usize = 256;
/// How many websites there may be.
const MOST_WEBSITES: usize = 2;

call! {
    /// Asks for the profile of a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::profile::GetProfile;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetProfile::new("106540352242922");
    /// call.fields = vec!["about".to_owned(), "vertical".to_owned()];
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "106540352242922/whatsapp_business_profile?fields=about%2Cvertical"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetProfile -> FoundProfile = "get profile", idempotent;
    get "/{Phone-Number-ID}/whatsapp_business_profile" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// What to tell: names of members of [`Profile`].
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Changes the profile of a number.
    ///
    /// ```
    /// use whatsapp_cloud::api::profile::{Profile, UpdateProfile};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let profile =
    ///     Profile { about: Some("Succulent specialists!".to_owned()), ..Profile::default() };
    /// let call = UpdateProfile::new("106540352242922", profile);
    /// assert_eq!(call.request()?.target()?, "106540352242922/whatsapp_business_profile");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateProfile -> Success = "update profile", idempotent;
    post "/{Phone-Number-ID}/whatsapp_business_profile" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// What to change; what is left out stays.
        profile: Profile
    }
}

call! {
    /// Asks for a profile by its own id. Only in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::profile::GetProfileNode;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetProfileNode::new("1234567890123456");
    /// assert_eq!(call.request()?.target()?, "1234567890123456");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetProfileNode -> Profile = "get profile node", idempotent;
    get "/{WhatsApp-Business-Profile-ID}" {
        /// The profile.
        profile_id: NodeId,
    }
    query {
        /// What to tell: names of members of [`Profile`].
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Changes a profile by its own id. Only in Meta's OpenAPI file.
    ///
    /// ```
    /// use whatsapp_cloud::api::profile::{Profile, UpdateProfileNode};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let profile = Profile { account_name: Some("Lucky Shrub".into()), ..Profile::default() };
    /// let call = UpdateProfileNode::new("1234567890123456", profile);
    /// assert_eq!(call.request()?.target()?, "1234567890123456");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateProfileNode -> ProfileUpdated = "update profile node", idempotent;
    post "/{WhatsApp-Business-Profile-ID}" {
        /// The profile.
        profile_id: NodeId,
    }
    body {
        /// What to change; what is left out stays.
        profile: Profile
    }
}

object! {
    /// What customers see of a business. Of a change only what is to be changed; an empty text
    /// or list takes away what was there.
    ///
    /// ```
    /// use whatsapp_cloud::api::profile::{Profile, UpdateProfile};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let profile = Profile {
    ///     about: Some("Plants and more".to_owned()),
    ///     websites: Some(vec!["https://www.luckyshrub.com/".to_owned()]),
    ///     ..Profile::default()
    /// };
    /// assert!(UpdateProfile::new("106540352242922", profile).request().is_ok());
    /// ```
    pub struct Profile {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Its id. Only read.
        pub id: Option<NodeId> = "id",
        /// What it says of itself: 1 to 139 characters.
        pub about: Option<String> = "about",
        /// Where it is: at most 256 characters.
        pub address: Option<String> = "address",
        /// What it does: at most 512 characters, in Meta's OpenAPI file 256.
        pub description: Option<String> = "description",
        /// Where to write to: at most 128 characters.
        pub email: Option<String> = "email",
        /// Its websites: at most two, each at most 256 characters.
        pub websites: Option<Vec<String>> = "websites",
        /// Its trade.
        pub vertical: Option<Vertical> = "vertical",
        /// Where its picture is. Only read.
        pub profile_picture_url: Option<String> = "profile_picture_url",
        /// A new picture: the handle of an upload to the app.
        pub profile_picture_handle: Option<String> = "profile_picture_handle",
        /// The name of the account: 1 to 75 characters. Only of a profile by its own id.
        pub account_name: Option<String> = "account_name",
    }
    check |profile, found| {
        let mut check = |name: &str, text: &Option<String>, least, most| {
            if let Some(text) = text {
                found.length(name, text, least, most);
            }
        };
        check("about", &profile.about, 1, 139);
        check("address", &profile.address, 0, LONGEST_ADDRESS);
        check("description", &profile.description, 0, LONGEST_DESCRIPTION);
        check("email", &profile.email, 0, 128);
        check("account_name", &profile.account_name, 1, 75);
        check_websites(profile.websites.as_deref().unwrap_or_default(), found);
    }
}

fn check_websites(websites: &[String], found: &mut Violations) {
    found.within("websites", |found| {
        if websites.len() > MOST_WEBSITES {
            found.say(format!("at most {MOST_WEBSITES} websites, found {}", websites.len()));
        }
        for (index, website) in websites.iter().enumerate() {
            let count = website.chars().count();
            if count > LONGEST_ADDRESS {
                found.within_element(index, |found| {
                    found.say(format!("at most {LONGEST_ADDRESS} characters, found {count}"));
                });
            }
        }
    });
}

/// The profile of a number, however Meta has wrapped it.
///
/// ```
/// use whatsapp_cloud::api::profile::FoundProfile;
///
/// for json in [
///     r#"{"data":[{"about":"a"}]}"#,
///     r#"{"data":[{"business_profile":{"about":"a"}}]}"#,
///     r#"{"about":"a"}"#,
/// ] {
///     let found: FoundProfile = serde_json::from_str(json)?;
///     assert_eq!(found.profile.about.as_deref(), Some("a"));
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct FoundProfile {
    /// The profile.
    pub profile: Profile,
}

impl<'de> Deserialize<'de> for FoundProfile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = member::members(deserializer)?;
        if let Some(Value::Array(rows)) = members.get_mut("data") {
            // A business that has said nothing of itself may have no row.
            members = if rows.is_empty() { Map::new() } else { object_of(rows.swap_remove(0))? };
        }
        if let Some(profile @ Value::Object(_)) = members.get_mut("business_profile") {
            members = object_of(profile.take())?;
        }
        let profile = serde_json::from_value(Value::Object(members)).map_err(refused)?;
        Ok(Self { profile })
    }
}

fn object_of<E: de::Error>(value: Value) -> Result<Map<String, Value>, E> {
    serde_json::from_value(value).map_err(refused)
}

/// The text of the cause would quote what is there.
fn refused<E: de::Error>(_: serde_json::Error) -> E {
    E::custom("a profile is of another type")
}

object! {
    /// What came of a change.
    ///
    /// ```
    /// use whatsapp_cloud::api::profile::ProfileUpdated;
    ///
    /// let updated: ProfileUpdated = serde_json::from_str(
    ///     r#"{"id":"1234567890","success":true}"#,
    /// )?;
    /// assert!(updated.success);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ProfileUpdated {
        /// The profile.
        pub id: Option<NodeId> = "id",
        /// Whether it was changed.
        pub success: bool = "success",
    }
}

open_enum! {
    /// A trade.
    ///
    /// ```
    /// use whatsapp_cloud::api::profile::{Profile, Vertical};
    ///
    /// let profile = Profile { vertical: Some(Vertical::Restaurant), ..Profile::default() };
    /// assert_eq!(serde_json::to_value(&profile)?["vertical"], "RESTAURANT");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    Vertical {
        /// Another one.
        Other = "OTHER",
        /// Alcoholic beverages.
        Alcohol = "ALCOHOL",
        /// Clothing.
        Apparel = "APPAREL",
        /// Cars.
        Auto = "AUTO",
        /// Beauty, spa and salon.
        Beauty = "BEAUTY",
        /// Education.
        Education = "EDU",
        /// Entertainment.
        Entertainment = "ENTERTAIN",
        /// Events.
        Events = "EVENT_PLAN",
        /// Finance and banking.
        Finance = "FINANCE",
        /// Government and public service.
        Government = "GOVT",
        /// Food and groceries.
        Grocery = "GROCERY",
        /// Medicine and health.
        Health = "HEALTH",
        /// Hotels.
        Hotel = "HOTEL",
        /// Charity.
        Nonprofit = "NONPROFIT",
        /// Gambling on the internet.
        OnlineGambling = "ONLINE_GAMBLING",
        /// Medicines without prescription.
        OverTheCounterDrugs = "OTC_DRUGS",
        /// Gambling elsewhere.
        PhysicalGambling = "PHYSICAL_GAMBLING",
        /// Services of a profession.
        ProfessionalServices = "PROF_SERVICES",
        /// Restaurants.
        Restaurant = "RESTAURANT",
        /// Shops.
        Retail = "RETAIL",
        /// Travel and transport.
        Travel = "TRAVEL",
        /// None said.
        Undefined = "UNDEFINED",
        /// It is not shown.
        NotABusiness = "NOT_A_BIZ",
    }
}
