//! Stock tools agree with us: `ssh-keygen` (OpenSSH 8.9 or later) and `bagit.py`. They are not on every machine, so these tests
//! are asked for by name: `cargo test --test all interop -- --ignored`.

mod reports;

use std::{
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use pingyi::{
    bundle::{
        allowed, bag,
        draft::Draft,
        key::SecretKey,
        kind::Kind,
        passphrase::Passphrase,
        sshsig,
        trust::{Trust, Trusted},
    },
    domain::panel::Role,
};
use zeroize::Zeroizing;

use crate::support::bundle::*;

/// Runs a tool with this input; whether it was content, and what it said.
fn run(tool: &str, arguments: &[&str], input: &[u8]) -> (bool, String) {
    let mut child = Command::new(tool)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{tool}: {error}"));
    // A tool that refuses early does not read to the end.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

/// Puts a bundle's members into a folder.
fn unpack_into(bytes: &[u8], folder: &Path) {
    for (name, content) in unpack(bytes) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn verify(folder: &Path, list: &Path, code: &str, namespace: &str, member: &str, more: &[&str]) -> (bool, String) {
    let signature = folder.join(member);
    let mut arguments = vec!["-Y", "verify", "-f", text(list), "-I", code, "-n", namespace, "-s", text(&signature)];
    arguments.extend(more);
    run("ssh-keygen", &arguments, &fs::read(folder.join(bag::TAG_MANIFEST)).unwrap())
}

#[test]
#[ignore = "needs ssh-keygen and bagit.py; .ci/run runs it"]
fn stock_tools_find_every_one_of_our_bundles_good() {
    // A hundred in the usual run; `just stock` asks for the thousand of bar 13.
    let count = std::env::var("PINGYI_STOCK").ok().and_then(|count| count.parse().ok()).unwrap_or(100_usize);
    for number in 0..count {
        let folder = tempfile::tempdir().unwrap();
        let mut draft = Draft::new(passport(Kind::Scores, &[(Role::Reviewer, "R03")]));
        for at in 0..number % 7 {
            draft = draft.with(&format!("scores/sx-{at:04}.json"), "评".repeat(number * at));
        }
        let written = write_signed(&draft, Role::Reviewer, "R03", 3, folder.path());
        let bag = folder.path().join("bag");
        unpack_into(&fs::read(written.path).unwrap(), &bag);
        let (valid, said) = run("bagit.py", &["--validate", "--quiet", text(&bag)], b"");
        assert!(valid, "{said}");
        let list = folder.path().join("allowed_signers");
        fs::write(&list, allowed::plain(&trust())).unwrap();
        let (good, said) = verify(&bag, &list, "R03", "pingyi.scores.v1", SIGNATURE, &[]);
        assert!(good, "{said}");
    }
}

#[test]
#[ignore = "needs ssh-keygen and bagit.py; .ci/run runs it"]
fn the_archive_unpacks_with_a_stock_tool() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("b.zip");
    fs::write(&file, good()).unwrap();
    let (good, said) = run("python3", &["-m", "zipfile", "-e", text(&file), text(folder.path())], b"");
    assert!(good, "{said}");
    let (valid, said) = run("bagit.py", &["--validate", "--quiet", text(&folder.path().join(STEM))], b"");
    assert!(valid, "{said}");
}

#[test]
#[ignore = "needs ssh-keygen and bagit.py; .ci/run runs it"]
fn ssh_keygen_refuses_another_purpose_person_text_or_time() {
    let folder = tempfile::tempdir().unwrap();
    let bag = folder.path().join("bag");
    unpack_into(&good(), &bag);
    let plain = folder.path().join("allowed_signers");
    fs::write(&plain, allowed::plain(&trust())).unwrap();
    assert!(!verify(&bag, &plain, "R03", "pingyi.result.v1", SIGNATURE, &[]).0);
    assert!(!verify(&bag, &plain, "R04", "pingyi.scores.v1", SIGNATURE, &[]).0);

    let mut people: Vec<Trusted> = people();
    people[4].keys[0].valid_after = Some("2026-03-16T08:00:00+08:00".parse().unwrap());
    people[4].keys[0].valid_before = Some("2026-03-16T18:00:00+08:00".parse().unwrap());
    let dated = folder.path().join("allowed_signers-dated");
    fs::write(&dated, allowed::dated(&Trust::from_people(people).unwrap())).unwrap();
    let at = |time: &str| verify(&bag, &dated, "R03", "pingyi.scores.v1", SIGNATURE, &["-O", &format!("verify-time={time}")]);
    assert!(at("20260316073000Z").0, "{}", at("20260316073000Z").1);
    assert!(!at("20260315235959Z").0);
    assert!(!at("20260316100001Z").0);

    fs::write(bag.join(bag::TAG_MANIFEST), b"other").unwrap();
    assert!(!verify(&bag, &plain, "R03", "pingyi.scores.v1", SIGNATURE, &[]).0);
}

/// A key file that `ssh-keygen` is ready to read.
fn key_file(path: &Path, content: &str) {
    fs::write(path, content).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

#[test]
#[ignore = "needs ssh-keygen and bagit.py; .ci/run runs it"]
fn ssh_keygen_signs_with_our_key_and_gives_the_very_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    key_file(&path, &key(3).to_openssh(None, &mut |_| {}).unwrap());
    let message = folder.path().join("message");
    fs::write(&message, b"the signed list\n").unwrap();
    let (good, said) = run("ssh-keygen", &["-Y", "sign", "-f", text(&path), "-n", "pingyi.scores.v1", text(&message)], b"");
    assert!(good, "{said}");
    let theirs = fs::read_to_string(folder.path().join("message.sig")).unwrap();
    assert_eq!(theirs, sshsig::sign(&key(3), "pingyi.scores.v1", b"the signed list\n").unwrap());
    assert_eq!(sshsig::check(theirs.as_bytes(), "pingyi.scores.v1", b"the signed list\n"), Ok(key(3).public()));
}

#[test]
#[ignore = "needs ssh-keygen and bagit.py; .ci/run runs it"]
fn keys_open_on_both_sides_with_a_chinese_passphrase() {
    let passphrase = "口令 pass 评议";
    let entered = || Passphrase::entered(Zeroizing::new(passphrase.to_owned()));
    let folder = tempfile::tempdir().unwrap();
    let ours = folder.path().join("ours");
    key_file(&ours, &key(3).to_openssh(Some(&entered()), &mut |bytes| bytes.fill(7)).unwrap());
    let (good, said) = run("ssh-keygen", &["-y", "-P", passphrase, "-f", text(&ours)], b"");
    assert!(good && said.starts_with(&key(3).public().to_string()), "{said}");

    let theirs = folder.path().join("theirs");
    let made = ["-q", "-t", "ed25519", "-N", passphrase, "-C", "someone", "-f", text(&theirs)];
    assert!(run("ssh-keygen", &made, b"").0);
    let read = SecretKey::from_openssh(&fs::read_to_string(&theirs).unwrap(), Some(&entered())).unwrap();
    let public = fs::read_to_string(folder.path().join("theirs.pub")).unwrap();
    assert!(public.starts_with(&read.public().to_string()), "{public}");
    let (_, listed) = run("ssh-keygen", &["-l", "-f", text(&folder.path().join("theirs.pub"))], b"");
    assert!(listed.contains(&read.public().fingerprint()), "{listed}");

    let ecdsa = folder.path().join("ecdsa");
    assert!(run("ssh-keygen", &["-q", "-t", "ecdsa", "-N", "", "-f", text(&ecdsa)], b"").0);
    assert!(SecretKey::from_openssh(&fs::read_to_string(&ecdsa).unwrap(), None).is_err());
}

/// Everything that a review makes up to its score bundles, checked by tools that know nothing of us.
#[test]
#[ignore = "needs ssh-keygen and bagit.py; just interop runs it"]
fn every_bundle_of_the_sample_call_satisfies_the_stock_tools() {
    let folder = tempfile::tempdir().unwrap();
    let reports = pingyi::workflow::demo::headless(folder.path(), &mut |_| {}).unwrap();
    assert!(reports.iter().all(pingyi::bundle::layer::Report::passes));
    let mut files: Vec<_> = fs::read_dir(folder.path().join("bundles")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.extend(fs::read_dir(folder.path().join("enrolment")).unwrap().map(|entry| entry.unwrap().path()));
    files.retain(|file| file.extension().is_some_and(|extension| extension == "zip"));
    assert_eq!(files.len(), 2 + 7 + 2 + 1 + 12, "two packages, seven score bundles, a request and its answer, a result, twelve enrolments");
    for file in files {
        let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let bag = folder.path().join("bags").join(&stem);
        let members = unpack(&fs::read(&file).unwrap());
        unpack_into(&fs::read(&file).unwrap(), &bag);
        let (valid, said) = run("bagit.py", &["--validate", text(&bag)], b"");
        assert!(valid, "{stem}: {said}");
        for signature in members.keys().filter(|name| name.starts_with("signatures/")) {
            let code = signature.rsplit('-').next().unwrap().strip_suffix(".sig").unwrap().to_ascii_uppercase();
            let kind = stem.split('-').next().unwrap();
            // An enrolment comes before anybody's list has the key.
            if kind != "enrol" {
                let list = bag.join("allowed_signers");
                let (good, said) = verify(&bag, &list, &code, &format!("pingyi.{kind}.v1"), signature, &[]);
                assert!(good, "{stem}: {said}");
            }
        }
    }
}
