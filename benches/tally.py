"""Compares `pingyi tally` with DuckDB: 10,000 and 100,000 applications, 7 reviewers, 15 criteria; time, peak memory, and the totals.

Usage: python3 benches/tally.py PINGYI [FOLDER] — needs the package `duckdb` (`just tally-bench` installs it into target/).
DuckDB is asked for less: it adds up, drops one high and one low, averages, rounds and ranks. It checks no range, no step, no missing
and no double cell, keeps no dimensions for ties and floors, and rounds a binary fraction.
"""

import csv, os, random, subprocess, sys, time, tomllib
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUBRIC = HERE.parent / "rubrics" / "selection.toml"
REVIEWERS = 7

QUERY = """
import duckdb, sys
duckdb.sql("SET threads = 2")
duckdb.sql("SET enable_progress_bar = false")
duckdb.sql(f'''COPY (
  WITH sheets AS (
    SELECT application, reviewer, sum(value) AS total
    FROM read_csv('{sys.argv[1]}', header = true,
      columns = {{'application': 'VARCHAR', 'reviewer': 'VARCHAR', 'criterion': 'VARCHAR', 'value': 'DECIMAL(6,2)'}})
    GROUP BY ALL),
  totals AS (
    SELECT application, count(*) AS n, round((sum(total) - min(total) - max(total)) / (count(*) - 2), 2) AS total
    FROM sheets GROUP BY application)
  SELECT application, n, total, rank() OVER (ORDER BY total DESC) AS rank FROM totals ORDER BY rank, application
) TO '{sys.argv[2]}' (HEADER)''')
"""


def table(path, applications, shuffled):
    """Writes the table once; the same seed gives the same bytes."""
    if path.exists():
        return
    dice = random.Random(453)
    rubric = tomllib.loads(RUBRIC.read_text())
    criteria = [(row["id"], int(Decimal(row["max"]) * 2)) for row in rubric["criterion"]]
    lines = []
    with path.open("w") as out:
        out.write("application,reviewer,criterion,value\n")
        for application in range(applications):
            for reviewer in range(REVIEWERS):
                for name, most in criteria:
                    half = dice.randint(most // 2, most)
                    lines.append(f"sx-{application:06},R{reviewer + 1:02},{name},{half // 2}{'.5' if half % 2 else ''}\n")
            if not shuffled:
                out.writelines(lines)
                lines.clear()
        dice.shuffle(lines)
        out.writelines(lines)


def measured(words):
    """Wall time in seconds and peak memory in MiB of a command."""
    begun = time.perf_counter()
    child = subprocess.Popen(words)
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - begun
    if status:
        sys.exit(f"{words} ended with {status}")
    return took, usage.ru_maxrss / 1024


def totals(path):
    with open(path, newline="") as rows:
        return {row["application"]: Decimal(row["total"]) for row in csv.DictReader(rows)}


def compare(pingyi, folder, applications, shuffled, rounds):
    source = folder / f"scores-{applications}{'-shuffled' if shuffled else ''}.csv"
    # In a process of its own: a child's peak begins with the size of its parent.
    subprocess.run([sys.executable, __file__, "--table", str(source), str(applications), str(shuffled)], check=True)
    ours, theirs = folder / "pingyi.csv", folder / "duckdb.csv"
    tally = [pingyi, "tally", "--rubric", str(RUBRIC), "--scores", str(source), "--output", str(ours)]
    duck = [sys.executable, "-c", QUERY, str(source), str(theirs)]
    measured(tally), measured(duck)  # both read the file from the cache afterwards
    best = lambda words: min(measured(words) for _ in range(rounds))
    (our_time, our_memory), (their_time, their_memory) = best(tally), best(duck)
    count, apart = subprocess.run([sys.executable, __file__, "--compare", str(ours), str(theirs)],
                                  check=True, capture_output=True, text=True).stdout.split()
    rows = applications * REVIEWERS * 15
    print(f"{rows:>10,} rows{' shuffled' if shuffled else ''}: pingyi {our_time:.2f} s {our_memory:.0f} MiB, "
          f"DuckDB {their_time:.2f} s {their_memory:.0f} MiB; time ×{our_time / their_time:.2f}, memory ×{our_memory / their_memory:.2f}; "
          f"{count} totals, {apart} apart", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "--table":
        sys.exit(table(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4] == "True"))
    if sys.argv[1] == "--compare":
        mine, other = totals(sys.argv[2]), totals(sys.argv[3])
        sys.exit(print(len(mine), sum(1 for key, value in mine.items() if abs(value - other[key]) > Decimal("0.01"))))
    pingyi = sys.argv[1]
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else HERE.parent / "target" / "tally-bench")
    folder.mkdir(parents=True, exist_ok=True)
    for applications, shuffled, rounds in [(10_000, False, 5), (10_000, True, 5), (100_000, False, 3), (100_000, True, 3)]:
        compare(pingyi, folder, applications, shuffled, rounds)
