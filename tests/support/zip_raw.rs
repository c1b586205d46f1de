//! An archive writer that lies wherever it is told to, for archives that no library would write.

/// One member, with everything that can be lied about.
#[derive(Clone)]
pub(crate) struct RawMember {
    pub(crate) name: Vec<u8>,
    /// Name in the local header, where it differs.
    pub(crate) local_name: Option<Vec<u8>>,
    pub(crate) content: Vec<u8>,
    pub(crate) flags: u16,
    pub(crate) method: u16,
    pub(crate) size: Option<u32>,
    pub(crate) attributes: u32,
    pub(crate) comment: Vec<u8>,
    pub(crate) extra: Vec<u8>,
    pub(crate) local_extra: Vec<u8>,
    /// Bytes between this member and the next.
    pub(crate) gap: Vec<u8>,
    pub(crate) in_directory: bool,
    /// Makes the directory point at the member with this number instead.
    pub(crate) points_at: Option<usize>,
}

impl RawMember {
    pub(crate) fn new(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Self {
        Self {
            name: name.as_ref().to_vec(),
            local_name: None,
            content: content.as_ref().to_vec(),
            flags: 0,
            method: 0,
            size: None,
            attributes: 0o100_644 << 16,
            comment: vec![],
            extra: vec![],
            local_extra: vec![],
            gap: vec![],
            in_directory: true,
            points_at: None,
        }
    }
}

/// The archive of these members.
pub(crate) fn raw_zip(members: &[RawMember]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut places = Vec::new();
    for member in members {
        places.push(bytes.len() as u32);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(10_u16.to_le_bytes());
        let name = member.local_name.as_ref().unwrap_or(&member.name);
        head(&mut bytes, member, name.len(), member.local_extra.len());
        bytes.extend(name);
        bytes.extend(&member.local_extra);
        bytes.extend(&member.content);
        bytes.extend(&member.gap);
    }
    let directory = bytes.len();
    let listed: Vec<(usize, &RawMember)> = members.iter().enumerate().filter(|(_, member)| member.in_directory).collect();
    for (index, member) in &listed {
        bytes.extend(b"PK\x01\x02");
        bytes.extend([10, 3, 10, 0]);
        head(&mut bytes, member, member.name.len(), member.extra.len());
        bytes.extend((member.comment.len() as u16).to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(member.attributes.to_le_bytes());
        bytes.extend(places[member.points_at.unwrap_or(*index)].to_le_bytes());
        bytes.extend(&member.name);
        bytes.extend(&member.extra);
        bytes.extend(&member.comment);
    }
    let length = bytes.len() - directory;
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend((listed.len() as u16).to_le_bytes());
    bytes.extend((listed.len() as u16).to_le_bytes());
    bytes.extend((length as u32).to_le_bytes());
    bytes.extend((directory as u32).to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

/// The fields that both headers share: flags to lengths.
fn head(bytes: &mut Vec<u8>, member: &RawMember, name: usize, extra: usize) {
    let size = member.content.len() as u32;
    bytes.extend(member.flags.to_le_bytes());
    bytes.extend(member.method.to_le_bytes());
    bytes.extend([0, 0, 0x21, 0]);
    bytes.extend(crc32(&member.content).to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(member.size.unwrap_or(size).to_le_bytes());
    bytes.extend((name as u16).to_le_bytes());
    bytes.extend((extra as u16).to_le_bytes());
}

/// CRC-32 as ZIP has it.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| (0..8).fold(sum ^ u32::from(*byte), |sum, _| sum >> 1 ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()));
    !bytes.iter().fold(!0, step)
}
