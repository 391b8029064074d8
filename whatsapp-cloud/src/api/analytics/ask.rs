//! How a call is declared that asks an account for a field with filters.

/// Declares a call that asks an account for a field with filters.
macro_rules! analytics {
    (
        $(#[$doc:meta])*
        pub struct $name:ident
            -> $response:ty = $operation:literal;
        get $field:literal by $granularity:ty {
            $($(#[$filter_doc:meta])* $filter:ident: $word:ty = $filter_name:literal,)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            /// The account.
            pub account_id: crate::id::AccountId,
            /// From when on, in seconds since 1970.
            pub start: u64,
            /// Until when, in seconds since 1970.
            pub end: u64,
            /// How fine.
            pub granularity: $granularity,
            $($(#[$filter_doc])* pub $filter: Vec<$word>,)+
        }

        impl $name {
            /// The call for all there is in that time.
            pub fn new(
                account_id: impl Into<crate::id::AccountId>,
                start: u64,
                end: u64,
                granularity: $granularity,
            ) -> Self {
                Self { account_id: account_id.into(), start, end, granularity, $($filter: Vec::new(),)+ }
            }
        }

        impl crate::endpoint::Endpoint for $name {
            type Response = $response;
            const OPERATION: &'static str = $operation;
            const IDEMPOTENT: bool = true;

            fn request(&self) -> crate::error::Result<crate::endpoint::Request> {
                let (fields, mut found) =
                    crate::api::analytics::expression::Expression::new($field, self.start, self.end, self.granularity.as_str())
                        $(.filter($filter_name, &self.$filter))+
                        .into_parts();
                crate::api::call::Segment::check_segment(&self.account_id, "account_id", &mut found);
                found.into_result(Self::OPERATION)?;
                Ok(crate::endpoint::Request::get([self.account_id.as_str()]).with_query("fields", fields))
            }
        }

        impl crate::api::Operation for $name {
            const METHOD: crate::endpoint::Method = crate::endpoint::Method::Get;
            const PATH: &'static str = "/{waba-id}";
            type Body = ();
        }

        /// Shows the name of the call only.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

pub(super) use analytics;

/// Lets Meta's words stand in filters.
macro_rules! filter_words {
    ($($name:ty),+ $(,)?) => {$(
        impl crate::api::analytics::expression::Word for $name {
            fn text(&self) -> &str {
                self.as_str()
            }
        }
    )+};
}

pub(super) use filter_words;
