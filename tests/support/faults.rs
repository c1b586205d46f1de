//! Faults from outside: a program killed before its N-th file call or at any moment, and file calls that fail once.
//!
//! An [`Act`] is any command line: program, arguments, environment, a script for its standard input, and how its output
//! acknowledges an entry. Who attacks it says how its folder is laid out before ([`Attack::prepare`]) and what must hold
//! afterwards ([`Attack::judge`]); the harness finds out which file calls the command makes and strikes at each.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fmt,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// Longer than any command of these tests takes; whoever takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// Calls that change something on disk, or are the last step before: a kill before any of them must leave whole data.
pub(crate) const CHANGING: &[&str] = &[
    "openat",
    "write",
    "pwrite64",
    "writev",
    "pwritev",
    "ftruncate",
    "fallocate",
    "fsync",
    "fdatasync",
    "sync_file_range",
    "rename",
    "renameat",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "rmdir",
    "mkdir",
    "mkdirat",
    "chmod",
    "fchmod",
    "fchmodat",
    "copy_file_range",
    "sendfile",
];

/// Calls that read, lock or look; they can fail too.
pub(crate) const READING: &[&str] = &["read", "pread64", "lseek", "getdents64", "statx", "newfstatat", "fstat", "flock"];

/// A command line, and how it says that an entry is saved.
#[derive(Clone)]
pub(crate) struct Act {
    pub(crate) program: PathBuf,
    pub(crate) args: Vec<OsString>,
    pub(crate) env: Vec<(String, OsString)>,
    /// Written to its standard input, which is then closed.
    pub(crate) stdin: String,
    /// The number of the entry that a line of its output acknowledges.
    pub(crate) acknowledged: fn(&str) -> Option<u64>,
    /// What stands on standard error when not the program but what surrounds it gave up; `None` when nothing surrounds it.
    pub(crate) not_its_own: Option<&'static str>,
}

impl Act {
    /// A program with arguments, without a script, that acknowledges in the usual form. Its environment is that of the test;
    /// `env` adds to it.
    pub(crate) fn of(program: impl Into<PathBuf>, args: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        Self {
            program: program.into(),
            args: args.into_iter().map(Into::into).collect(),
            env: Vec::new(),
            stdin: String::new(),
            acknowledged: ok_seq,
            not_its_own: None,
        }
    }
}

/// The usual form: `ok SEQ`.
pub(crate) fn ok_seq(line: &str) -> Option<u64> {
    line.strip_prefix("ok ")?.split_whitespace().next()?.parse().ok()
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// Killed before the N-th such call of any of its threads.
    Kill { call: &'static str, nth: u32 },
    /// The N-th such call of each of its threads fails in this way, and is not done.
    Fail { call: &'static str, nth: u32, error: &'static str },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => write!(f, "no fault"),
            Self::Kill { call, nth } => write!(f, "killed before {call} number {nth}"),
            Self::Fail { call, nth, error } => write!(f, "{call} number {nth} fails with {error}"),
        }
    }
}

/// What became of a command.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    /// Numbers of the entries that it called saved, in order.
    pub(crate) acknowledged: Vec<u64>,
    /// `None` when it was killed.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// An attack on one command.
pub(crate) struct Attack<'a> {
    /// In reports.
    pub(crate) name: &'a str,
    /// Lays out what the command finds.
    pub(crate) prepare: &'a dyn Fn(&Path),
    /// The command for such a folder.
    pub(crate) act: &'a dyn Fn(&Path) -> Act,
    /// What must hold afterwards, beside what holds for every command: no panic, no hang, words for every failure.
    pub(crate) judge: &'a dyn Fn(&Path, &Outcome) -> Result<(), String>,
}

/// Whether all faults are asked for (`PINGYI_FAULTS=full`), or only a sample that every test run can afford.
pub(crate) fn full() -> bool {
    std::env::var("PINGYI_FAULTS").as_deref() == Ok("full")
}

/// Whether calls can be made to fail here. Where they cannot, the test says so and counts as not run.
pub(crate) fn can_inject() -> bool {
    let tried = Command::new("strace").args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=openat", "true"]).output();
    let can = tried.is_ok_and(|output| output.status.success());
    if !can {
        eprintln!("NOT RUN: strace is missing or may not trace here, so no file call can be made to fail");
    }
    can
}

impl Attack<'_> {
    /// Kills the command before each of its changing calls, at most `most` of them unless all are asked for. Returns how many.
    pub(crate) fn kill_everywhere(&self, most: usize) -> usize {
        let calls = self.calls(CHANGING);
        let faults = calls.iter().flat_map(|(call, count)| (1..=*count).map(|nth| Fault::Kill { call, nth })).collect();
        self.strike(faults, most)
    }

    /// Makes each of its calls fail once with each of `errors`, at most `most` of them unless all are asked for. Returns how many.
    pub(crate) fn fail_everywhere(&self, errors: &[&'static str], most: usize) -> usize {
        let calls = self.calls(&[CHANGING, READING].concat());
        let faults = calls
            .iter()
            .flat_map(|(call, count)| (1..=*count).flat_map(move |nth| errors.iter().map(move |error| Fault::Fail { call, nth, error })))
            .collect();
        self.strike(faults, most)
    }

    fn strike(&self, faults: Vec<Fault>, most: usize) -> usize {
        let chosen = if full() { faults } else { spread(faults, most) };
        let mut wrong = Vec::new();
        for fault in &chosen {
            let place = tempfile::tempdir().unwrap();
            (self.prepare)(place.path());
            let act = (self.act)(place.path());
            let outcome = run(&act, fault);
            let verdict = outcome.and_then(|outcome| {
                // A thread that is killed before its first such call has nothing to say; all others end by themselves.
                sane(&outcome, fault, &act).and_then(|()| (self.judge)(place.path(), &outcome)).map_err(|why| {
                    format!("{why}\n  exit {:?}\n  stdout {:?}\n  stderr {:?}", outcome.code, tail(&outcome.stdout), tail(&outcome.stderr))
                })
            });
            if let Err(why) = verdict {
                wrong.push(format!("{}: {fault}: {why}", self.name));
            }
        }
        eprintln!("{}: {} faults, {} wrong", self.name, chosen.len(), wrong.len());
        assert!(wrong.is_empty(), "{} of {} faults\n{}", wrong.len(), chosen.len(), wrong.join("\n"));
        chosen.len()
    }

    /// How often the command makes each call when nothing goes wrong: the most that any one thread makes.
    fn calls(&self, of: &[&'static str]) -> BTreeMap<&'static str, u32> {
        let place = tempfile::tempdir().unwrap();
        (self.prepare)(place.path());
        let log = place.path().with_extension("strace");
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-e", &trace(of), "-o"]).arg(&log).arg("--");
        let act = (self.act)(place.path());
        let outcome = finish(start(&act, command, true), &act).unwrap();
        assert_eq!(outcome.code, Some(0), "{}: does not even work unharmed: {outcome:?}", self.name);
        (self.judge)(place.path(), &outcome).unwrap_or_else(|why| panic!("{}: not even right unharmed: {why}", self.name));
        let text = std::fs::read_to_string(&log).unwrap();
        std::fs::remove_file(&log).unwrap();
        count_calls(&text, of)
    }
}

/// A question mark before a name lets strace pass over calls that this machine does not have.
fn trace(calls: &[&str]) -> String {
    format!("trace={}", calls.iter().map(|call| format!("?{call}")).collect::<Vec<_>>().join(","))
}

fn count_calls(log: &str, of: &[&'static str]) -> BTreeMap<&'static str, u32> {
    let mut by_thread: BTreeMap<(&str, &'static str), u32> = BTreeMap::new();
    for line in log.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let named = rest.trim_start().split_once('(').map(|(name, _)| name).unwrap_or_default();
        if let Some(call) = of.iter().find(|call| **call == named) {
            *by_thread.entry((thread, call)).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((_, call), count) in by_thread {
        let seen: &mut u32 = most.entry(call).or_default();
        *seen = count.max(*seen);
    }
    most
}

/// At most `most` of them, evenly spread.
fn spread<T: Clone>(all: Vec<T>, most: usize) -> Vec<T> {
    if all.len() <= most {
        return all;
    }
    (0..most).map(|number| all[number * all.len() / most].clone()).collect()
}

/// What holds for every command under every fault.
fn sane(outcome: &Outcome, fault: &Fault, act: &Act) -> Result<(), String> {
    if act.not_its_own.is_some_and(|words| outcome.stderr.contains(words)) {
        return Ok(());
    }
    if outcome.stderr.contains("panicked") || outcome.code == Some(101) {
        return Err("it panicked".to_owned());
    }
    match (outcome.code, fault) {
        (None, Fault::None | Fault::Fail { .. }) => Err("it died of a signal".to_owned()),
        (Some(code), Fault::None | Fault::Fail { .. }) if code != 0 && outcome.stderr.trim().is_empty() => {
            Err("it failed without a word".to_owned())
        }
        _ => Ok(()),
    }
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(6)..].join("\n")
}

/// Runs a command to its end under a fault.
pub(crate) fn run(act: &Act, fault: &Fault) -> Result<Outcome, String> {
    let inject = match fault {
        Fault::None => return finish(start(act, Command::new(&act.program), false), act),
        Fault::Kill { call, nth } => format!("inject={call}:signal=KILL:when={nth}"),
        Fault::Fail { call, nth, error } => format!("inject={call}:error={error}:when={nth}"),
    };
    let call = match fault {
        Fault::None => "",
        Fault::Kill { call, .. } | Fault::Fail { call, .. } => call,
    };
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject, "--"]);
    finish(start(act, command, true), act)
}

/// Runs a command to its end under a tracer, whose own arguments are complete.
pub(crate) fn run_traced(act: &Act, tracer: Command) -> Result<Outcome, String> {
    finish(start(act, tracer, true), act)
}

/// Starts a command and kills it, if it still lives, after `life`: counted from its start, or from its first answer, so that on a busy
/// machine too most commands die while they work and not before.
fn kill_after(act: &Act, life: Duration, from_first_answer: bool) -> Result<Outcome, String> {
    let mut running = start(act, Command::new(&act.program), false);
    let begun = Instant::now();
    while from_first_answer && running.stdout.lock().unwrap().is_empty() && begun.elapsed() < PATIENCE {
        if running.child.try_wait().unwrap().is_some() {
            break;
        }
        thread::sleep(Duration::from_millis(1));
    }
    thread::sleep(life);
    let _may_have_ended = running.child.kill();
    finish(running, act)
}

/// Kills a command at a random moment, `rounds` times in a row. `act` gives the command of each round, `judge` says what must hold
/// after it. Returns how many entries were acknowledged in all.
pub(crate) fn kill_at_any_moment(
    rounds: usize,
    dice: &mut Dice,
    act: &mut dyn FnMut(usize) -> Act,
    judge: &mut dyn FnMut(usize, &Outcome) -> Result<(), String>,
) -> usize {
    let mut acknowledged = 0;
    for round in 0..rounds {
        // Every third round dies while it starts.
        let starts = round % 3 == 0;
        let life = Duration::from_millis(dice.below(if starts { 40 } else { 200 }));
        let verdict = kill_after(&act(round), life, !starts).and_then(|outcome| {
            acknowledged += outcome.acknowledged.len();
            if outcome.stderr.contains("panicked") {
                return Err(format!("it panicked: {}", outcome.stderr));
            }
            judge(round, &outcome)
        });
        verdict.unwrap_or_else(|why| panic!("round {round}, killed after {life:?}: {why}"));
    }
    acknowledged
}

struct Running {
    child: Child,
    stdout: Arc<Mutex<String>>,
    stderr: Arc<Mutex<String>>,
    readers: Vec<thread::JoinHandle<()>>,
}

/// Starts `command`; when it is a tracer, the act's program is its first argument.
fn start(act: &Act, mut command: Command, traced: bool) -> Running {
    if traced {
        command.arg(&act.program);
    }
    command.args(&act.args).envs(act.env.iter().cloned());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let script = act.stdin.clone();
    let (stdout, stderr) = (Arc::new(Mutex::new(String::new())), Arc::new(Mutex::new(String::new())));
    let readers = vec![
        thread::spawn(move || {
            // Whoever was killed reads no more.
            let _closed = input.write_all(script.as_bytes());
        }),
        collect(child.stdout.take().unwrap(), &stdout),
        collect(child.stderr.take().unwrap(), &stderr),
    ];
    Running { child, stdout, stderr, readers }
}

fn collect(from: impl Read + Send + 'static, into: &Arc<Mutex<String>>) -> thread::JoinHandle<()> {
    let into = Arc::clone(into);
    thread::spawn(move || {
        let mut lines = BufReader::new(from);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
            into.lock().unwrap().push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    })
}

fn finish(mut running: Running, act: &Act) -> Result<Outcome, String> {
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = running.child.try_wait().map_err(|error| error.to_string())? {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            let _may_have_ended = running.child.kill();
            return Err(format!("it hangs; so far {:?}", tail(&running.stdout.lock().unwrap())));
        }
        thread::sleep(Duration::from_millis(1));
    };
    for reader in running.readers {
        reader.join().map_err(|_| "a reader died".to_owned())?;
    }
    let (stdout, stderr) = (running.stdout.lock().unwrap().clone(), running.stderr.lock().unwrap().clone());
    // A last line without its end was cut off by the kill and told nobody anything.
    let whole = stdout.rfind('\n').map_or("", |at| &stdout[..at]);
    let acknowledged = whole.lines().filter_map(act.acknowledged).collect();
    Ok(Outcome { acknowledged, code: status.code(), stdout, stderr })
}

/// Numbers that look random, from a seed that a failure can name.
pub(crate) struct Dice(u64);

impl Dice {
    /// From `PINGYI_SEED`, or from the clock; says which.
    pub(crate) fn new(what: &str) -> Self {
        let clock = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos() as u64;
        let seed = std::env::var("PINGYI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or_else(clock);
        eprintln!("{what}: PINGYI_SEED={seed}");
        Self(seed | 1)
    }

    /// Always the same.
    pub(crate) fn fixed() -> Self {
        Self(1)
    }

    /// The next one below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end.max(1)
    }
}
