//! Changes as a person means them: "this cell becomes that". The state before is taken from the desk, and what would
//! change nothing is no change.

use crate::domain::{
    change::Change,
    desk::Desk,
    ids::{ApplicationId, CriterionId},
    sheet::{Cell, Declaration, Sheet, Status},
};

impl Desk {
    /// The cell becomes `after`; `None` when it is so already.
    #[must_use]
    pub fn set_cell(&self, application: &ApplicationId, criterion: &CriterionId, after: Cell) -> Option<Change> {
        let before = self.sheet_or_blank(application, |sheet| sheet.cell(criterion));
        (before != after).then(|| Change::Score { application: application.clone(), criterion: criterion.clone(), before, after })
    }

    /// The comment becomes `after`; `None` when it is so already. Line ends become `\n`, and trailing white space goes.
    #[must_use]
    pub fn set_comment(&self, application: &ApplicationId, criterion: Option<&CriterionId>, after: &str) -> Option<Change> {
        let after = after.replace("\r\n", "\n").replace('\r', "\n").trim_end().to_owned();
        let before = self.sheet_or_blank(application, |sheet| match criterion {
            Some(id) => sheet.comment(id).to_owned(),
            None => sheet.overall.clone(),
        });
        (before != after).then(|| Change::Comment { application: application.clone(), criterion: criterion.cloned(), before, after })
    }

    /// The conflict question is answered; `None` when it is answered so already.
    #[must_use]
    pub fn set_declaration(&self, application: &ApplicationId, after: Option<Declaration>) -> Option<Change> {
        let before = self.sheet_or_blank(application, |sheet| sheet.declaration.clone());
        (before != after).then(|| Change::Declare { application: application.clone(), before, after })
    }

    /// The sheet is handed in or taken back; `None` when it is so already.
    #[must_use]
    pub fn set_status(&self, application: &ApplicationId, after: Status) -> Option<Change> {
        let before = self.sheet_or_blank(application, |sheet| sheet.status);
        (before != after).then(|| Change::Submit { application: application.clone(), before, after })
    }

    /// All cells and comments of the sheet are cleared in one step that undo takes back; `None` when there are none.
    #[must_use]
    pub fn clear_sheet(&self, application: &ApplicationId) -> Option<Change> {
        let sheet = self.sheets.get(application)?;
        let cells = sheet.cells.keys().filter_map(|criterion| self.set_cell(application, criterion, Cell::Blank));
        let comments = sheet.comments.keys().filter_map(|criterion| self.set_comment(application, Some(criterion), ""));
        let changes: Vec<Change> = cells.chain(comments).chain(self.set_comment(application, None, "")).collect();
        (!changes.is_empty()).then_some(Change::Group { changes })
    }

    fn sheet_or_blank<T>(&self, application: &ApplicationId, pick: impl FnOnce(&Sheet) -> T) -> T {
        match self.sheets.get(application) {
            Some(sheet) => pick(sheet),
            None => pick(&Sheet::default()),
        }
    }
}
