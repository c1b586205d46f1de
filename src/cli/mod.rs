//! The command line: arguments in, sentences or JSON out, a stable exit code at the end. One file per command.

mod agreement;
mod args;
mod clock;
mod conclude;
mod correct;
mod decide;
mod deviation;
mod doctor;
mod draw;
mod failure;
mod keep;
mod key;
mod office;
mod opinion;
mod out;
mod paper;
mod print;
mod progress;
mod province;
mod report;
mod request;
mod review;
mod rubric;
mod score;
mod screen;
mod secret;
mod sitting;
mod staffing;
mod table;
mod tables;
mod tally;
mod usage;
mod verify;
mod vote;

use std::{
    ffi::OsString,
    io::{self, Write},
    path::PathBuf,
};

use clap::{CommandFactory, FromArgMatches};

use crate::{
    domain::{
        text::{Language, Message},
        time::Moment,
    },
    i18n, msg,
    workflow::{Here, StepError, home::Home},
};
use args::{Arguments, Command, Common};
use clock::Entropy;
pub(crate) use failure::Failure;
pub use out::Exit;
use out::Out;

/// Everything a command works with.
pub(crate) struct Run<'a> {
    out: Out<'a>,
    home: Home,
    /// The workspace that was named, where there are several.
    work: Option<String>,
    /// Whether the language stands on the command line.
    language_given: bool,
}

impl Run<'_> {
    /// The present moment, as this machine claims it.
    fn now(&self) -> Result<Moment, Failure> {
        clock::now()
    }

    /// Takes a step that needs the moment and random bytes; what was made without random bytes does not count.
    fn here<T>(&self, step: impl FnOnce(&Home, &mut Here<'_>) -> Result<T, StepError>) -> Result<T, Failure> {
        let mut entropy = Entropy::default();
        let mut fill = |buffer: &mut [u8]| entropy.fill(buffer);
        let done = step(&self.home, &mut Here { now: clock::now()?, entropy: &mut fill })?;
        entropy.check()?;
        Ok(done)
    }

    /// Says what the store had to do at opening, beside the answer and never inside it.
    fn notes(&mut self, notes: &[Message]) -> Result<(), Failure> {
        for note in notes {
            let sentence = self.out.text(note);
            writeln!(self.out.complaints, "{sentence}")?;
        }
        Ok(())
    }
}

/// Runs the program with `arguments` (the first is its own name) and says how it ended.
pub fn run(arguments: Vec<OsString>, answers: &mut dyn Write, complaints: &mut dyn Write) -> Exit {
    let language = first_language(&arguments);
    let matches = match localised(Arguments::command(), language).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::report(&error, Out { language, json: false, answers, complaints }),
    };
    let parsed = match Arguments::from_arg_matches(&matches) {
        Ok(parsed) => parsed,
        Err(error) => return usage::report(&error, Out { language, json: false, answers, complaints }),
    };
    let mut run = Run {
        home: Home::new(home(&parsed.common)),
        work: parsed.common.work.clone(),
        language_given: parsed.common.lang.is_some(),
        out: Out { language, json: parsed.common.json, answers, complaints },
    };
    let outcome = dispatch(&mut run, parsed.command).and_then(|exit| {
        run.out.answers.flush()?;
        Ok(exit)
    });
    match outcome {
        Ok(exit) => exit,
        Err(failure) => failure.report(&mut run.out),
    }
}

fn dispatch(run: &mut Run<'_>, command: Option<Command>) -> Result<Exit, Failure> {
    let Some(command) = command else { return screen::run(run) };
    match command {
        Command::Demo(arguments) => screen::demo(run, &arguments),
        Command::Key(command) => key::run(run, command),
        Command::Package(command) => office::package(run, command),
        Command::Enrol(command) => office::enrol(run, command),
        Command::Open(arguments) => review::open(run, &arguments),
        Command::Score(command) => score::run(run, command),
        Command::Import(arguments) => table::import(run, &arguments),
        Command::Paper(command) => paper::run(run, &command),
        Command::Consolidate(arguments) => table::consolidate(run, &arguments),
        Command::Deviation(arguments) => deviation::run(run, &arguments),
        Command::Decide(command) => decide::run(run, command),
        Command::Vote(command) => vote::run(run, command),
        Command::Opinion(arguments) => opinion::run(run, arguments),
        Command::Correct(arguments) => correct::run(run, &arguments),
        Command::Export(command) => review::export(run, &command),
        Command::Cosign(arguments) => conclude::cosign(run, &arguments),
        Command::Verify(arguments) => verify::run(run, &arguments),
        Command::Aggregate(arguments) => province::aggregate(run, &arguments),
        Command::Report(arguments) => report::run(run, &arguments),
        Command::VerifyDiff(arguments) => conclude::verify_diff(run, &arguments),
        Command::Agreement(arguments) => agreement::run(run, &arguments),
        Command::Tally(arguments) => tally::run(run, &arguments),
        Command::Rubric(command) => rubric::run(run, command),
        Command::Schema { name } => rubric::schema(run, name.as_deref()),
        Command::Journal(command) => keep::journal(run, &command),
        Command::Check => keep::check(run),
        Command::Backup { to } => keep::backup(run, to.as_deref()),
        Command::Restore { file, yes } => keep::restore(run, &file, yes),
        Command::Recover { yes } => keep::recover(run, yes),
        Command::Doctor => doctor::run(run),
        Command::Keys => screen::keys(run),
        Command::Completions { shell } => {
            let mut command = localised(Arguments::command(), run.out.language);
            clap_complete::generate(shell, &mut command, "pingyi", &mut run.out.answers);
            Ok(Exit::Done)
        }
        Command::Man => {
            let command = localised(Arguments::command(), run.out.language);
            clap_mangen::Man::new(command).render(&mut run.out.answers)?;
            Ok(Exit::Done)
        }
    }
}

/// The language of the arguments, else of the system, else Chinese. Looked up before parsing, because help is in that language too.
fn first_language(arguments: &[OsString]) -> Language {
    let mut given = None;
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        match word.strip_prefix("--lang") {
            Some("") => given = words.next().map(str::to_owned),
            Some(rest) => given = rest.strip_prefix('=').map(str::to_owned).or(given),
            None => {}
        }
    }
    let system = sys_locale::get_locale();
    given.as_deref().and_then(i18n::language_of).or_else(|| system.as_deref().and_then(i18n::language_of)).unwrap_or_default()
}

/// `--home`, else `PINGYI_HOME`, else the folder that the system gives to programs' data.
fn home(common: &Common) -> PathBuf {
    // An empty variable names no folder, least of all the one in which the shell happens to stand.
    let variable = || std::env::var_os("PINGYI_HOME").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let named = common.home.clone().or_else(variable);
    let usual = || directories::ProjectDirs::from("", "", "pingyi").map(|dirs| dirs.data_dir().to_owned());
    named.or_else(usual).unwrap_or_else(|| PathBuf::from(".pingyi"))
}

/// `command` with the ids of its texts replaced by the texts.
fn localised(command: clap::Command, language: Language) -> clap::Command {
    let say = |id: &clap::builder::StyledStr| i18n::by_id(language, &id.to_string());
    let about = command.get_about().map(say);
    let example = command.get_after_help().map(say);
    let ids: Vec<clap::Id> = command.get_arguments().map(|argument| argument.get_id().clone()).collect();
    let names: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let heading = i18n::text(language, &msg!("cli-heading-commands"));
    let options = i18n::text(language, &msg!("cli-heading-options"));
    let usage = i18n::text(language, &msg!("cli-heading-usage"));
    let help = clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help);
    let help = help.help(i18n::text(language, &msg!("cli-help"))).help_heading(options.clone());
    let mut command = command
        .subcommand_help_heading(heading)
        .help_template(format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}"))
        .disable_help_flag(true)
        .arg(help);
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(example) = example {
        command = command.after_help(format!("{}\n  {example}", i18n::text(language, &msg!("cli-heading-example"))));
    }
    for id in ids {
        command = command.mut_arg(id, |argument| {
            let argument = argument.help_heading(options.clone());
            match argument.get_help().map(say) {
                Some(help) => argument.help(help),
                None => argument,
            }
        });
    }
    for name in names {
        command = command.mut_subcommand(name, |inner| localised(inner, language));
    }
    command
}

impl From<io::Error> for Failure {
    fn from(source: io::Error) -> Self {
        Self::internal(msg!("err-output", cause = source), msg!("rec-output"))
    }
}
