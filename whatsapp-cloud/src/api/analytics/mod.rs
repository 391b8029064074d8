//! Figures of an account: messages, conversations, prices, calls, templates and groups.
//!
//! Messages, conversations and prices go back one year, templates and groups 90 days. The
//! words differ by kind, as they do on Meta's page: days are `DAY` for messages and `DAILY`
//! elsewhere.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics>

mod ask;
mod calls;
mod conversation;
mod expression;
mod insights;
mod message;
mod pricing;
mod settings;
mod time;

pub use calls::{
    CallAnalytics, CallAnalyticsAnswer, CallDimension, CallDirection, CallMetric, CallPoint,
    CallPoints, GetCallAnalytics,
};
pub use conversation::{
    ConversationAnalytics, ConversationAnalyticsAnswer, ConversationCategory,
    ConversationDimension, ConversationDirection, ConversationMetric, ConversationPoint,
    ConversationPoints, ConversationType, GetConversationAnalytics,
};
pub use insights::{
    AnalyticsProduct, Click, Cost, GetGroupAnalytics, GetTemplateAnalytics,
    GetTemplateGroupAnalytics, GroupAnalytics, GroupMetric, GroupPoint, TemplateAnalytics,
    TemplateGroupMetric, TemplateMetric, TemplatePoint,
};
pub use message::{
    GetMessageAnalytics, Granularity, MessageAnalytics, MessageAnalyticsAnswer, MessageGranularity,
    MessagePoint, ProductType,
};
pub use pricing::{
    GetPricingAnalytics, PricingAnalytics, PricingAnalyticsAnswer, PricingCategory,
    PricingDimension, PricingMetric, PricingPoint, PricingPoints, PricingType,
};
pub use settings::{EnableInsights, InsightsEnabled, SetClickTracking};
pub use time::AnalyticsTime;
