//! Flows: screens within WhatsApp, made and published here, sent as a message.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/flows/reference/flowsapi>

mod asset;
mod flow;
mod metric;
mod migrate;

pub use asset::{FlowAsset, ListFlowAssets, UploadFlowJson, UploadedFlowJson};
pub use flow::{
    CreateFlow, CreatedFlow, DeleteFlow, DeprecateFlow, Flow, FlowAccount, FlowCategory,
    FlowChanges, FlowPreview, FlowProblem, FlowStatus, GetFlow, ListFlows, NewFlow, ProblemPointer,
    PublishFlow, UpdateFlow,
};
pub use metric::{
    FlowMetric, FlowMetricName, FlowMetricPoint, FlowMetricValue, GetFlowMetric, Granularity,
    MeasuredFlow,
};
pub use migrate::{FlowMigration, MigrateFlows, MigratedFlow, MigratedFlows, UnmigratedFlow};
