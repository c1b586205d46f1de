//! The page that is published 公示稿.

use minijinja::{Value, context};

use super::Words;
use crate::{
    msg,
    report::{
        internal,
        notice::{Notice, NoticeItem, NoticeLine},
        page::plain,
        table::{Cell, Table},
    },
};

pub(super) fn parts(notice: &Notice, words: Words) -> Vec<Value> {
    vec![recommended(notice, words), publicity(notice, words), opinions(notice, words), verification(notice, words)]
}

fn recommended(notice: &Notice, words: Words) -> Value {
    let columns = vec![
        ("rank", msg!("page-rank"), 0),
        ("title", msg!("sheet-application"), 0),
        ("applicant", msg!("report-applicant"), 0),
        ("city", msg!("field-city"), 0),
        ("total", msg!("sheet-total"), 0),
        ("place", msg!("page-outcome"), 0),
    ];
    let row = |line: &NoticeLine| {
        vec![
            Cell::figure(line.rank),
            Cell::Text(format!("{} {}", line.application, line.title.get(words.language))),
            Cell::text(&line.applicant),
            line.city.clone(),
            Cell::figure(Some(&line.total)),
            Cell::Say(line.place.clone()),
        ]
    };
    let item = |item: &NoticeItem| {
        let title = format!("{} {}", item.id, plain(item.title.get(words.language)));
        if item.lines.is_empty() {
            let line = context! { text => words.say(&notice.nobody()) };
            return context! { title, class => "together", lines => vec![line] };
        }
        let table = Table::new("recommended", notice.list_title(), columns.clone()).with(item.lines.iter().map(row));
        context! { title, class => "together", table => words.table(&table) }
    };
    let items: Vec<Value> = notice.items.iter().map(item).collect();
    context! { title => words.say(&notice.list_title()), items }
}

fn publicity(notice: &Notice, words: Words) -> Value {
    let lines = notice.publicity_lines();
    let blanks: Vec<Value> = lines.iter().map(|(name, what)| context! { name => words.say(name), text => words.print(what) }).collect();
    context! { title => words.say(&msg!("report-publicity")), notes => vec![words.say(&msg!("report-publicity-note"))], blanks }
}

fn opinions(notice: &Notice, words: Words) -> Value {
    let lines = notice.items.iter().flat_map(|item| &item.lines).filter(|line| !line.opinion.is_empty());
    let item = |line: &NoticeLine| {
        let parts: Vec<Value> = line.opinion.iter().map(|(name, text)| context! { name => words.say(name), text => plain(text) }).collect();
        context! { title => format!("{} {}", line.application, plain(line.title.get(words.language))), lines => parts }
    };
    let items: Vec<Value> = lines.map(item).collect();
    context! { title => words.say(&msg!("page-opinions")), items }
}

fn verification(notice: &Notice, words: Words) -> Value {
    let table = internal::layers(&notice.head);
    context! { title => words.say(&table.title), items => vec![context! { table => words.table(&table) }] }
}
