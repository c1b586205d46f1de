//! What a reviewer, and bad luck, can do to a workspace, in random order.

use proptest::{prelude::*, sample::select};

/// One act. Texts are from small pools, so that values meet again.
#[derive(Debug, Clone)]
pub(super) enum Act {
    /// A score as typed; `-` clears the cell.
    Set(&'static str, &'static str, &'static str),
    /// 不适用, with a reason.
    NotApplicable(&'static str, &'static str, &'static str),
    /// A comment; `overall` for the whole.
    Comment(&'static str, &'static str, &'static str),
    /// The conflict question.
    Declare(&'static str, Answer),
    /// All cells and comments are cleared in one step.
    Clear(&'static str),
    Submit(&'static str),
    Withdraw(&'static str),
    /// A whole sheet, from the question to handing it in.
    Fill(&'static str, bool),
    Undo,
    Redo,
    Pledge,
    Export,
    /// The package of this revision is opened.
    Open(usize),
    /// The store is opened anew, as after a full disk.
    Reopen,
    /// The program is left in good order and started again.
    Leave,
    /// The program is killed and started again on what lies on the disk.
    Crash(Tail),
    Backup,
    /// One of the backups is put back, counted round and round.
    Restore(usize),
}

/// An answer to the conflict question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Free,
    Conflict(&'static str),
    Declined(&'static str),
    /// The answer is taken back.
    Open,
}

/// What a crash leaves at the end of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    Whole,
    /// The beginning of an entry that nobody was told of.
    Torn,
    /// The last entry is gone, although it was acknowledged.
    Lost,
}

/// Two of R03's own, one that the office keeps from R03, one that is not assigned, one that there is not.
const APPLICATIONS: [&str; 12] =
    ["sx-0005", "sx-0009", "sx-0005", "sx-0009", "sx-0005", "sx-0009", "sx-0005", "sx-0009", "sx-0005", "sx-0001", "sx-0024", "sx-0099"];
const CRITERIA: [&str; 12] = ["A1", "A2", "B1", "B2", "C1", "X1", "A1", "A2", "B1", "B2", "C2", "Z9"];
const VALUES: [&str; 12] = ["0", "0.5", "4", "5.5", "6", "8", "9.5", "10", "12", "16", "7.3", "-"];
const COMMENTS: [&str; 6] = ["", "依据充分", "理由\n分两行", "末尾有空格  \n", "a\r\nb", "“引号”, 逗号, \t制表 \u{202e}反向"];
const REASONS: [&str; 3] = ["不涉及", "曾在该单位任职", "  "];

fn application() -> impl Strategy<Value = &'static str> {
    select(&APPLICATIONS[..])
}

fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        5 => Just(Answer::Free),
        2 => select(&REASONS[..]).prop_map(Answer::Conflict),
        1 => select(&REASONS[..]).prop_map(Answer::Declined),
        1 => Just(Answer::Open),
    ]
}

/// One act on a sheet.
fn on_a_sheet() -> impl Strategy<Value = Act> {
    prop_oneof![
        10 => (application(), select(&CRITERIA[..]), select(&VALUES[..])).prop_map(|(on, of, value)| Act::Set(on, of, value)),
        3 => (application(), select(&CRITERIA[..]), select(&REASONS[..])).prop_map(|(on, of, why)| Act::NotApplicable(on, of, why)),
        4 => (application(), prop_oneof![select(&CRITERIA[..]), Just("overall")], select(&COMMENTS[..]))
            .prop_map(|(on, of, text)| Act::Comment(on, of, text)),
        6 => (application(), answer()).prop_map(|(on, answer)| Act::Declare(on, answer)),
        1 => application().prop_map(Act::Clear),
        3 => application().prop_map(Act::Submit),
        2 => application().prop_map(Act::Withdraw),
        6 => (application(), any::<bool>()).prop_map(|(on, spread)| Act::Fill(on, spread)),
        6 => Just(Act::Undo),
        4 => Just(Act::Redo),
    ]
}

/// What happens to the workspace as a whole.
fn around() -> impl Strategy<Value = Act> {
    prop_oneof![
        1 => Just(Act::Pledge),
        4 => Just(Act::Export),
        1 => (1..=3_usize).prop_map(Act::Open),
        3 => Just(Act::Reopen),
        1 => Just(Act::Leave),
        1 => prop_oneof![Just(Tail::Whole), Just(Tail::Torn), Just(Tail::Lost)].prop_map(Act::Crash),
        3 => Just(Act::Backup),
        2 => (0..12_usize).prop_map(Act::Restore),
    ]
}

/// A session. Nearly every one begins with the pledge and the conflict questions, as the program asks for them.
pub(super) fn sessions() -> impl Strategy<Value = Vec<Act>> {
    let acts = prop::collection::vec(prop_oneof![6 => on_a_sheet(), 1 => around()], 1..45);
    let usual = (prop::bool::weighted(0.95), prop::bool::weighted(0.8));
    (usual, acts).prop_map(|((pledged, declared), mut acts)| {
        if declared {
            acts.splice(0..0, ["sx-0005", "sx-0009"].map(|on| Act::Declare(on, Answer::Free)));
        }
        if pledged {
            acts.insert(0, Act::Pledge);
        }
        acts
    })
}
