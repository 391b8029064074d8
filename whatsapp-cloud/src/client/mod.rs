//! Being written.
/// Being written.
#[derive(Debug)]
pub struct Client;
