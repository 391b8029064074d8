//! A page of a list, and where the next one is.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value};

use crate::violation::Violations;
use crate::wire::member::{self, Member, Read};
use crate::wire::object;

/// A page of a list.
///
/// Whether there is a further page, [`Page::next`] tells; an empty list has no paging at all.
/// Rows that Meta writes a level deeper, as those of groups, are in [`Page::data`] all the same.
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
    /// How many there are on all pages, where Meta says it.
    pub summary: Option<Summary>,
    /// What the members above do not tell.
    pub other: Map<String, Value>,
}

object! {
    /// Where the pages before and behind are.
    ///
    /// ```
    /// use whatsapp_cloud::wire::{Page, Paging};
    ///
    /// let page: Page<serde_json::Value> = serde_json::from_str(
    ///     r#"{"data":[],"paging":{"cursors":{"after":"MTAw"},"previous":"https://…"}}"#,
    /// )?;
    /// let paging: Paging = page.paging.unwrap();
    /// assert!(paging.next.is_none(), "nothing comes behind it");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    /// How many rows a list has.
    ///
    /// ```
    /// use whatsapp_cloud::wire::{Page, Summary};
    ///
    /// let page: Page<serde_json::Value> = serde_json::from_str(
    ///     r#"{"data":[],"summary":{"total_count":15}}"#,
    /// )?;
    /// let Summary { total_count, .. } = page.summary.unwrap();
    /// assert_eq!(total_count, Some(15));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Summary {
        /// How many.
        pub total_count: Option<u64> = "total_count",
    }
}

object! {
    /// Where a page begins and ends.
    ///
    /// ```
    /// use whatsapp_cloud::wire::{Cursors, Paging};
    ///
    /// let paging: Paging = serde_json::from_str(
    ///     r#"{"cursors":{"before":"MA","after":"MTAw"}}"#,
    /// )?;
    /// let Cursors { before, after, .. } = paging.cursors.unwrap();
    /// assert_eq!((before.as_deref(), after.as_deref()), (Some("MA"), Some("MTAw")));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
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
    /// Meta writes cursors on the last page too, but no address of a next one. Where an address
    /// comes without a cursor, what it says as `after` is told.
    ///
    /// ```
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<u32> = serde_json::from_str(
    ///     r#"{"data":[1],"paging":{"next":"https://graph.facebook.com/v25.0/1/x?after=MTAw"}}"#,
    /// )?;
    /// assert_eq!(page.next(), Some("MTAw"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn next(&self) -> Option<&str> {
        let paging = self.paging.as_ref()?;
        let address = paging.next.as_deref()?;
        // What is written with escapes has another name; a client reads it all the same.
        paging.after().or_else(|| after_of(address).filter(|after| is_plain(after)))
    }

    /// Where the next page begins.
    #[cfg(feature = "client")]
    pub(crate) fn further(&self) -> Further {
        let Some(paging) = &self.paging else { return Further::Last };
        let Some(address) = &paging.next else { return Further::Last };
        let after = paging.after().map(str::to_owned);
        match after.or_else(|| after_of(address).and_then(unescaped)) {
            Some(after) if !after.is_empty() => Further::After(after),
            Some(_) | None => Further::Untold,
        }
    }
}

/// What comes after a page.
#[cfg(feature = "client")]
pub(crate) enum Further {
    /// Nothing.
    Last,
    /// A page that begins after this.
    After(String),
    /// A page, and nobody says where it begins.
    Untold,
}

impl Paging {
    fn after(&self) -> Option<&str> {
        self.cursors.as_ref()?.after.as_deref().filter(|after| !after.is_empty())
    }
}

/// What an address says as `after`, as it stands there.
fn after_of(address: &str) -> Option<&str> {
    let (_, query) = address.split_once('?')?;
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let after = query.split('&').find_map(|pair| pair.strip_prefix("after="))?;
    (!after.is_empty()).then_some(after)
}

/// Whether it is written without escapes.
fn is_plain(value: &str) -> bool {
    !value.contains(['%', '+'])
}

/// What stands behind the escapes of a query.
#[cfg(feature = "client")]
fn unescaped(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                u8::try_from(digit()? * 16 + digit()?).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

impl<T: Member> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;

        let mut map = serializer.serialize_map(None)?;
        let is_as_kept = |rows: &Value| is_read_from(&self.data, rows);
        match self.other.get("data").filter(|data| rows_below(data).is_some_and(is_as_kept)) {
            Some(deeper) => map.serialize_entry("data", deeper)?,
            None => member::write(&self.data, "data", &self.other, &mut map)?,
        }
        member::write(&self.paging, "paging", &self.other, &mut map)?;
        member::write(&self.summary, "summary", &self.other, &mut map)?;
        for (name, value) in &self.other {
            if !["data", "paging", "summary"].contains(&name.as_str()) {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut members = member::members(deserializer)?;
        let data = match members.get("data") {
            // Meta writes an empty list in both ways, and so is it written again.
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(rows)) if rows.is_empty() => Vec::new(),
            // What holds the rows is kept with them, so that it is written again.
            Some(deeper) if rows_below(deeper).is_some() => {
                rows(rows_below(deeper).cloned().unwrap_or_default())?
            }
            Some(_) => rows(members.remove("data").unwrap_or_default())?,
        };
        let paging = member::take(&mut members, "paging");
        let summary = member::take(&mut members, "summary");
        Ok(Self { data, paging, summary, other: members })
    }
}

fn rows<T: DeserializeOwned, E: de::Error>(list: Value) -> Result<Vec<T>, E> {
    // The text of the error would quote what is there.
    Vec::deserialize(list).map_err(|_| E::custom("the rows of a page are of another type"))
}

/// Whether a list is what was read, and was not changed since.
fn is_read_from<T: Member>(list: &Vec<T>, came: &Value) -> bool {
    Vec::read(came.clone()).is_ok_and(|read: Read<Vec<T>>| read.value == *list)
}

/// The rows that lie a level deeper: those of groups are `{"data": {"groups": […]}}`.
fn rows_below(data: &Value) -> Option<&Value> {
    let mut members = data.as_object()?.values();
    let rows = members.next().filter(|rows| rows.is_array());
    rows.filter(|_| members.next().is_none())
}

/// A list within an object: Meta writes it as a page, its OpenAPI file as a plain list.
impl<T: Member> Member for Page<T> {
    fn read(value: Value) -> Result<Read<Self>, Value> {
        match value {
            Value::Object(mut members) => {
                let data = member::take(&mut members, "data");
                let paging = member::take(&mut members, "paging");
                let summary = member::take(&mut members, "summary");
                Read::usual(Self { data, paging, summary, other: members })
            }
            list => {
                let data = Vec::read(list.clone())?.value;
                Read::odd(Self { data, paging: None, summary: None, other: Map::new() }, list)
            }
        }
    }

    fn is_absent(&self) -> bool {
        false
    }

    fn check(&self, found: &mut Violations) {
        member::check(&self.data, "data", &self.other, found);
    }
}

/// Shows how many rows there are, and no address of another page.
impl<T> fmt::Debug for Page<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page").field("rows", &self.data.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "what the macro declares is public")]
mod tests {
    use serde_json::json;

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
    fn where_there_is_no_cursor_the_address_says_where_the_next_page_begins() {
        let next = |address: &str| {
            let page = page(&json!({"data": [], "paging": {"next": address}}).to_string());
            page.next().map(str::to_owned)
        };
        assert_eq!(next("https://x/y?limit=2&after=MTAw&z=1#f").as_deref(), Some("MTAw"));
        for nowhere in ["https://x", "https://x?after=", "https://x/after=1", "x?thereafter=1"] {
            assert_eq!(next(nowhere), None, "{nowhere}");
        }
        // Written with escapes, it is not what to ask for.
        assert_eq!(next("https://x?after=MTA%3D"), None);
        let both = r#"{"data":[],"paging":{"cursors":{"after":"a"},"next":"https://x?after=b"}}"#;
        assert_eq!(page(both).next(), Some("a"));
    }

    #[test]
    #[cfg(feature = "client")]
    fn an_escape_is_read_as_in_any_address() {
        assert_eq!(unescaped("MTA%3d%2F+a").as_deref(), Some("MTA=/ a"));
        for broken in ["%", "%3", "%zz", "%ff", "%+3"] {
            assert_eq!(unescaped(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_page_within_an_object_may_be_a_plain_list() {
        object! {
            /// A thing.
            pub struct Thing {
                /// Its parts.
                pub parts: Option<Page<String>> = "parts",
            }
        }

        for json in [
            json!({"parts": {"data": ["a"], "paging": {"cursors": {"after": "b"}}}}),
            json!({"parts": {"data": ["a"], "new": 1}}),
            json!({"parts": ["a"]}),
        ] {
            let thing: Thing = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(thing.parts.as_ref().unwrap().data, ["a"]);
            assert_eq!(serde_json::to_value(&thing).unwrap(), json);
        }
        for json in [json!({"parts": {}}), json!({"parts": []}), json!({"parts": 5})] {
            let thing: Thing = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(serde_json::to_value(&thing).unwrap(), json);
        }
    }

    #[test]
    fn an_empty_page_is_written_again_as_it_came() {
        for json in [json!({"data": []}), json!({}), json!({"data": null})] {
            let page: Page<Value> = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(serde_json::to_value(&page).unwrap(), json);
        }
    }

    #[test]
    fn rows_that_lie_deeper_are_read_and_written_again_there() {
        for json in [
            json!({"data": {"groups": ["a"]}, "paging": {"cursors": {"after": "b"}}}),
            json!({"data": {"groups": []}, "summary": {"total_count": 0}}),
        ] {
            let page: Page<String> = serde_json::from_value(json.clone()).unwrap();
            assert_eq!(page.data.len(), json["data"]["groups"].as_array().unwrap().len());
            assert_eq!(serde_json::to_value(&page).unwrap(), json);
        }
        let mut page: Page<String> =
            serde_json::from_value(json!({"data": {"groups": ["a"]}})).unwrap();
        page.data.push("b".to_owned());
        assert_eq!(serde_json::to_value(&page).unwrap(), json!({"data": ["a", "b"]}));
        for wrong in [json!({"data": {"a": ["x"], "b": []}}), json!({"data": {"a": 1}})] {
            assert!(serde_json::from_value::<Page<String>>(wrong).is_err());
        }
    }

    #[test]
    fn rows_that_cannot_be_read_are_an_error_that_quotes_nothing() {
        let error = serde_json::from_str::<Page<u8>>(r#"{"data":["canary"]}"#).unwrap_err();
        assert!(!error.to_string().contains("canary"));
    }
}
