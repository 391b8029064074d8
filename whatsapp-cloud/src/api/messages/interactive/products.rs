//! Products of a catalog.

use crate::wire::object;

const MOST_SECTIONS: usize = 10;
const MOST_PRODUCTS: usize = 30;
const SECTION_TITLE: usize = 24;

object! {
    /// One product.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Message, Product};
    ///
    /// let message =
    ///     Message::product("+16505551234", Product::new("194836987003835", "di9ozbzfi4"));
    /// assert_eq!(serde_json::to_value(&message)?["interactive"]["type"], "product");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Product {
        /// The catalog.
        pub catalog_id: String = "catalog_id",
        /// The product's number in it.
        pub product_retailer_id: String = "product_retailer_id",
    }
    check |product, found| {
        if product.catalog_id.is_empty() {
            found.add("catalog_id", "a catalog, found none");
        }
        if product.product_retailer_id.is_empty() {
            found.add("product_retailer_id", "a product, found none");
        }
    }
}

object! {
    /// Up to 30 products in up to 10 sections.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ProductList;
    ///
    /// let list =
    ///     ProductList::new("194836987003835").section("Popular", ["di9ozbzfi4", "nqryix03ez"]);
    /// assert_eq!(list.sections[0].product_items.len(), 2);
    /// ```
    pub struct ProductList {
        /// The catalog.
        pub catalog_id: String = "catalog_id",
        /// Its sections.
        pub sections: Vec<ProductSection> = "sections",
    }
    check |list, found| {
        if list.catalog_id.is_empty() {
            found.add("catalog_id", "a catalog, found none");
        }
        check_sections(&list.sections, found);
    }
}

object! {
    /// A part of a list of products.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::ProductSection;
    ///
    /// let section = ProductSection::new("Premium", ["n6k6x0y7oe"]);
    /// assert_eq!(
    ///     serde_json::to_string(&section)?,
    ///     r#"{"title":"Premium","product_items":[{"product_retailer_id":"n6k6x0y7oe"}]}"#,
    /// );
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ProductSection {
        /// What it is called: 1 to 24 characters; needed where there are several sections.
        pub title: Option<String> = "title",
        /// The products.
        pub product_items: Vec<ProductItem> = "product_items",
    }
    check |section, found| {
        if let Some(title) = &section.title {
            found.length("title", title, 1, SECTION_TITLE);
        }
        if section.product_items.is_empty() {
            found.add("product_items", "a product, found none");
        }
    }
}

object! {
    /// A product in a list.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{ProductItem, ProductSection};
    ///
    /// let section = ProductSection::new("Premium", ["n6k6x0y7oe"]);
    /// let ProductItem { product_retailer_id, .. } = &section.product_items[0];
    /// assert_eq!(product_retailer_id, "n6k6x0y7oe");
    /// ```
    pub struct ProductItem {
        /// Its number in the catalog.
        pub product_retailer_id: String = "product_retailer_id",
    }
    check |item, found| {
        if item.product_retailer_id.is_empty() {
            found.add("product_retailer_id", "a product, found none");
        }
    }
}

object! {
    /// The whole catalog.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{Catalog, Interactive, Message};
    ///
    /// let catalog = Catalog::with_thumbnail("2lc20305pt");
    /// let message = Message::interactive("+16505551234", Interactive::new("Our shrubs", catalog));
    /// assert_eq!(serde_json::to_value(&message)?["interactive"]["type"], "catalog_message");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Catalog {
        /// The product whose picture is shown; none takes the first.
        pub thumbnail_product_retailer_id: Option<String> = "thumbnail_product_retailer_id",
    }
}

/// How many sections and products there may be.
pub(in crate::api::messages) fn check_sections(
    sections: &[ProductSection],
    found: &mut crate::api::Violations,
) {
    let count = sections.len();
    if count == 0 || count > MOST_SECTIONS {
        found.add("sections", format!("1 to {MOST_SECTIONS} sections, found {count}"));
    }
    if count > 1 && sections.iter().any(|section| section.title.is_none()) {
        found.add("sections", "a title for each of several sections");
    }
    let products = sections.iter().map(|section| section.product_items.len()).sum::<usize>();
    if products > MOST_PRODUCTS {
        found.add("sections", format!("at most {MOST_PRODUCTS} products, found {products}"));
    }
}

impl Product {
    /// A product of a catalog.
    pub fn new(catalog: impl Into<String>, product: impl Into<String>) -> Self {
        let (catalog_id, product_retailer_id) = (catalog.into(), product.into());
        Self { catalog_id, product_retailer_id, ..Self::default() }
    }
}

impl ProductList {
    /// A list of products without sections.
    pub fn new(catalog: impl Into<String>) -> Self {
        Self { catalog_id: catalog.into(), ..Self::default() }
    }

    /// Adds a section.
    #[must_use]
    pub fn section<P: Into<String>>(
        mut self,
        title: impl Into<String>,
        products: impl IntoIterator<Item = P>,
    ) -> Self {
        self.sections.push(ProductSection::new(title, products));
        self
    }
}

impl ProductSection {
    /// A section with these products.
    pub fn new<P: Into<String>>(
        title: impl Into<String>,
        products: impl IntoIterator<Item = P>,
    ) -> Self {
        let title = Some(title.into()).filter(|title| !title.is_empty());
        let item = |product: P| ProductItem {
            product_retailer_id: product.into(),
            ..ProductItem::default()
        };
        let product_items = products.into_iter().map(item).collect();
        Self { title, product_items, ..Self::default() }
    }
}

impl Catalog {
    /// The catalog, with the picture of this product.
    pub fn with_thumbnail(product: impl Into<String>) -> Self {
        Self { thumbnail_product_retailer_id: Some(product.into()), ..Self::default() }
    }
}
