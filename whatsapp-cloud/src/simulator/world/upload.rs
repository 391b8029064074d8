//! Resumable uploads, whose handles stand in templates and profiles.
//!
//! Source: <https://developers.facebook.com/docs/graph-api/guides/upload>

use serde_json::json;

use crate::client::base64;
use crate::endpoint::Method;
use crate::simulator::world::{Asked, AskedBody, Outcome, Refusal, World};

/// What Meta takes here.
const TYPES: [&str; 5] = ["application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"];

/// An upload that is under way.
pub(super) struct ResumableUpload {
    length: usize,
    came: usize,
    /// What its address is signed with.
    signature: String,
}

impl World {
    /// Begins an upload.
    pub(super) fn start_upload(&mut self, asked: &Asked) -> Result<Outcome, Refusal> {
        let parameters = asked.parameters()?;
        let text = |name: &str| parameters.get(name).and_then(|value| value.as_str());
        let length = match parameters.get("file_length") {
            Some(length) => {
                length.as_str().map_or_else(|| length.as_u64(), |length| length.parse().ok())
            }
            None => None,
        };
        let Some(length) = length.and_then(|length| usize::try_from(length).ok()) else {
            return Err(Refusal::new(100, "The parameter file_length is required."));
        };
        if !text("file_type").is_some_and(|kind| TYPES.contains(&kind)) {
            let details = format!("Param file_type must be one of {{{}}}", TYPES.join(", "));
            return Err(Refusal::new(100, details));
        }
        let unique = self.next_id();
        let id = format!("upload:{}", base64(format!("attachment {unique}").as_bytes()));
        let signature = self.next_number();
        let upload = ResumableUpload { length, came: 0, signature: signature.clone() };
        self.uploads.insert(id.clone(), upload);
        Ok(Outcome::json(json!({"id": format!("{id}?sig={signature}")})))
    }

    /// Takes a part, or says how far an upload came.
    pub(super) fn on_upload(&mut self, id: &str, asked: &Asked) -> Result<Outcome, Refusal> {
        let unique = self.next_number();
        let upload = self.uploads.get_mut(id).ok_or_else(Refusal::unknown_object)?;
        if asked.query("sig") != Some(upload.signature.as_str()) {
            return Err(Refusal::unknown_object());
        }
        if asked.method == Method::Get {
            return Ok(Outcome::json(json!({
                "id": format!("{id}?sig={}", upload.signature),
                "file_offset": upload.came,
            })));
        }
        let AskedBody::Bytes(bytes) = &asked.body else {
            return Err(Refusal::new(100, "The file is sent as it is, not as a form"));
        };
        let offset = asked.file_offset.as_deref().and_then(|offset| offset.parse::<usize>().ok());
        if offset != Some(upload.came) {
            let details = format!("The header file_offset must be {}", upload.came);
            return Err(Refusal::new(100, details));
        }
        if upload.came + bytes.len() > upload.length {
            return Err(Refusal::new(100, "More bytes than file_length"));
        }
        upload.came += bytes.len();
        if upload.came < upload.length {
            return Ok(Outcome::json(json!({
                "id": format!("{id}?sig={}", upload.signature),
                "file_offset": upload.came,
            })));
        }
        self.uploads.remove(id);
        let handle = format!("4::{}", base64(format!("handle {unique}").as_bytes()));
        self.handles.insert(handle.clone());
        Ok(Outcome::json(json!({"h": handle})))
    }
}
