//! The program as a process of its own: where standard input, the environment or the mask of the shell matter.

use std::{
    ffi::OsString,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use pingyi::cli::Exit;

use super::{Answer, harmless};

/// 2026-03-16, while the sample panel sits.
pub(super) const IN_SESSION: &str = "1773626400";

/// One run of the program.
pub(super) struct Program {
    words: Vec<OsString>,
    env: Vec<(&'static str, OsString)>,
    input: Vec<u8>,
    folder: Option<PathBuf>,
    umask: Option<&'static str>,
}

impl Program {
    /// In English, with the clock in the sample session.
    pub(super) fn new(words: &[&str]) -> Self {
        let env = vec![("SOURCE_DATE_EPOCH", IN_SESSION.into()), ("RUST_BACKTRACE", "0".into()), ("LC_ALL", "en_US.UTF-8".into())];
        Self { words: words.iter().map(OsString::from).collect(), env, input: Vec::new(), folder: None, umask: None }
    }

    /// With a data folder.
    pub(super) fn at(home: &Path, words: &[&str]) -> Self {
        let mut program = Self::new(words);
        program.words.splice(0..0, [OsString::from("--home"), home.into()]);
        program
    }

    pub(super) fn env(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.env.push((name, value.into()));
        self
    }

    pub(super) fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// Standing in this folder.
    pub(super) fn within(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// Under a shell that takes no right from anybody.
    #[cfg(unix)]
    pub(super) fn without_mask(mut self) -> Self {
        self.umask = Some("0");
        self
    }

    /// Runs it to its end.
    #[track_caller]
    pub(super) fn run(self) -> Answer {
        let program = env!("CARGO_BIN_EXE_pingyi");
        let mut command = match self.umask {
            Some(mask) => {
                let mut shell = Command::new("sh");
                shell.arg("-c").arg(format!("umask {mask}; exec \"$0\" \"$@\"")).arg(program);
                shell
            }
            None => Command::new(program),
        };
        command.args(&self.words).env_remove("PINGYI_HOME").envs(self.env);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        let script = self.input;
        let writer = std::thread::spawn(move || {
            // A command that does not read its input may have ended already.
            let _may_be_closed = input.write_all(&script);
        });
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let exits = [Exit::Done, Exit::No, Exit::Usage, Exit::BadInput, Exit::Store, Exit::Internal];
        let code = output.status.code().unwrap_or_else(|| panic!("{:?} died of a signal", self.words));
        let answer = Answer {
            exit: exits.into_iter().find(|exit| *exit as i32 == code).unwrap_or_else(|| panic!("{:?}: exit code {code}", self.words)),
            out: String::from_utf8(output.stdout).unwrap(),
            complaints: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!answer.complaints.contains("panicked"), "{answer:?}");
        harmless(&answer, self.words.iter().any(|word| word == "--plain"));
        answer
    }
}
