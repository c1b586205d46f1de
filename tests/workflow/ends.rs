//! Office and province at the screens on real files: each step on its thread, and what it leaves on the disk.

use std::{
    fs,
    path::Path,
    sync::mpsc,
    thread::sleep,
    time::{Duration, Instant},
};

use pingyi::{
    bundle::{
        allowed,
        trust::{Trust, Trusted, TrustedKey},
    },
    domain::{
        panel::{Custody, Role},
        time::Moment,
    },
    tui::{
        app::{App, Terminal},
        ends::{Came, Ends, Gathering, Job, News},
        settings::Settings,
        shell::{Seat, Senses, Shell},
    },
    workflow::{home::Home, verify},
};

use crate::support::{
    registers,
    rules::of,
    screens::{picture, press},
    stage::{copy, home_of, key, root},
};

/// A clock that stands in the session of the sample call.
pub(super) struct Still;

impl Senses for Still {
    fn now(&self) -> Moment {
        of("2026-03-16T10:00:00+08:00")
    }

    fn fill(&mut self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

/// A machine with the key of `code` and nothing else.
fn machine(folder: &Path, code: &str) -> Home {
    let home = Home::new(folder.join("home"));
    copy(&home_of(code).keys(), &home.keys());
    home
}

/// Hears of the step until it is over.
pub(super) fn outcome(shell: &mut Shell<'_>) -> News {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(120) {
        match shell.news() {
            Some(News::Going(_)) | None => sleep(Duration::from_millis(5)),
            Some(done) => return done,
        }
    }
    panic!("nothing was heard of the step");
}

/// Hears of the step until the screen shows `words`.
fn until(app: &mut App<'_>, words: &str) -> String {
    let begun = Instant::now();
    loop {
        app.advance();
        let shown = picture(app, (120, 40)).0.join("\n");
        if shown.contains(words) {
            return shown;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "{words:?} never came:\n{shown}");
        sleep(Duration::from_millis(5));
    }
}

/// The four digits that the question asks for.
fn digits(shown: &str) -> String {
    let is_code = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let code = shown.split_whitespace().rfind(is_code).unwrap_or_else(|| panic!("no digits in\n{shown}"));
    code.chars().map(|c| format!("{c} ")).collect()
}

#[test]
fn a_province_gets_from_a_folder_of_results_to_a_register_that_a_stranger_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let home = machine(folder.path(), "P01");
    let (inbox, offices, out) = (registers::inbox(), folder.path().join("offices"), folder.path().join("out"));
    fs::write(&offices, registers::offices()).unwrap();
    let mut senses = Still;
    let mut shell = Shell::new(&home, &mut senses, Seat::Nobody);
    let mut app = App::new(&mut shell, Settings::default(), Terminal { mono: true, narrow: true });
    let path = |path: &Path| format!("paste:{}", path.display());
    press(&mut app, &format!("4 {} tab {} tab sx-2026 tab enter", path(inbox.path()), path(&offices)));
    let shown = until(&mut app, "汇总台账");
    let words = format!("计入{}个评审组的结果", inbox.good.len());
    assert!(shown.contains(&words), "{words}:\n{shown}");
    press(&mut app, "3");
    let excluded = picture(&mut app, (120, 40)).0.join("\n");
    for (file, _) in inbox.bad.iter().take(5) {
        assert!(excluded.contains(file.as_str()), "{file}:\n{excluded}");
    }
    press(&mut app, &format!("f9 delete {} tab tab tab enter", path(&out)));
    let code = digits(&picture(&mut app, (120, 40)).0.join("\n"));
    assert!(!out.exists(), "nothing is written before it is signed");
    press(&mut app, &format!("{code} enter"));
    let signed = until(&mut app, "签署完成");
    let bundle = out.join("aggregate-sx-2026-r1.zip");
    let key = TrustedKey { public: key("P01").public(), custody: Custody::Own, valid_after: None, valid_before: None, revoked: None };
    let trust = Trust::from_people(vec![Trusted { code: of("P01"), role: Role::Province, keys: vec![key] }]).unwrap();
    let report = verify::verify(&bundle, Some(&trust)).unwrap();
    assert!(report.passes(), "{report:#?}");
    assert!(signed.contains(report.digest.as_deref().unwrap()), "{signed}");
    drop(app);
    shell.close().unwrap();
}

#[test]
fn stopping_half_way_writes_nothing_and_the_next_run_gives_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let home = machine(folder.path(), "P01");
    let offices = folder.path().join("offices");
    fs::write(&offices, registers::offices()).unwrap();
    let mut senses = Still;
    let mut shell = Shell::new(&home, &mut senses, Seat::Nobody);
    let (sender, rung) = mpsc::channel();
    shell.listen(std::sync::Arc::new(move || sender.send(()).unwrap()));
    let paths = vec![registers::inbox().path().to_owned()];
    let gathering = Gathering { paths, offices, register: "sx-2026".to_owned(), record: None };
    let before: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    shell.begin(Job::Gather(gathering.clone())).unwrap();
    rung.recv_timeout(Duration::from_secs(60)).expect("the first file rings");
    shell.stop();
    let News::Done(Err(trouble)) = outcome(&mut shell) else { panic!("it was stopped") };
    assert_eq!(trouble.what.id, "err-interrupted");
    assert!(shell.register().is_none());
    let after: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(after, before);
    shell.begin(Job::Gather(gathering)).unwrap();
    assert_eq!(outcome(&mut shell), News::Done(Ok(Came::Gathered)));
    assert_eq!(shell.register().unwrap().counted, registers::inbox().good.len());
    shell.close().unwrap();
}

#[test]
fn an_office_gets_from_an_empty_folder_over_the_keys_of_its_people_to_a_signed_package() {
    let folder = tempfile::tempdir().unwrap();
    let home = machine(folder.path(), "OF1");
    let package = folder.path().join("package");
    let mut senses = Still;
    let mut shell = Shell::new(&home, &mut senses, Seat::Nobody);
    shell.begin(Job::Start(package.clone(), None)).unwrap();
    assert_eq!(outcome(&mut shell), News::Done(Ok(Came::Opened)));
    let office = shell.office().unwrap();
    assert_eq!((office.errors(), office.formal.len(), office.enrolled(), office.people.len()), (0, 24, 0, 12));
    assert_eq!(office.signer, "OF1", "the only key of the machine is the one that signs");
    shell.begin(Job::TakeKeys(root().join("enrolment"))).unwrap();
    assert!(matches!(outcome(&mut shell), News::Done(Ok(Came::Taken(_)))));
    assert_eq!(shell.office().unwrap().enrolled(), 12, "the roster on the screen is the new one");
    // A mistake is found with its place, and after it was mended the package is signed.
    let call = fs::read_to_string(package.join("call.toml")).unwrap();
    fs::write(package.join("call.toml"), call.replacen("schema = 1", "schema = \"x\"", 1)).unwrap();
    shell.begin(Job::Check).unwrap();
    assert!(matches!(outcome(&mut shell), News::Done(Ok(Came::Current(_)))));
    let problem = &shell.office().unwrap().problems[0];
    assert!(problem.place.starts_with("call.toml:") && shell.office().unwrap().errors() > 0, "{problem:?}");
    fs::write(package.join("call.toml"), call).unwrap();
    let mut app = App::new(&mut shell, Settings::default(), Terminal { mono: true, narrow: true });
    press(&mut app, &format!("2 paste:{} enter", package.display()));
    until(&mut app, "没有错误");
    press(&mut app, "f9 tab tab tab enter");
    let code = digits(&picture(&mut app, (120, 40)).0.join("\n"));
    press(&mut app, &format!("{code} enter"));
    let signed = until(&mut app, "签署完成");
    assert!(signed.contains("4EFM-") || signed.contains("六组"), "{signed}");
    drop(app);
    shell.close().unwrap();
    let bundle = home.outbox().join("package-sx-2026-01-p1-r1.zip");
    let trust = allowed::read(&fs::read_to_string(root().join("office.allowed_signers")).unwrap()).unwrap();
    assert!(verify::verify(&bundle, Some(&trust)).unwrap().passes());
}
