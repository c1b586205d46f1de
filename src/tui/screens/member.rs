//! One member: how the member stands to the report, and what the panel may do when a member falls out.

use crate::{
    domain::{
        ids::PersonCode,
        panel::Role as Part,
        table::act::{Act, Removal, Signature},
    },
    msg,
    tui::{
        effect::{Ask, Effect, Place},
        paper::{Choice, Paper},
        table::{TableView, words},
        text,
        theme::Role,
        view::View,
        widgets::pane::Paragraph,
    },
};

/// One member.
pub(super) struct Member {
    code: PersonCode,
}

impl Member {
    pub(super) const fn new(code: PersonCode) -> Self {
        Self { code }
    }

    fn stands(&self, table: &TableView<'_>, after: Option<Signature>) -> Effect {
        let before = table.table().members.get(&self.code).cloned();
        Effect::Decide(Act::Member { person: self.code.clone(), before, after })
    }
}

impl Paper for Member {
    fn title(&self, view: &View<'_>) -> String {
        let name = view.table.map(|table| table.name(&self.code)).unwrap_or_default();
        view.say(&msg!("screen-member", name = name))
    }

    fn heads(&self, view: &View<'_>, table: &TableView<'_>, _columns: usize) -> Vec<Paragraph> {
        let person = table.person(&self.code);
        let whose = person
            .map(|person| format!("{} {} {}", table.name(&self.code), text::safe_line(&person.title), text::safe_line(&person.employer)));
        let mut lines = vec![(Role::Title, whose.unwrap_or_default())];
        let missing = table.index.missing.iter().filter(|missing| missing.reviewer == self.code).count();
        match (table.table().removed.get(&self.code), table.table().current(&self.code)) {
            (Some(Removal::Void { authority, reason }), _) => {
                lines.push((Role::Warn, view.say(&msg!("member-void-why", authority = authority, reason = reason))));
            }
            (Some(Removal::Replaced { by, reason, .. }), _) => {
                lines.push((Role::Warn, view.say(&msg!("member-replaced-why", by = table.name(by), reason = reason))));
            }
            (None, Some(bundle)) => {
                lines.push((Role::Plain, view.say(&msg!("bundles-here", revision = bundle.revision, file = bundle.file))))
            }
            (None, None) if missing > 0 => lines.push((Role::Warn, view.say(&msg!("member-missing", count = missing)))),
            (None, None) => {}
        }
        let own = table.table().members.get(&self.code);
        let said = match own {
            Some(Signature::Dissent { text }) => text::safe_line(text),
            Some(Signature::RefusedDeemedAgreement { witness }) => view.say(&msg!("member-witness", witness = witness)),
            _ => String::new(),
        };
        lines.push((Role::Plain, format!("{} {said}", view.say(&words::signature(own)))));
        lines
    }

    fn choices(&self, _view: &View<'_>, table: &TableView<'_>) -> Vec<Choice> {
        let code = || self.code.clone();
        if let Some(before) = table.table().removed.get(&self.code) {
            let act = Act::Remove { reviewer: code(), before: Some(before.clone()), after: None };
            return vec![Choice::does(msg!("choice-bring-back"), Effect::Decide(act))];
        }
        let mut choices = vec![
            Choice::does(msg!("choice-signed"), self.stands(table, Some(Signature::Signed))),
            Choice::go(msg!("choice-dissent"), Place::Ask(Ask::Dissent(code()))),
            Choice::go(msg!("choice-refused"), Place::Ask(Ask::Refuse(code()))),
            Choice::does(msg!("choice-absent"), self.stands(table, Some(Signature::Absent))),
        ];
        if table.table().members.contains_key(&self.code) {
            choices.push(Choice::does(msg!("choice-unsign"), self.stands(table, None)));
        }
        if table.person(&self.code).is_some_and(|person| person.role.scores() && person.role != Part::Supervisor) {
            choices.push(Choice::go(msg!("choice-void-member"), Place::Ask(Ask::Void(code()))));
            choices.push(Choice::go(msg!("choice-replace"), Place::Ask(Ask::Replace(code()))));
        }
        choices
    }
}
