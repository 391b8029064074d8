//! Templates: the messages that may be sent at any time, once Meta has approved them.
//!
//! [`Template`] describes one as it is created, and [`Template::check`] finds what Meta would
//! refuse in it before it is sent anywhere; `api::messages` fills one in and sends it.
//!
//! Words such as categories and types are known in any case, since Meta's pages write both
//! `MARKETING` and `marketing`; what was read is written again in the case it came in.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates>

mod button;
mod calls;
mod component;
mod details;
mod example;
mod group;
mod library;
mod lifecycle;
mod preview;
mod query;
mod rules;
mod tagged;
mod template;
mod variable;

pub use button::{
    AppButton, AppDeepLink, Button, CatalogButton, ContactInfoButton, CopyCodeButton, FlowAction,
    FlowButton, FlowIcon, OrderDetailsButton, OtpButton, OtpType, PhoneNumberButton,
    ProductListButton, QuickReplyButton, SingleProductButton, SupportedApp, UrlButton,
    VoiceCallButton,
};
pub use calls::{
    CloudApiMarketing, CreateTemplate, DeleteTemplate, DeleteTemplates, DeletedTemplates,
    EditTemplate, GetTemplate, ListTemplates, SetCloudApiMarketing,
};
pub use component::{
    Body, BodyExample, Buttons, CallPermissionRequest, Card, Carousel, Component, Footer, Header,
    HeaderExample, HeaderFormat, LimitedTimeOffer, NamedExample, Offer,
};
pub use details::{
    CreatedTemplate, QualityScore, QualityScoreWord, RejectedReason, TemplateInfo, TemplateStatus,
};
pub use example::{BodyExamples, CodeExample, Texts};
pub use group::{
    CreateTemplateGroup, CreatedTemplateGroup, DeleteTemplateGroup, GetTemplateGroup, GroupAccount,
    ListTemplateGroups, TemplateGroup, TemplateGroupInfo, TemplateGroupUpdate, TemplateNumbers,
    UpdateTemplateGroup,
};
pub use library::{
    LibraryBodyInputs, LibraryButtonInput, LibraryButtonType, LibraryTemplate, LibraryUrl,
    ListLibraryTemplates,
};
pub use lifecycle::{
    ArchiveResult, ArchiveTemplates, BlockReason, CommaIds, CompareTemplates, ComparedNumber,
    ComparedText, Comparison, ComparisonMetric, FailedTemplate, FailedTemplates, MigrateTemplates,
    MigratedTemplates, TemplateIds, UnarchiveTemplates, UnpauseResult, UnpauseTemplate,
};
pub use preview::{
    PreviewButton, PreviewButtons, PreviewCategory, PreviewTemplates, TemplatePreview,
};
pub(super) use query::quoted;
pub use query::{Ids, Words};
pub use template::{
    CreativeFeature, CreativeFreedom, ParameterFormat, Template, TemplateCategory, TemplateEdit,
    TemplateLanguages, UpsertTemplates, UpsertedTemplate, UpsertedTemplates,
};
