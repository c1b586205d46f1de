//! Every file call fails once, in the ways that disks fail.

use super::{
    desk::{batch, lay, scores},
    kill::{backing_up, exporting, recovering, scored},
};
use crate::support::faults::{Attack, can_inject};

/// Input and output errors, a full disk, a disk that turned read-only, a right that was taken away.
const ERRORS: &[&str] = &["EIO", "ENOSPC", "EROFS", "EACCES"];
/// Faults for one command in a run that does not ask for all.
const SAMPLE: usize = 8;

#[test]
fn whichever_file_call_of_scoring_fails_nothing_is_called_saved_that_is_not() {
    if can_inject() {
        Attack {
            name: "score batch",
            prepare: &|place| lay(&place.join("home"), 8),
            act: &|place| batch(&place.join("home"), scores(&place.join("home")).unwrap(), 3),
            judge: &|place, outcome| scored(&place.join("home"), outcome, 8, 3),
        }
        .fail_everywhere(ERRORS, 2 * SAMPLE);
    }
}

#[test]
fn whichever_file_call_of_a_backup_fails_the_stick_holds_whole_copies_only() {
    if can_inject() {
        backing_up(|attack| attack.fail_everywhere(ERRORS, SAMPLE));
    }
}

#[test]
fn whichever_file_call_of_recovering_fails_it_can_be_recovered_again() {
    if can_inject() {
        recovering(|attack| attack.fail_everywhere(ERRORS, SAMPLE));
    }
}

#[test]
fn whichever_file_call_of_an_export_fails_the_bundle_is_whole_or_absent_under_its_name() {
    if can_inject() {
        exporting(|attack| attack.fail_everywhere(ERRORS, SAMPLE));
    }
}
