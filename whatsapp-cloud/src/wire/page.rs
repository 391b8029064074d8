//! A page of a list, and where the next one is.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};

use crate::wire::member::{self, Member};
use crate::wire::object;

/// A page of a list.
///
/// Whether there is a further page, [`Page::next`] tells; an empty list has no paging at all.
///
/// ```
/// use whatsapp_cloud::wire::Page;
///
/// let page: Page<serde_json::Value> = serde_json::from_str(
///     r#"{"data":[{"id":"1"}],"paging":{"cursors":{"after":"MTAw"},"next":"https://…"}}"#,
/// )?;
/// assert_eq!((page.data.len(), page.next()), (1, Some("MTAw")));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub data: Vec<T>,
    /// Where the others are.
    pub paging: Option<Paging>,
    /// What the members above do not tell.
    pub other: Map<String, Value>,
}

object! {
    /// Where the pages before and behind are.
    pub struct Paging {
        /// Where this page begins and ends.
        pub cursors: Option<Cursors> = "cursors",
        /// The address of the next page. The access token may stand in it: never log it.
        pub next: Option<String> = "next",
        /// The address of the page before.
        pub previous: Option<String> = "previous",
    }
}

object! {
    /// Where a page begins and ends.
    pub struct Cursors {
        /// Its beginning.
        pub before: Option<String> = "before",
        /// Its end: with it as `after` the next page is asked for.
        pub after: Option<String> = "after",
    }
}

impl<T> Page<T> {
    /// What to ask for as `after`, when there is a further page.
    ///
    /// Meta writes cursors on the last page too, but no address of a next one.
    pub fn next(&self) -> Option<&str> {
        let paging = self.paging.as_ref()?;
        paging.next.as_ref()?;
        paging.cursors.as_ref()?.after.as_deref()
    }
}

impl<T: Member> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;

        let mut map = serializer.serialize_map(None)?;
        member::write(&self.data, "data", &self.other, &mut map)?;
        member::write(&self.paging, "paging", &self.other, &mut map)?;
        for (name, value) in &self.other {
            if name != "data" && name != "paging" {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = Map::deserialize(deserializer)?;
        let data = match members.remove("data") {
            // Meta writes an empty list in both ways.
            None | Some(Value::Null) => Vec::new(),
            Some(data) => Vec::deserialize(data).map_err(|_| {
                // The text of the error would quote what is there.
                de::Error::custom("the rows of a page are of another type")
            })?,
        };
        let paging = member::take(&mut members, "paging");
        Ok(Self { data, paging, other: members })
    }
}

/// Shows how many rows there are, and no address of another page.
impl<T> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page").field("rows", &self.data.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(json: &str) -> Page<Value> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_last_page_is_the_one_without_a_next_address() {
        let cursors = r#""cursors":{"before":"a","after":"b"}"#;
        let further =
            format!(r#"{{"data":[1],"paging":{{{cursors},"next":"https://x?t=canary"}}}}"#);
        assert_eq!(page(&further).next(), Some("b"));
        assert_eq!(page(&format!(r#"{{"data":[1],"paging":{{{cursors}}}}}"#)).next(), None);
        assert_eq!(page(r#"{"data":[]}"#).next(), None);
        assert_eq!(page("{}").data.len(), 0);
        assert!(!format!("{:?}", page(&further)).contains("canary"));
    }

    #[test]
    fn rows_that_cannot_be_read_are_an_error_that_quotes_nothing() {
        let error = serde_json::from_str::<Page<u8>>(r#"{"data":["canary"]}"#).unwrap_err();
        assert!(!error.to_string().contains("canary"));
    }
}
