use whatsapp_cloud::api::block_list::{BlockUsers, ListBlockedUsers, UnblockUsers};

use super::{Row, row};

pub fn rows() -> Vec<Row> {
    vec![
        row::<ListBlockedUsers>("api/block_list.rs"),
        row::<BlockUsers>("api/block_list.rs"),
        row::<UnblockUsers>("api/block_list.rs"),
    ]
}
