//! What stands in an object beside what is typed.

use std::borrow::Cow;
use std::fmt;

use serde::ser::SerializeMap;

use crate::webhook::json::{Form, GROWTH, Json};
use crate::webhook::raw::Raw;
use crate::webhook::record::Own;
use crate::webhook::string::plain_name;

/// The members of an object that its type does not tell in full, as Meta wrote them.
///
/// Those that this version does not know, and those that are not in their usual form: a
/// null, a number where Meta writes a string, a part with something unknown in it. So
/// nothing is lost, and the object can be written as it came.
///
/// `Debug` shows how many there are.
///
/// ```
/// use whatsapp_cloud::webhook::{EventKind, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{"messages":[
///     {"id":"wamid.A","brand_new":{"x":1}}]}}]}]}"#;
/// let event = Verified::restored(body).events().next().ok_or("there is one")?;
///
/// assert!(!event.is_known());
/// let EventKind::Message(message) = &event.kind else { return Err("a message") };
/// assert_eq!(message.other.get("brand_new").map(|raw| raw.get()), Some(r#"{"x":1}"#));
/// # Ok::<(), &str>(())
/// ```
///
/// ```
/// use whatsapp_cloud::webhook::{EventKind, Members, Verified};
///
/// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{
///     "messages":[{"from":"16505551234","id":"wamid.A","brand_new":{"x":1}}]}}]}]}"#;
/// let event = Verified::restored(body).events().next().ok_or("there is one")?;
/// let EventKind::Message(message) = event.kind else { return Err("it is another") };
/// let other: &Members<'_> = &message.other;
/// assert_eq!(other.get("brand_new").map(|json| json.get()), Some(r#"{"x":1}"#));
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Members<'a>(Option<Box<Kept<'a>>>);

#[derive(Clone, Default, PartialEq, Eq)]
struct Kept<'a> {
    /// Those whose names the type knows, each once: of a name that is written twice, the
    /// last one counts.
    named: Vec<Member<'a>>,
    /// Those whose names it does not know. Never looked through while reading: there may be
    /// a hundred thousand.
    unknown: Vec<Member<'a>>,
}

#[derive(Clone, PartialEq, Eq)]
struct Member<'a> {
    name: Cow<'a, str>,
    raw: Raw<'a>,
    form: Form,
}

impl<'a> Members<'a> {
    pub(super) const NONE: &'static Members<'static> = &Members(None);

    /// The JSON of that member, when it is one of these.
    pub fn get(&self, name: &str) -> Option<&Raw<'a>> {
        let kept = self.0.as_ref()?;
        let mut members = kept.named.iter().chain(&kept.unknown).rev();
        members.find(|member| member.name == name).map(|member| &member.raw)
    }

    /// All of them, each with its name. One that is written twice comes twice.
    ///
    /// ```
    /// use whatsapp_cloud::webhook::{EventKind, Members, Verified};
    ///
    /// let body = br#"{"entry":[{"changes":[{"field":"messages","value":{"statuses":[
    ///     {"id":"wamid.A","status":"read","brand_new":17}]}}]}]}"#;
    /// let event = Verified::restored(body).events().next().ok_or("there is one")?;
    /// let EventKind::Status(status) = event.kind else { return Err("it is another") };
    /// let other: Members<'static> = status.other.into_owned();
    /// assert!(!other.is_empty());
    /// for (name, json) in other.iter() {
    ///     assert_eq!((name, json.get()), ("brand_new", "17"));
    /// }
    /// # Ok::<(), &str>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Raw<'a>)> {
        self.members().map(|member| (&*member.name, &member.raw))
    }

    /// Whether all is told by the type.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// A copy that borrows nothing.
    pub fn into_owned(self) -> Members<'static> {
        let own = |Member { name, raw, form }: Member<'a>| Member {
            name: Cow::Owned(name.into_owned()),
            raw: raw.into_owned(),
            form,
        };
        Members(self.0.map(|kept| {
            let named = kept.named.into_iter().map(own).collect();
            let unknown = kept.unknown.into_iter().map(own).collect();
            Box::new(Kept { named, unknown })
        }))
    }

    fn members(&self) -> impl Iterator<Item = &Member<'a>> {
        self.0.iter().flat_map(|kept| kept.named.iter().chain(&kept.unknown))
    }

    /// Those that this version does not understand in full.
    pub(super) fn unknown(&self) -> impl Iterator<Item = (&str, &Raw<'a>)> {
        let unknown = self.members().filter(|member| member.form == Form::Unknown);
        unknown.map(|member| (&*member.name, &member.raw))
    }

    /// Those whose names this version does not know.
    pub(super) fn unnamed(&self) -> impl Iterator<Item = (&str, &Raw<'a>)> {
        let unnamed = self.0.iter().flat_map(|kept| &kept.unknown);
        unnamed.map(|member| (&*member.name, &member.raw))
    }

    /// Keeps the member that was read since `start`, unless it is in its usual form.
    #[inline]
    pub(super) fn settle(
        &mut self,
        name: &'a str,
        is_known: bool,
        start: usize,
        json: &mut Json<'a>,
    ) {
        if json.form() != Form::Usual || !self.is_empty() {
            self.settle_odd(name, is_known, start, json);
        }
    }

    #[cold]
    fn settle_odd(&mut self, name: &'a str, is_known: bool, start: usize, json: &mut Json<'a>) {
        let name = plain_name(name);
        if is_known && let Some(kept) = &mut self.0 {
            kept.named.retain(|member| member.name != name);
        }
        const COST: usize = size_of::<Kept<'_>>() + GROWTH * size_of::<Member<'_>>();

        if json.form() != Form::Usual && json.afford(COST) {
            let raw = Raw::new(json.since(start));
            let member = Member { name, raw, form: json.form() };
            let kept = self.0.get_or_insert_default();
            let members = if is_known { &mut kept.named } else { &mut kept.unknown };
            if members.is_empty() {
                members.reserve_exact(1);
            }
            members.push(member);
        }
    }

    /// Keeps a member that turned out not to be what it seemed.
    pub(super) fn keep_unknown(&mut self, name: &'a str, raw: Raw<'a>) {
        let member = Member { name: plain_name(name), raw, form: Form::Unknown };
        self.0.get_or_insert_default().unknown.push(member);
    }

    /// Forgets a member that is understood after all.
    pub(super) fn forget_unknown(&mut self, name: &str) {
        let name = plain_name(name);
        if let Some(kept) = &mut self.0 {
            kept.unknown.retain(|member| member.name != name);
        }
    }

    /// Whether a member is kept by one of these names, which the type knows.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        let mut named = self.0.iter().flat_map(|kept| &kept.named);
        named.any(|member| names.contains(&&*member.name))
    }

    /// The names of all of them.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.members().map(|member| &*member.name)
    }

    pub(super) fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.members().try_for_each(|member| map.serialize_entry(&*member.name, &member.raw))
    }
}

impl Own for Members<'_> {
    type Owned = Members<'static>;

    fn own(self) -> Members<'static> {
        self.into_owned()
    }
}

impl fmt::Debug for Members<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Members({})", self.members().count())
    }
}
