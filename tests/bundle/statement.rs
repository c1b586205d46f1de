//! `bundle.json`, the manifests and `bag-info.txt`: one content, one form.

use pingyi::bundle::{
    bag,
    kind::Kind,
    passport::{BadPassport, Digests, Head, Passport, Required},
};
use pingyi::domain::panel::Role;

use crate::support::bundle::*;

fn statement() -> Passport {
    passport(Kind::Scores, &[(Role::Reviewer, "R03")])
}

const GOLDEN: &str = r#"{
  "type": "scores",
  "schema": 1,
  "mode": "official",
  "call": "sx-2026-01",
  "items": [
    "t1"
  ],
  "panel": "p1",
  "round": 1,
  "person": "R03",
  "revision": 2,
  "supersedes": "0000000000000000000000000000000000000000000000000000000000000001",
  "head": {
    "digest": "0000000000000000000000000000000000000000000000000000000000000002",
    "height": 41
  },
  "required_signers": [
    {
      "role": "reviewer",
      "code": "R03"
    }
  ],
  "claimed_time": "2026-03-16T15:40:00+08:00",
  "tool": {
    "name": "pingyi",
    "version": "0.1.0",
    "commit": "abc1234"
  },
  "digests": {
    "package": "0000000000000000000000000000000000000000000000000000000000000003",
    "rubric": "0000000000000000000000000000000000000000000000000000000000000004",
    "map": "0000000000000000000000000000000000000000000000000000000000000005",
    "roster": "0000000000000000000000000000000000000000000000000000000000000006",
    "applications": "0000000000000000000000000000000000000000000000000000000000000007",
    "request": "0000000000000000000000000000000000000000000000000000000000000008"
  }
}
"#;

#[test]
fn the_statement_stands_in_the_documented_order() {
    let digest = |number: u8| Some(format!("{number:064}"));
    let mut full = statement();
    full.items = vec!["t1".parse().unwrap()];
    full.round = Some(1);
    full.supersedes = digest(1);
    full.head = Some(Head { digest: digest(2).unwrap(), height: 41 });
    full.tool.commit = Some("abc1234".into());
    full.digests =
        Digests { package: digest(3), rubric: digest(4), map: digest(5), roster: digest(6), applications: digest(7), request: digest(8) };
    assert_eq!(String::from_utf8(full.to_bytes().unwrap()).unwrap(), GOLDEN);
    assert_eq!(Passport::from_bytes(GOLDEN.as_bytes()), Ok(full));
}

#[test]
fn what_does_not_apply_is_left_out_and_the_rest_reads_back() {
    for kind in pingyi::bundle::kind::KINDS {
        let role = kind.must_sign().first().map_or(Role::Reviewer, |group| group[0]);
        let mut statement = passport(kind, &[(role, "R03")]);
        statement.head = None;
        statement.supersedes = None;
        let bytes = statement.to_bytes().unwrap();
        assert!(!String::from_utf8(bytes.clone()).unwrap().contains("null"));
        assert_eq!(Passport::from_bytes(&bytes), Ok(statement));
    }
}

#[test]
fn the_same_in_other_bytes_is_refused() {
    let refused = |text: String| Passport::from_bytes(text.as_bytes()).unwrap_err();
    for (change, text) in [
        ("no last line end", GOLDEN.trim_end().to_owned()),
        ("one line end more", format!("{GOLDEN}\n")),
        ("windows line ends", GOLDEN.replace('\n', "\r\n")),
        ("other indent", GOLDEN.replace("  ", "    ")),
        ("other order", GOLDEN.replace("  \"schema\": 1,\n  \"mode\": \"official\",", "  \"mode\": \"official\",\n  \"schema\": 1,")),
        ("escaped letter", GOLDEN.replace("scores", "score\\u0073")),
        ("explicit null", GOLDEN.replace("\"round\": 1", "\"round\": null")),
        ("larger number form", GOLDEN.replace("\"height\": 41", "\"height\": 41.0")),
    ] {
        let error = refused(text);
        assert!(matches!(error, BadPassport::NotCanonical | BadPassport::Form(_)), "{change}: {error:?}");
    }
    assert!(matches!(refused(GOLDEN.replace("\"mode\"", "\"note\": 1,\n  \"mode\"")), BadPassport::Form(_)));
    assert!(matches!(refused(GOLDEN.replace("\"official\"", "\"serious\"")), BadPassport::Form(_)));
    assert_eq!(refused(GOLDEN.replace("\"schema\": 1", "\"schema\": 2")), BadPassport::Schema(2));
    assert!(matches!(refused(format!("\u{feff}{GOLDEN}")), BadPassport::Form(_)));
    assert!(matches!(refused(String::new()), BadPassport::Form(_)));
}

#[test]
fn impossible_values_are_named() {
    let says = |change: &dyn Fn(&mut Passport), what: &'static str| {
        let mut statement = statement();
        change(&mut statement);
        assert_eq!(statement.to_bytes(), Err(BadPassport::Value(what)));
    };
    says(&|statement| statement.schema = 2, "schema");
    says(&|statement| statement.revision = 0, "revision");
    says(&|statement| statement.round = Some(0), "round");
    says(&|statement| statement.person = None, "person");
    says(&|statement| statement.revision = 1, "supersedes");
    says(&|statement| statement.supersedes = Some("f".repeat(63)), "digest");
    says(&|statement| statement.supersedes = Some("F".repeat(64)), "digest");
    says(&|statement| statement.digests.roster = Some(String::new()), "digest");
    says(&|statement| statement.head.as_mut().unwrap().digest.push('0'), "digest");
    says(&|statement| statement.required_signers.clear(), "required_signers");
    says(&|statement| statement.required_signers.push(Required::new(Role::Reviewer, "R03".parse().unwrap())), "required_signers");
    says(&|statement| statement.required_signers.push(Required::new(Role::Reviewer, "R04".parse().unwrap())), "required_signers");
    says(&|statement| statement.required_signers[0].role = Role::Office, "required_signers");
    says(&|statement| statement.tool.version.clear(), "tool");
    says(&|statement| statement.tool.name = "a b".into(), "tool");
    says(&|statement| statement.tool.name = "评议".into(), "tool");
}

#[test]
fn the_bags_own_statement_follows_from_the_bundles() {
    let info = String::from_utf8(bag::info_bytes(&statement(), 1234, 5)).unwrap();
    assert_eq!(
        info,
        "Bag-Software-Agent: pingyi 0.1.0\nBagging-Date: 2026-03-16\nExternal-Identifier: scores-sx-2026-01-p1-r03-r2\nPayload-Oxum: 1234.5\n"
    );
}

#[test]
fn a_manifest_line_that_is_not_one_is_named_by_its_number() {
    let digest = "0".repeat(64);
    let good = format!("{digest}  data/a\n{digest}  data/b\n");
    assert_eq!(bag::read_manifest(good.as_bytes()).unwrap().len(), 2);
    assert!(bag::read_manifest(b"").unwrap().is_empty());
    for (line, text) in [
        (1, "\n".to_owned()),
        (1, format!("{digest} data/a\n")),
        (1, format!("{digest} *data/a\n")),
        (1, format!("{digest}   data/a\n")),
        (1, format!("{digest}\tdata/a\n")),
        (1, format!("{digest}  data/a")),
        (1, format!("{digest}0  data/a\n")),
        (1, format!("{}  data/a\n", "G".repeat(64))),
        (1, format!("\u{feff}{good}")),
        (1, format!("{digest}  data/a\r\n")),
        (2, format!("{digest}  data/b\n{digest}  data/a\n")),
        (2, format!("{digest}  data/a\n{digest}  data/a\n")),
        (3, format!("{good}# comment\n")),
        (3, format!("{good}\n")),
        (3, format!("{good}{digest}  ../c\n")),
        (3, format!("{good}{digest}  data/%63\n")),
        (3, format!("{good}{digest}  data/C\n")),
    ] {
        assert_eq!(bag::read_manifest(text.as_bytes()), Err(bag::BadLine { line }), "{text:?}");
    }
    let mut broken = good.into_bytes();
    broken.extend(b"\xff\xfe\n");
    assert_eq!(bag::read_manifest(&broken), Err(bag::BadLine { line: 3 }));
}
