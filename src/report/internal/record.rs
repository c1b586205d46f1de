//! What was decided and recorded beside the scores, and how the result was verified.

use crate::{
    domain::{
        change::Change,
        correction::{Correction, CorrectionGround},
        decision::flag_lines,
        panel::{Person, RecusalDecision, RecusalOrigin, Role},
        sheet::Declaration,
        table::{
            act::{Act, Signature},
            open, telling,
        },
        telling as changes,
        text::Message,
    },
    msg,
    report::{
        dossier::{Dossier, Head, LayerLine, Signer},
        internal::name,
        table::{Cell, Table},
    },
};

pub(super) fn opinions(dossier: &Dossier<'_>) -> Table {
    let columns = vec![("application", msg!("sheet-number"), 11), ("part", msg!("report-part"), 14), ("text", msg!("report-text"), 100)];
    let rows = dossier.table.opinions.iter().flat_map(|(application, opinion)| {
        let row = |(text, part): (&str, Message)| vec![Cell::text(application), Cell::Say(part), Cell::text(text)];
        opinion.parts().into_iter().filter(|(text, _)| !text.trim().is_empty()).map(row).collect::<Vec<_>>()
    });
    Table::new("opinions", msg!("page-opinions"), columns).with(rows)
}

pub(super) fn recusals(dossier: &Dossier<'_>) -> Table {
    let columns = vec![
        ("application", msg!("sheet-number"), 11),
        ("person", msg!("page-member"), 10),
        ("origin", msg!("report-origin"), 16),
        ("ground", msg!("report-ground"), 26),
        ("text", msg!("report-text"), 60),
        ("decision", msg!("report-decision"), 14),
    ];
    Table::new("recusals", msg!("report-table-recusals"), columns).with(recusal_rows(dossier))
}

/// Whoever stayed out of what: as the office ordered it before scoring, and as reviewers declared it.
fn recusal_rows(dossier: &Dossier<'_>) -> Vec<Vec<Cell>> {
    let ordered = dossier.package.recusals.iter().map(|one| {
        let origin = match one.origin {
            RecusalOrigin::Own => msg!("report-origin-own"),
            RecusalOrigin::Office => msg!("report-origin-office"),
            RecusalOrigin::Applicant => msg!("report-origin-applicant"),
        };
        let decision = match one.decision {
            RecusalDecision::Upheld => msg!("report-upheld"),
            RecusalDecision::Rejected => msg!("report-rejected"),
        };
        vec![
            Cell::text(&one.application),
            Cell::text(&one.person),
            Cell::Say(origin),
            Cell::Say(changes::ground(one.ground)),
            Cell::text(&one.text),
            Cell::Say(decision),
        ]
    });
    let declared = dossier.given.iter().flat_map(|(reviewer, submission)| {
        submission.desk.sheets.iter().filter_map(move |(application, sheet)| {
            let (ground, text) = match sheet.declaration.as_ref()? {
                Declaration::NoConflict => return None,
                Declaration::Conflict { ground, text } => (changes::ground(*ground), text),
                Declaration::Declined { reason } => (msg!("standing-declined"), reason),
            };
            Some(vec![
                Cell::text(application),
                Cell::text(reviewer),
                Cell::Say(msg!("report-origin-own")),
                Cell::Say(ground),
                Cell::text(text),
                Cell::Say(msg!("report-upheld")),
            ])
        })
    });
    ordered.chain(declared).collect()
}

pub(super) fn decisions(dossier: &Dossier<'_>) -> Table {
    let columns = vec![("kind", msg!("report-kind"), 20), ("what", msg!("page-what"), 110)];
    let rows = acts(dossier).into_iter().map(|(kind, what)| vec![Cell::Say(kind), Cell::Say(what)]);
    Table::new("decisions", msg!("report-table-decisions"), columns).with(rows)
}

/// Every decision that stands, by kind, in words.
fn acts(dossier: &Dossier<'_>) -> Vec<(Message, Message)> {
    let table = dossier.table;
    let mut told: Vec<(Message, Act)> = Vec::new();
    for (reviewer, removal) in &table.removed {
        told.push((msg!("report-kind-member"), Act::Remove { reviewer: reviewer.clone(), before: None, after: Some(removal.clone()) }));
    }
    for ((application, veto), text) in &table.vetoes {
        let act = Act::Veto { application: application.clone(), veto: veto.clone(), before: None, after: Some(text.clone()) };
        told.push((msg!("report-kind-veto"), act));
    }
    for line in flag_lines(dossier.results, &table.rulings).into_iter().filter(|line| line.ruling.is_some()) {
        let act = Act::Flag { application: line.application, flag: line.key, before: None, after: line.ruling };
        told.push((msg!("report-kind-deviation"), act));
    }
    for (application, going_on) in &table.going_on {
        let act = Act::GoOn { application: application.clone(), before: None, after: Some(going_on.clone()) };
        told.push((msg!("report-kind-few"), act));
    }
    for (application, vote) in &table.tie_votes {
        let act = Act::TieVote { application: application.clone(), before: None, after: Some(vote.clone()) };
        told.push((msg!("report-kind-tie"), act));
    }
    for (item, ruling) in &table.tie_rulings {
        told.push((msg!("report-kind-tie"), Act::TieRuling { item: item.clone(), before: None, after: Some(ruling.clone()) }));
    }
    for (application, ballot) in &table.votes {
        let act = Act::Vote { application: application.clone(), before: None, after: Some(ballot.clone()) };
        told.push((msg!("report-kind-vote"), act));
    }
    told.extend(table.asked.iter().map(|asked| (msg!("report-kind-request"), Act::Ask(asked.clone()))));
    told.iter().map(|(kind, act)| (kind.clone(), telling::act(act))).chain(lots(dossier)).collect()
}

/// The lots that set somebody apart, each with its seed, so that anybody can draw it again.
fn lots<'a>(dossier: &'a Dossier<'_>) -> impl Iterator<Item = (Message, Message)> + 'a {
    let drawn = dossier.results.iter().filter_map(|item| item.ranking.lot.as_ref());
    drawn.map(|lot| (msg!("report-kind-lot"), msg!("page-lot", seed = lot.seed)))
}

pub(super) fn corrections(dossier: &Dossier<'_>) -> Table {
    let columns = vec![
        ("application", msg!("sheet-number"), 11),
        ("reviewer", msg!("sheet-reviewer"), 10),
        ("criterion", msg!("sheet-criterion"), 9),
        ("before", msg!("report-before"), 9),
        ("after", msg!("report-after"), 9),
        ("ground", msg!("report-ground"), 24),
        ("by", msg!("report-by"), 10),
        ("minute", msg!("report-minute"), 60),
    ];
    let row = |one: &Correction| {
        let ground = match one.ground {
            CorrectionGround::Sum => msg!("request-ground-sum"),
            CorrectionGround::Range => msg!("request-ground-range"),
            CorrectionGround::Objective => msg!("request-ground-objective"),
            CorrectionGround::Abnormal => msg!("request-ground-abnormal"),
        };
        vec![
            Cell::text(&one.application),
            Cell::text(&one.reviewer),
            one.criterion.as_ref().map_or(Cell::Empty, Cell::text),
            Cell::Figure(one.before.to_string()),
            Cell::Figure(one.after.to_string()),
            Cell::Say(ground),
            Cell::text(&one.by),
            Cell::text(&one.minute),
        ]
    };
    Table::new("corrections", msg!("report-table-corrections"), columns).with(dossier.table.corrections.iter().map(row))
}

pub(super) fn members(dossier: &Dossier<'_>) -> Table {
    let columns = vec![
        ("code", msg!("report-code"), 9),
        ("name", msg!("report-name"), 20),
        ("role", msg!("report-role"), 14),
        ("stand", msg!("page-stand"), 50),
    ];
    Table::new("members", msg!("report-table-members"), columns).with(member_rows(dossier))
}

/// Everybody who sits or supervises, with how they stand to the report.
pub(in crate::report) fn member_rows(dossier: &Dossier<'_>) -> Vec<Vec<Cell>> {
    let Dossier { package, table, .. } = dossier;
    let supervises = package.roster.people.iter().filter(|person| person.role == Role::Supervisor);
    let people = open::sitting(package, table).chain(supervises);
    let row = |person: &Person| {
        let stand = table.members.get(&person.code).map_or(Cell::Empty, |stand| Cell::Say(Signature::words(stand)));
        vec![Cell::text(&person.code), Cell::text(&person.name), Cell::Say(person.role.words()), stand]
    };
    people.map(row).collect()
}

pub(super) fn journal(dossier: &Dossier<'_>) -> Table {
    let columns = vec![
        ("seq", msg!("page-number"), 7),
        ("time", msg!("page-time"), 26),
        ("writer", msg!("page-writer"), 9),
        ("what", msg!("page-what"), 100),
    ];
    let rows = dossier.entries.iter().map(|entry| {
        let what = match &entry.change {
            Change::Table(act) => telling::act(act),
            change => changes::change(change),
        };
        vec![Cell::figure(Some(entry.seq)), Cell::text(&entry.time), Cell::text(&entry.writer), Cell::Say(what)]
    });
    Table::new("journal", msg!("report-table-journal"), columns).with(rows)
}

pub(super) fn verification(dossier: &Dossier<'_>) -> Table {
    let mut table = layers(&dossier.head);
    table.rows.extend(dossier.notes.iter().map(|(layer, note)| row(msg!("report-line-note"), Cell::text(layer), Cell::Say(note.clone()))));
    let signer = |one: &Signer| {
        let key = format!("{} {} {}", name(dossier, &one.code), one.groups, one.fingerprint);
        row(msg!("report-line-signer"), Cell::text(&one.code), Cell::Text(key))
    };
    table.rows.extend(dossier.signers.iter().map(signer));
    let awaited = |code| row(msg!("report-line-awaited"), Cell::text(code), Cell::text(&name(dossier, code)));
    table.rows.extend(dossier.awaited.iter().map(awaited));
    table.rows.extend(dossier.commands.iter().map(|line| row(msg!("report-line-command"), Cell::Empty, Cell::text(line))));
    table
}

/// The layers and what no layer shows: what everybody may read.
pub(in crate::report) fn layers(head: &Head) -> Table {
    let columns = vec![("kind", msg!("report-kind"), 20), ("name", msg!("report-line-name"), 20), ("what", msg!("page-what"), 100)];
    let layer = |one: &LayerLine| {
        let name = msg!("report-layer", number = one.number).with_message("name", one.name.clone());
        row(msg!("report-line-layer"), Cell::Say(name), Cell::Say(one.words.clone()))
    };
    let not_proved = head.not_proved.iter().map(|what| row(msg!("report-line-not-proved"), Cell::Empty, Cell::Say(what.clone())));
    Table::new("verification", msg!("report-table-verification"), columns).with(head.layers.iter().map(layer).chain(not_proved))
}

fn row(kind: Message, name: Cell, what: Cell) -> Vec<Cell> {
    vec![Cell::Say(kind), name, what]
}
