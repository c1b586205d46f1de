//! Bundles for tests: a good one, and the tools with which somebody would change it.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
    path::Path,
};

use pingyi::{
    bundle::{
        bag,
        draft::Draft,
        inspect::Inspection,
        key::SecretKey,
        kind::{KINDS, Kind},
        layer::Report,
        passport::{Passport, Required, Tool},
        sshsig,
        stage::Staged,
        trust::{Trust, Trusted, TrustedKey},
        write::{Signer, Written, write},
    },
    digest::sha256_hex,
    domain::panel::{Custody, Role},
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// Name of the good bundle.
pub(crate) const STEM: &str = "scores-sx-2026-01-p1-r03-r2";
/// Its one signature.
pub(crate) const SIGNATURE: &str = "signatures/reviewer-r03.sig";
/// When it was made.
pub(crate) const TIME: &str = "2026-03-16T15:40:00+08:00";

/// The key of a person; each number is another one.
pub(crate) fn key(number: u8) -> SecretKey {
    SecretKey::from_seed(&[number; 32], "test").unwrap()
}

/// A person with a key.
pub(crate) fn person(code: &str, role: Role, number: u8) -> Trusted {
    let key = TrustedKey { public: key(number).public(), custody: Custody::Own, valid_after: None, valid_before: None, revoked: None };
    Trusted { code: code.parse().unwrap(), role, keys: vec![key] }
}

/// The people of the panel: R03 is the reviewer of the good bundle and has key 3.
pub(crate) fn people() -> Vec<Trusted> {
    vec![
        person("GZ01", Role::Office, 101),
        person("JD01", Role::Supervisor, 102),
        person("R01", Role::Chair, 1),
        person("R02", Role::Deputy, 2),
        person("R03", Role::Reviewer, 3),
        person("R04", Role::Reviewer, 4),
        person("SJ01", Role::Province, 103),
    ]
}

pub(crate) fn trust() -> Trust {
    Trust::from_people(people()).unwrap()
}

/// The statement of a bundle of this kind.
pub(crate) fn passport(kind: Kind, signers: &[(Role, &str)]) -> Passport {
    Passport {
        kind,
        schema: 1,
        mode: pingyi::domain::call::Mode::Official,
        call: "sx-2026-01".parse().unwrap(),
        items: vec![],
        panel: (kind != Kind::Aggregate).then(|| "p1".parse().unwrap()),
        round: None,
        person: kind.signs_for_itself().then(|| "R03".parse().unwrap()),
        revision: 2,
        supersedes: Some(sha256_hex(b"revision 1")),
        head: Some(pingyi::bundle::passport::Head { digest: sha256_hex(b"entry 41"), height: 41 }),
        required_signers: signers.iter().map(|(role, code)| Required::new(*role, code.parse().unwrap())).collect(),
        claimed_time: TIME.parse().unwrap(),
        tool: Tool { name: "pingyi".into(), version: "0.1.0".into(), commit: None },
        digests: Default::default(),
    }
}

/// The good bundle's content.
pub(crate) fn draft() -> Draft {
    Draft::new(passport(Kind::Scores, &[(Role::Reviewer, "R03")]))
        .with("declaration.json", "{\n  \"pledge\": true\n}\n")
        .with("journal.txt", "0 opening\n1 score\n")
        .with("scores/sx-0001.json", "{\n  \"total\": \"82.5\"\n}\n")
        .with("scores/sx-0002.json", "{\n  \"total\": \"77.0\"\n}\n")
}

/// Writes a draft with one signature.
pub(crate) fn write_signed(draft: &Draft, role: Role, code: &str, number: u8, folder: &Path) -> Written {
    let key = key(number);
    write(draft, &[Signer { role, code: code.parse().unwrap(), key: &key }], folder).unwrap()
}

/// The good bundle's bytes, as they were written once and for all.
pub(crate) fn good() -> Vec<u8> {
    include_bytes!("../bundles/good/scores-sx-2026-01-p1-r03-r2.zip").to_vec()
}

/// The good bundle's bytes, as they are written now.
pub(crate) fn good_now() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let written = write_signed(&draft(), Role::Reviewer, "R03", 3, folder.path());
    std::fs::read(written.path).unwrap()
}

/// Inspects bytes as a file of this name.
pub(crate) fn inspect_as(file: &str, bytes: &[u8], trust: Option<&Trust>) -> Inspection {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    std::fs::write(&path, bytes).unwrap();
    Staged::copy_of(&path, folder.path(), &KINDS).unwrap().inspect(trust)
}

/// The report on bytes that bear the good bundle's file name.
pub(crate) fn report(bytes: &[u8]) -> Report {
    inspect_as(&format!("{STEM}.zip"), bytes, Some(&trust())).report
}

/// The members of an archive, below the top folder.
pub(crate) type Members = BTreeMap<String, Vec<u8>>;

pub(crate) fn unpack(bytes: &[u8]) -> Members {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut member = archive.by_index(index).unwrap();
            let name = member.name().unwrap().split_once('/').unwrap().1.to_owned();
            let mut content = Vec::new();
            member.read_to_end(&mut content).unwrap();
            (name, content)
        })
        .collect()
}

/// Packs members as our writer does, below `top`.
pub(crate) fn pack_as(top: &str, members: &Members) -> Vec<u8> {
    pack_with(top, members, CompressionMethod::Stored)
}

pub(crate) fn pack_with(top: &str, members: &Members, method: CompressionMethod) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(zip::DateTime::default())
        .system(zip::System::Unix)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        archive.start_file(format!("{top}/{name}"), options).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub(crate) fn pack(members: &Members) -> Vec<u8> {
    pack_as(STEM, members)
}

/// Makes both manifests and the sizes fit the members again, as somebody without any key can.
pub(crate) fn relist(members: &mut Members) {
    let digests = |members: &Members, wanted: &dyn Fn(&str) -> bool| -> bag::Manifest {
        members.iter().filter(|(name, _)| wanted(name)).map(|(name, content)| (name.clone(), sha256_hex(content))).collect()
    };
    let payload = digests(members, &|name| name.starts_with("data/"));
    let bytes: usize = payload.keys().map(|name| members[name].len()).sum();
    members.insert(bag::MANIFEST.into(), bag::manifest_bytes(&payload));
    if let Ok(passport) = Passport::from_bytes(members.get("data/bundle.json").map(Vec::as_slice).unwrap_or_default()) {
        members.insert(bag::INFO.into(), bag::info_bytes(&passport, bytes as u64, payload.len()));
    }
    let tags = digests(members, &|name| bag::is_listed_tag_file(name));
    members.insert(bag::TAG_MANIFEST.into(), bag::manifest_bytes(&tags));
}

/// Signs the members' tag manifest.
pub(crate) fn sign(members: &Members, number: u8, namespace: &str) -> Vec<u8> {
    sshsig::sign(&key(number), namespace, &members[bag::TAG_MANIFEST]).unwrap().into_bytes()
}

/// Makes everything fit again and signs it with the right key: only what the content itself says can be wrong then.
pub(crate) fn reseal(members: &mut Members) {
    relist(members);
    let armor = sign(members, 3, "pingyi.scores.v1");
    members.insert(SIGNATURE.into(), armor);
}

/// Replaces text in a member.
pub(crate) fn replace(members: &mut Members, name: &str, from: &str, to: &str) {
    let text = String::from_utf8(members[name].clone()).unwrap();
    assert!(text.contains(from), "{name} has no {from:?}: {text}");
    members.insert(name.into(), text.replacen(from, to, 1).into_bytes());
}
