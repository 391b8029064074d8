#!/bin/sh
# Our client against Prism, which serves Meta's OpenAPI file:
#
#     examples/peers/prism/run.sh PATH/TO/openapi.yaml
#
# Needs node, npm and cargo. The file is Meta's, and isn't kept here:
# https://github.com/facebook/openapi, business-messaging-api_v23.0.yaml; what is documented in
# docs/prism.md was found with commit ecba623b4aba6ae770185b074ed77ed5acef22f7.
set -eu

if [ $# -ne 1 ] || [ ! -f "$1" ]; then
    echo "usage: $0 PATH/TO/openapi.yaml" >&2
    exit 2
fi
file=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)

cd "$here"
npm ci --silent
cargo build --quiet --locked --example prism
exec node serve.mjs "$file" cargo run --quiet --locked --example prism --
