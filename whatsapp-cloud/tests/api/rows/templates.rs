use whatsapp_cloud::api::analytics::{
    EnableInsights, GetCallAnalytics, GetConversationAnalytics, GetGroupAnalytics,
    GetMessageAnalytics, GetPricingAnalytics, GetTemplateAnalytics, GetTemplateGroupAnalytics,
    SetClickTracking,
};
use whatsapp_cloud::api::templates::{
    ArchiveTemplates, CompareTemplates, CreateTemplate, CreateTemplateGroup, DeleteTemplate,
    DeleteTemplateGroup, DeleteTemplates, EditTemplate, GetTemplate, GetTemplateGroup,
    ListLibraryTemplates, ListTemplateGroups, ListTemplates, MigrateTemplates, PreviewTemplates,
    SetCloudApiMarketing, UnarchiveTemplates, UnpauseTemplate, UpdateTemplateGroup,
    UpsertTemplates,
};

use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row::<CreateTemplate>("api/templates/calls.rs"),
        row::<GetTemplate>("api/templates/calls.rs"),
        row::<EditTemplate>("api/templates/calls.rs"),
        row::<ListTemplates>("api/templates/calls.rs"),
        row::<DeleteTemplate>("api/templates/calls.rs"),
        row::<DeleteTemplates>("api/templates/calls.rs"),
        row::<UpsertTemplates>("api/templates/calls.rs"),
        row::<PreviewTemplates>("api/templates/calls.rs"),
        row::<ListLibraryTemplates>("api/templates/calls.rs"),
        row::<SetCloudApiMarketing>("api/templates/calls.rs"),
        row::<CompareTemplates>("api/templates/lifecycle.rs"),
        row::<UnpauseTemplate>("api/templates/lifecycle.rs"),
        row::<MigrateTemplates>("api/templates/lifecycle.rs"),
        row::<ArchiveTemplates>("api/templates/lifecycle.rs"),
        row::<UnarchiveTemplates>("api/templates/lifecycle.rs"),
        row::<CreateTemplateGroup>("api/templates/lifecycle.rs"),
        row::<ListTemplateGroups>("api/templates/lifecycle.rs"),
        row::<GetTemplateGroup>("api/templates/lifecycle.rs"),
        row::<UpdateTemplateGroup>("api/templates/lifecycle.rs"),
        row::<DeleteTemplateGroup>("api/templates/lifecycle.rs"),
        row::<GetMessageAnalytics>("api/templates/analytics.rs"),
        row::<GetConversationAnalytics>("api/templates/analytics.rs"),
        row::<GetPricingAnalytics>("api/templates/analytics.rs"),
        row::<GetCallAnalytics>("api/templates/analytics.rs"),
        row::<GetTemplateAnalytics>("api/templates/analytics.rs"),
        row::<GetTemplateGroupAnalytics>("api/templates/analytics.rs"),
        row::<GetGroupAnalytics>("api/templates/analytics.rs"),
        row::<EnableInsights>("api/templates/analytics.rs"),
        row::<SetClickTracking>("api/templates/analytics.rs"),
    ]
}
