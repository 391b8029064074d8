//! Whose phone number Meta tells: the contact book, and accounts that share user ids.
//!
//! Source: <https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids>

use crate::api::call::call;
use crate::id::{BusinessId, NodeId, PhoneNumberId};
use crate::wire::{WhatsApp, object};

call! {
    /// Takes a customer out of the contact book. It cannot be undone: webhooks of every number
    /// of the business tell his phone number no more, unless he is written to, or writes.
    ///
    /// ```
    /// use whatsapp_cloud::api::contact_book::DeleteContact;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = DeleteContact::new("106540352242922", "US.13491208655302741918");
    /// assert_eq!(
    ///     call.request()?.target()?,
    ///     "106540352242922/contact_book?bsuid=US.13491208655302741918&messaging_product=whatsapp"
    /// );
    ///
    /// let parent = DeleteContact::new("106540352242922", "US.ENT.11815799212886844830");
    /// assert!(parent.request().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct DeleteContact -> ContactDeleted = "delete contact", idempotent;
    delete "/{Phone-Number-ID}/contact_book" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    needs {
        /// The customer's business-scoped user id; no parent id.
        bsuid: String = "bsuid",
    }
    always { "messaging_product" = "whatsapp" }
    check |call, found| {
        if call.bsuid.contains(".ENT.") {
            found.add("bsuid", "a user id that is no parent id");
        }
    }
}

call! {
    /// Asks in which parent account a business is, and who else: they share user ids.
    ///
    /// ```
    /// use whatsapp_cloud::api::contact_book::GetParentAccount;
    /// use whatsapp_cloud::endpoint::{Endpoint, Host};
    ///
    /// let request = GetParentAccount::new("506914307656634").request()?;
    /// assert_eq!(request.host(), Host::Api);
    /// assert_eq!(request.target()?, "506914307656634/parent-bsuid-accounts");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetParentAccount -> ParentAccount = "get parent account", idempotent;
    get "/{Business-ID}/parent-bsuid-accounts" on Api {
        /// The business.
        business_id: BusinessId,
    }
}

object! {
    /// What became of a customer's place in the contact book.
    ///
    /// ```
    /// use whatsapp_cloud::api::contact_book::ContactDeleted;
    ///
    /// let gone: ContactDeleted = serde_json::from_str(
    ///     r#"{"messaging_product":"whatsapp","success":true,"deleted":true}"#,
    /// )?;
    /// assert!(gone.success && gone.deleted == Some(true));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ContactDeleted {
        /// `whatsapp`.
        pub messaging_product: WhatsApp = "messaging_product",
        /// Whether Meta did it.
        pub success: bool = "success",
        /// Whether he was there.
        pub deleted: Option<bool> = "deleted",
    }
}

object! {
    /// The parent account of a business. Undescribed by the pages at hand; seen in other
    /// clients of Meta's API.
    ///
    /// ```
    /// use whatsapp_cloud::api::contact_book::ParentAccount;
    ///
    /// let parent: ParentAccount = serde_json::from_str(
    ///     r#"{"parent_bsuid_account_id":"1234567890",
    ///         "enrolled_business_portfolios":["506914307656634"]}"#,
    /// )?;
    /// assert_eq!(parent.enrolled_business_portfolios[0].as_str(), "506914307656634");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ParentAccount {
        /// Its id.
        pub parent_bsuid_account_id: Option<NodeId> = "parent_bsuid_account_id",
        /// The businesses that are in it.
        pub enrolled_business_portfolios: Vec<BusinessId> = "enrolled_business_portfolios",
        /// The same as a list, should there be several.
        pub data: Vec<ParentAccount> = "data",
    }
}
