//! Tables and lists at the office's screens on a real folder: the same as the commands do, and nothing before it is confirmed.

use std::{fs, path::PathBuf};

use pingyi::{
    tui::{
        ends::{Came, Ends, Job, News},
        shell::{Seat, Senses, Shell},
        theme::Role,
        workshop::{Plan, Task, Tool},
    },
    workflow::{home::Home, prepare},
};
use tempfile::TempDir;

use super::ends::{Still, outcome};
use crate::support::stage::copy;

/// A folder with the sample package, and what the tables are written to.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-data/package"), &folder.path().join("package"));
        Self { folder }
    }

    fn package(&self) -> PathBuf {
        self.folder.path().join("package")
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.display().to_string()
    }

    /// Opens the folder, works out the task, and does it where `does` says so; what was planned, and what was said.
    fn plan(&self, tool: Tool, answers: &[&str], does: bool) -> (Plan, Option<News>) {
        let home = Home::new(self.folder.path().join("home"));
        let mut senses = Still;
        let mut shell = Shell::new(&home, &mut senses as &mut dyn Senses, Seat::Nobody);
        shell.begin(Job::Open(self.package())).unwrap();
        outcome(&mut shell);
        let task = Task { tool, answers: answers.iter().map(|answer| (*answer).to_owned()).collect() };
        shell.begin(Job::Plan(task)).unwrap();
        assert_eq!(outcome(&mut shell), News::Done(Ok(Came::Planned(tool))));
        let plan = shell.plan().unwrap().clone();
        let said = does.then(|| {
            shell.begin(Job::TakeIn).unwrap();
            outcome(&mut shell)
        });
        shell.close().unwrap();
        (plan, said)
    }
}

fn fixture(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/intake/tables").join(name).display().to_string()
}

fn was_done(said: Option<News>) -> bool {
    matches!(said, Some(News::Done(Ok(Came::Taken(_)))))
}

#[test]
fn an_office_without_applications_takes_in_the_table_and_the_folder_is_read_again() {
    let office = Office::new();
    fs::remove_dir_all(office.package().join("applications")).unwrap();
    let (plan, said) = office.plan(Tool::Applications, &[&fixture("applications.xlsx")], false);
    assert_eq!((plan.errors, plan.files, plan.replaced, said), (0, 24, 0, None));
    assert!(!office.package().join("applications").exists(), "looking writes nothing");
    let (_, said) = office.plan(Tool::Applications, &[&fixture("applications.xlsx")], true);
    assert!(was_done(said));
    assert_eq!(prepare::check(&office.package()).unwrap().package.applications.len(), 24);
    let (again, _) = office.plan(Tool::Applications, &[&fixture("applications.xlsx")], false);
    assert_eq!((again.files, again.replaced), (0, 0), "a second time there is nothing to write");
}

#[test]
fn a_table_with_a_mistake_shows_it_and_is_refused() {
    let office = Office::new();
    let table = office.write("修改.csv", "操作,项目编号,字段,内容\n修改,sx-0001,总投资,约五千\n");
    let before = fs::read(office.package().join("applications/sx-0001.toml")).unwrap();
    let (plan, said) = office.plan(Tool::Changes, &[&table], true);
    assert_eq!(plan.errors, 1);
    assert!(plan.lines.iter().any(|line| line.role == Role::Bad && !line.is_detail), "{plan:?}");
    assert!(matches!(said, Some(News::Done(Err(trouble))) if trouble.what.id == "err-tables-unsound"));
    assert_eq!(fs::read(office.package().join("applications/sx-0001.toml")).unwrap(), before);
}

#[test]
fn changes_attachments_and_readers_are_made_as_they_were_shown() {
    let office = Office::new();
    let table = office.write("修改.csv", "操作,项目编号,字段,内容\n修改,sx-0001,联系方式,0354-7654321\n");
    let (plan, said) = office.plan(Tool::Changes, &[&table], true);
    assert_eq!((plan.files, plan.replaced, was_done(said)), (1, 0, true));
    let received = office.folder.path().join("收到的附件");
    fs::create_dir_all(&received).unwrap();
    fs::write(received.join("sx-0003 平面图.png"), "二").unwrap();
    let (plan, said) = office.plan(Tool::Attachments, &[&received.display().to_string()], true);
    assert_eq!((plan.files, was_done(said)), (1, true));
    let (plan, said) = office.plan(Tool::Readers, &["5"], true);
    assert!(plan.files == 2 && was_done(said), "assignments and how they came about");
    let package = prepare::check(&office.package()).unwrap().package;
    assert_eq!(package.call.panel.assigned.as_ref().unwrap().per, Some(5));
    let contact = |id: &str| package.applications.iter().find(|one| one.id.as_str() == id).unwrap().applicant.contact.clone();
    assert_eq!(contact("sx-0001"), "0354-7654321");
}

#[test]
fn exactly_the_recusals_that_were_shown_are_ordered() {
    let office = Office::new();
    let (plan, said) = office.plan(Tool::Recusals, &[], true);
    assert_eq!((plan.errors, plan.files, was_done(said)), (0, 1, true), "R05 and sx-0006");
    let package = prepare::check(&office.package()).unwrap().package;
    assert!(package.recusal(&"sx-0006".parse().unwrap(), &"R05".parse().unwrap()).is_some());
    let (plan, _) = office.plan(Tool::Recusals, &[], false);
    assert_eq!(plan.files, 0, "nothing is left to decide");
}

#[test]
fn where_nobody_is_left_to_read_the_screens_say_for_which_application() {
    let office = Office::new();
    let (plan, _) = office.plan(Tool::Readers, &["7"], false);
    assert!(plan.errors > 0 && plan.lines.iter().any(|line| line.text.id == "say-short"), "{plan:?}");
}

#[test]
fn a_number_that_is_none_is_refused_in_words() {
    let office = Office::new();
    let home = Home::new(office.folder.path().join("home"));
    let mut senses = Still;
    let mut shell = Shell::new(&home, &mut senses as &mut dyn Senses, Seat::Nobody);
    shell.begin(Job::Open(office.package())).unwrap();
    outcome(&mut shell);
    for typed in ["0", "-1", "五", "1.5"] {
        shell.begin(Job::Plan(Task { tool: Tool::Readers, answers: vec![typed.to_owned()] })).unwrap();
        let News::Done(Err(trouble)) = outcome(&mut shell) else { panic!("{typed} is no count") };
        assert_eq!(trouble.what.id, "err-not-a-count", "{typed}");
    }
    assert!(shell.plan().is_none());
    shell.close().unwrap();
}

#[test]
fn where_the_folder_has_errors_what_needs_a_sound_one_says_where_they_are_listed() {
    let office = Office::new();
    let call = office.package().join("call.toml");
    fs::write(&call, fs::read_to_string(&call).unwrap().replacen("示例省产教融合评审办公室", "【待填】组织单位全称", 1)).unwrap();
    let home = Home::new(office.folder.path().join("home"));
    let mut senses = Still;
    let mut shell = Shell::new(&home, &mut senses as &mut dyn Senses, Seat::Nobody);
    shell.begin(Job::Open(office.package())).unwrap();
    outcome(&mut shell);
    assert!(shell.office().unwrap().title.is_some(), "the title is shown all the same");
    for (tool, answer) in [(Tool::Recusals, None), (Tool::Readers, Some("5".to_owned()))] {
        shell.begin(Job::Plan(Task { tool, answers: answer.into_iter().collect() })).unwrap();
        let News::Done(Err(trouble)) = outcome(&mut shell) else { panic!("{tool:?}") };
        assert_eq!((trouble.what.id, trouble.advice.id), ("err-folder-unsound", "rec-folder-unsound"));
    }
    shell.close().unwrap();
    // A roster can be taken in all the same, and the eye is led to its first line, not to what stood wrong before.
    let (plan, _) = office.plan(Tool::Roster, &[&fixture("roster.xlsx")], false);
    assert_eq!(plan.errors, 0);
    assert!(plan.lines.iter().any(|line| line.text.id == "say-still-open"), "{plan:?}");
}

#[test]
fn whoever_witnesses_a_draw_sees_every_lot_what_it_brings_and_who_has_none() {
    let office = Office::new();
    for file in ["assignments.csv", "recusals.toml"] {
        fs::remove_file(office.package().join(file)).unwrap();
    }
    let people = ["P1,甲示例,忻州示例锻造集团有限公司", "P3,丙示例,示例大学三", "P4,丁示例,示例大学四", "P5,戊示例,示例大学五"];
    let rows: String = people.iter().map(|person| format!("{person},教授,材料工程,是\n")).collect();
    let pool = office.write("专家库.csv", &format!("专家编号,姓名,工作单位,职称,专业领域,是否专家\n{rows}"));
    let (plan, _) = office.plan(Tool::Draw, &[&pool, "1", "1", "0417", "监督处二人"], false);
    let shown: Vec<String> = plan.lines.iter().map(|line| pingyi::i18n::text(pingyi::domain::text::Language::Zh, &line.text)).collect();
    let mut lots = ["P3", "P4", "P5"].map(|code| (pingyi::digest::sha256_hex(format!("0417/{code}").as_bytes()), code));
    lots.sort();
    assert!(shown[0].contains("任何人都可用 sha256sum 复算"), "{shown:#?}");
    assert_eq!(shown[1], format!("printf '%s' '0417/{}' | sha256sum", lots[0].1));
    let expected = lots.iter().zip(["抽中", "候补", "未抽中"]).map(|((digest, code), outcome)| format!("{digest}  {code}  {outcome}"));
    assert_eq!(shown[2..5], expected.collect::<Vec<_>>());
    assert!(shown[5].starts_with("P1  不参加抽取"), "{shown:#?}");
}
