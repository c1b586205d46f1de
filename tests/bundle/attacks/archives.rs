//! Attacks on the archive around the bag.

use super::{Doing, Handed, changed};
use crate::support::{bundle::*, zip_raw::*};

/// The good bundle's members as lying members, below the right top folder.
fn raw() -> Vec<RawMember> {
    unpack(&good()).into_iter().map(|(name, content)| RawMember::new(format!("{STEM}/{name}"), content)).collect()
}

fn lied(change: impl FnOnce(&mut Vec<RawMember>)) -> Handed {
    let mut members = raw();
    change(&mut members);
    raw_zip(&members).into()
}

/// The member `data/journal.txt`, the fifth by name.
fn journal(members: &mut [RawMember]) -> &mut RawMember {
    members.iter_mut().find(|member| member.name.ends_with(b"journal.txt")).unwrap()
}

fn named(name: &str) -> Handed {
    lied(|members| members.push(RawMember::new(format!("{STEM}/{name}"), "x")))
}

pub(super) fn containers() -> Vec<Doing> {
    [ends(), entries(), sizes(), member_names()].concat()
}

fn ends() -> Vec<Doing> {
    vec![
        ("empty-file", || vec![].into()),
        ("not-an-archive", || b"sheets of R03".repeat(100).into()),
        ("truncated", || good()[..good().len() / 2].to_vec().into()),
        ("last-byte-missing", || good()[..good().len() - 1].to_vec().into()),
        ("appended-data", || [good(), b"more".to_vec()].concat().into()),
        ("prepended-data", || [b"#!/bin/sh\n".to_vec(), good()].concat().into()),
        ("two-archives", || [good(), good()].concat().into()),
        ("archive-comment", || {
            let mut bytes = good();
            let at = bytes.len() - 2;
            bytes[at] = 4;
            [bytes, b"more".to_vec()].concat().into()
        }),
        ("comment-length-lie", || ending(20, &[4])),
        ("another-disk", || ending(4, &[1])),
        ("fewer-members-here-than-in-all", || ending(8, &[1])),
        ("records-of-a-large-archive", || {
            let mut bytes = good();
            let end = bytes.split_off(bytes.len() - 22);
            let record = [b"PK\x06\x06\x2c\0\0\0\0\0\0\0".to_vec(), vec![0; 44]].concat();
            let locator = [b"PK\x06\x07\0\0\0\0".to_vec(), (bytes.len() as u64).to_le_bytes().to_vec(), vec![1, 0, 0, 0]].concat();
            [bytes, record, locator, end].concat().into()
        }),
        ("no-members", || raw_zip(&[]).into()),
    ]
}

/// The good archive with other bytes in its end record.
fn ending(at: usize, bytes: &[u8]) -> Handed {
    let mut changed = good();
    let start = changed.len() - 22 + at;
    changed[start..start + bytes.len()].copy_from_slice(bytes);
    changed.into()
}

fn entries() -> Vec<Doing> {
    vec![
        ("one-name-twice", || {
            lied(|members| {
                let twin = RawMember { content: b"0 opening\n1 other\n".to_vec(), ..journal(members).clone() };
                members.push(twin);
            })
        }),
        ("local-name-differs", || lied(|members| journal(members).local_name = Some(format!("{STEM}/data/journal.tyt").into_bytes()))),
        ("member-not-in-directory", || lied(|members| members[0].in_directory = false)),
        ("gap-between-members", || lied(|members| journal(members).gap = b"hidden".to_vec())),
        ("members-share-bytes", || lied(|members| members[5].points_at = Some(4))),
        ("symlink", || lied(|members| journal(members).attributes = 0o120_777 << 16)),
        ("device", || lied(|members| journal(members).attributes = 0o060_644 << 16)),
        ("setuid", || lied(|members| journal(members).attributes = 0o104_755 << 16)),
        ("folder-entry", || lied(|members| members.push(RawMember::new(format!("{STEM}/data/"), "")))),
        ("folder-attribute", || lied(|members| journal(members).attributes = 0x10)),
        ("encrypted", || lied(|members| journal(members).flags = 1)),
        ("deferred-size", || lied(|members| journal(members).flags = 8)),
        ("other-compression", || lied(|members| journal(members).method = 12)),
        ("member-comment", || lied(|members| journal(members).comment = b"x".to_vec())),
        ("member-extra-field", || lied(|members| journal(members).extra = vec![0x55, 0x54, 1, 0, 0])),
        ("local-extra-field", || lied(|members| journal(members).local_extra = vec![0x55, 0x54, 1, 0, 0])),
        ("two-top-folders", || lied(|members| members.push(RawMember::new("scores-sx-2026-01-p1-r04-r2/data/x", "x")))),
        ("top-folder-is-no-bundle", || pack_as("sheets", &unpack(&good())).into()),
    ]
}

fn sizes() -> Vec<Doing> {
    fn deflated(members: &Members) -> Handed {
        pack_with(STEM, members, zip::CompressionMethod::Deflated).into()
    }
    vec![
        ("bomb-by-ratio", || {
            let mut members = unpack(&good());
            members.insert("data/x.txt".into(), vec![b'0'; 4_000_000]);
            deflated(&members)
        }),
        ("member-too-large", || changed(|members| drop(members.insert("data/x.txt".into(), vec![b'0'; 8 * 1024 * 1024 + 1])))),
        ("too-large-together", || {
            changed(|members| members.extend((0..9).map(|at| (format!("data/x/{at}.txt"), vec![b'0'; 8 * 1024 * 1024]))))
        }),
        ("too-many-members", || changed(|members| members.extend((0..500).map(|at| (format!("data/x/{at}.txt"), vec![]))))),
        ("sixty-thousand-members", || {
            let members: Vec<RawMember> = (0..60_000).map(|at| RawMember::new(format!("{STEM}/data/x/{at}.txt"), "")).collect();
            raw_zip(&members).into()
        }),
        ("size-lie", || lied(|members| journal(members).size = Some(3))),
    ]
}

fn member_names() -> Vec<Doing> {
    vec![
        ("name-parent-folder", || named("../../evil.txt")),
        ("name-absolute", || lied(|members| members.push(RawMember::new("/etc/evil", "x")))),
        ("name-backslash", || named("data\\..\\evil.txt")),
        ("name-drive", || lied(|members| members.push(RawMember::new("c:/evil.txt", "x")))),
        ("name-case-twin", || named("data/Journal.txt")),
        ("name-accent-composed", || named("data/\u{e9}.txt")),
        ("name-accent-decomposed", || named("data/e\u{301}.txt")),
        ("name-full-width-dot", || named("data/x\u{ff0e}txt")),
        ("name-gbk", || lied(|members| members.push(RawMember::new([STEM.as_bytes(), b"/data/\xc6\xc0\xc9\xf3.txt"].concat(), "x")))),
        ("name-percent", || named("data/100%25.txt")),
        ("name-line-end", || named("data/x\n.txt")),
        ("name-device", || named("data/aux.json")),
        ("name-too-deep", || named("data/a/b/c.txt")),
        ("name-escape-sequence", || named("data/\u{1b}[2j.txt")),
        ("name-bidi", || named("data/\u{202e}txt.exe")),
    ]
}
