//! What lies on the desks of office and province, in memory: results put together, a package folder, and steps that answer at once.

use std::collections::VecDeque;

use pingyi::{
    domain::{
        finding::Severity,
        formal::{self, FormalOutcome},
        text::{Bilingual, Message},
    },
    msg,
    tui::{
        acts::Trouble,
        ends::{Came, Checked, Gate, Grid, Job, Member, News, Pace, Prepared, Problem, Register, Signed},
        theme::Role,
        workshop::{Plan, PlanLine, Tool},
    },
};

use super::screens::SAMPLE;

/// The desks.
#[derive(Default)]
pub(crate) struct Desks {
    pub(crate) register: Option<Register>,
    pub(crate) office: Option<Prepared>,
    pub(crate) plan: Option<Plan>,
    /// What was begun, oldest first.
    pub(crate) begun: Vec<Job>,
    /// What is heard, and where somebody has to ask once more.
    news: VecDeque<Option<News>>,
}

impl Desks {
    /// Begins a step; a path with `bad` in it leads to a refusal.
    pub(crate) fn begin(&mut self, job: Job) {
        let is_bad = format!("{job:?}").contains("bad");
        self.news = VecDeque::new();
        if job.can_stop() {
            let pace = Pace { done: 37, of: 1240, rate: 12, left: 100 };
            self.news.extend([Some(News::Going(pace)), None]);
        }
        let done = if is_bad { Err(refused()) } else { Ok(self.answer(&job)) };
        self.news.push_back(Some(News::Done(done)));
        self.begun.push(job);
    }

    pub(crate) fn news(&mut self) -> Option<News> {
        self.news.pop_front().flatten()
    }

    pub(crate) fn stop(&mut self) {
        let stopped = Trouble { what: msg!("err-interrupted"), advice: msg!("rec-interrupted"), unsaved: false };
        self.news = VecDeque::from([Some(News::Done(Err(stopped)))]);
    }

    fn answer(&mut self, job: &Job) -> Came {
        let signed = |file: &str, next| {
            Came::Signed(Box::new(Signed {
                file: format!("/stick/{file}"),
                digest: "5b".repeat(32),
                groups: "4EFM-APM3-5VQQ-QM92-6G69-QVUS".to_owned(),
                next,
            }))
        };
        match job {
            Job::Gather(gathering) => {
                self.register = Some(Register { name: gathering.register.clone(), ..register() });
                Came::Gathered
            }
            Job::GatherAgain => Came::Current(msg!("said-gathered", count = 2)),
            Job::Open(folder) | Job::Start(folder, _) => {
                let folder = folder.display().to_string();
                let is_wrong = folder.contains("wrong");
                self.office = Some(Prepared { folder, ..if is_wrong { wrong() } else { prepared() } });
                Came::Opened
            }
            Job::Check => Came::Current(msg!("said-checked")),
            Job::TakeKeys(_) => Came::Taken(msg!("said-keys", count = 3)),
            Job::Plan(task) => {
                let is_wrong = task.answers.iter().any(|answer| answer.contains("wrong"));
                let is_hostile = task.answers.iter().any(|answer| answer.contains("hostile"));
                self.plan = Some(if is_hostile { hostile(task.tool) } else { plan(task.tool, is_wrong) });
                Came::Planned(task.tool)
            }
            Job::TakeIn => Came::Taken(msg!("said-written", files = 2)),
            Job::SignRegister(_) => signed("aggregate-sx-2026-r1.zip", msg!("signed-register-next")),
            Job::Build(_) => signed("package-sx-2026-01-p1-r1.zip", msg!("signed-package-next")),
        }
    }
}

/// A table of two applications, one of them changed; with an error, or without.
pub(crate) fn plan(tool: Tool, is_wrong: bool) -> Plan {
    let line = |role, is_detail, text| PlanLine { role, is_detail, text };
    let record =
        |id: &str, name: &str, cell: &str, state| msg!("say-record", id = id, name = name, cell = cell).with_message("state", state);
    let mut lines = vec![
        line(Role::Plain, false, msg!("say-sheet", sheet = "申报汇总表.xlsx [汇总表]", rows = 2)),
        line(Role::Plain, true, msg!("say-column", column = "C", heading = "总投资（万元）").with("field", "money.investment_total")),
        line(Role::Plain, false, record("sx-0001", "晋中智能网联新能源汽车产教融合实训基地", "A4", msg!("state-new"))),
        line(Role::Plain, false, record("sx-0002", "长治新能源汽车电驱动实训基地", "A5", msg!("state-changed"))),
        line(Role::Plain, true, msg!("say-field-change", path = "applicant.contact", before = "0354-0000001", after = "0354-7654321")),
    ];
    if is_wrong {
        let what = msg!("err-cell-number", found = "约六千");
        let place = "申报汇总表.xlsx [汇总表] C5 总投资（万元）";
        let text = msg!("say-remark", place = place).with_message("level", msg!("level-error")).with_message("what", what);
        lines.extend([line(Role::Bad, false, text), line(Role::Bad, true, msg!("rec-cell-number"))]);
    }
    lines.push(line(Role::Plain, false, msg!("say-tables-sum", new = 1, changed = 1, same = 0)));
    Plan { tool, lines, errors: usize::from(is_wrong), files: 2, replaced: usize::from(tool == Tool::Applications) }
}

/// The same out of a table whose cells hold what a terminal would obey.
fn hostile(tool: Tool) -> Plan {
    let mut hostile = plan(tool, false);
    let text = "甲\u{1b}[2J\u{202e}乙\u{9b}丙\u{200b}\u{7}";
    for line in &mut hostile.lines {
        line.text = msg!("say-field-change", path = text, before = text, after = text);
    }
    hostile
}

fn refused() -> Trouble {
    Trouble { what: msg!("err-no-results"), advice: msg!("rec-no-results"), unsaved: false }
}

fn both(zh: &str, en: &str) -> Bilingual {
    Bilingual { zh: zh.to_owned(), en: en.to_owned() }
}

fn grid(title: Message, heads: &[(&str, &str, bool)], rows: &[&[(&str, &str)]]) -> Grid {
    let heads = heads.iter().map(|(zh, en, is_figure)| (both(zh, en), *is_figure)).collect();
    Grid::new(title, heads, rows.iter().map(|row| row.iter().map(|(zh, en)| both(zh, en)).collect()).collect())
}

/// Two results that count and one file that does not.
pub(crate) fn register() -> Register {
    let same = |text| (text, text);
    let digest = "9f0c4b2e7a61d5388c1e0b7f4a2d6953e8b1c07d5f3a49260e8d7c1b5a394f62";
    let recommended = grid(
        msg!("register-recommended"),
        &[
            ("榜单", "Call", false),
            ("榜题", "Call item", false),
            ("项目编号", "Application", false),
            ("项目名称", "Project", false),
            ("申报单位", "Applicant", false),
            ("所在市", "City", false),
            ("进展", "Stage", false),
            ("总分", "Total", true),
        ],
        &[
            &[
                same("sx-2026-01"),
                ("智能网联新能源汽车", "Intelligent connected new-energy vehicles"),
                same("sx-0001"),
                ("晋中智能网联新能源汽车产教融合实训基地", "Jinzhong training base for intelligent connected NEVs"),
                same("晋中示例职业技术学院"),
                ("晋中", "Jinzhong"),
                ("已推荐", "recommended"),
                same("92.75"),
            ],
            &[
                same("sx-2026-01"),
                ("特种金属材料", "Special metal materials"),
                same("sx-0005"),
                ("太原特种金属材料智能制造实训基地", "Taiyuan training base for special metals"),
                same("太原示例科技大学"),
                ("太原", "Taiyuan"),
                ("已推荐", "recommended"),
                same("86.00"),
            ],
        ],
    );
    let excluded = grid(
        msg!("register-excluded"),
        &[("文件", "File", false), ("原因", "Why", false), ("文件校验值（SHA-256）", "SHA-256 of the file", false)],
        &[&[
            same("result-sx-2026-02-p1-r1.zip"),
            ("核验未通过：第7层，data/results.json", "does not verify: layer 7, data/results.json"),
            same(digest),
        ]],
    );
    let cities = grid(msg!("register-by-city"), &[("所在市", "City", false), ("推荐", "Recommended", true)], &[]);
    Register {
        name: "sx-2026".to_owned(),
        files: 3,
        counted: 2,
        bad: 1,
        winners: 2,
        grids: vec![recommended, excluded.with_advice(vec![msg!("rec-no-results")]), cities],
        outbox: "/outbox".to_owned(),
        signer: "P01".to_owned(),
        digits: "3159".to_owned(),
    }
}

/// The sample call's folder: no error, a few people without a key.
pub(crate) fn prepared() -> Prepared {
    let checked = |application: &pingyi::domain::application::Application| {
        let check = formal::check(&SAMPLE.rubric, application);
        let words = |outcome| match outcome {
            FormalOutcome::Pass => (Role::Ok, msg!("formal-pass")),
            FormalOutcome::Fix => (Role::Warn, msg!("formal-fix")),
            FormalOutcome::Fail => (Role::Bad, msg!("formal-fail")),
        };
        let gates = check.lines.iter().filter(|line| line.outcome != FormalOutcome::Pass).map(|line| Gate {
            id: line.gate.to_string(),
            text: line.text.clone(),
            outcome: words(line.outcome).1,
            note: line.note.clone(),
            remark: line.remark.clone(),
        });
        Checked {
            application: application.id.to_string(),
            title: application.title.clone(),
            outcome: words(check.outcome),
            gates: gates.collect(),
        }
    };
    let people = SAMPLE.roster.people.iter().enumerate().map(|(at, person)| Member {
        code: person.code.to_string(),
        name: person.name.clone(),
        role: person.role.words(),
        groups: (at % 4 != 3).then(|| "SJQE-TUZN-XYPQ-NMNM-WX4D-FCGX".to_owned()),
        is_held: at == 2,
    });
    let problem = Problem {
        place: "roster.toml:51:1".to_owned(),
        severity: Severity::Warning,
        what: msg!("err-no-results"),
        advice: msg!("rec-no-results"),
    };
    Prepared {
        folder: "/stick/package".to_owned(),
        title: Some(SAMPLE.call.title.clone()),
        problems: vec![problem],
        formal: SAMPLE.applications.iter().map(checked).collect(),
        people: people.collect(),
        outbox: "/outbox".to_owned(),
        signer: "OF1".to_owned(),
        digits: "8912".to_owned(),
    }
}

/// The same folder with an error in it, which keeps everything else from being judged.
pub(crate) fn wrong() -> Prepared {
    let mut wrong = Prepared { title: None, formal: Vec::new(), ..prepared() };
    let error = Problem {
        place: "call.toml:12:9".to_owned(),
        severity: Severity::Error,
        what: msg!("err-file", path = "call.toml", cause = "x"),
        advice: msg!("rec-file"),
    };
    wrong.problems.insert(0, error);
    wrong
}
