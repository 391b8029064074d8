# What the project can do, a command each. `make test` is the whole gate.

.PHONY: test demo bench fuzz fmt lint unit docs features examples peers

# Everything that must hold before a change lands.
test: fmt lint unit docs features examples

# The main job on this machine alone, until Ctrl-C.
demo:
	cargo run --release --example desk

# Every benchmark; each comparison also prints a line of JSON. See docs/benchmarks.md.
bench:
	cargo bench -p benches --features peers --locked

# Looks for bytes that break what must hold of any bytes, each target for so many seconds.
# Needs `rustup toolchain install nightly` and `cargo install cargo-fuzz`. What it finds belongs
# into the target's folder of seeds, which `make test` replays.
FUZZ_SECONDS ?= 60
FUZZ := whatsapp-cloud/fuzz
FUZZ_BODIES := $(FUZZ)/seeds/parse $(FUZZ)/seeds/round_trip whatsapp-cloud/tests/fixtures/webhooks
FUZZ_OPTIONS = -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=8192
fuzz:
	mkdir -p $(FUZZ)/corpus/signature $(FUZZ)/corpus/parse $(FUZZ)/corpus/round_trip
	cargo +nightly fuzz run --fuzz-dir $(FUZZ) signature $(FUZZ)/corpus/signature \
		$(FUZZ)/seeds/signature -- $(FUZZ_OPTIONS)
	for target in parse round_trip; do \
		cargo +nightly fuzz run --fuzz-dir $(FUZZ) $$target $(FUZZ)/corpus/$$target \
			$(FUZZ_BODIES) -- $(FUZZ_OPTIONS) -dict=$(FUZZ)/webhook.dict || exit 1; \
	done

fmt:
	cargo fmt --all --check
	cargo fmt --manifest-path $(FUZZ)/Cargo.toml --check

# Only `make bench` builds the peers: the feature of `benches` stays off here and below.
lint:
	cargo clippy --workspace --exclude benches --all-targets --all-features --locked -- -D warnings
	cargo clippy -p benches --all-targets --locked -- -D warnings

# Unit tests, integration tests, doc tests.
unit:
	cargo test --workspace --exclude benches --all-features --locked

docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --exclude benches --all-features --no-deps --locked

# Each feature alone compiles without a warning, and the parser without HTTP client and tokio.
features:
	cargo clippy -p whatsapp-cloud --no-default-features --locked -- -D warnings
	for feature in client webhook axum flows simulator rustls native-tls client,rustls client,native-tls; do \
		cargo clippy -p whatsapp-cloud --no-default-features --features $$feature --locked -- -D warnings || exit 1; \
	done
	cargo clippy -p atendimento-core --no-default-features --locked -- -D warnings
	for feature in whatsapp sqlite testing whatsapp,rustls whatsapp,native-tls; do \
		cargo clippy -p atendimento-core --no-default-features --features $$feature --locked -- -D warnings || exit 1; \
	done
	tree=$$(cargo tree -p whatsapp-cloud --no-default-features --features webhook --edges normal --locked) \
		&& echo "$$tree" | grep -q 'serde_json v' && ! echo "$$tree" | grep -E '(reqwest|tokio|hyper) v'

# The examples run and do what they say.
A_BODY := whatsapp-cloud/tests/fixtures/webhooks/text.json
A_MESSAGE := {"messaging_product":"whatsapp","to":"+5511999990001","type":"text","text":{"body":"Oi"}}
examples:
	cargo run --release --locked --example desk -- --once
	cargo run --release --locked --example desk -- --unknown; test $$? -eq 2
	cargo run --release --locked --example queues | grep "bia has it"
	cargo run --release --locked --example embed | grep -A1 "ana got    1 message" | grep shipped
	for example in webhook_axum webhook_hyper; do \
		cargo run --release --locked --example $$example -- --once || exit 1; \
	done
	cargo run --release --locked --example wa -- inspect $(A_BODY) | grep '"events":1,"unknown":0'
	export APP_SECRET=ours OTHER_SECRET=theirs && wa="cargo run --release --locked --example wa --" \
		&& signature=$$($$wa sign --secret-env APP_SECRET $(A_BODY)) \
		&& $$wa verify --secret-env APP_SECRET --signature $$signature $(A_BODY) \
		&& { $$wa verify --secret-env OTHER_SECRET --signature $$signature $(A_BODY); test $$? -eq 1; }
	wa="cargo run --release --locked --example wa --" \
		&& echo '$(A_MESSAGE)' | $$wa lint | grep '"ok":true' \
		&& { echo '$(A_MESSAGE)' | sed s/text/txt/ | $$wa lint; test $$? -eq 1; }

# Other people's programs against ours: an npm SDK and pywa against the simulator; and where
# OPENAPI names Meta's file, our client against Prism. Needs node, npm and Python 3: see
# examples/peers/README.md.
peers:
	examples/peers/kapso/run.sh
	examples/peers/pywa/run.sh
ifdef OPENAPI
	examples/peers/prism/run.sh $(OPENAPI)
endif
