//! What the client is made of, set up with canaries.
