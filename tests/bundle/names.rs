//! Names of bundles and of their members.

use pingyi::bundle::{
    kind::{KINDS, Kind, ROLES},
    layer::LayerId,
    name::{BundleName, is_member_name, signature_member, signer_of},
};
use proptest::prelude::*;

use crate::support::{bundle::*, zip_raw::*};

fn name(kind: Kind, panel: Option<&str>, code: Option<&str>, revision: u32) -> BundleName {
    let panel = panel.map(|panel| panel.parse().unwrap());
    let code = code.map(|code| code.parse().unwrap());
    BundleName::new(kind, &"sx-2026-01".parse().unwrap(), panel.as_ref(), code.as_ref(), revision)
}

#[test]
fn a_bundle_is_named_by_kind_call_panel_person_and_revision_in_lower_case() {
    assert_eq!(name(Kind::Scores, Some("P1"), Some("R03"), 12).file(), "scores-sx-2026-01-p1-r03-r12.zip");
    assert_eq!(name(Kind::Package, Some("p1"), None, 1).stem(), "package-sx-2026-01-p1-r1");
    assert_eq!(name(Kind::Aggregate, None, None, 3).stem(), "aggregate-sx-2026-01-r3");
    for kind in KINDS {
        let name = name(kind, Some("p1"), Some("R03"), 7);
        assert_eq!(name.stem().parse(), Ok(name.clone()));
        assert_eq!((name.kind(), name.revision()), (kind, 7));
    }
}

#[test]
fn what_is_no_bundle_name_is_refused() {
    for bad in [
        "",
        "scores",
        "scores-r1",
        "scores--r1",
        "sheets-sx-r1",
        "scores-sx",
        "scores-sx-r0",
        "scores-sx-r01",
        "scores-sx-r+1",
        "scores-sx-r1.zip",
        "scores-SX-r1",
        "Scores-sx-r1",
        "scores-sx r1",
        "scores-../x-r1",
        "scores-sx-r4294967296",
        "scores-评审-r1",
        "scores-sx-r1\n",
        "scores-sx_1-r1",
    ] {
        assert!(bad.parse::<BundleName>().is_err(), "{bad:?}");
    }
    assert!(format!("scores-{}-r1", "x".repeat(300)).parse::<BundleName>().is_err());
}

#[rustfmt::skip]
const BAD_MEMBERS: [&str; 55] = [
    "", "/", "/etc/passwd", "..", "../x", "data/../x", "data/..", "data/./x", ".", "data//x", "data/", "a/b/c/d", "data\\x",
    "c:/x", "c:x", "\\\\host\\x", "x\0", "data/x\n", "data/x\r", "data/x\t", "data/x y", "data/100%.txt", "data/%2e%2e",
    "data/X.txt", "data/é.txt", "data/e\u{301}.txt", "data/x．txt", "data/评审.txt", "data/con", "data/con.txt", "data/aux.json",
    "data/nul.tar.gz", "data/prn.x", "data/com1", "data/com9.txt", "data/lpt0.md", "data/.hidden", "data/x.", "con/x", "data/x*",
    "data/x?", "data/x|y", "data/<x>", "data/\"x\"", "data/x:stream", "data/x;1", "data/~x", "data/$x", "data/\u{202e}x",
    "data/\u{200b}x", "data/\u{1b}[0m", "data/ x", "data/x ", "data/\u{ff0e}\u{ff0e}/x", "data/\u{feff}x",
];

#[test]
fn member_names_are_short_lists_of_plain_characters() {
    for good in
        ["bagit.txt", "data/bundle.json", "data/scores/sx-0001.json", "allowed_signers", "a/b/c", "data/com10.txt", "data/console.txt"]
    {
        assert!(is_member_name(good), "{good}");
    }
    for bad in BAD_MEMBERS {
        assert!(!is_member_name(bad), "{bad:?}");
    }
    assert!(!is_member_name(&format!("data/{}", "x".repeat(121))));
}

#[test]
fn a_signatures_name_states_role_and_person() {
    for role in ROLES {
        let member = signature_member(role, &"GZ-01".parse().unwrap());
        assert_eq!(signer_of(&member), Some((role, "gz-01")), "{member}");
        assert!(is_member_name(&member));
    }
    for bad in [
        "signatures/x.sig",
        "signatures/reviewer-.sig",
        "signatures/reviewer-R03.sig",
        "signatures/reviewer-r03",
        "reviewer-r03.sig",
        "signatures/reviewer_r03.sig",
        "signatures/reviewer-r03.sig.sig",
        "signatures/reviewer-r03.p7s",
    ] {
        assert_eq!(signer_of(bad), None, "{bad}");
    }
}

#[test]
fn an_archive_with_any_bad_name_is_refused_and_the_name_is_said() {
    for bad in BAD_MEMBERS {
        let mut members: Vec<RawMember> =
            unpack(&good()).into_iter().map(|(name, content)| RawMember::new(format!("{STEM}/{name}"), content)).collect();
        members.push(RawMember::new(format!("{STEM}/{bad}"), "x"));
        let report = report(&raw_zip(&members));
        let escaped: String = bad.chars().flat_map(char::escape_default).collect();
        let named = report.errors().any(|(layer, finding)| layer == LayerId::Container && finding.member == escaped);
        assert!(named && !report.passes(), "{bad:?}: {:?}", report.layers[0]);
    }
}

proptest! {
    #[test]
    fn no_name_outside_the_allowed_characters_passes(text in "\\PC{1,30}") {
        let plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-/".contains(&byte));
        prop_assert!(plain || !is_member_name(&text));
    }
}
