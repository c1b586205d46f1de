//! A package that is named when the program is started.

use super::{CTRL_Q, program};
use crate::support::{
    pty::Window,
    stage::{Machine, office, package},
};

#[test]
fn whoever_opens_a_package_by_command_compares_the_offices_groups_before_anything_is_taken_in() {
    let machine = Machine::of("R02");
    let groups = office().people[0].keys[0].public.groups();
    let open = || {
        let mut command = program(machine.home.root());
        command.args(["open", package().to_str().unwrap()]);
        Window::open(command, 80, 24)
    };
    let mut window = open();
    window.sees(&groups);
    window.settles();
    window.types(CTRL_Q);
    assert!(window.ends());
    assert!(machine.home.workspaces().unwrap().is_empty(), "nothing was taken in");

    let mut window = open();
    window.sees(&groups);
    window.settles();
    window.types_and_sees("\r", "承诺");
    window.types(CTRL_Q);
    assert!(window.ends());

    let window = open();
    window.sees("承诺");
    assert!(!window.written().contains("由谁评审"), "what was compared once is not asked about again");
}
