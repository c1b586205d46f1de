//! Metadata for a records officer: one row for the bundle and one for each of its members, with running numbers without gaps, title,
//! responsible body, date, format, size and SHA-256 (after DA/T 46, and the completeness check of DA/T 70-2018: domain reference 6.9).

use crate::{
    domain::text::{Bilingual, Language, Message},
    msg,
    report::{
        CannotMake, Made,
        audience::Audience,
        csv_tables,
        dossier::{Head, Member},
        table::{Cell, Table},
    },
};

pub(super) fn make(audience: &Audience<'_>, language: Language) -> Result<Made, CannotMake> {
    // The names of members say who scored, so the public list has the bundle alone.
    let (file, members): (&Member, &[Member]) = match audience {
        Audience::Internal(dossier) => (&dossier.file, &dossier.members),
        Audience::Public(notice) => (&notice.file, &[]),
    };
    let columns = vec![
        ("number", msg!("page-number"), 0),
        ("title", msg!("report-record-title"), 0),
        ("responsible", msg!("report-record-body"), 0),
        ("date", msg!("sheet-date"), 0),
        ("format", msg!("report-record-format"), 0),
        ("size", msg!("report-record-size"), 0),
        ("sha256", msg!("report-record-sha256"), 0),
        ("name", msg!("report-record-name"), 0),
    ];
    let head = audience.head();
    let rows = std::iter::once((file, msg!("report-record-bundle"))).chain(members.iter().map(|one| (one, kind(&one.name))));
    let rows = rows.enumerate().map(|(at, (member, title))| row(head, at.saturating_add(1), member, title));
    let table = Table::new("archive", msg!("report-record-title"), columns).with(rows);
    Ok(Made::File { ending: "archive.csv", bytes: csv_tables::bytes(&table, audience, language)? })
}

fn row(head: &Head, number: usize, member: &Member, title: Message) -> Vec<Cell> {
    let panel = Bilingual { zh: format!("{} {}", head.office.zh, head.panel), en: format!("{} {}", head.office.en, head.panel) };
    let format = member.name.rsplit_once('.').map_or("txt", |(_, ending)| ending);
    let day = head.claimed.day().map_or_else(|| Cell::text(&head.claimed), |day| Cell::text(&day));
    vec![
        Cell::figure(Some(number)),
        Cell::Say(title),
        Cell::Both(panel),
        day,
        Cell::text(format),
        Cell::figure(Some(member.size)),
        Cell::text(&member.sha256),
        Cell::text(&member.name),
    ]
}

/// What a member is, by where it lies.
fn kind(name: &str) -> Message {
    let begins = |part: &str| name.starts_with(part);
    match name {
        "data/results.json" => msg!("report-record-results"),
        "data/result.html" => msg!("report-record-page"),
        "data/journal.txt" => msg!("report-record-journal"),
        "data/bundle.json" => msg!("report-record-statement"),
        "data/decisions.json" | "data/members.json" | "data/inputs.json" => msg!("report-record-decisions"),
        "data/scores.csv" | "data/items.csv" => msg!("report-record-scores"),
        _ if begins("data/working/") => msg!("report-record-working"),
        _ if begins("data/opinions/") => msg!("report-record-opinion"),
        _ if begins("data/paper/") => msg!("report-record-paper"),
        _ if begins("data/bundles/") => msg!("report-record-sheets"),
        _ if begins("data/requests/") => msg!("report-record-request"),
        _ if begins("data/package/") => msg!("report-record-package"),
        _ if begins("signatures/") => msg!("report-record-signature"),
        _ => msg!("report-record-list"),
    }
}
