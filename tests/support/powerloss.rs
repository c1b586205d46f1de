//! Power loss: the file calls of a command are recorded, and the disk is rebuilt as it may be when the power goes after any of them.
//!
//! What an fsync covered is there. Every other 4 KiB page that was written is there or not, by chance, and so is every change of a
//! length. Names come in the order in which they were made, as far as a later fsync went or chance goes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::faults::{Act, Dice, run_traced};

const PAGE: usize = 4096;
const CALLS: &str = "trace=?open,openat,close,write,pwrite64,writev,pwritev,lseek,ftruncate,fallocate,fsync,fdatasync,sync_file_range,\
    ?rename,renameat,renameat2,?unlink,unlinkat,?rmdir,?mkdir,mkdirat,?link,linkat,copy_file_range,sendfile,dup,dup2,dup3";

/// What counts as written to the medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durable {
    /// Everything: only the process dies.
    Everything,
    /// What fsync, fdatasync or sync_file_range covered.
    SyncFileRangeToo,
    /// What fsync or fdatasync covered.
    OnlyFsync,
}

type Node = usize;

#[derive(Debug)]
enum Event {
    Begin(Node, PathBuf),
    Folder(PathBuf),
    Write(Node, usize, Vec<u8>),
    Length(Node, usize),
    Sync(Node),
    SyncRange(Node),
    SyncFolder,
    Rename(PathBuf, PathBuf),
    Gone(PathBuf),
    Acknowledged(u64),
}

/// The file calls of a command that was run to its end.
pub(crate) struct Recording {
    root: PathBuf,
    files: BTreeMap<PathBuf, Vec<u8>>,
    folders: BTreeSet<PathBuf>,
    events: Vec<Event>,
}

/// A file on the rebuilt disk: what is certain, and what is not.
#[derive(Clone, Default)]
struct Disk {
    certain: Vec<u8>,
    /// Writes and lengths since, in order; a length is a write without bytes.
    open: Vec<(usize, Option<Vec<u8>>)>,
}

impl Recording {
    /// Runs the command on what lies in `root` and records what it does there.
    pub(crate) fn of(act: &Act, root: &Path) -> Self {
        let (mut files, mut folders) = (BTreeMap::new(), BTreeSet::new());
        snapshot(root, &mut files, &mut folders);
        let log = root.with_extension("strace");
        let mut tracer = Command::new("strace");
        tracer.args(["-f", "-qq", "-xx", "-y", "-s", "8000000", "-e", CALLS, "-o"]).arg(&log).arg("--");
        let outcome = run_traced(act, tracer).unwrap();
        assert_eq!(outcome.code, Some(0), "{outcome:?}");
        let text = fs::read_to_string(&log).unwrap();
        fs::remove_file(&log).unwrap();
        let mut reader = Reader { root: root.to_owned(), act, nodes: BTreeMap::new(), open: BTreeMap::new(), next: 0, events: Vec::new() };
        for path in files.keys() {
            reader.nodes.insert(path.clone(), reader.next);
            reader.next += 1;
        }
        reader.read(&text);
        assert!(
            reader.events.iter().any(|event| matches!(event, Event::Acknowledged(_))),
            "no acknowledgement was seen on the way: {:?}",
            outcome.stdout
        );
        Self { root: root.to_owned(), files, folders, events: reader.events }
    }

    /// Number of moments at which the power can go.
    pub(crate) fn moments(&self) -> usize {
        self.events.len() + 1
    }

    /// The last entry acknowledged before `moment`.
    pub(crate) fn acknowledged(&self, moment: usize) -> Option<u64> {
        let told = |event: &Event| if let Event::Acknowledged(seq) = event { Some(*seq) } else { None };
        self.events[..moment].iter().filter_map(told).next_back()
    }

    /// Lays into `to` one of the disks that may be found when the power goes at `moment`.
    pub(crate) fn rebuild(&self, moment: usize, durable: Durable, dice: &mut Dice, to: &Path) {
        let mut disks: Vec<Disk> = self.files.values().map(|bytes| Disk { certain: bytes.clone(), open: Vec::new() }).collect();
        let mut names: Vec<&Event> = Vec::new();
        let mut certain_names = 0;
        for event in &self.events[..moment] {
            match event {
                Event::Begin(node, _) => {
                    disks.resize(disks.len().max(node + 1), Disk::default());
                    names.push(event);
                }
                Event::Folder(_) | Event::Rename(..) | Event::Gone(_) => names.push(event),
                Event::Write(node, at, bytes) => disks[*node].open.push((*at, Some(bytes.clone()))),
                Event::Length(node, length) => disks[*node].open.push((*length, None)),
                Event::Sync(node) => {
                    disks[*node].settle();
                    certain_names = names.len();
                }
                Event::SyncRange(node) if durable != Durable::OnlyFsync => disks[*node].settle(),
                Event::SyncFolder => certain_names = names.len(),
                Event::SyncRange(_) | Event::Acknowledged(_) => {}
            }
        }
        // Some disks keep nearly everything, some nearly nothing.
        let luck = [0, 10, 50, 90, 100][usize::try_from(dice.below(5)).unwrap()];
        let kept = match durable {
            Durable::Everything => names.len(),
            _ => certain_names + usize::try_from(dice.below((names.len() - certain_names + 1) as u64)).unwrap(),
        };
        let luck = if durable == Durable::Everything { 100 } else { luck };
        self.lay_out(&names[..kept], &disks.iter().map(|disk| disk.found(luck, dice)).collect::<Vec<_>>(), to);
    }

    fn lay_out(&self, names: &[&Event], contents: &[Vec<u8>], to: &Path) {
        let mut folders = self.folders.clone();
        let mut files: BTreeMap<PathBuf, Node> = self.files.keys().cloned().zip(0..).collect();
        for event in names {
            match event {
                Event::Begin(node, path) => drop(files.insert(path.clone(), *node)),
                Event::Folder(path) => drop(folders.insert(path.clone())),
                Event::Gone(path) => {
                    files.remove(path);
                    folders.remove(path);
                }
                Event::Rename(from, new) => {
                    let moved = |path: &PathBuf| path.strip_prefix(from).ok().map(|rest| join(new, rest));
                    files = files
                        .into_iter()
                        .filter(|(path, _)| path != new)
                        .map(|(path, node)| (moved(&path).unwrap_or(path), node))
                        .collect();
                    folders = folders.into_iter().map(|path| moved(&path).unwrap_or(path)).collect();
                }
                _ => {}
            }
        }
        for folder in folders {
            fs::create_dir_all(to.join(folder.strip_prefix(&self.root).unwrap())).unwrap();
        }
        for (path, node) in files {
            let path = to.join(path.strip_prefix(&self.root).unwrap());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &contents[node]).unwrap();
        }
    }
}

fn join(folder: &Path, rest: &Path) -> PathBuf {
    if rest.as_os_str().is_empty() { folder.to_owned() } else { folder.join(rest) }
}

fn snapshot(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>, folders: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            snapshot(&path, files, folders);
            folders.insert(path);
        } else {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}

impl Disk {
    fn settle(&mut self) {
        self.certain = self.found(100, &mut Dice::fixed());
        self.open.clear();
    }

    /// What is found: every uncertain page and length with a chance of `luck` in a hundred.
    fn found(&self, luck: u64, dice: &mut Dice) -> Vec<u8> {
        let mut bytes = self.certain.clone();
        for (at, written) in &self.open {
            let Some(written) = written else {
                if dice.below(100) < luck {
                    bytes.resize(*at, 0);
                }
                continue;
            };
            let mut begin = *at;
            while begin < at + written.len() {
                let end = ((begin / PAGE + 1) * PAGE).min(at + written.len());
                if dice.below(100) < luck {
                    bytes.resize(bytes.len().max(end), 0);
                    bytes[begin..end].copy_from_slice(&written[begin - at..end - at]);
                }
                begin = end;
            }
        }
        bytes
    }
}

/// Reads a tracer's log.
struct Reader<'a> {
    root: PathBuf,
    act: &'a Act,
    nodes: BTreeMap<PathBuf, Node>,
    /// Open files by number: the file, and where the next write goes.
    open: BTreeMap<u64, (Node, usize)>,
    next: Node,
    events: Vec<Event>,
}

impl Reader<'_> {
    fn read(&mut self, log: &str) {
        let mut begun: BTreeMap<&str, String> = BTreeMap::new();
        for line in log.lines() {
            let Some((thread, call)) = line.split_once(' ') else { continue };
            let call = call.trim_start();
            if let Some(beginning) = call.strip_suffix(" <unfinished ...>") {
                begun.insert(thread, beginning.to_owned());
            } else if let Some((_, rest)) = call.split_once(" resumed>").filter(|_| call.starts_with("<...")) {
                let whole = begun.remove(thread).unwrap_or_default() + rest;
                self.call(&whole);
            } else {
                self.call(call);
            }
        }
    }

    /// One call: `name(arguments) = result`. Calls that failed changed nothing.
    fn call(&mut self, text: &str) {
        let Some((name, rest)) = text.split_once('(') else { return };
        let Some((inside, result)) = rest.rsplit_once(" = ") else { return };
        let inside = inside.trim_end().trim_end_matches(')');
        let result: i64 = result.split(['<', ' ']).next().unwrap_or_default().parse().unwrap_or(-1);
        if result < 0 {
            return;
        }
        let parts: Vec<&str> = inside.split(", ").collect();
        match name {
            "openat" => self.opened(path_of(parts[0], parts[1]), parts[2], result as u64),
            "close" => drop(self.open.remove(&number(parts[0]))),
            "write" | "pwrite64" => self.written(number(parts[0]), &parts, result as usize),
            "lseek" => {
                if let Some((_, at)) = self.open.get_mut(&number(parts[0])) {
                    *at = result as usize;
                }
            }
            "ftruncate" => self.on(parts[0], |node| Event::Length(node, number(parts[1]) as usize)),
            "fsync" | "fdatasync" => match self.open.contains_key(&number(parts[0])) {
                true => self.on(parts[0], Event::Sync),
                false if path_of(parts[0], "\"\"").starts_with(&self.root) => self.events.push(Event::SyncFolder),
                false => {}
            },
            "sync_file_range" => self.on(parts[0], Event::SyncRange),
            "rename" => self.renamed(path_of("", parts[0]), path_of("", parts[1])),
            "renameat" | "renameat2" => self.renamed(path_of(parts[0], parts[1]), path_of(parts[2], parts[3])),
            "unlink" | "rmdir" => self.gone(path_of("", parts[0])),
            "unlinkat" => self.gone(path_of(parts[0], parts[1])),
            "mkdir" => self.folder(path_of("", parts[0])),
            "mkdirat" => self.folder(path_of(parts[0], parts[1])),
            "copy_file_range" => self.copied(&parts, result as usize),
            other => {
                let ours = parts.first().is_some_and(|first| self.open.contains_key(&number(first)));
                assert!(!ours, "a call that this simulation does not know: {other}");
            }
        }
    }

    fn on(&mut self, file: &str, event: impl FnOnce(Node) -> Event) {
        if let Some((node, _)) = self.open.get(&number(file)) {
            self.events.push(event(*node));
        }
    }

    fn opened(&mut self, path: PathBuf, flags: &str, file: u64) {
        if !path.starts_with(&self.root) || flags.contains("O_DIRECTORY") {
            return;
        }
        let node = match self.nodes.get(&path) {
            Some(node) => *node,
            None if flags.contains("O_CREAT") => {
                let node = self.next;
                self.next += 1;
                self.nodes.insert(path.clone(), node);
                self.events.push(Event::Begin(node, path));
                node
            }
            // A folder.
            None => return,
        };
        if flags.contains("O_TRUNC") {
            self.events.push(Event::Length(node, 0));
        }
        assert!(!flags.contains("O_APPEND"), "this simulation knows no O_APPEND");
        self.open.insert(file, (node, 0));
    }

    fn written(&mut self, file: u64, parts: &[&str], count: usize) {
        let bytes = unescape(parts[1]);
        if file == 1 {
            let acknowledged = self.act.acknowledged;
            let told = String::from_utf8_lossy(&bytes).lines().filter_map(acknowledged).map(Event::Acknowledged).collect::<Vec<_>>();
            self.events.extend(told);
            return;
        }
        let Some((node, at)) = self.open.get_mut(&file) else { return };
        let begin = match parts.get(3) {
            Some(offset) => number(offset) as usize,
            None => {
                *at += count;
                *at - count
            }
        };
        assert!(bytes.len() >= count, "the tracer cut a write short");
        self.events.push(Event::Write(*node, begin, bytes[..count].to_vec()));
    }

    /// What is copied inside the kernel cannot be seen here; it is read from where it came from, which nobody changes meanwhile.
    fn copied(&mut self, parts: &[&str], count: usize) {
        let from = fs::read(path_of(parts[0], "\"\"")).unwrap_or_default();
        if let Some((node, at)) = self.open.get_mut(&number(parts[2])) {
            let bytes = from.get(*at..*at + count).unwrap_or_default().to_vec();
            self.events.push(Event::Write(*node, *at, bytes));
            *at += count;
        }
    }

    fn renamed(&mut self, from: PathBuf, to: PathBuf) {
        if from.starts_with(&self.root) {
            let moved = |path: &PathBuf| path.strip_prefix(&from).ok().map(|rest| join(&to, rest));
            let nodes = std::mem::take(&mut self.nodes);
            self.nodes =
                nodes.into_iter().filter(|(path, _)| *path != to).map(|(path, node)| (moved(&path).unwrap_or(path), node)).collect();
            self.events.push(Event::Rename(from, to));
        }
    }

    fn gone(&mut self, path: PathBuf) {
        if path.starts_with(&self.root) {
            self.nodes.remove(&path);
            self.events.push(Event::Gone(path));
        }
    }

    fn folder(&mut self, path: PathBuf) {
        if path.starts_with(&self.root) {
            self.events.push(Event::Folder(path));
        }
    }
}

/// The number that an argument begins with.
fn number(text: &str) -> u64 {
    text.split(['<', ')']).next().unwrap_or_default().trim().parse().unwrap_or(u64::MAX)
}

/// `3<folder>` and `"name"` as a path.
fn path_of(folder: &str, name: &str) -> PathBuf {
    let folder = folder.split_once('<').map(|(_, rest)| rest.trim_end_matches('>')).unwrap_or_default();
    let text = |escaped: &str| PathBuf::from(String::from_utf8(unescape(escaped)).unwrap());
    join(&text(folder), &text(name))
}

/// The tracer writes every byte of a string as `\xNN`; slashes in paths stand as they are.
fn unescape(text: &str) -> Vec<u8> {
    let text = text.trim_matches('"').as_bytes();
    let mut bytes = Vec::with_capacity(text.len() / 4);
    let mut at = 0;
    while at < text.len() {
        if text[at] == b'\\' && text.get(at + 1) == Some(&b'x') {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&text[at + 2..at + 4]).unwrap(), 16).unwrap());
            at += 4;
        } else {
            bytes.push(text[at]);
            at += 1;
        }
    }
    bytes
}

/// For reports: what a moment is.
impl Recording {
    pub(crate) fn describe(&self, moment: usize) -> String {
        let last = self.events[..moment].last().map(|event| {
            let text = format!("{event:?}");
            text.chars().take(120).collect::<String>()
        });
        format!("after call {moment} of {}: {}", self.events.len(), last.unwrap_or_default())
    }
}
