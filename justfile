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

# Stock tools against our bundles and reports: needs ssh-keygen, bagit.py, LibreOffice, Chromium and pdftotext.
interop:
    cargo test --test all -- --ignored interop

# A thousand generated bundles past bagit.py and ssh-keygen.
stock count="1000":
    PINGYI_STOCK={{count}} cargo test --test all -- --ignored stock_tools_find_every_one

# The register in real engines: needs PostgreSQL's server programs and the Python packages duckdb and chdb-core.
engines:
    cargo test --test all province::engines -- --ignored

# A thousand results of panels, a million scores, and twenty bad files, in one folder: what counts, in any order, killed on the way,
# and loaded into PostgreSQL, DuckDB and ClickHouse; with figures of time and memory. Making them takes most of an hour; they are kept.
many count="1000":
    PINGYI_MANY={{count}} PINGYI_MANY_AT=target/many cargo test --profile dist --test all -- --ignored --nocapture province::many

# Whole sessions in a real terminal: needs tmux.
journeys:
    cargo test --test all -- --ignored journeys

# A package of more than four gibibytes; writes ten.
large:
    cargo test --release --test all more_than_four_gibibytes -- --ignored

# How long saving and opening take; prints the figures of docs/storage.md.
speed:
    cargo test --release --test all store::speed -- --ignored --nocapture --test-threads 1

# How long people wait for a key and for the first list, in a call of 5,000 applications, and for a search line over 10,000; fails
# where a frame is missed.
bench:
    cargo bench --bench waits --bench search

# The attacks on storage, in full: thousands of damages, a kill before every file call, every file call failing, and full disks of
# 25 sizes. Needs strace, and root for the small disks.
faults:
    PINGYI_FAULTS=full cargo test --release --test all store::damage -- --nocapture
    PINGYI_FAULTS=full cargo test --release --test all store::faults -- --nocapture
    PINGYI_FAULTS=full cargo test --release --test all store::power -- --nocapture
    PINGYI_FAULTS=full cargo test --release --test all faults::kill -- --nocapture
    PINGYI_FAULTS=full cargo test --release --test all faults::fail -- --nocapture
    PINGYI_FAULTS=full cargo test --release --test all faults::damage -- --nocapture
    PINGYI_FAULTS=full cargo test --release --test all faults::second -- --nocapture
    PINGYI_FAULTS=full cargo test --release --test all faults::panel -- --nocapture
    cargo test --release --test all faults -- --ignored

# Random sessions of a reviewer against the model, from another seed each time; also more numbers, totals and harmed files. Again
# from the seed that a failure prints: PINGYI_MODEL_SEED=… PINGYI_MODEL_CASES=1 cargo test --test all model::workspace
model cases="10000":
    PINGYI_MODEL_CASES={{cases}} PINGYI_MODEL_SEED=$(date +%s) cargo test --release --test all model:: -- --nocapture
    PINGYI_MODEL_CASES={{cases}} cargo test --release --test all intake::noise

# Thousands of changed bundles, with counts; `just mutants every` changes every byte of every file and takes hours.
mutants effort="many":
    PINGYI_MUTANTS={{effort}} cargo test --release --test all attacks:: -- --nocapture

# A thousand random orders in which sticks with bundles come; the figures must be the same to the byte.
orders count="1000":
    PINGYI_ORDERS={{count}} cargo test --release --test all table::orders

# A million random sets of scores against an oracle that computes otherwise.
oracle:
    PINGYI_ORACLE=1000000 cargo test --release --test all consolidation::oracle

# `pingyi tally`, as it is distributed, beside DuckDB on 1.05 and 10.5 million rows: time, peak memory, totals.
tally-bench:
    cargo build --profile dist
    python3 -m venv target/tally-bench/venv
    target/tally-bench/venv/bin/pip install --quiet duckdb
    target/tally-bench/venv/bin/python benches/tally.py target/dist/pingyi
