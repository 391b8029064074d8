#!/bin/sh
# An npm SDK, unchanged but for its base URL, against the simulator, which this starts:
#
#     examples/peers/kapso/run.sh
#
# Needs node 20.19 or newer, npm and cargo. WA names a `wa` that is built already.
set -eu

cd "$(dirname "$0")"
npm ci --silent
if [ -n "${WA:-}" ]; then
    exec node drive.mjs "$WA" simulate
fi
cargo build --quiet --locked --example wa
exec node drive.mjs cargo run --quiet --locked --example wa -- simulate
