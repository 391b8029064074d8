//! Whether Meta counts.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics#confirming-template-analytics>

use crate::api::Success;
use crate::api::call::{Segment, call};
use crate::api::templates::TemplateCategory;
use crate::id::{AccountId, TemplateId};
use crate::violation::Violations;
use crate::wire::object;

call! {
    /// Has Meta count what becomes of an account's templates, from now on and **for good**.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics#confirming-template-analytics>
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::EnableInsights;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = EnableInsights::new("102290129340398");
    /// assert_eq!(call.request()?.target()?, "102290129340398?is_enabled_for_insights=true");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct EnableInsights -> InsightsEnabled = "enable insights", idempotent;
    post "/{waba-id}" {
        /// The account.
        account_id: AccountId,
    }
    always { "is_enabled_for_insights" = "true" }
}

object! {
    /// The account whose templates are counted.
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::InsightsEnabled;
    ///
    /// let enabled: InsightsEnabled = serde_json::from_str(r#"{"id":"102290129340398"}"#)?;
    /// assert_eq!(enabled.id.as_str(), "102290129340398");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct InsightsEnabled {
        /// The account.
        pub id: AccountId = "id",
        /// Whether they are, where Meta says it.
        pub success: Option<bool> = "success",
    }
}

call! {
    /// Says whether Meta counts who presses a template's buttons.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/analytics#disabling-button-click-analytics>
    ///
    /// ```
    /// use whatsapp_cloud::api::analytics::SetClickTracking;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = SetClickTracking::new("245435364965041", "MARKETING");
    /// call.cta_url_link_tracking_opted_out = Some(true);
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "245435364965041?category=MARKETING&cta_url_link_tracking_opted_out=true"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct SetClickTracking -> Success = "set click tracking", idempotent;
    post "/{template-id}" {
        /// The template.
        template_id: TemplateId,
    }
    needs {
        /// The category it **has**: with another one Meta looks at the template anew.
        category: TemplateCategory = "category",
    }
    query {
        /// Whether it does not.
        cta_url_link_tracking_opted_out: Option<bool> = "cta_url_link_tracking_opted_out",
    }
    check |call, found| {
        if call.cta_url_link_tracking_opted_out.is_none() {
            found.add("cta_url_link_tracking_opted_out", "true or false, found none");
        }
    }
}

impl Segment for TemplateCategory {
    fn as_segment(&self) -> &str {
        self.as_str()
    }

    fn check_segment(&self, name: &str, found: &mut Violations) {
        if self.as_str().is_empty() {
            found.add(name, "a category, found none");
        }
    }
}
