//! A ready route for a webhook. Placeholder.
