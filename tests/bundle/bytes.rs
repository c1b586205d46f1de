//! Bundles changed at random: whatever is accepted has the very content that was signed.

use pingyi::bundle::{allowed, bag, passport::Passport, sshsig};
use proptest::prelude::*;

use crate::support::{bundle::*, zip_raw::crc32};

/// Refused, or accepted with exactly the good bundle's content; the latter only where an archive's header says something that
/// no content depends on.
fn holds(bytes: &[u8], good: &Members) -> bool {
    let inspection = inspect_as(&format!("{STEM}.zip"), bytes, Some(&trust()));
    match inspection.into_verified() {
        Err(report) => report.errors().next().is_some(),
        Ok(mut verified) => {
            let names: Vec<String> = verified.members().map(|(name, _)| name.to_owned()).collect();
            names.len() + 2 == good.len() && names.iter().all(|name| verified.read(name).unwrap() == good[name])
        }
    }
}

#[test]
fn no_byte_of_any_file_in_a_bundle_can_be_changed() {
    let good = good();
    let members = unpack(&good);
    let mut tried = 0;
    for (name, content) in &members {
        let start = good.windows(content.len()).position(|window| window == content.as_slice()).unwrap();
        // Every byte of a short file; every seventh of a longer one, and its ends.
        let step = if content.len() <= 60 { 1 } else { 7 };
        let places = (0..content.len()).step_by(step).chain([content.len() - 1]);
        for at in places {
            let mut changed = members.clone();
            changed.get_mut(name).unwrap()[at] ^= 1;
            assert!(!report(&pack(&changed)).passes(), "{name} byte {at}, packed again");
            if at % 5 == 0 {
                let mut flipped = good.clone();
                flipped[start + at] ^= 1;
                assert!(!report(&flipped).passes(), "{name} byte {at}, in place");
            }
            tried += 1;
        }
    }
    assert!(tried >= 250, "{tried}");
}

#[test]
fn no_file_of_a_bundle_can_be_removed_added_renamed_or_doubled() {
    let members = unpack(&good());
    for name in members.keys() {
        let mut removed = members.clone();
        let content = removed.remove(name).unwrap();
        assert!(!report(&pack(&removed)).passes(), "{name} removed");
        let (folder, file) = name.rsplit_once('/').map_or(("", name.as_str()), |(folder, file)| (folder, file));
        for other in [format!("{folder}/x{file}"), format!("data/{file}"), format!("{name}x"), format!("{name}.sig")] {
            let other = other.trim_start_matches('/').to_owned();
            if other == *name {
                continue;
            }
            let mut renamed = removed.clone();
            renamed.insert(other.clone(), content.clone());
            assert!(!report(&pack(&renamed)).passes(), "{name} renamed {other}");
            let mut doubled = members.clone();
            doubled.insert(other.clone(), content.clone());
            assert!(!report(&pack(&doubled)).passes(), "{name} also as {other}");
        }
    }
}

#[test]
fn a_byte_of_the_archive_itself_changes_nothing_that_is_read() {
    let good = good();
    let members = unpack(&good);
    for at in (0..good.len()).step_by(3).chain(good.len() - 30..good.len()) {
        let mut changed = good.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(holds(&changed, &members), "byte {at}");
    }
}

#[test]
fn a_bundle_cut_anywhere_is_refused() {
    let good = good();
    for length in (0..good.len()).step_by(29) {
        assert!(!report(&good[..length]).passes(), "{length} bytes");
    }
}

#[test]
fn the_crc_of_the_tests_is_the_one_of_zip() {
    assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
}

fn settings() -> ProptestConfig {
    ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(settings())]

    #[test]
    fn a_bundle_with_several_bytes_changed_never_gives_other_content(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let good = good();
        let mut bytes = good.clone();
        for (at, byte) in changes {
            bytes[at.index(good.len())] = byte;
        }
        prop_assert!(holds(&bytes, &unpack(&good)));
    }

    #[test]
    fn a_bundle_with_pieces_moved_never_gives_other_content(from in any::<prop::sample::Index>(), length in 1_usize..200, to in any::<prop::sample::Index>(), keep in any::<bool>()) {
        let good = good();
        let from = from.index(good.len() - 200);
        let piece = good[from..from + length].to_vec();
        let mut bytes = good.clone();
        if !keep {
            bytes.drain(from..from + length);
        }
        let at = to.index(bytes.len());
        bytes.splice(at..at, piece);
        prop_assert!(bytes == good || holds(&bytes, &unpack(&good)));
    }

    #[test]
    fn readers_of_small_files_survive_anything(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            prop_assert!(sshsig::check(bytes, "pingyi.scores.v1", b"x").is_err());
            prop_assert!(Passport::from_bytes(bytes).is_err());
            if let Ok(manifest) = bag::read_manifest(bytes) {
                prop_assert_eq!(bag::manifest_bytes(&manifest), bytes);
            }
        }
        if let Ok(trust) = allowed::read(&text) {
            prop_assert!(trust.people.is_empty());
        }
    }

    #[test]
    fn a_manifest_reads_back_as_it_was_written(names in prop::collection::btree_set("data/[a-z0-9_-]{1,12}(/[a-z0-9_-]{1,12})?", 0..20)) {
        let manifest: bag::Manifest = names.into_iter().map(|name| (name.clone(), pingyi::digest::sha256_hex(name.as_bytes()))).collect();
        let bytes = bag::manifest_bytes(&manifest);
        let listed = manifest.keys().all(|name| pingyi::bundle::name::is_member_name(name));
        match bag::read_manifest(&bytes) {
            Ok(read) => prop_assert_eq!(read, manifest),
            Err(_) => prop_assert!(!listed),
        }
    }
}
