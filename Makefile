# What the project can do, a command each. `make test` is the whole gate.

.PHONY: test demo bench fmt lint unit docs features examples

# Everything that must hold before a change lands.
test: fmt lint unit docs features examples

# The main job on this machine alone, until Ctrl-C.
demo:
	cargo run --release --example desk

# Every benchmark; each comparison also prints a line of JSON.
bench:
	cargo bench -p benches

fmt:
	cargo fmt --all --check

lint:
	cargo clippy --workspace --all-targets --all-features --locked -- -D warnings

# Unit tests, integration tests, doc tests.
unit:
	cargo test --workspace --all-features --locked

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --all-features --no-deps --locked

# Each feature alone compiles without a warning, and the parser without HTTP client and tokio.
features:
	cargo clippy -p whatsapp-cloud --no-default-features --locked -- -D warnings
	for feature in client webhook axum simulator rustls native-tls client,rustls client,native-tls; do \
		cargo clippy -p whatsapp-cloud --no-default-features --features $$feature --locked -- -D warnings || exit 1; \
	done
	cargo clippy -p atendimento-core --no-default-features --locked -- -D warnings
	for feature in whatsapp sqlite testing whatsapp,rustls whatsapp,native-tls; do \
		cargo clippy -p atendimento-core --no-default-features --features $$feature --locked -- -D warnings || exit 1; \
	done
	tree=$$(cargo tree -p whatsapp-cloud --no-default-features --features webhook --edges normal --locked) \
		&& echo "$$tree" | grep -q 'serde_json v' && ! echo "$$tree" | grep -E '(reqwest|tokio|hyper) v'

# The examples run and do what they say.
examples:
	cargo run --release --locked --example desk -- --once
	cargo run --release --locked --example desk -- --unknown; test $$? -eq 2
