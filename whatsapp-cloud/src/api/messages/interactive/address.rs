//! Asking for an address.

use std::collections::BTreeMap;

use crate::wire::object;

/// Where Meta offers it.
const COUNTRIES: [&str; 2] = ["IN", "SG"];
const POSTAL_CODE: usize = 6;

object! {
    /// Asks for an address. In India only, say Meta's pages; their members name Singapore too.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/address-messages>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{AddressRequest, Interactive};
    ///
    /// let request = AddressRequest::new("IN");
    /// let question = Interactive::new("Where shall we deliver?", request);
    /// let json = serde_json::to_value(&question)?;
    /// assert_eq!(json["action"]["parameters"]["country"], "IN");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AddressRequest {
        /// The country in two letters: `IN`.
        pub country: String = "country",
        /// What is filled in already.
        pub values: Option<AddressValues> = "values",
        /// Addresses to choose from.
        pub saved_addresses: Vec<SavedAddress> = "saved_addresses",
        /// What was wrong with the answer before: texts by the names of members.
        pub validation_errors: BTreeMap<String, String> = "validation_errors",
    }
    check |request, found| {
        let country = request.country.as_bytes();
        if country.len() != 2 || !country.iter().all(u8::is_ascii_alphabetic) {
            found.add("country", "a country in two letters");
        } else if !COUNTRIES.iter().any(|known| known.eq_ignore_ascii_case(&request.country)) {
            found.add("country", "IN or SG, found another country");
        }
    }
}

object! {
    /// An address that was saved.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{AddressRequest, SavedAddress};
    ///
    /// let home: SavedAddress = serde_json::from_str(
    ///     r#"{"id":"address1","value":{"name":"CUSTOMER_NAME","in_pin_code":"400063"}}"#,
    /// )?;
    /// let request = AddressRequest { saved_addresses: vec![home], ..AddressRequest::new("IN") };
    /// assert_eq!(serde_json::to_value(&request)?["saved_addresses"][0]["id"], "address1");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct SavedAddress {
        /// What it is known by.
        pub id: String = "id",
        /// The address.
        pub value: Option<AddressValues> = "value",
    }
    check |saved, found| {
        if saved.id.is_empty() {
            found.add("id", "an id, found none");
        }
        if saved.value.is_none() {
            found.add("value", "an address, found none");
        }
    }
}

object! {
    /// An address.
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::{AddressRequest, AddressValues};
    ///
    /// let known = AddressValues { city: Some("Mumbai".to_owned()), ..AddressValues::default() };
    /// let request = AddressRequest { values: Some(known), ..AddressRequest::new("IN") };
    /// assert_eq!(serde_json::to_value(&request)?["values"]["city"], "Mumbai");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct AddressValues {
        /// Who lives there.
        pub name: Option<String> = "name",
        /// A phone number.
        pub phone_number: Option<String> = "phone_number",
        /// The postal code, in India.
        pub in_pin_code: Option<String> = "in_pin_code",
        /// The postal code, in Singapore.
        pub sg_post_code: Option<String> = "sg_post_code",
        /// The house's number.
        pub house_number: Option<String> = "house_number",
        /// The floor.
        pub floor_number: Option<String> = "floor_number",
        /// The tower.
        pub tower_number: Option<String> = "tower_number",
        /// The building.
        pub building_name: Option<String> = "building_name",
        /// The unit, in Singapore.
        pub unit_number: Option<String> = "unit_number",
        /// The street and what more there is.
        pub address: Option<String> = "address",
        /// What is near.
        pub landmark_area: Option<String> = "landmark_area",
        /// The city.
        pub city: Option<String> = "city",
        /// The state.
        pub state: Option<String> = "state",
    }
    check |address, found| {
        for (name, code) in
            [("in_pin_code", &address.in_pin_code), ("sg_post_code", &address.sg_post_code)]
        {
            if let Some(code) = code {
                found.length(name, code, 0, POSTAL_CODE);
            }
        }
    }
}

impl AddressRequest {
    /// Asks for an address in this country.
    pub fn new(country: impl Into<String>) -> Self {
        Self { country: country.into(), ..Self::default() }
    }
}
