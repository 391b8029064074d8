//! How a call is declared: its path as Meta writes it, and what goes where.

use std::any::Any;
use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::endpoint::{Endpoint, Method, Paced, Request};
use crate::error::{Error, ErrorKind, Result};
use crate::id::AccountId;
use crate::violation::Violations;
use crate::wire::member::Member;

/// A call with the place that Meta's reference gives it.
///
/// ```
/// use whatsapp_cloud::api::Operation;
/// use whatsapp_cloud::api::block_list::ListBlockedUsers;
/// use whatsapp_cloud::endpoint::Method;
///
/// assert_eq!(ListBlockedUsers::METHOD, Method::Get);
/// assert_eq!(ListBlockedUsers::PATH, "/{Phone-Number-ID}/block_users");
/// ```
pub trait Operation: Endpoint {
    /// How it is asked.
    const METHOD: Method;

    /// The path behind the version, as Meta writes it: ids stand in braces.
    const PATH: &'static str;

    /// The JSON that is sent along; nothing for calls without.
    type Body: Serialize + DeserializeOwned;
}

/// What can stand in a path.
pub(crate) trait Segment: Any {
    fn as_segment(&self) -> &str;

    /// Finds whether it would lead elsewhere.
    fn check_segment(&self, name: &str, found: &mut Violations);
}

/// Says which ids stand in paths: those of digits, and those of anything that stays in its
/// place.
macro_rules! segments {
    (digits: $($digits:ty),+; any: $($any:ty),+ $(,)?) => {
        $(impl Segment for $digits {
            fn as_segment(&self) -> &str {
                self.as_str()
            }

            fn check_segment(&self, name: &str, found: &mut Violations) {
                found.numeric_id(name, self.as_str());
            }
        })+
        $(impl Segment for $any {
            fn as_segment(&self) -> &str {
                self.as_str()
            }

            fn check_segment(&self, name: &str, found: &mut Violations) {
                let id = self.as_str();
                let leads_on = matches!(id, "" | "." | "..");
                if leads_on || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
                    found.add(name, "an id");
                }
            }
        })+
    };
}

segments! {
    digits:
        crate::id::PhoneNumberId, crate::id::AccountId, crate::id::MediaId, crate::id::AppId,
        crate::id::BusinessId, crate::id::TemplateId, crate::id::FlowId, crate::id::NodeId;
    any: crate::id::GroupId, String,
}

/// What can stand in a query.
pub(crate) trait Parameter {
    /// Its text, when there is something to be said.
    fn as_parameter(&self) -> Option<String>;
}

impl<T: Display> Parameter for Option<T> {
    fn as_parameter(&self) -> Option<String> {
        self.as_ref().map(ToString::to_string)
    }
}

/// Meta takes several words with commas between them.
impl<T: AsRef<str>> Parameter for Vec<T> {
    fn as_parameter(&self) -> Option<String> {
        let words: Vec<_> = self.iter().map(AsRef::as_ref).collect();
        (!words.is_empty()).then(|| words.join(","))
    }
}

/// Checks how many rows are asked for under `name`.
pub(crate) fn check_rows(name: &str, rows: Option<u32>, most: u32, found: &mut Violations) {
    if let Some(rows) = rows
        && !(1..=most).contains(&rows)
    {
        found.add(name, format!("1 to {most} rows, found {rows}"));
    }
}

/// The account whose limit a call counts against: the one in its path.
pub(crate) fn paced<'c>(ids: &[&'c dyn Segment]) -> Option<Paced<'c>> {
    let account = |id: &&'c dyn Segment| (*id as &dyn Any).downcast_ref::<AccountId>();
    ids.iter().find_map(account).map(Paced::Account)
}

/// The request of a call. The ids are those of the path, in its order.
pub(crate) fn request<C: Operation>(
    ids: &[(&str, &dyn Segment)],
    query: &[(&'static str, Option<String>)],
    mut found: Violations,
) -> Result<Request> {
    for (name, id) in ids {
        id.check_segment(name, &mut found);
    }
    found.into_result(C::OPERATION)?;
    let mut ids = ids.iter().map(|(_, id)| id.as_segment());
    let segments = C::PATH.split('/').skip(1);
    let path: Vec<_> = segments
        .map(|segment| {
            let id = segment.starts_with('{').then(|| ids.next()).flatten();
            id.unwrap_or(segment).to_owned()
        })
        .collect();
    let mut request = match C::METHOD {
        Method::Get => Request::get(path),
        Method::Post => Request::post(path),
        Method::Delete => Request::delete(path),
    };
    for (name, value) in query {
        if let Some(value) = value {
            request = request.with_query(*name, value.as_str());
        }
    }
    Ok(request)
}

/// The same with a body of JSON.
pub(crate) fn with_body<C: Operation>(request: Request, body: &impl Member) -> Result<Request> {
    request
        .with_json(body)
        .map_err(|error| Error::new(C::OPERATION, ErrorKind::InvalidInput).with_source(error))
}

/// Declares a call.
///
/// `idempotent` or `once` says whether doing it twice is the same as doing it once. A
/// parameter of the query is an `Option` of what can be displayed, or a `Vec` of words; an id
/// that must be there stands under `needs`, and what every request says under `always`. `paged`
/// is for a list that comes page by page; in its braces stands how many rows Meta allows, and
/// how many there are by default, where it says so. A body is an `object!`, and is checked
/// before it is sent; `=>` behind its type names the function that writes it as it is meant,
/// where that may be otherwise than it stands there. `on Api` behind the path is for a host other than the Graph's.
macro_rules! call {
    (
        $(#[$doc:meta])*
        pub struct $name:ident -> $response:ty = $operation:literal, $times:ident;
        $method:ident $path:literal $(on $host:ident)? {
            $($(#[$id_doc:meta])* $id:ident: $id_type:ty),* $(,)?
        }
        $(needs {
            $($(#[$need_doc:meta])* $need:ident: $need_type:ty = $need_name:literal),+ $(,)?
        })?
        $(always { $($always:literal = $said:literal),+ $(,)? })?
        $(query {
            $($(#[$query_doc:meta])* $query:ident: $query_type:ty = $query_name:literal),+ $(,)?
        })?
        $(paged $rows:tt)?
        $(body { $(#[$body_doc:meta])* $body:ident: $body_type:ty $(=> $meant:path)? })?
        $(check |$this:ident, $found:ident| $check:block)?
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$id_doc])* pub $id: $id_type,)*
            $($($(#[$need_doc])* pub $need: $need_type,)+)?
            $($($(#[$query_doc])* pub $query: $query_type,)+)?
            $(
                #[doc = $crate::api::call::call!(@limit $rows)]
                pub limit: Option<u32>,
                /// What is behind it: [`Page::next`](crate::wire::Page::next).
                pub after: Option<String>,
                /// What is before it.
                pub before: Option<String>,
            )?
            $($(#[$body_doc])* pub $body: $body_type,)?
        }

        impl $name {
            /// The call with nothing but what it cannot do without.
            #[allow(clippy::new_without_default, reason = "a call is made on purpose")]
            pub fn new(
                $($id: impl Into<$id_type>,)*
                $($($need: impl Into<$need_type>,)+)?
                $($body: $body_type)?
            ) -> Self {
                Self {
                    $($id: $id.into(),)*
                    $($($need: $need.into(),)+)?
                    $($($query: Default::default(),)+)?
                    $(
                        limit: $crate::api::call::call!(@with $rows None),
                        after: None,
                        before: None,
                    )?
                    $($body,)?
                }
            }
        }

        impl $crate::endpoint::Endpoint for $name {
            type Response = $response;
            const OPERATION: &'static str = $operation;
            const IDEMPOTENT: bool = $crate::api::call::call!(@times $times);

            fn request(&self) -> $crate::error::Result<$crate::endpoint::Request> {
                #[allow(unused_mut, reason = "not every call has something to check")]
                let mut found = $crate::violation::Violations::default();
                $($crate::wire::member::Member::check(&self.$body, &mut found);)?
                $($($crate::api::call::Segment::check_segment(
                    &self.$need,
                    $need_name,
                    &mut found,
                );)+)?
                $($crate::api::call::call!(@check $rows self.limit, found);)?
                $({ let $this = self; let $found = &mut found; $check })?
                let request = $crate::api::call::request::<Self>(
                    &[$((stringify!($id), &self.$id)),*],
                    &[
                        $($((
                            $need_name,
                            Some($crate::api::call::Segment::as_segment(&self.$need).to_owned()),
                        ),)+)?
                        $($(($always, Some(String::from($said))),)+)?
                        $($((
                            $query_name,
                            $crate::api::call::Parameter::as_parameter(&self.$query),
                        ),)+)?
                        $(
                            ("limit", $crate::api::call::call!(@with $rows
                                $crate::api::call::Parameter::as_parameter(&self.limit))),
                            ("after", self.after.clone()),
                            ("before", self.before.clone()),
                        )?
                    ],
                    found,
                )?;
                $(let request = request.with_host($crate::endpoint::Host::$host);)?
                $(let request =
                    $crate::api::call::call!(@send request, &self.$body $(, $meant)?)?;)?
                Ok(request)
            }

            fn paced(&self) -> Option<$crate::endpoint::Paced<'_>> {
                $crate::api::call::paced(&[$(&self.$id),*])
            }
        }

        impl $crate::api::Operation for $name {
            const METHOD: $crate::endpoint::Method = $crate::api::call::call!(@method $method);
            const PATH: &'static str = $path;
            type Body = $crate::api::call::call!(@body $($body_type)?);
        }

        /// Shows the name of the call only.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
    (@send $request:ident, $body:expr) => {
        $crate::api::call::with_body::<Self>($request, $body)
    };
    (@send $request:ident, $body:expr, $meant:path) => {
        $crate::api::call::with_body::<Self>($request, &$meant($body))
    };
    (@limit {}) => { "How many on a page." };
    (@limit { 1 to $most:literal }) => { concat!("How many on a page: 1 to ", $most, ".") };
    (@limit { 1 to $most:literal, by default $usual:literal }) => {
        concat!("How many on a page: 1 to ", $most, ", by default ", $usual, ".")
    };
    (@check {} $limit:expr, $found:ident) => {};
    (@check { 1 to $most:literal $($usual:tt)* } $limit:expr, $found:ident) => {
        $crate::api::call::check_rows("limit", $limit, $most, &mut $found)
    };
    (@with $rows:tt $($what:tt)+) => { $($what)+ };
    (@body $body:ty) => { $body };
    (@body) => { () };
    (@times idempotent) => { true };
    (@times once) => { false };
    (@method get) => { $crate::endpoint::Method::Get };
    (@method post) => { $crate::endpoint::Method::Post };
    (@method delete) => { $crate::endpoint::Method::Delete };
}

pub(crate) use call;
