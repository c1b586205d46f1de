# Everything that must hold before a commit.
check: fmt lint test doc deny

fmt:
    cargo fmt --check

lint:
    cargo clippy --all-targets -- -D warnings

test:
    cargo test

doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

deny:
    cargo deny check

# Stock tools against our bundles: needs ssh-keygen and bagit.py.
interop:
    cargo test --test all -- --ignored interop

# The attacks on storage, in full: kills, damages, full disks, failing file calls. Needs strace and root.
faults:
    cargo build --release
    PINGYI_FAULTS=full cargo test --release --test all -- --ignored --nocapture faults

# What users wait for.
bench:
    cargo bench

# A whole session in a real terminal: needs tmux.
journey:
    cargo build --release
    bash tests/journeys/tmux.sh target/release/pingyi
