#!/bin/sh
# pywa, unchanged but for its base URL, against the simulator:
#
#     examples/peers/pywa/run.sh                          starts the simulator itself
#     examples/peers/pywa/run.sh BASE_URL CALLBACK_PORT   one that posts to that port of 127.0.0.1
#
# Needs Python 3.10 or newer, and cargo where it starts the simulator.
set -eu

case $# in 0 | 2) ;; *)
    echo "usage: $0 [BASE_URL CALLBACK_PORT]" >&2
    exit 2
    ;;
esac

cd "$(dirname "$0")"
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt

if [ $# -eq 2 ]; then
    exec .venv/bin/python drive.py "$1" --callback-port "$2"
fi
ports=$(.venv/bin/python -c '
import socket
both = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(one.getsockname()[1] for one in both))')
cargo build --quiet --locked --example wa
exec .venv/bin/python drive.py "http://127.0.0.1:${ports% *}" --callback-port "${ports#* }" -- \
    cargo run --quiet --locked --example wa -- simulate \
    --port "${ports% *}" --callback "http://127.0.0.1:${ports#* }/" --batch 1
