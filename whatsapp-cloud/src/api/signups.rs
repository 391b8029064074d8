//! In-App Signup: links by which people ask for a business's marketing messages.
//!
//! A link is `wa.me/<phone>/signup/<id>`, with any number of the account. From v22 of the API
//! on, and not in every country.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/in-app-signup/>

use crate::api::call::call;
use crate::api::https::check_https;
use crate::id::{AccountId, NodeId};
use crate::violation::Violations;
use crate::wire::{Page, object, open_enum};

/// How long the text before signing up may be.
const LONGEST_MESSAGE: usize = 300;

/// How long a promotional code may be.
const LONGEST_CODE: usize = 50;

/// Where the code stands in the confirmation.
const CODE_PLACE: &str = "{{promo_code}}";

call! {
    /// Makes a signup. The first one of an account must accept Meta's terms, and only that.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/in-app-signup/>
    ///
    /// ```
    /// use whatsapp_cloud::api::signups::{CreateSignup, NewSignup};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut signup = NewSignup {
    ///     signup_message: "News and offers, twice a month.".to_owned(),
    ///     confirmation_message: "Welcome! Your code is {{promo_code}}.".to_owned(),
    ///     privacy_policy_url: "https://example.com/privacy".to_owned(),
    ///     ..NewSignup::default()
    /// };
    /// assert!(CreateSignup::new("102290129340398", signup.clone()).request().is_err());
    ///
    /// signup.promo_code = Some("WELCOME10".to_owned());
    /// let call = CreateSignup::new("102290129340398", signup);
    /// assert_eq!(call.request()?.target()?, "102290129340398/signups");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreateSignup -> SignupCreated = "create a signup", once;
    post "/{waba-id}/signups" {
        /// The account.
        account_id: AccountId,
    }
    body {
        /// What it is to be.
        signup: NewSignup
    }
}

call! {
    /// Asks for the signups of an account.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/in-app-signup/>
    ///
    /// ```
    /// use whatsapp_cloud::api::signups::ListSignups;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListSignups::new("102290129340398");
    /// assert_eq!(call.request()?.target()?, "102290129340398/signups");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListSignups -> Page<Signup> = "list signups", idempotent;
    get "/{waba-id}/signups" {
        /// The account.
        account_id: AccountId,
    }
    paged {}
}

call! {
    /// Asks what a signup is.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/in-app-signup/>
    ///
    /// ```
    /// use whatsapp_cloud::api::signups::GetSignup;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetSignup::new("13176843987434774");
    /// assert_eq!(call.request()?.target()?, "signups/13176843987434774");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetSignup -> Signup = "get a signup", idempotent;
    get "/signups/{id}" {
        /// The signup.
        signup_id: NodeId,
    }
}

call! {
    /// Changes a signup, or takes it out of use. The address of the privacy policy stays.
    ///
    /// Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/in-app-signup/>
    ///
    /// ```
    /// use whatsapp_cloud::api::signups::{SignupChanges, SignupStatus, UpdateSignup};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let off =
    ///     SignupChanges { status: Some(SignupStatus::Disabled), ..SignupChanges::default() };
    /// let call = UpdateSignup::new("13176843987434774", off);
    /// assert_eq!(call.request()?.target()?, "signups/13176843987434774");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateSignup -> SignupCreated = "update a signup", idempotent;
    post "/signups/{id}" {
        /// The signup.
        signup_id: NodeId,
    }
    body {
        /// What is to change.
        changes: SignupChanges
    }
}

open_enum! {
    /// Whether people can sign up.
    ///
    /// ```
    /// use whatsapp_cloud::api::signups::{SignupChanges, SignupStatus};
    ///
    /// let stop =
    ///     SignupChanges { status: Some(SignupStatus::Disabled), ..SignupChanges::default() };
    /// assert_eq!(serde_json::to_string(&stop)?, r#"{"status":"DISABLED"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    SignupStatus {
        /// They can.
        Active = "ACTIVE",
        /// They cannot.
        Disabled = "DISABLED",
    }
}

object! {
    /// A signup that is to be.
    ///
    /// ```
    /// use whatsapp_cloud::api::signups::NewSignup;
    ///
    /// let signup: NewSignup = serde_json::from_str(
    ///     r#"{"signup_message":"Sign up for offers!","confirmation_message":"Thank you!",
    ///         "privacy_policy_url":"https://luckyshrub.com/privacy"}"#,
    /// )?;
    /// assert_eq!(signup.confirmation_message, "Thank you!");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NewSignup {
        /// What people read before they sign up: 1 to 300 characters.
        pub signup_message: String = "signup_message",
        /// What they get once they did. `{{promo_code}}` stands for the code.
        pub confirmation_message: String = "confirmation_message",
        /// Where the privacy policy is: an address that begins with `https://`. It cannot be
        /// changed later.
        pub privacy_policy_url: String = "privacy_policy_url",
        /// The website: an address that begins with `https://`.
        pub website_url: Option<String> = "website_url",
        /// The code: 1 to 50 letters or digits.
        pub promo_code: Option<String> = "promo_code",
        /// What you call it; people do not see it.
        pub display_name: Option<String> = "display_name",
        /// Meta's terms, for the first signup of an account. To accept them is a legal act:
        /// let a person do it.
        pub policy: Option<SignupPolicy> = "policy",
    }
    check |signup, found| {
        found.length("signup_message", &signup.signup_message, 1, LONGEST_MESSAGE);
        let message = &signup.confirmation_message;
        if message.is_empty() {
            found.add("confirmation_message", "a text, found none");
        }
        check_places(message, found);
        if message.contains(CODE_PLACE) && signup.promo_code.is_none() {
            found.add("promo_code", "a code, since the confirmation has a place for it");
        }
        check_https("privacy_policy_url", &signup.privacy_policy_url, found);
        check_optional(signup.website_url.as_deref(), signup.promo_code.as_deref(), found);
    }
}

object! {
    /// Meta's terms, accepted.
    ///
    /// ```
    /// use whatsapp_cloud::api::signups::SignupPolicy;
    ///
    /// let policy: SignupPolicy = serde_json::from_str(r#"{"tos":"I agree","accepted":true}"#)?;
    /// assert!(policy.accepted, "Meta takes nothing else");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SignupPolicy {
        /// Their address.
        pub tos: String = "tos",
        /// That they are accepted.
        pub accepted: bool = "accepted",
    }
    check |policy, found| {
        check_https("tos", &policy.tos, found);
        if !policy.accepted {
            found.add("accepted", "true");
        }
    }
}

object! {
    /// What is to change in a signup.
    ///
    /// ```
    /// use whatsapp_cloud::api::signups::{SignupChanges, UpdateSignup};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let nothing = UpdateSignup::new("1234567890", SignupChanges::default());
    /// assert!(nothing.request().is_err());
    /// ```
    pub struct SignupChanges {
        /// Whether people can sign up.
        pub status: Option<SignupStatus> = "status",
        /// What people read before they sign up: 1 to 300 characters.
        pub signup_message: Option<String> = "signup_message",
        /// What they get once they did.
        pub confirmation_message: Option<String> = "confirmation_message",
        /// The website.
        pub website_url: Option<String> = "website_url",
        /// The code: 1 to 50 letters or digits.
        pub promo_code: Option<String> = "promo_code",
        /// What you call it.
        pub display_name: Option<String> = "display_name",
    }
    check |changes, found| {
        if *changes == SignupChanges::default() {
            found.say("something to change, found nothing");
        }
        if let Some(message) = &changes.signup_message {
            found.length("signup_message", message, 1, LONGEST_MESSAGE);
        }
        if let Some(message) = &changes.confirmation_message {
            check_places(message, found);
        }
        check_optional(changes.website_url.as_deref(), changes.promo_code.as_deref(), found);
    }
}

/// Finds places in a confirmation that Meta does not know.
fn check_places(message: &str, found: &mut Violations) {
    if message.replace(CODE_PLACE, "").contains("{{") {
        found.add("confirmation_message", format!("no other place than {CODE_PLACE}"));
    }
}

fn check_optional(website: Option<&str>, code: Option<&str>, found: &mut Violations) {
    if let Some(website) = website {
        check_https("website_url", website, found);
    }
    if let Some(code) = code {
        found.length("promo_code", code, 1, LONGEST_CODE);
        if !code.chars().all(char::is_alphanumeric) {
            found.add("promo_code", "letters and digits only");
        }
    }
}

object! {
    /// A signup that was made or changed.
    ///
    /// ```
    /// use whatsapp_cloud::api::signups::{GetSignup, SignupCreated};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let created: SignupCreated = serde_json::from_str(r#"{"id":"1234567890"}"#)?;
    /// assert_eq!(GetSignup::new(created.id).request()?.target()?, "signups/1234567890");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct SignupCreated {
        /// Its id, which stands in the link.
        pub id: NodeId = "id",
    }
}

object! {
    /// A signup.
    ///
    /// ```
    /// use whatsapp_cloud::api::signups::{Signup, SignupStatus};
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<Signup> = serde_json::from_str(
    ///     r#"{"data":[{"id":"1234567890","status":"ACTIVE",
    ///         "signup_message":"Sign up for offers!"}]}"#,
    /// )?;
    /// assert_eq!(page.data[0].status, Some(SignupStatus::Active));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Signup {
        /// Its id, which stands in the link.
        pub id: NodeId = "id",
        /// Whether people can sign up.
        pub status: Option<SignupStatus> = "status",
        /// What people read before they sign up.
        pub signup_message: Option<String> = "signup_message",
        /// What they get once they did.
        pub confirmation_message: Option<String> = "confirmation_message",
        /// Where the privacy policy is.
        pub privacy_policy_url: Option<String> = "privacy_policy_url",
        /// The website.
        pub website_url: Option<String> = "website_url",
        /// The code.
        pub promo_code: Option<String> = "promo_code",
        /// What you call it.
        pub display_name: Option<String> = "display_name",
    }
}
