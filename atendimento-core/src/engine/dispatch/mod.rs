//! Work outside the store: claimed, done, settled.

mod correlation;
mod crm;
mod end;
mod guard;
mod send;
