//! The parts of a template.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components>

use crate::api::templates::tagged::tagged;
use crate::api::templates::{BodyExamples, Button, Texts};
use crate::wire::{object, open_enum};

tagged! {
    /// A part of a template.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Body, Component};
    ///
    /// let json = r#"{"type":"BODY","text":"Your order is on its way."}"#;
    /// let component: Component = serde_json::from_str(json)?;
    /// assert!(matches!(&component, Component::Body(Body { text: Some(_), .. })));
    /// assert_eq!(serde_json::to_string(&component)?, json);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub enum Component {
        /// What stands on top.
        Header(Header) = "HEADER",
        /// The text. Every template has one.
        Body(Body) = "BODY",
        /// A line below the text.
        Footer(Footer) = "FOOTER",
        /// The buttons.
        Buttons(Buttons) = "BUTTONS",
        /// Cards side by side.
        Carousel(Carousel) = "CAROUSEL",
        /// An offer that ends.
        LimitedTimeOffer(LimitedTimeOffer) = "LIMITED_TIME_OFFER",
        /// Asks whether the business may call.
        CallPermissionRequest(CallPermissionRequest) = "CALL_PERMISSION_REQUEST",
    }
}

object! {
    /// What stands on top of a template.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Component, Header, HeaderFormat};
    ///
    /// let header = Header {
    ///     format: HeaderFormat::Text,
    ///     text: Some("Our new sale is on!".to_owned()),
    ///     ..Header::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&Component::from(header))?,
    ///     r#"{"type":"HEADER","format":"TEXT","text":"Our new sale is on!"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Header {
        /// What it shows.
        pub format: HeaderFormat = "format",
        /// The text, for one of text: 60 characters at most, with one variable at most.
        pub text: Option<String> = "text",
        /// An example of what will stand there.
        pub example: Option<HeaderExample> = "example",
    }
}

open_enum! {
    /// What a header shows.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Header, HeaderFormat};
    ///
    /// let header: Header = serde_json::from_str(r#"{"format":"document"}"#)?;
    /// assert_eq!(header.format, HeaderFormat::Document);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    in any case HeaderFormat {
        /// A text.
        Text = "TEXT",
        /// A picture.
        Image = "IMAGE",
        /// A film.
        Video = "VIDEO",
        /// A file.
        Document = "DOCUMENT",
        /// A short film without sound, for the marketing messages API: an MP4 of 3.5 MB at
        /// most.
        Gif = "GIF",
        /// A place; not for authentication.
        Location = "LOCATION",
        /// A product of the catalog.
        Product = "PRODUCT",
    }
}

object! {
    /// An example for a header.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Header, HeaderExample};
    ///
    /// let header: Header = serde_json::from_str(
    ///     r#"{"format":"IMAGE","example":{"header_handle":["4::aW1hZ2UvanBlZw=="]}}"#,
    /// )?;
    /// let HeaderExample { header_handle, .. } = header.example.unwrap();
    /// assert_eq!(header_handle.0, ["4::aW1hZ2UvanBlZw=="], "what a resumable upload answered");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct HeaderExample {
        /// For a text's numbered variable.
        pub header_text: Texts = "header_text",
        /// For a text's named variable.
        pub header_text_named_params: Vec<NamedExample> = "header_text_named_params",
        /// For media: the handle of a resumable upload; in answers the file's address.
        pub header_handle: Texts = "header_handle",
        /// For media, instead of a handle: an address. Undescribed by Meta's current pages.
        pub header_url: Texts = "header_url",
    }
}

object! {
    /// An example for a named variable.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{BodyExample, NamedExample};
    ///
    /// let name: NamedExample = serde_json::from_str(
    ///     r#"{"param_name":"first_name","example":"Pablo"}"#,
    /// )?;
    /// let example = BodyExample { body_text_named_params: vec![name], ..BodyExample::default() };
    /// let json = serde_json::to_value(&example)?;
    /// assert_eq!(json["body_text_named_params"][0]["example"], "Pablo");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NamedExample {
        /// The variable: lower-case letters, digits and underscores, without braces.
        pub param_name: String = "param_name",
        /// The example.
        pub example: String = "example",
    }
}

object! {
    /// The text of a template.
    ///
    /// That of an authentication template is Meta's: it has no `text` of its own.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Body, Component};
    ///
    /// let body = Body {
    ///     text: Some("Your order is on its way.".to_owned()),
    ///     ..Body::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&Component::from(body))?,
    ///     r#"{"type":"BODY","text":"Your order is on its way."}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Body {
        /// The text: 1,024 characters at most, fewer in cards, offers and product messages.
        pub text: Option<String> = "text",
        /// Authentication: adds that the code must not be shared.
        pub add_security_recommendation: Option<bool> = "add_security_recommendation",
        /// Examples for the variables; needed where there are some.
        pub example: Option<BodyExample> = "example",
    }
}

object! {
    /// Examples for the variables of a text.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Body, BodyExample};
    ///
    /// let body: Body = serde_json::from_str(
    ///     r#"{"text":"Thank you, {{1}}! Your order is {{2}}.","example":{"body_text":[["Pablo",
    ///         "860198-230332"]]}}"#,
    /// )?;
    /// let BodyExample { body_text, .. } = body.example.unwrap();
    /// assert_eq!(body_text.0[0].len(), 2, "one for each variable");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct BodyExample {
        /// For numbered variables.
        pub body_text: BodyExamples = "body_text",
        /// For named variables.
        pub body_text_named_params: Vec<NamedExample> = "body_text_named_params",
    }
}

object! {
    /// A line below the text.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Component, Footer};
    ///
    /// let footer: Footer = serde_json::from_str(
    ///     r#"{"text":"Use the buttons below to manage your subscriptions"}"#,
    /// )?;
    /// assert!(matches!(Component::from(footer), Component::Footer(_)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Footer {
        /// The text: 60 characters at most, without variables.
        pub text: Option<String> = "text",
        /// Authentication, instead of a text: how many minutes the code is valid, 1 to 90.
        pub code_expiration_minutes: Option<u32> = "code_expiration_minutes",
    }
}

object! {
    /// The buttons of a template: 10 at most.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Button, Buttons};
    ///
    /// let buttons: Buttons = serde_json::from_str(
    ///     r#"{"buttons":[{"type":"QUICK_REPLY","text":"Unsubscribe"},{"type":"PHONE_NUMBER",
    ///         "text":"Call","phone_number":"15550051310"}]}"#,
    /// )?;
    /// assert!(matches!(buttons.buttons[1], Button::PhoneNumber(_)));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Buttons {
        /// The buttons. Quick replies stand together, before or behind the others.
        pub buttons: Vec<Button> = "buttons",
    }
}

object! {
    /// Cards side by side: 2 to 10, all with the same parts.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::Carousel;
    ///
    /// let carousel: Carousel = serde_json::from_str(
    ///     r#"{"cards":[{"components":[]},{"components":[]}]}"#,
    /// )?;
    /// assert_eq!(carousel.cards.len(), 2);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Carousel {
        /// The cards. Of product cards two are enough: up to ten can be sent.
        pub cards: Vec<Card> = "cards",
    }
}

object! {
    /// A card.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Card, Component};
    ///
    /// let picture: Component = serde_json::from_str(r#"{"type":"HEADER","format":"IMAGE"}"#)?;
    /// let card = Card { components: vec![picture], ..Card::default() };
    /// assert_eq!(
    ///     serde_json::to_string(&card)?,
    ///     r#"{"components":[{"type":"HEADER","format":"IMAGE"}]}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Card {
        /// Its parts: a header, and perhaps a text of 160 characters and two buttons.
        pub components: Vec<Component> = "components",
    }
}

object! {
    /// An offer that ends.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/limited-time-offer-templates>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{Component, LimitedTimeOffer};
    ///
    /// let offer: Component = serde_json::from_str(
    ///     r#"{"type":"LIMITED_TIME_OFFER","limited_time_offer":{"text":"Expiring offer!",
    ///         "has_expiration":true}}"#,
    /// )?;
    /// let Component::LimitedTimeOffer(LimitedTimeOffer { limited_time_offer, .. }) = offer else {
    ///     unreachable!("it is an offer")
    /// };
    /// assert_eq!(limited_time_offer.unwrap().text, "Expiring offer!");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct LimitedTimeOffer {
        /// The offer.
        pub limited_time_offer: Option<Offer> = "limited_time_offer",
    }
}

object! {
    /// What is offered.
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::Offer;
    ///
    /// let offer = Offer {
    ///     text: "Expiring offer!".to_owned(),
    ///     has_expiration: Some(true),
    ///     ..Offer::default()
    /// };
    /// assert_eq!(
    ///     serde_json::to_string(&offer)?,
    ///     r#"{"text":"Expiring offer!","has_expiration":true}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Offer {
        /// What it is: 16 characters at most.
        pub text: String = "text",
        /// Whether the message shows when it ends.
        pub has_expiration: Option<bool> = "has_expiration",
    }
}

object! {
    /// Asks whether the business may call; it has nothing of its own.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/calling/user-call-permissions>
    ///
    /// ```
    /// use whatsapp_cloud::api::templates::{CallPermissionRequest, Component};
    ///
    /// assert_eq!(
    ///     serde_json::to_string(&Component::from(CallPermissionRequest::default()))?,
    ///     r#"{"type":"CALL_PERMISSION_REQUEST"}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CallPermissionRequest {}
}
