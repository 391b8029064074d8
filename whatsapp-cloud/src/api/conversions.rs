//! Conversions: telling Meta which chats that an ad began led to a lead or a purchase.
//!
//! Source: <https://developers.facebook.com/docs/marketing-api/conversions-api/business-messaging>

use crate::api::call::call;
use crate::id::{AccountId, NodeId};
use crate::wire::{object, open_enum};

/// How many events one call may tell.
const MOST_EVENTS: usize = 1_000;

call! {
    /// Makes the dataset of an account, or tells the id of the one there is.
    ///
    /// Source: <https://developers.facebook.com/docs/marketing-api/conversions-api/business-messaging>
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::CreateDataset;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = CreateDataset::new("102290129340398");
    /// assert_eq!(call.request()?.target()?, "102290129340398/dataset");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreateDataset -> Dataset = "create a dataset", idempotent;
    post "/{waba-id}/dataset" {
        /// The account.
        account_id: AccountId,
    }
}

object! {
    /// Where the conversions of an account are kept.
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::{Conversions, Dataset, SendConversions};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let dataset: Dataset = serde_json::from_str(r#"{"id":"1234567890"}"#)?;
    /// assert!(
    ///     SendConversions::new(dataset.id.as_str(), Conversions::default()).request().is_err()
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Dataset {
        /// What to send events to.
        pub id: NodeId = "id",
    }
}

call! {
    /// Tells what came of chats.
    ///
    /// Meta does not see that it is told the same event twice: tell each once.
    ///
    /// Source: <https://developers.facebook.com/docs/marketing-api/conversions-api/business-messaging>
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::{
    ///     Conversion, ConversionUser, Conversions, SendConversions,
    /// };
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let lead = Conversion {
    ///     event_name: "LeadSubmitted".into(),
    ///     event_time: 1_749_069_089,
    ///     action_source: "business_messaging".into(),
    ///     messaging_channel: Some("whatsapp".into()),
    ///     user_data: Some(ConversionUser {
    ///         ctwa_clid: Some("Afc3nYt4TTydumlFFsatFz8bR2yHCtVA92Veu".to_owned()),
    ///         ..ConversionUser::default()
    ///     }),
    ///     ..Conversion::default()
    /// };
    /// let call = SendConversions::new(
    ///     "1234567890",
    ///     Conversions { data: vec![lead], ..Default::default() },
    /// );
    /// assert_eq!(call.request()?.target()?, "1234567890/events");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct SendConversions -> ConversionsTaken = "send conversions", once;
    post "/{dataset-id}/events" {
        /// The dataset.
        dataset_id: NodeId,
    }
    body {
        /// What came of them.
        events: Conversions
    }
}

object! {
    /// What came of chats.
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::{Conversion, ConversionName, Conversions};
    ///
    /// let lead = Conversion {
    ///     event_name: ConversionName::LeadSubmitted,
    ///     event_time: 1_675_999_999,
    ///     ..Conversion::default()
    /// };
    /// let conversions = Conversions { data: vec![lead], ..Conversions::default() };
    /// assert_eq!(serde_json::to_value(&conversions)?["data"][0]["event_name"], "LeadSubmitted");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Conversions {
        /// The events: 1 to 1,000.
        pub data: Vec<Conversion> = "data",
        /// The partner that tells them, as Meta agreed with it.
        pub partner_agent: Option<String> = "partner_agent",
        /// A code of Events Manager, to see them there as tests.
        pub test_event_code: Option<String> = "test_event_code",
    }
    check |events, found| {
        let count = events.data.len();
        if count == 0 || count > MOST_EVENTS {
            found.add("data", format!("1 to {MOST_EVENTS} events, found {count}"));
        }
    }
}

object! {
    /// What came of a chat.
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::Conversion;
    ///
    /// let conversion: Conversion = serde_json::from_str(
    ///     r#"{"event_name":"Purchase","event_time":1675999999,
    ///     "action_source":"business_messaging","custom_data":{"currency":"USD","value":123}}"#,
    /// )?;
    /// assert_eq!(conversion.custom_data.unwrap().value, Some(123.0));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Conversion {
        /// What happened.
        pub event_name: ConversionName = "event_name",
        /// When, in unix seconds: at most 7 days ago.
        pub event_time: i64 = "event_time",
        /// An id of yours.
        pub event_id: Option<String> = "event_id",
        /// Where it happened: `business_messaging`.
        pub action_source: ActionSource = "action_source",
        /// In which app.
        pub messaging_channel: Option<MessagingChannel> = "messaging_channel",
        /// Who it was.
        pub user_data: Option<ConversionUser> = "user_data",
        /// What it was worth.
        pub custom_data: Option<ConversionValue> = "custom_data",
        /// How it was found, for events that Meta found itself (`automatic_events`).
        pub messaging_outcome_data: Option<ConversionOutcome> = "messaging_outcome_data",
    }
    check |event, found| {
        if event.event_name.as_str().is_empty() {
            found.add("event_name", "a name, found none");
        }
        if event.event_time <= 0 {
            found.add("event_time", "a time in unix seconds");
        }
        if event.action_source.as_str().is_empty() {
            found.add("action_source", "a word, found none");
        }
        let is_chat = event.action_source == ActionSource::BusinessMessaging;
        if is_chat && event.messaging_channel.is_none() {
            found.add("messaging_channel", "a word, found none");
        }
        let user = event.user_data.as_ref();
        let is_whatsapp = event.messaging_channel == Some(MessagingChannel::WhatsApp);
        if is_chat && is_whatsapp && user.is_none_or(|user| user.ctwa_clid.is_none()) {
            found.add("user_data.ctwa_clid", "the click of the ad, found none");
        }
        let value = event.custom_data.as_ref();
        let is_priced =
            value.is_some_and(|value| value.currency.is_some() && value.value.is_some());
        if event.event_name == ConversionName::Purchase && !is_priced {
            found.add("custom_data", "currency and value of a purchase");
        }
    }
}

open_enum! {
    /// What happened. Meta refuses names of your own here.
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::ConversionName;
    ///
    /// assert_eq!(ConversionName::from("CartAbandoned"), ConversionName::CartAbandoned);
    /// let of_your_own = ConversionName::from("WateredPlants");
    /// assert!(!of_your_own.is_known());
    /// ```
    ConversionName {
        /// Somebody became a lead.
        LeadSubmitted = "LeadSubmitted",
        /// Somebody became a lead worth the effort.
        QualifiedLead = "QualifiedLead",
        /// Something was bought.
        Purchase = "Purchase",
        /// A checkout was begun.
        InitiateCheckout = "InitiateCheckout",
        /// Something was put in the cart.
        AddToCart = "AddToCart",
        /// Something was looked at.
        ViewContent = "ViewContent",
        /// A cart was left.
        CartAbandoned = "CartAbandoned",
        /// An order was made.
        OrderCreated = "OrderCreated",
        /// An order was sent.
        OrderShipped = "OrderShipped",
        /// An order arrived.
        OrderDelivered = "OrderDelivered",
        /// An order was cancelled.
        OrderCanceled = "OrderCanceled",
        /// An order came back.
        OrderReturned = "OrderReturned",
        /// A rating was given.
        RatingProvided = "RatingProvided",
        /// A review was written.
        ReviewProvided = "ReviewProvided",
    }
}

open_enum! {
    /// Where it happened.
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::{ActionSource, Conversion};
    ///
    /// let conversion: Conversion = serde_json::from_str(
    ///     r#"{"event_name":"Purchase","action_source":"business_messaging"}"#,
    /// )?;
    /// assert_eq!(conversion.action_source, ActionSource::BusinessMessaging);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ActionSource {
        /// In a chat with a business.
        BusinessMessaging = "business_messaging",
        /// On a website.
        Website = "website",
        /// In an app.
        App = "app",
    }
}

open_enum! {
    /// In which app somebody chatted.
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::{ActionSource, Conversion, MessagingChannel};
    ///
    /// let conversion = Conversion {
    ///     action_source: ActionSource::BusinessMessaging,
    ///     messaging_channel: Some(MessagingChannel::WhatsApp),
    ///     ..Conversion::default()
    /// };
    /// assert_eq!(serde_json::to_value(&conversion)?["messaging_channel"], "whatsapp");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    MessagingChannel {
        /// WhatsApp.
        WhatsApp = "whatsapp",
        /// Messenger.
        Messenger = "messenger",
        /// Instagram.
        Instagram = "instagram",
    }
}

object! {
    /// Who it was: the click that began the chat.
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::ConversionUser;
    ///
    /// let who: ConversionUser = serde_json::from_str(
    ///     r#"{"whatsapp_business_account_id":"102290129340398",
    ///         "ctwa_clid":"ARAkLkA8rmlFeiCktEJQ"}"#,
    /// )?;
    /// assert_eq!(who.ctwa_clid.as_deref(), Some("ARAkLkA8rmlFeiCktEJQ"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ConversionUser {
        /// The click of the ad, as the webhook told it in `referral`.
        pub ctwa_clid: Option<String> = "ctwa_clid",
        /// The account.
        pub whatsapp_business_account_id: Option<AccountId> = "whatsapp_business_account_id",
        /// The page, for Messenger.
        pub page_id: Option<NodeId> = "page_id",
        /// The user in the eyes of that page, for Messenger.
        pub page_scoped_user_id: Option<NodeId> = "page_scoped_user_id",
    }
}

object! {
    /// What it was worth.
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::ConversionValue;
    ///
    /// let worth = ConversionValue {
    ///     currency: Some("USD".to_owned()),
    ///     value: Some(123.5),
    ///     ..ConversionValue::default()
    /// };
    /// assert_eq!(serde_json::to_string(&worth)?, r#"{"currency":"USD","value":123.5}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ConversionValue {
        /// The currency, in three letters.
        pub currency: Option<String> = "currency",
        /// How much.
        pub value: Option<f64> = "value",
    }
    check |value, found| {
        if let Some(currency) = &value.currency
            && (currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_alphabetic()))
        {
            found.add("currency", "3 letters");
        }
    }
}

object! {
    /// How it was found.
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::ConversionOutcome;
    ///
    /// let outcome = ConversionOutcome {
    ///     outcome_type: "automatic_events".to_owned(),
    ///     ..ConversionOutcome::default()
    /// };
    /// assert_eq!(serde_json::to_string(&outcome)?, r#"{"outcome_type":"automatic_events"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ConversionOutcome {
        /// `automatic_events` for what Meta found itself.
        pub outcome_type: String = "outcome_type",
    }
}

object! {
    /// What Meta took.
    ///
    /// ```
    /// use whatsapp_cloud::api::conversions::ConversionsTaken;
    ///
    /// let taken: ConversionsTaken = serde_json::from_str(
    ///     r#"{"events_received":1,"messages":[],"fbtrace_id":"AgDa4"}"#,
    /// )?;
    /// assert_eq!(taken.events_received, 1);
    /// assert!(taken.messages.is_empty(), "nothing to complain of");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ConversionsTaken {
        /// How many events.
        pub events_received: u64 = "events_received",
        /// What Meta has to say about them.
        pub messages: Vec<String> = "messages",
        /// What Meta's support asks for.
        pub fbtrace_id: Option<String> = "fbtrace_id",
    }
}
