//! The register for people: the internal overview of the province, and the list of recommendations that may be made public 公示稿.
//!
//! The public list has no scores, no ranks across panels and nobody's name but the applicants'.

use minijinja::{Value, context};

use crate::{
    domain::{
        register::{
            PanelResult,
            distribution::Count,
            file::RegisterFile,
            follow_up::Stage,
            record::{Publicity, Record},
            twins::Whose,
            years::BaseYear,
        },
        text::{Bilingual, Explain, Language, Message},
    },
    i18n, msg,
    report::{
        CannotMake, csv_tables,
        page::{render, tag},
        table::{Cell, Table},
    },
};

const TEMPLATE: &str = include_str!("register.html");

/// The internal overview.
#[must_use]
pub fn overview(file: &RegisterFile<'_>, language: Language) -> Vec<u8> {
    let lines = vec![msg!("register-no-ranking")];
    page(file, msg!("register-title"), lines, tables(file).into_iter(), msg!("register-internal"), language)
}

/// All tables of the overview, in its order.
#[must_use]
pub fn tables(file: &RegisterFile<'_>) -> Vec<Table> {
    let tables = [recommended(file, false), panels(file), excluded(file)];
    let counted = [by_city(file), by_region(file), by_family(file), by_item(file), quotas(file), projects(file), costs(file)];
    let years = if file.bases.is_empty() { Vec::new() } else { vec![by_base(file), by_year(file), indicators(file)] };
    tables.into_iter().chain(years).chain(counted).collect()
}

/// The list that may be made public.
#[must_use]
pub fn public_list(file: &RegisterFile<'_>, record: &Record, language: Language) -> Vec<u8> {
    let period = |one: &Publicity| {
        msg!("register-publicity", call = one.call, from = one.from, to = one.to, contact = one.contact).with_both("place", &one.place)
    };
    let lines = std::iter::once(msg!("register-no-ranking")).chain(record.publicity.iter().map(period)).collect();
    page(file, msg!("register-public-title"), lines, std::iter::once(recommended(file, true)), msg!("register-public"), language)
}

fn page(
    file: &RegisterFile<'_>,
    title: Message,
    lines: Vec<Message>,
    tables: impl Iterator<Item = Table>,
    footer: Message,
    language: Language,
) -> Vec<u8> {
    let say = |message: &Message| i18n::text(language, message);
    let cell = |cell: &Cell| context! { text => cell.print(language), n => cell.is_figure() };
    let table = |table: Table| {
        let is_figure = |at: usize| table.rows.iter().any(|row| row.get(at).is_some_and(Cell::is_figure));
        let column =
            |(at, column): (usize, &crate::report::table::Column)| context! { text => column.heading.print(language), n => is_figure(at) };
        context! {
            title => say(&table.title),
            columns => table.columns.iter().enumerate().map(column).collect::<Vec<_>>(),
            rows => table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>()).collect::<Vec<_>>(),
        }
    };
    render(
        TEMPLATE,
        context! {
            tag => tag(language), title => say(&title), footer => say(&footer), nothing => say(&msg!("register-none")),
            register => say(&msg!("register-name", register = file.register, revision = file.revision)),
            lines => lines.iter().map(say).collect::<Vec<_>>(),
            tables => tables.map(table).collect::<Vec<Value>>(),
        },
    )
}

/// Recommendations by call and item. The public list leaves out totals and panels.
#[must_use]
pub fn recommended(file: &RegisterFile<'_>, is_public: bool) -> Table {
    let mut columns = vec![
        ("call", msg!("sheet-call"), 16),
        ("item", msg!("register-item"), 24),
        ("application", msg!("register-application"), 12),
        ("title", msg!("register-project"), 40),
        ("applicant", msg!("register-applicant"), 28),
        ("city", msg!("register-city"), 10),
        ("stage", msg!("register-stage"), 12),
    ];
    if !is_public {
        columns.push(("panel", msg!("sheet-panel"), 8));
        columns.push(("total", msg!("sheet-total"), 10));
    }
    let row = |panel: &PanelResult, stage: Stage, application| {
        let (item, line) = panel.winners().find(|(_, line)| line.id == application)?;
        let mut row = vec![
            Cell::text(&panel.call.id),
            Cell::both(Some(&item.title)),
            Cell::text(&line.id),
            Cell::both(Some(&line.title)),
            Cell::text(&line.applicant),
            Cell::both(Some(&line.city_name)),
            Cell::Say(stage_words(stage)),
        ];
        if !is_public {
            row.push(Cell::text(&panel.panel));
            row.push(Cell::figure(line.total.as_ref()));
        }
        Some(row)
    };
    let rows = file.recommended.iter().filter_map(|one| {
        let panel = file.panels.iter().find(|panel| panel.call.id == one.call && panel.panel == one.panel)?;
        row(panel, one.stage, one.application.clone())
    });
    Table::new("recommended", msg!("register-recommended"), columns).with(rows)
}

/// Where a recommendation stands, in words.
#[must_use]
pub fn stage_words(stage: Stage) -> Message {
    match stage {
        Stage::Recommended => msg!("stage-recommended"),
        Stage::Public => msg!("stage-public"),
        Stage::Objected => msg!("stage-objected"),
        Stage::Upheld => msg!("stage-upheld"),
        Stage::Returned => msg!("stage-returned"),
        Stage::Deferred => msg!("stage-deferred"),
        Stage::Approved => msg!("stage-approved"),
        Stage::Rectifying => msg!("stage-rectifying"),
        Stage::Cultivated => msg!("stage-cultivated"),
        Stage::Titled => msg!("stage-titled"),
        Stage::Landed => msg!("stage-landed"),
    }
}

fn panels(file: &RegisterFile<'_>) -> Table {
    let columns = vec![
        ("call", msg!("sheet-call"), 16),
        ("title", msg!("register-call-title"), 40),
        ("panel", msg!("sheet-panel"), 8),
        ("revision", msg!("page-revision"), 8),
        ("applications", msg!("register-applications"), 8),
        ("winners", msg!("register-winners"), 8),
        ("spread", msg!("register-widest"), 10),
        ("digest", msg!("page-digest-bundle"), 64),
    ];
    let row = |panel: &PanelResult| {
        let spread = file.spread_by_panel.iter().find(|one| one.call == panel.call.id && one.panel == panel.panel);
        vec![
            Cell::text(&panel.call.id),
            Cell::both(Some(&panel.call.title)),
            Cell::text(&panel.panel),
            Cell::Figure(panel.revision.to_string()),
            Cell::Figure(panel.applications().count().to_string()),
            Cell::Figure(panel.winners().count().to_string()),
            Cell::figure(spread.map(|one| &one.widest)),
            Cell::text(&panel.bundle),
        ]
    };
    Table::new("panels", msg!("register-panels"), columns).with(file.panels.iter().map(row))
}

/// Each base, year by year 逐年绩效.
fn by_base(file: &RegisterFile<'_>) -> Table {
    let columns = vec![
        ("base", msg!("register-base"), 10),
        ("title", msg!("register-project"), 40),
        ("year", msg!("register-year"), 8),
        ("total", msg!("sheet-total"), 10),
        ("change", msg!("register-change"), 10),
        ("band", msg!("register-band"), 10),
    ];
    let row = |line: &BaseYear| {
        vec![
            Cell::text(&line.base),
            Cell::both(Some(&line.title)),
            Cell::Figure(line.year.to_string()),
            Cell::figure(line.total.as_ref()),
            Cell::figure(line.change.as_ref()),
            Cell::both(line.band.as_ref()),
        ]
    };
    Table::new("bases", msg!("register-by-base"), columns).with(file.bases.iter().map(row))
}

fn by_year(file: &RegisterFile<'_>) -> Table {
    let columns = vec![
        ("year", msg!("register-year"), 8),
        ("bases", msg!("register-bases"), 8),
        ("bands", msg!("register-band"), 30),
        ("indicator", msg!("register-indicator"), 30),
        ("sum", msg!("register-sums"), 12),
    ];
    let pairs = |text: Vec<String>| Cell::text(&text.join(", "));
    let rows = file.years.iter().flat_map(|year| {
        let bands = pairs(year.bands.iter().map(|(band, count)| format!("{band} {count}")).collect());
        let head = vec![Cell::Figure(year.year.to_string()), Cell::Figure(year.bases.to_string()), bands];
        let sums: Vec<(Cell, Cell)> =
            year.sums.iter().map(|(name, sum)| (Cell::Say(indicator_words(name)), Cell::Figure(sum.clone()))).collect();
        let first = sums.first().cloned().unwrap_or((Cell::Empty, Cell::Empty));
        let blank = || vec![Cell::Empty; 3];
        let row = |head: Vec<Cell>, (name, sum): (Cell, Cell)| head.into_iter().chain([name, sum]).collect::<Vec<Cell>>();
        std::iter::once(row(head, first)).chain(sums.into_iter().skip(1).map(move |sum| row(blank(), sum))).collect::<Vec<_>>()
    });
    Table::new("years", msg!("register-by-year"), columns).with(rows)
}

fn indicators(file: &RegisterFile<'_>) -> Table {
    let columns = vec![
        ("base", msg!("register-base"), 10),
        ("year", msg!("register-year"), 8),
        ("indicator", msg!("register-indicator"), 24),
        ("target", msg!("register-target"), 12),
        ("actual", msg!("register-actual"), 12),
    ];
    let rows = file.bases.iter().flat_map(|line| {
        line.indicators.iter().map(move |(name, indicator)| {
            vec![
                Cell::text(&line.base),
                Cell::Figure(line.year.to_string()),
                Cell::Say(indicator_words(name)),
                Cell::figure(indicator.target.as_ref()),
                Cell::figure(indicator.actual.as_ref()),
            ]
        })
    });
    Table::new("indicators", msg!("register-by-indicator"), columns).with(rows)
}

fn excluded(file: &RegisterFile<'_>) -> Table {
    let columns = vec![("file", msg!("register-file"), 40), ("why", msg!("register-why"), 60), ("sha256", msg!("register-sha256"), 64)];
    let rows = file.excluded.iter().map(|one| vec![Cell::text(&one.file), Cell::Say(one.why.what()), Cell::text(&one.sha256)]);
    Table::new("excluded", msg!("register-excluded"), columns).with(rows)
}

fn counts(id: &'static str, title: Message, of: Message, rows: impl Iterator<Item = (Cell, Count)>) -> Table {
    let columns = vec![
        ("of", of, 24),
        ("applications", msg!("register-applications"), 10),
        ("winners", msg!("register-winners"), 10),
        ("government", msg!("register-government"), 16),
    ];
    let row = |(of, count): (Cell, Count)| {
        let figures = [count.applications.to_string(), count.winners.to_string(), count.government.to_string()];
        std::iter::once(of).chain(figures.map(Cell::Figure)).collect()
    };
    Table::new(id, title, columns).with(rows.map(row))
}

fn by_city(file: &RegisterFile<'_>) -> Table {
    let name = |code: &String| {
        let line = file.panels.iter().flat_map(PanelResult::applications).map(|(_, line)| line).find(|line| line.city == *code);
        named(code, line.map(|line| &line.city_name))
    };
    let rows = file.distribution.cities.iter().map(|(code, count)| (name(code), count.clone()));
    counts("cities", msg!("register-by-city"), msg!("register-city"), rows)
}

fn by_region(file: &RegisterFile<'_>) -> Table {
    let rows = file.distribution.regions.iter().map(|(region, count)| (Cell::Say(region_words(region)), count.clone()));
    counts("regions", msg!("register-by-region"), msg!("register-region"), rows)
}

fn by_family(file: &RegisterFile<'_>) -> Table {
    let name = |code: &String| {
        let line = file.panels.iter().flat_map(PanelResult::applications).map(|(_, line)| line).find(|line| line.family == *code);
        named(code, line.map(|line| &line.family_name))
    };
    let rows = file.distribution.families.iter().map(|(code, count)| (name(code), count.clone()));
    counts("families", msg!("register-by-family"), msg!("register-family"), rows)
}

/// Every item with what came of it, so that one without a winner 流榜 is seen.
fn by_item(file: &RegisterFile<'_>) -> Table {
    let columns = vec![
        ("call", msg!("sheet-call"), 16),
        ("item", msg!("register-item"), 30),
        ("applications", msg!("register-applications"), 10),
        ("winners", msg!("register-winners"), 10),
    ];
    let rows = file.panels.iter().filter(|panel| panel.selects()).flat_map(|panel| panel.items.iter().map(move |item| (panel, item))).map(
        |(panel, item)| {
            let winners = item.applications.iter().filter(|line| line.is_winner()).count();
            vec![
                Cell::text(&panel.call.id),
                Cell::both(Some(&item.title)),
                Cell::Figure(item.applications.len().to_string()),
                Cell::Figure(winners.to_string()),
            ]
        },
    );
    Table::new("items", msg!("register-by-item"), columns).with(rows)
}

fn quotas(file: &RegisterFile<'_>) -> Table {
    let columns = vec![
        ("call", msg!("sheet-call"), 16),
        ("found", msg!("register-found"), 10),
        ("max", msg!("register-max"), 10),
        ("soft", msg!("register-binding"), 14),
        ("applications", msg!("register-application"), 60),
    ];
    let rows = file.quotas.iter().map(|one| {
        let call = one.call.as_ref().map_or_else(|| Cell::Say(msg!("register-province")), Cell::text);
        let binding = if one.soft { msg!("register-soft") } else { msg!("register-hard") };
        let applications = one.applications.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        vec![call, Cell::Figure(one.found.to_string()), Cell::Figure(one.max.to_string()), Cell::Say(binding), Cell::text(&applications)]
    });
    Table::new("quotas", msg!("register-quotas"), columns).with(rows)
}

fn projects(file: &RegisterFile<'_>) -> Table {
    let columns = vec![
        ("title", msg!("register-project"), 40),
        ("applicant", msg!("register-applicant"), 30),
        ("applications", msg!("register-application"), 40),
    ];
    let rows = file.same_projects.iter().map(|one| vec![Cell::text(&one.title), Cell::text(&one.applicant), whose(&one.applications)]);
    Table::new("same-projects", msg!("register-same-projects"), columns).with(rows)
}

fn costs(file: &RegisterFile<'_>) -> Table {
    let columns = vec![
        ("name", msg!("register-cost"), 40),
        ("amount", msg!("register-amount"), 12),
        ("applications", msg!("register-application"), 40),
    ];
    let rows = file.same_costs.iter().map(|one| vec![Cell::text(&one.name), Cell::figure(Some(one.amount)), whose(&one.applications)]);
    Table::new("same-costs", msg!("register-same-costs"), columns).with(rows)
}

/// A region of 一群两区三圈 in words; one that is not known by its code stands as it is.
fn region_words(region: &str) -> Message {
    match region {
        "central" => msg!("region-central"),
        "zone-reform" => msg!("region-zone-reform"),
        "zone-taixin" => msg!("region-zone-taixin"),
        "north" => msg!("region-north"),
        "southeast" => msg!("region-southeast"),
        "south" => msg!("region-south"),
        "pilot" => msg!("region-pilot"),
        other => msg!("region-other", region = other),
    }
}

/// An indicator of the application form in words.
fn indicator_words(name: &str) -> Message {
    match name {
        "task_book_pct" => msg!("indicator-task-book"),
        "trainees" => msg!("indicator-trainees"),
        "assessments" => msg!("indicator-assessments"),
        "contests" => msg!("indicator-contests"),
        "resources" => msg!("indicator-resources"),
        "teachers_trained" => msg!("indicator-teachers"),
        "service_income" => msg!("indicator-service-income"),
        "external_pct" => msg!("indicator-external-pct"),
        "machine_hours_pct" => msg!("indicator-machine-hours"),
        "cost_cover_pct" => msg!("indicator-cost-cover"),
        "satisfaction_pct" => msg!("indicator-satisfaction"),
        other => msg!("region-other", region = other),
    }
}

fn whose(applications: &[Whose]) -> Cell {
    Cell::text(&applications.iter().map(|one| format!("{} {}", one.call, one.application)).collect::<Vec<_>>().join(", "))
}

fn named(code: &str, name: Option<&Bilingual>) -> Cell {
    match name {
        Some(name) if !name.zh.is_empty() => Cell::Both(name.clone()),
        _ => Cell::text(code),
    }
}

/// The list for a spreadsheet.
///
/// # Errors
/// What writing into memory reports, which is nothing.
pub fn public_table(file: &RegisterFile<'_>, language: Language) -> Result<Vec<u8>, CannotMake> {
    csv_tables::written(&recommended(file, true), &[], language)
}
