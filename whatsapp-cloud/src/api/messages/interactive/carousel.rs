//! Cards side by side.

use crate::api::Violations;
use crate::api::messages::interactive::buttons::check_distinct;
use crate::api::messages::interactive::message::check_words;
use crate::api::messages::interactive::{ActionButton, Header, HeaderKind, Link, Words};
use crate::api::messages::{Media, MediaSource};
use crate::wire::{object, open_enum};

const FEWEST: usize = 2;
const MOST: usize = 10;
const BODY: usize = 160;
const LINE_BREAKS: usize = 2;

object! {
    /// Two to ten cards, all of the same kind and with as many buttons.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-media-carousel-messages>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Card, Carousel};
    ///
    /// let cards = ["shrub-1", "shrub-2"].map(|product| Card::product("194836987003835", product));
    /// let carousel = Carousel::new(cards);
    /// assert_eq!(carousel.cards[1].card_index, Some(1));
    /// ```
    pub struct Carousel {
        /// The cards.
        pub cards: Vec<Card> = "cards",
    }
    check |carousel, found| {
        let count = carousel.cards.len();
        if !(FEWEST..=MOST).contains(&count) {
            found.add("cards", format!("{FEWEST} to {MOST} cards, found {count}"));
        }
        check_indices(carousel.cards.iter().map(|card| card.card_index), found);
        if let Some((first, others)) = carousel.cards.split_first()
            && others.iter().any(|card| card.shape() != first.shape())
        {
            found.add("cards", "cards of the same kind, with as many buttons");
        }
    }
}

open_enum! {
    /// What a card is.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Card, CardKind};
    ///
    /// let card = Card::product("194836987003835", "shrub-1");
    /// assert_eq!(card.kind, Some(CardKind::Product));
    /// ```
    CardKind {
        /// A picture or film with a link.
        Link = "cta_url",
        /// A product.
        Product = "product",
    }
}

object! {
    /// A card.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Card, Link, MediaSource};
    ///
    /// let shop = Link {
    ///     display_text: "Shop".to_owned(),
    ///     url: "https://www.luckyshrub.com".to_owned(),
    ///     ..Link::default()
    /// };
    /// let card = Card::image_link(MediaSource::id("1037543291543636"), "Blue Elf Aloe", shop);
    /// assert_eq!(card.body.unwrap().text, "Blue Elf Aloe");
    /// ```
    pub struct Card {
        /// Its place, from 0.
        pub card_index: Option<u32> = "card_index",
        /// What it is; none where its buttons send answers.
        pub kind: Option<CardKind> = "type",
        /// Its picture or film.
        pub header: Option<Header> = "header",
        /// What it says: at most 160 characters and 2 line breaks.
        pub body: Option<Words> = "body",
        /// What can be done with it.
        pub action: Option<CardAction> = "action",
    }
    check |card, found| {
        if let Some(body) = &card.body {
            found.within("body", |found| {
                check_words(&body.text, BODY, found);
                let breaks = body.text.matches('\n').count();
                if breaks > LINE_BREAKS {
                    let rule = format!("at most {LINE_BREAKS} line breaks, found {breaks}");
                    found.add("text", rule);
                }
            });
        }
        let Some(action) = &card.action else {
            found.add("action", "what the card does, found nothing");
            return;
        };
        if action.product_retailer_id.is_some() {
            return;
        }
        let is_medium = |header: &Header| {
            matches!(header.kind, HeaderKind::Image | HeaderKind::Video)
        };
        if !card.header.as_ref().is_some_and(is_medium) {
            found.add("header", "a picture or a film");
        }
        if action.parameters.is_some() != action.buttons.is_empty() {
            found.add("action", "one link, or buttons that answer");
        }
    }
}

object! {
    /// What can be done with a card.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Card, CardAction};
    ///
    /// let card = Card::product("194836987003835", "shrub-1");
    /// let CardAction { product_retailer_id, .. } = card.action.unwrap();
    /// assert_eq!(product_retailer_id.as_deref(), Some("shrub-1"));
    /// ```
    pub struct CardAction {
        /// What it is called: `cta_url` for a link.
        pub name: Option<String> = "name",
        /// The link.
        pub parameters: Option<Link> = "parameters",
        /// Buttons that send prepared answers.
        pub buttons: Vec<ActionButton> = "buttons",
        /// The product.
        pub product_retailer_id: Option<String> = "product_retailer_id",
        /// The catalog of the product.
        pub catalog_id: Option<String> = "catalog_id",
    }
    check |action, found| {
        check_distinct(&action.buttons, found);
        if action.product_retailer_id.is_some() != action.catalog_id.is_some() {
            found.say("a product and its catalog, found one of them");
        }
    }
}

impl Carousel {
    /// Cards in this order.
    pub fn new(cards: impl IntoIterator<Item = Card>) -> Self {
        let numbered = (0_u32..).zip(cards);
        let cards = numbered.map(|(index, card)| Card { card_index: Some(index), ..card });
        Self { cards: cards.collect(), ..Self::default() }
    }
}

impl Card {
    /// A picture with a text and a link.
    pub fn image_link(picture: MediaSource, body: impl Into<String>, link: Link) -> Self {
        let action = CardAction {
            name: Some("cta_url".to_owned()),
            parameters: Some(link),
            ..CardAction::default()
        };
        Self {
            kind: Some(CardKind::Link),
            header: Some(Header::image(picture)),
            body: Some(Words::new(body)),
            action: Some(action),
            ..Self::default()
        }
    }

    /// A picture with a text and buttons that send prepared answers.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{
    ///     ActionButton, Card, Carousel, Interactive, MediaSource, Message,
    /// };
    ///
    /// let plants = [("aloe", "Blue Elf Aloe"), ("cactus", "Golden Cactus")];
    /// let cards = plants.map(|(id, name)| {
    ///     let more = ActionButton::quick_reply(id, "Tell me more");
    ///     Card::image_replies(MediaSource::id("1037543291543636"), name, [more])
    /// });
    /// let interactive = Interactive::new("Our new plants", Carousel::new(cards));
    /// let message = Message::interactive("5511999990001", interactive);
    /// assert!(message.check().as_slice().is_empty());
    /// ```
    pub fn image_replies(
        picture: MediaSource,
        body: impl Into<String>,
        buttons: impl IntoIterator<Item = ActionButton>,
    ) -> Self {
        let buttons = buttons.into_iter().collect();
        Self {
            header: Some(Header::image(picture)),
            body: Some(Words::new(body)),
            action: Some(CardAction { buttons, ..CardAction::default() }),
            ..Self::default()
        }
    }

    /// A product.
    pub fn product(catalog: impl Into<String>, product: impl Into<String>) -> Self {
        let action = CardAction {
            product_retailer_id: Some(product.into()),
            catalog_id: Some(catalog.into()),
            ..CardAction::default()
        };
        Self { kind: Some(CardKind::Product), action: Some(action), ..Self::default() }
    }

    /// The same with a film in the place of the picture.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Card, HeaderKind, Link, MediaSource};
    ///
    /// let shop = Link::new("Shop", "https://www.luckyshrub.com/");
    /// let card = Card::image_link(MediaSource::id("1037543291543636"), "Blue Elf Aloe", shop)
    ///     .with_video(MediaSource::id("1013859600285441"));
    /// assert_eq!(card.header.unwrap().kind, HeaderKind::Video);
    /// ```
    #[must_use]
    pub fn with_video(mut self, film: MediaSource) -> Self {
        let video = Some(Media::new(film));
        self.header = Some(Header { kind: HeaderKind::Video, video, ..Header::default() });
        self
    }

    /// What must be alike in all cards.
    fn shape(&self) -> (Option<&CardKind>, usize) {
        (self.kind.as_ref(), self.action.as_ref().map_or(0, |action| action.buttons.len()))
    }
}

/// Cards are numbered from 0, each once.
pub(in crate::api::messages) fn check_indices(
    indices: impl Iterator<Item = Option<u32>>,
    found: &mut Violations,
) {
    let mut seen = 0_u32;
    let mut is_right = true;
    for index in indices {
        let bit = index.filter(|index| *index < 32).map_or(0, |index| 1 << index);
        is_right &= bit != 0 && seen & bit == 0;
        seen |= bit;
    }
    // Without a gap the numbers' bits are 0…01…1.
    if !is_right || seen & seen.wrapping_add(1) != 0 {
        found.add("cards", "cards with a card_index from 0 on, each once");
    }
}
