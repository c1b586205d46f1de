//! The form: one line a criterion, and below them what the chosen one asks.

use ratatui::layout::{Position, Rect};

use crate::{
    domain::{
        number::fixed,
        rubric::Criterion,
        sheet::{Cell, Sheet, Status},
        text::Explain,
        total::sheet_total,
    },
    msg,
    tui::{
        screen::Canvas,
        text,
        theme::Role,
        view::{View, Work},
    },
};

use super::{SheetScreen, Writing};

impl SheetScreen {
    pub(super) fn draw_form(&mut self, view: &View<'_>, work: &Work<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let sheet = self.sheet(work);
        let area = self.draw_request(view, work, canvas, area);
        self.draw_total(view, work, canvas, area, &sheet);
        let criteria: Vec<&Criterion> = work.package.rubric.asked().collect();
        let rows = criteria.len().saturating_add(1);
        // At least six lines stay for what the chosen criterion asks.
        let room = usize::from(area.height.saturating_sub(8)).max(3).min(rows);
        if self.at < self.top {
            self.top = self.at;
        }
        if self.at >= self.top.saturating_add(room) {
            self.top = self.at.saturating_sub(room).saturating_add(1);
        }
        for (line, at) in (1_u16..).zip(self.top..self.top.saturating_add(room).min(rows)) {
            match criteria.get(at) {
                Some(criterion) => self.draw_cell(view, work, canvas, (area, line), (criterion, &sheet)),
                None => self.draw_overall(view, canvas, area, line, &sheet),
            }
        }
        let used = u16::try_from(room).unwrap_or_default().saturating_add(2);
        let below = Rect { y: area.y.saturating_add(used), height: area.height.saturating_sub(used), ..area };
        match &self.writing {
            Some(_) => self.draw_writing(view, canvas, below),
            None => self.draw_asked(view, work, canvas, below, &sheet),
        }
    }

    /// What the chair asks about this sheet, above everything else; the rest of the area is for the form.
    fn draw_request(&self, view: &View<'_>, work: &Work<'_>, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
        let Some(line) = work.desk.asked_about(&self.id) else { return area };
        let words = view.say(&msg!("sheet-asked").with_message("what", line.told()));
        let lines = view.wrap(&text::safe_line(&words), usize::from(area.width));
        let most = (area.height / 4).max(1);
        for (row, line) in (0..most).zip(&lines) {
            canvas.bar(area, row, line, view.theme.style(Role::Warn));
        }
        let used = u16::try_from(lines.len()).unwrap_or(most).min(most);
        Rect { y: area.y.saturating_add(used), height: area.height.saturating_sub(used), ..area }
    }

    fn draw_total(&self, view: &View<'_>, work: &Work<'_>, canvas: &mut Canvas<'_>, area: Rect, sheet: &Sheet) {
        let Some(application) = work.application(&self.id) else { return };
        let total = sheet_total(&work.package.rubric, application, sheet);
        let points = fixed(total.running, 2);
        let mut line = view.say(&msg!(
            "sheet-running",
            points = points,
            total = work.package.rubric.total,
            answered = total.answered,
            asked = total.asked
        ));
        if sheet.status == Status::Submitted {
            line = format!("{} {} {line}", view.glyphs.done(), view.say(&msg!("row-submitted")));
        }
        canvas.line(area, 0, &line, view.theme.style(Role::Title));
    }

    fn draw_cell(
        &self,
        view: &View<'_>,
        work: &Work<'_>,
        canvas: &mut Canvas<'_>,
        (area, line): (Rect, u16),
        (criterion, sheet): (&Criterion, &Sheet),
    ) {
        let is_chosen = self.chosen_is(criterion, sheet, view);
        let cell = sheet.cell(&criterion.id);
        let value = match (&cell, self.typed.as_ref().filter(|_| is_chosen)) {
            (_, Some(typed)) => typed.clone(),
            (Cell::Scored { value }, None) => value.to_string(),
            (Cell::NotApplicable { .. }, None) => view.say(&msg!("cell-na")),
            (Cell::Blank, None) => view.say(&msg!("cell-missing")),
        };
        let needs = cell.value().is_some_and(|value| criterion.asks_comment(value)) && sheet.comment(&criterion.id).trim().is_empty();
        let note = match (sheet.comment(&criterion.id).is_empty(), needs) {
            (_, true) => view.say(&msg!("note-comment-needed")),
            (false, false) => view.say(&msg!("note-comment")),
            (true, false) => String::new(),
        };
        let columns = usize::from(area.width);
        let tail = format!(" {}/{} {}", text::right(&value, 6), text::pad(&criterion.max.to_string(), 4), text::pad(&note, 6));
        let asked = work.desk.asked_about(&self.id);
        let is_asked = asked.is_some_and(|line| line.criteria.contains(&criterion.id));
        let is_closed = asked.is_some_and(|line| !line.allows(Some(&criterion.id)));
        let mark = match (is_asked, criterion.advisory) {
            (true, _) => "!",
            (false, true) => "*",
            (false, false) => " ",
        };
        let head = format!(
            "{}{mark}{} {}",
            if is_chosen { ">" } else { " " },
            text::pad(criterion.id.as_str(), 3),
            text::safe_line(criterion.title.get(view.language()))
        );
        let content = format!("{}{tail}", text::pad(&head, columns.saturating_sub(text::width(&tail))));
        let role = match (is_chosen, &cell, needs) {
            (true, ..) => Role::Focus,
            _ if is_closed => Role::Muted,
            (_, _, true) => Role::Warn,
            _ if is_asked => Role::Warn,
            (_, Cell::Blank, _) => Role::Muted,
            _ => Role::Plain,
        };
        canvas.bar(area, line, &content, view.theme.style(role));
        if is_chosen && self.writing.is_none() && !self.is_reading {
            let column = columns.saturating_sub(text::width(&tail)).saturating_add(7);
            canvas.cursor =
                Some(Position::new(area.x.saturating_add(u16::try_from(column).unwrap_or_default()), area.y.saturating_add(line)));
        }
    }

    fn chosen_is(&self, criterion: &Criterion, _sheet: &Sheet, view: &View<'_>) -> bool {
        view.work.and_then(|work| self.criterion(&work)).is_some_and(|chosen| chosen.id == criterion.id)
    }

    fn draw_overall(&self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, line: u16, sheet: &Sheet) {
        let is_chosen = view.work.is_some_and(|work| self.criterion(&work).is_none());
        let point = if is_chosen { ">" } else { " " };
        let content = format!("{point} {} {}", view.say(&msg!("sheet-overall")), text::safe_line(&sheet.overall));
        canvas.bar(area, line, &content, view.theme.style(if is_chosen { Role::Focus } else { Role::Plain }));
    }

    /// What the chosen criterion asks: range and step, what to look for, the levels, and whether a comment is wanted.
    fn draw_asked(&self, view: &View<'_>, work: &Work<'_>, canvas: &mut Canvas<'_>, area: Rect, sheet: &Sheet) {
        let mut lines: Vec<(Role, String)> = Vec::new();
        if let Some((what, advice)) = &self.refused {
            lines.push((Role::Bad, view.say(what)));
            lines.push((Role::Plain, view.say(advice)));
        }
        match self.criterion(work) {
            Some(criterion) => self.ask(view, work, criterion, sheet, &mut lines),
            None => {
                for gap in work.desk.blocking(work.package, &self.id).into_iter().take(4) {
                    lines.push((Role::Warn, view.say(&gap.what())));
                }
                lines.push((Role::Muted, view.say(&msg!("sheet-end"))));
                lines.push((Role::Plain, text::safe(&sheet.overall)));
            }
        }
        let columns = usize::from(area.width);
        let wrapped = lines.iter().flat_map(|(role, line)| view.wrap(line, columns).into_iter().map(|line| (*role, line)));
        for (row, (role, line)) in (0..area.height).zip(wrapped) {
            canvas.line(area, row, &line, view.theme.style(role));
        }
    }

    fn ask(&self, view: &View<'_>, work: &Work<'_>, criterion: &Criterion, sheet: &Sheet, lines: &mut Vec<(Role, String)>) {
        let step = work.package.rubric.step_of(criterion);
        lines.push((Role::Key, view.say(&msg!("ask-range", min = criterion.min, max = criterion.max, step = step))));
        // One's own words go before the levels: in a small window these may not all fit.
        let comment = sheet.comment(&criterion.id);
        if !comment.is_empty() {
            lines.push((Role::Plain, text::safe(comment)));
        }
        if let Some(observe) = &criterion.observe {
            lines.push((Role::Plain, text::safe_line(observe.get(view.language()))));
        }
        let value = sheet.cell(&criterion.id).value();
        let reached = value.and_then(|value| criterion.anchor_at(value));
        for anchor in &criterion.anchors {
            let is_reached = reached.is_some_and(|reached| reached == anchor);
            let role = if is_reached { Role::Ok } else { Role::Muted };
            let mark = if is_reached { ">" } else { " " };
            lines.push((role, format!("{mark}{:>4}+ {}", anchor.from.to_string(), text::safe_line(anchor.text.get(view.language())))));
        }
        if let Some(rule) = &criterion.comment {
            let bounds = match (&rule.below, &rule.above) {
                (Some(below), Some(above)) => msg!("ask-comment-both", below = below, above = above),
                (Some(below), None) => msg!("ask-comment-below", below = below),
                (None, Some(above)) => msg!("ask-comment-above", above = above),
                (None, None) => msg!("ask-comment-always"),
            };
            lines.push((Role::Muted, view.say(&bounds)));
        }
    }

    fn draw_writing(&self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some((writing, editor)) = &self.writing else { return };
        let label = match writing {
            Writing::Comment(Some(id)) => msg!("write-comment", criterion = id, length = editor.length()),
            Writing::Comment(None) => msg!("write-overall", length = editor.length()),
            Writing::Reason(id) => msg!("write-reason", criterion = id),
        };
        canvas.line(area, 0, &view.say(&label), view.theme.style(Role::Title));
        if let Some((what, advice)) = &self.refused {
            canvas.line(area, 1, &format!("{} {}", view.say(what), view.say(advice)), view.theme.style(Role::Bad));
        }
        let shift = if self.refused.is_some() { 2 } else { 1 };
        editor.draw(canvas, Rect { y: area.y.saturating_add(shift), height: area.height.saturating_sub(shift), ..area });
    }
}
