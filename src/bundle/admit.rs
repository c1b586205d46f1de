//! The strict reader of archives. Everything is judged from the directory at the archive's end before any member is read, and
//! nothing is ever unpacked to disk. An archive that two programs could read differently is refused (reliability rows 1 to 7).

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
};

use zip::{
    CompressionMethod, DateTime, System, ZipArchive, ZipReadOptions,
    read::{ArchiveOffset, Config, ZipFileEntry},
};

use crate::{
    bundle::{
        archive::MODE,
        contents::{Archive, Member},
        kind::{KINDS, Limits},
        layer::Findings,
        name::{BundleName, is_member_name},
    },
    msg,
};

/// Most times that a member may be larger unpacked than packed.
const LARGEST_RATIO: u64 = 200;
const LOCAL_HEADER: u64 = 30;
const CENTRAL_HEADER: u64 = 46;
const END_RECORD: u64 = 22;
const ZIP64_LOCATOR: u64 = 20;
const ZIP64_END_RECORDS: u64 = 56 + ZIP64_LOCATOR;
/// A central header grows by this much where its member lies beyond 4 GiB.
const ZIP64_OFFSET_FIELD: u64 = 12;

/// Opens an archive, or says everything that speaks against it.
pub(super) fn open(mut file: File, found: &mut Findings) -> Option<Archive> {
    let Ok(Some((size, count))) = plain_ends(&mut file) else {
        found.error("container-ends", "", msg!("err-bundle-ends"), msg!("rec-bundle-copy-again"));
        return None;
    };
    // Which kind it is stands inside; so many members none has, and the library would hold them all in memory.
    let most = KINDS.iter().map(|kind| kind.limits().members).max().unwrap_or_default();
    if count > most {
        found.error("container-members", "", msg!("err-bundle-members", members = count, most = most), msg!("rec-bundle-stop"));
        return None;
    }
    let Ok(second) = file.try_clone() else {
        found.error("container-unreadable", "", msg!("err-bundle-unreadable"), msg!("rec-bundle-copy-again"));
        return None;
    };
    let config = Config { archive_offset: ArchiveOffset::Known(0) };
    let Ok(mut zip) = ZipArchive::with_config(config, BufReader::new(file)) else {
        found.error("container-unreadable", "", msg!("err-bundle-unreadable"), msg!("rec-bundle-copy-again"));
        return None;
    };
    let entries = list(&mut zip, found);
    judge_layout(&mut zip, size, &entries, found);
    let (name, members) = judge_names(&entries, found)?;
    judge_limits(name.kind().limits(), &entries, found);
    if found.refuse() {
        return None;
    }
    if entries.iter().any(|entry| !entry.is_ours) || !entries.is_sorted_by(|one, next| one.name < next.name) {
        found.note("container-repacked", "", msg!("note-bundle-repacked"), msg!("rec-bundle-repacked"));
    }
    Some(Archive { zip, file: second, name, members })
}

/// The file's size and the number of its members, where it begins as an archive and ends with its end record, so that nothing
/// can stand before or behind it.
fn plain_ends(file: &mut File) -> io::Result<Option<(u64, usize)>> {
    let size = file.seek(SeekFrom::End(0))?;
    if size < END_RECORD {
        return Ok(None);
    }
    let mut head = [0_u8; 4];
    file.rewind()?;
    file.read_exact(&mut head)?;
    // The record of large archives overrules the number of members here; a small archive has no use for one.
    if size > ZIP64_LOCATOR + END_RECORD && size < u64::from(u32::MAX) {
        let mut locator = [0_u8; 4];
        file.seek(SeekFrom::Start(size - END_RECORD - ZIP64_LOCATOR))?;
        file.read_exact(&mut locator)?;
        if locator == *b"PK\x06\x07" {
            return Ok(None);
        }
    }
    let mut end = [0_u8; 22];
    file.seek(SeekFrom::Start(size - END_RECORD))?;
    file.read_exact(&mut end)?;
    let [b'P', b'K', 5, 6, disk, disk_high, first, first_high, here, here_high, all, all_high, rest @ ..] = end else { return Ok(None) };
    let count = usize::from(u16::from_le_bytes([all, all_high]));
    // A large archive marks the disk numbers as told elsewhere; then the next reader checks them.
    let one_disk = matches!([disk, disk_high, first, first_high], [0, 0, 0, 0] | [0xFF, 0xFF, 0xFF, 0xFF]);
    let no_comment = rest.ends_with(&[0, 0]);
    let plain = head == *b"PK\x03\x04" && one_disk && [here, here_high] == [all, all_high] && no_comment;
    Ok(plain.then_some((size, count)))
}

struct Entry {
    index: usize,
    name: Vec<u8>,
    size: u64,
    packed: u64,
    header: u64,
    data: u64,
    central: u64,
    is_ours: bool,
}

/// Lists the members and refuses every one that is not a plain file, or is described in two ways.
fn list(zip: &mut ZipArchive<BufReader<File>>, found: &mut Findings) -> Vec<Entry> {
    let mut entries = Vec::new();
    let strict = !zip.has_duplicate_names();
    for index in 0..zip.len() {
        // A member left out here would leave a gap, and that is refused below.
        let Ok(entry) = zip.by_index_data(index) else { continue };
        let shown = shown(entry.name_raw());
        let is_plain = is_plain_file(&entry);
        let is_stored_whole = entry.compression() != CompressionMethod::Stored || entry.size() == entry.compressed_size();
        let mut entry = Entry {
            index,
            name: entry.name_raw().to_vec(),
            size: entry.size(),
            packed: entry.compressed_size(),
            header: entry.header_start(),
            data: 0,
            central: entry.central_header_start(),
            is_ours: is_as_written(&entry),
        };
        if !is_plain {
            found.error("container-entry-kind", &shown, msg!("err-bundle-entry-kind", member = &shown), msg!("rec-bundle-again"));
        } else if !is_stored_whole || !agrees_with_directory(zip, index, strict) {
            found.error("container-inconsistent", &shown, msg!("err-bundle-inconsistent", member = &shown), msg!("rec-bundle-again"));
        }
        // Opening a member also finds where its bytes begin.
        entry.data = zip.by_index_raw(index).ok().and_then(|member| member.data_start()).unwrap_or_default();
        entries.push(entry);
    }
    entries
}

/// Whether what stands before a member's bytes agrees with the directory. Not asked where names are doubled: the library then
/// says no to all.
fn agrees_with_directory(zip: &mut ZipArchive<BufReader<File>>, index: usize, strict: bool) -> bool {
    zip.by_index_with_options(index, ZipReadOptions::new().enforce_header_consistency(strict)).is_ok()
}

/// Whether a member is a regular file without encryption, deferred sizes, comments or special modes, stored or deflated.
fn is_plain_file(entry: &ZipFileEntry<'_>) -> bool {
    let (mode, dos) = (entry.external_attributes() >> 16, entry.external_attributes() & 0xFFFF);
    let regular = matches!(mode & 0o170_000, 0 | 0o100_000) && mode & 0o7000 == 0;
    // Volume label, folder, device, reparse point.
    let regular_for_dos = dos & (0x08 | 0x10 | 0x40 | 0x400) == 0;
    // Bit 11 says UTF-8, bits 1 and 2 how hard the compressor tried; any other changes how the bytes are read.
    let plain_flags = [0, 0x800, 2, 4, 6, 0x802, 0x804, 0x806].into_iter().any(|flags: u16| entry.flags() == flags.into());
    let method = matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated);
    regular && regular_for_dos && plain_flags && method && entry.comment_raw().is_empty() && entry.is_file()
}

/// Whether the header is one that our writer makes. Another one changes nothing in the content, but people should know.
fn is_as_written(entry: &ZipFileEntry<'_>) -> bool {
    entry.compression() == CompressionMethod::Stored
        && entry.last_modified() == Some(DateTime::default())
        && entry.system() == System::Unix
        && entry.external_attributes() == (0o100_000 | MODE) << 16
}

/// Refuses archives in which members overlap, have gaps between them or have one name.
fn judge_layout(zip: &mut ZipArchive<BufReader<File>>, size: u64, entries: &[Entry], found: &mut Findings) {
    if zip.has_duplicate_names() {
        found.error("container-duplicate", "", msg!("err-bundle-duplicate"), msg!("rec-bundle-again"));
    }
    if zip.validate_header_consistency().is_err() && !found.refuse() {
        found.error("container-hidden", "", msg!("err-bundle-hidden"), msg!("rec-bundle-stop"));
    }
    let mut by_place: Vec<&Entry> = entries.iter().collect();
    by_place.sort_by_key(|entry| entry.header);
    let mut end = 0;
    for entry in by_place {
        let length = entry.name.len() as u64;
        let shown = shown(&entry.name);
        if entry.header != end || entry.data != entry.header.saturating_add(LOCAL_HEADER + length) {
            found.error("container-layout", &shown, msg!("err-bundle-layout", member = &shown), msg!("rec-bundle-again"));
        }
        end = entry.data.saturating_add(entry.packed);
    }
    let mut central = end;
    for entry in entries {
        let far = if entry.header >= u64::from(u32::MAX) { ZIP64_OFFSET_FIELD } else { 0 };
        if entry.central != central {
            let shown = shown(&entry.name);
            found.error("container-layout", &shown, msg!("err-bundle-layout", member = &shown), msg!("rec-bundle-again"));
        }
        central = entry.central.saturating_add(CENTRAL_HEADER + entry.name.len() as u64 + far);
    }
    // A large archive has two more records before its end record.
    let records = if end >= u64::from(u32::MAX) { ZIP64_END_RECORDS + END_RECORD } else { END_RECORD };
    if central.saturating_add(records) != size {
        found.error("container-ends", "", msg!("err-bundle-ends"), msg!("rec-bundle-copy-again"));
    }
}

/// Refuses names that a bundle cannot have, a second top folder, and a top folder that is no bundle's name.
fn judge_names(entries: &[Entry], found: &mut Findings) -> Option<(BundleName, BTreeMap<String, Member>)> {
    let top = entries.first().and_then(split_name).map(|(top, _)| top).unwrap_or_default();
    let mut members = BTreeMap::new();
    for entry in entries {
        match split_name(entry).filter(|(folder, name)| *folder == top && is_member_name(name)) {
            Some((_, name)) => drop(members.insert(name.to_owned(), Member { index: entry.index, size: entry.size })),
            None => {
                let shown = shown(&entry.name);
                found.error("container-name", &shown, msg!("err-bundle-member-name", member = &shown), msg!("rec-bundle-again"));
            }
        }
    }
    let name = top.parse::<BundleName>();
    if name.is_err() {
        found.error("container-top-folder", "", msg!("err-bundle-top-folder"), msg!("rec-bundle-again"));
    }
    Some((name.ok()?, members))
}

/// Top folder and the name below it.
fn split_name(entry: &Entry) -> Option<(&str, &str)> {
    std::str::from_utf8(&entry.name).ok()?.split_once('/')
}

/// Refuses archives that would unpack to more than their kind may have.
fn judge_limits(limits: Limits, entries: &[Entry], found: &mut Findings) {
    for entry in entries {
        let shown = shown(&entry.name);
        if entry.size > limits.member {
            let what = msg!("err-bundle-member-large", member = &shown, size = entry.size, most = limits.member);
            found.error("container-member-size", &shown, what, msg!("rec-bundle-again"));
        }
        if entry.size > entry.packed.saturating_mul(LARGEST_RATIO) {
            found.error("container-ratio", &shown, msg!("err-bundle-ratio", member = &shown), msg!("rec-bundle-stop"));
        }
    }
    let together = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    if entries.len() > limits.members || together > limits.together {
        let what =
            msg!("err-bundle-large", members = entries.len(), bytes = together, most_members = limits.members, most = limits.together);
        found.error("container-size", "", what, msg!("rec-bundle-again"));
    }
}

/// A member's name for people: below the top folder where that is a bundle's, escaped and shortened.
fn shown(name: &[u8]) -> String {
    let text = String::from_utf8_lossy(name);
    let inside = text.split_once('/').filter(|(top, _)| top.parse::<BundleName>().is_ok()).map(|(_, inside)| inside);
    inside.unwrap_or(&text).chars().take(200).flat_map(char::escape_default).collect()
}
