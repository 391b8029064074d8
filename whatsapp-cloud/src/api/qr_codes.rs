//! QR codes and short links that open a chat with a text in it. A number may have 2,000.
//!
//! Source: <https://developers.facebook.com/docs/whatsapp/business-management-api/qr-codes>

use crate::api::call::call;
use crate::api::{Success, Violations};
use crate::id::PhoneNumberId;
use crate::wire::{Page, object, open_enum};

/// How long the text may be.
const LONGEST_TEXT: usize = 140;
call! {
    /// Asks which codes a number has, newest first.
    ///
    /// ```
    /// use whatsapp_cloud::api::qr_codes::ListQrCodes;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let mut call = ListQrCodes::new("106540352242922");
    /// call.limit = Some(25);
    /// assert_eq!(call.request()?.target()?, "106540352242922/message_qrdls?limit=25");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct ListQrCodes -> Page<QrCode> = "list QR codes", idempotent;
    get "/{Phone-Number-ID}/message_qrdls" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    query {
        /// What to tell: names of members of [`QrCode`], and `qr_image_url.format(SVG)` or
        /// `qr_image_url.format(PNG)`.
        fields: Vec<String> = "fields",
        /// This code only.
        code: Option<String> = "code",
    }
    paged { 1 to 25 }
    check |call, found| {
        if let Some(code) = &call.code {
            check_code("code", code, found);
        }
    }
}

call! {
    /// Makes a code.
    ///
    /// ```
    /// use whatsapp_cloud::api::qr_codes::{CreateQrCode, NewQrCode, QrImage};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let code = NewQrCode {
    ///     prefilled_message: "Cyber Monday".to_owned(),
    ///     generate_qr_image: Some(QrImage::Svg),
    ///     ..NewQrCode::default()
    /// };
    /// let call = CreateQrCode::new("106540352242922", code);
    /// assert_eq!(call.request()?.target()?, "106540352242922/message_qrdls");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct CreateQrCode -> QrCode = "create QR code", once;
    post "/{Phone-Number-ID}/message_qrdls" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// The code.
        code: NewQrCode
    }
}

call! {
    /// Gives a code another text. The code and its link stay.
    ///
    /// ```
    /// use whatsapp_cloud::api::qr_codes::{QrCodeUpdate, UpdateQrCode};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let update = QrCodeUpdate {
    ///     code: "4O4YGZEG3RIVE1".to_owned(),
    ///     prefilled_message: "Cyber Tuesday".to_owned(),
    ///     ..QrCodeUpdate::default()
    /// };
    /// let call = UpdateQrCode::new("106540352242922", update);
    /// assert_eq!(call.request()?.target()?, "106540352242922/message_qrdls");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct UpdateQrCode -> QrCode = "update QR code", idempotent;
    post "/{Phone-Number-ID}/message_qrdls" {
        /// The number.
        phone_number_id: PhoneNumberId,
    }
    body {
        /// The text.
        update: QrCodeUpdate
    }
}

call! {
    /// Asks for one code.
    ///
    /// ```
    /// use whatsapp_cloud::api::qr_codes::GetQrCode;
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let call = GetQrCode::new("106540352242922", "4O4YGZEG3RIVE1");
    /// assert_eq!(call.request()?.target()?, "106540352242922/message_qrdls/4O4YGZEG3RIVE1");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct GetQrCode -> Page<QrCode> = "get QR code", idempotent;
    get "/{Phone-Number-ID}/message_qrdls/{QR-Code-ID}" {
        /// The number.
        phone_number_id: PhoneNumberId,
        /// The code.
        code: String,
    }
    query {
        /// What to tell: as for [`ListQrCodes`].
        fields: Vec<String> = "fields",
    }
    check |call, found| {
        check_code("code", &call.code, found);
    }
}

call! {
    /// Deletes a code. What was printed leads nowhere then, for good.
    ///
    /// ```
    /// use whatsapp_cloud::api::qr_codes::DeleteQrCode;
    /// use whatsapp_cloud::endpoint::{Endpoint, Method};
    ///
    /// let call = DeleteQrCode::new("106540352242922", "4O4YGZEG3RIVE1");
    /// assert_eq!(call.request()?.method(), Method::Delete);
    /// # Ok::<(), whatsapp_cloud::Error>(())
    /// ```
    pub struct DeleteQrCode -> Success = "delete QR code", idempotent;
    delete "/{Phone-Number-ID}/message_qrdls/{QR-Code-ID}" {
        /// The number.
        phone_number_id: PhoneNumberId,
        /// The code.
        code: String,
    }
    check |call, found| {
        check_code("code", &call.code, found);
    }
}

object! {
    /// A code to be made.
    ///
    /// ```
    /// use whatsapp_cloud::api::qr_codes::NewQrCode;
    ///
    /// let code =
    ///     NewQrCode { prefilled_message: "Cyber Monday".to_owned(), ..NewQrCode::default() };
    /// assert_eq!(serde_json::to_string(&code)?, r#"{"prefilled_message":"Cyber Monday"}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct NewQrCode {
        /// The text that stands in the chat: 1 to 140 characters.
        pub prefilled_message: String = "prefilled_message",
        /// Which picture of it is wanted.
        pub generate_qr_image: Option<QrImage> = "generate_qr_image",
    }
    check |code, found| {
        found.length("prefilled_message", &code.prefilled_message, 1, LONGEST_TEXT);
    }
}

object! {
    /// Another text for a code.
    ///
    /// ```
    /// use whatsapp_cloud::api::qr_codes::{QrCodeUpdate, UpdateQrCode};
    /// use whatsapp_cloud::endpoint::Endpoint;
    ///
    /// let update = QrCodeUpdate {
    ///     code: "4O4YGZEG3RIVE1".to_owned(),
    ///     prefilled_message: "Cyber Tuesday".to_owned(),
    ///     ..QrCodeUpdate::default()
    /// };
    /// assert!(UpdateQrCode::new("106540352242922", update).request().is_ok());
    /// ```
    pub struct QrCodeUpdate {
        /// The code.
        pub code: String = "code",
        /// The text that stands in the chat: 1 to 140 characters.
        pub prefilled_message: String = "prefilled_message",
    }
    check |update, found| {
        check_code("code", &update.code, found);
        found.length("prefilled_message", &update.prefilled_message, 1, LONGEST_TEXT);
    }
}

object! {
    /// A code.
    ///
    /// ```
    /// use whatsapp_cloud::api::qr_codes::QrCode;
    ///
    /// let code: QrCode = serde_json::from_str(
    ///     r#"{"code":"4O4YGZEG3RIVE1","prefilled_message":"Cyber Monday",
    ///         "deep_link_url":"https://wa.me/message/4O4YGZEG3RIVE1"}"#,
    /// )?;
    /// assert_eq!(code.deep_link_url.as_deref(), Some("https://wa.me/message/4O4YGZEG3RIVE1"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct QrCode {
        /// The code: 14 letters and digits.
        pub code: Option<String> = "code",
        /// The text that stands in the chat.
        pub prefilled_message: Option<String> = "prefilled_message",
        /// The link that does the same.
        pub deep_link_url: Option<String> = "deep_link_url",
        /// Where the picture is, if one was asked for.
        pub qr_image_url: Option<String> = "qr_image_url",
        /// When it was made, in seconds since 1970. Only told to Meta's own apps.
        pub creation_time: Option<i64> = "creation_time",
    }
}

/// Meta's OpenAPI file allows no 0, 1, 8 and 9, but its examples have them.
fn check_code(path: &str, code: &str, found: &mut Violations) {
    if code.len() != 14 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        found.add(path, "14 letters and digits");
    }
}

open_enum! {
    /// A kind of picture.
    ///
    /// ```
    /// use whatsapp_cloud::api::qr_codes::{NewQrCode, QrImage};
    ///
    /// let code: NewQrCode = serde_json::from_str(
    ///     r#"{"prefilled_message":"Cyber Monday","generate_qr_image":"SVG"}"#,
    /// )?;
    /// assert_eq!(code.generate_qr_image, Some(QrImage::Svg));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    QrImage {
        /// In dots.
        Png = "PNG",
        /// In lines.
        Svg = "SVG",
    }
}
