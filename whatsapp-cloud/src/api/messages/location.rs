//! A place.

use crate::api::Violations;
use crate::wire::object;

object! {
    /// A place. Meta shows coordinates that are sent as texts, and takes numbers too.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/cloud-api/messages/location-messages>
    ///
    /// ```
    /// use whatsapp_cloud::api::messages::Location;
    ///
    /// let shop = Location::new(37.44216251868683, -122.16153582049394);
    /// let shop = shop.named("Philz Coffee", "101 Forest Ave, Palo Alto, CA 94301");
    /// assert_eq!(shop.name.as_deref(), Some("Philz Coffee"));
    /// ```
    pub struct Location {
        /// Degrees north: -90 to 90.
        pub latitude: String = "latitude",
        /// Degrees east: -180 to 180.
        pub longitude: String = "longitude",
        /// What it is called.
        pub name: Option<String> = "name",
        /// Where it is.
        pub address: Option<String> = "address",
    }
    check |place, found| {
        check_degrees("latitude", &place.latitude, 90.0, found);
        check_degrees("longitude", &place.longitude, 180.0, found);
    }
}

impl Location {
    /// A place by its degrees north and east.
    pub fn new(latitude: f64, longitude: f64) -> Self {
        let (latitude, longitude) = (latitude.to_string(), longitude.to_string());
        Self { latitude, longitude, ..Self::default() }
    }

    /// What it is called, and where it is.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>, address: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self.address = Some(address.into());
        self
    }
}

fn check_degrees(path: &str, degrees: &str, most: f64, found: &mut Violations) {
    if !degrees.parse().is_ok_and(|degrees: f64| degrees.abs() <= most) {
        found.add(path, format!("degrees from -{most} to {most}"));
    }
}
