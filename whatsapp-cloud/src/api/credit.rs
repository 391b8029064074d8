//! Credit lines: who pays for the accounts of clients.
//!
//! All but [`AttachCredit`] take the token of the system user of whoever owns the line.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/manage-accounts/share-and-revoke-credit-lines>

use crate::api::account::BusinessRef;
use crate::api::call::call;
use crate::api::{Success, Violations};
use crate::id::{AccountId, BusinessId, NodeId};
use crate::wire::{Page, object, open_enum};

call! {
    /// Asks for the credit lines of a portfolio.
    ///
    /// Source: <https://developers.facebook.com/docs/marketing-api/reference/extended-credit/>
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::ListCreditLines;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ListCreditLines::new("506914307656634");
    /// assert_eq!(call.request()?.target()?, "506914307656634/extendedcredits");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListCreditLines -> Page<CreditLine> = "list credit lines", idempotent;
    get "/{Business-ID}/extendedcredits" {
        /// The portfolio.
        business: BusinessId,
    }
    query {
        /// What to tell of each, as [`CreditLine`] calls it.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Asks what a credit line is.
    ///
    /// Source: <https://developers.facebook.com/docs/marketing-api/reference/extended-credit/>
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::GetCreditLine;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// assert_eq!(GetCreditLine::new("1972385232742146").request()?.target()?, "1972385232742146");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetCreditLine -> CreditLine = "get credit line", idempotent;
    get "/{extended-credit-id}" {
        /// The line.
        line: NodeId,
    }
    query {
        /// What to tell of it, as [`CreditLine`] calls it.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Pays for a client's account: shares the line with the client's business, and attaches it
    /// to the account.
    ///
    /// An attached line cannot be changed any more; twice is shared twice.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/manage-accounts/share-and-revoke-credit-lines>
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::ShareAndAttachCredit;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ShareAndAttachCredit::new("1972385232742146", "USD", "102290129340398");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "1972385232742146/whatsapp_credit_sharing_and_attach\
    ///      ?waba_currency=USD&waba_id=102290129340398",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ShareAndAttachCredit -> CreditShare = "share and attach credit line", once;
    post "/{extended-credit-id}/whatsapp_credit_sharing_and_attach" {
        /// The line.
        line: NodeId,
    }
    needs {
        /// What is billed in: three capital letters.
        currency: String = "waba_currency",
        /// The client's account.
        account: AccountId = "waba_id",
    }
    check |call, found| {
        check_currency(&call.currency, found);
    }
}

call! {
    /// Shares a line with a client's business; [`AttachCredit`] comes next. Meta tries this in
    /// place of [`ShareAndAttachCredit`].
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/manage-accounts/share-and-revoke-credit-lines>
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::ShareCredit;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = ShareCredit::new("1972385232742146", "8149341378313777");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "1972385232742146/whatsapp_credit_sharing?receiving_business_id=8149341378313777",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ShareCredit -> CreditShare = "share credit line", once;
    post "/{extended-credit-id}/whatsapp_credit_sharing" {
        /// The line.
        line: NodeId,
    }
    needs {
        /// The client's business, which Meta must have verified.
        receiver: BusinessId = "receiving_business_id",
    }
}

call! {
    /// Attaches a line that was shared to a client's account. Takes the client's token.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/manage-accounts/share-and-revoke-credit-lines>
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::AttachCredit;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = AttachCredit::new("1972385232742146", "USD", "102290129340398");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "1972385232742146/whatsapp_credit_attach?waba_currency=USD&waba_id=102290129340398",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct AttachCredit -> CreditShare = "attach credit line", once;
    post "/{extended-credit-id}/whatsapp_credit_attach" {
        /// The line.
        line: NodeId,
    }
    needs {
        /// What is billed in: three capital letters.
        currency: String = "waba_currency",
        /// The client's account.
        account: AccountId = "waba_id",
    }
    check |call, found| {
        check_currency(&call.currency, found);
    }
}

call! {
    /// Asks with whom a line is shared.
    ///
    /// Source: <https://developers.facebook.com/docs/marketing-api/reference/extended-credit/owning_credit_allocation_configs/>
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::ListAllocations;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListAllocations::new("1972385232742146");
    /// call.receiver = Some("8149341378313777".into());
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "1972385232742146/owning_credit_allocation_configs\
    ///      ?receiving_business_id=8149341378313777",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListAllocations -> Page<Allocation> = "list allocations", idempotent;
    get "/{extended-credit-id}/owning_credit_allocation_configs" {
        /// The line.
        line: NodeId,
    }
    query {
        /// Only what is shared with this business.
        receiver: Option<BusinessId> = "receiving_business_id",
        /// What to tell of each, as [`Allocation`] calls it.
        fields: Vec<String> = "fields",
    }
    paged {}
}

call! {
    /// Asks how a share of a line stands.
    ///
    /// It pays for an account when the id of its [`Allocation::receiving_credential`] is the
    /// account's [`primary_funding_id`](crate::api::account::Account::primary_funding_id).
    ///
    /// Source: <https://developers.facebook.com/docs/graph-api/reference/extended-credit-allocation-config>
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::GetAllocation;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = GetAllocation::new("58501441721238");
    /// call.fields = vec!["receiving_credential{id}".to_owned()];
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "58501441721238?fields=receiving_credential%7Bid%7D",
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetAllocation -> Allocation = "get allocation", idempotent;
    get "/{allocation-id}" {
        /// The share.
        allocation: NodeId,
    }
    query {
        /// What to tell of it, as [`Allocation`] calls it.
        fields: Vec<String> = "fields",
    }
}

call! {
    /// Shares a line no longer: the client's accounts are without one then.
    ///
    /// Source: <https://developers.facebook.com/docs/whatsapp/embedded-signup/manage-accounts/share-and-revoke-credit-lines>
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::RevokeAllocation;
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let call = RevokeAllocation::new("58501441721238");
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct RevokeAllocation -> Success = "revoke allocation", idempotent;
    delete "/{allocation-id}" {
        /// The share.
        allocation: NodeId,
    }
}

fn check_currency(currency: &str, found: &mut Violations) {
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        found.add("waba_currency", "three capital letters");
    }
}

object! {
    /// A credit line. Only what was asked for is there.
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::CreditLine;
    /// use whatsapp_cloud::wire::Page;
    ///
    /// let page: Page<CreditLine> = serde_json::from_str(
    ///     r#"{"data":[{"id":"1972385232742146","legal_entity_name":"Lucky Shrub"}]}"#,
    /// )?;
    /// assert_eq!(page.data[0].id.as_str(), "1972385232742146");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CreditLine {
        /// Its id.
        pub id: NodeId = "id",
        /// The company that is liable.
        pub legal_entity_name: Option<String> = "legal_entity_name",
        /// What kind of line it is.
        pub credit_type: Option<String> = "credit_type",
        /// The portfolio that owns it.
        pub owner_business: Option<BusinessRef> = "owner_business",
        /// The name of the portfolio that owns it.
        pub owner_business_name: Option<String> = "owner_business_name",
        /// What is owed.
        pub balance: Option<Amount> = "balance",
        /// What may be owed at most.
        pub max_balance: Option<Amount> = "max_balance",
        /// What may be owed at most online.
        pub online_max_balance: Option<Amount> = "online_max_balance",
        /// What is shared.
        pub allocated_amount: Option<Amount> = "allocated_amount",
        /// What is left.
        pub credit_available: Option<Amount> = "credit_available",
        /// Whether it may be used no longer.
        pub is_access_revoked: Option<bool> = "is_access_revoked",
        /// Whether it was made by itself.
        pub is_automated_experience: Option<bool> = "is_automated_experience",
        /// The name of the business that is liable.
        pub liable_biz_name: Option<String> = "liable_biz_name",
        /// The name of the business that gets the bill.
        pub send_bill_to_biz_name: Option<String> = "send_bill_to_biz_name",
        /// The line it is a part of.
        pub partition_from: Option<String> = "partition_from",
        /// The share it came from.
        pub receiving_credit_allocation_config: Option<Box<Allocation>> =
            "receiving_credit_allocation_config",
    }
}

object! {
    /// A sum of money.
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::{Amount, CreditLine};
    ///
    /// let line: CreditLine = serde_json::from_str(
    ///     r#"{"id":"1972385232742146","balance":{"amount":"100.50","currency":"USD"}}"#,
    /// )?;
    /// let balance: Amount = line.balance.unwrap();
    /// assert_eq!(balance.amount.unwrap().parse(), Ok(100.5));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Amount {
        /// How much, with decimals.
        pub amount: Option<String> = "amount",
        /// How much, in hundredths.
        pub amount_in_hundredths: Option<String> = "amount_in_hundredths",
        /// Of what: three letters.
        pub currency: Option<String> = "currency",
        /// How much, in the smallest unit.
        pub offsetted_amount: Option<String> = "offsetted_amount",
    }
}

object! {
    /// What was shared or attached.
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::CreditShare;
    ///
    /// let share: CreditShare = serde_json::from_str(
    ///     r#"{"allocation_config_id":"58501441721238","success":true}"#,
    /// )?;
    /// assert_eq!(share.allocation_config_id.unwrap().as_str(), "58501441721238");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct CreditShare {
        /// The share's id, for [`GetAllocation`] and [`RevokeAllocation`]: keep it.
        pub allocation_config_id: Option<NodeId> = "allocation_config_id",
        /// The account it pays for.
        pub waba_id: Option<AccountId> = "waba_id",
        /// Whether it worked, where Meta says so.
        pub success: Option<bool> = "success",
    }
}

object! {
    /// A share of a line. Only what was asked for is there.
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::Allocation;
    ///
    /// let share: Allocation = serde_json::from_str(
    ///     r#"{"id":"58501441721238","receiving_business":{"id":"506914307656634",
    ///         "name":"Lucky Shrub"}}"#,
    /// )?;
    /// assert_eq!(share.receiving_business.unwrap().name.as_deref(), Some("Lucky Shrub"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Allocation {
        /// Its id.
        pub id: NodeId = "id",
        /// Who shares.
        pub owning_business: Option<BusinessRef> = "owning_business",
        /// The line that is shared.
        pub owning_credential: Option<CreditLine> = "owning_credential",
        /// With whom.
        pub receiving_business: Option<BusinessRef> = "receiving_business",
        /// The line that came of it.
        pub receiving_credential: Option<CreditLine> = "receiving_credential",
        /// How it stands.
        pub request_status: Option<AllocationStatus> = "request_status",
        /// How much of it.
        pub currency_amount: Option<Amount> = "currency_amount",
        /// On what terms: `Normal`, `Sequential` or `MSA`.
        pub liability_type: Option<String> = "liability_type",
        /// Whether a part is set aside: `FIXED` or `AUTH`.
        pub partition_type: Option<String> = "partition_type",
        /// Who gets the bill: `Agency` or `Advertiser`.
        pub send_bill_to: Option<String> = "send_bill_to",
    }
}

open_enum! {
    /// How a share stands. Meta describes one word only.
    ///
    /// ```
    /// use whatsapp_cloud::api::credit::{Allocation, AllocationStatus};
    ///
    /// let share: Allocation = serde_json::from_str(
    ///     r#"{"id":"58501441721238","request_status":"DELETED"}"#,
    /// )?;
    /// assert_eq!(share.request_status, Some(AllocationStatus::Deleted));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    AllocationStatus {
        /// It was revoked.
        Deleted = "DELETED",
    }
}
