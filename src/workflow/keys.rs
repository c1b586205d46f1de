//! Keys of this data folder: Ed25519 in OpenSSH's format, one file a person.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use crate::{
    bundle::{
        allowed,
        key::{PublicKey, SecretKey},
        passphrase::Passphrase,
        trust::Trust,
    },
    domain::{ids::PersonCode, panel::Role},
    workflow::{Here, StepError, files, home::Home},
};

/// A key that was unlocked, for steps that sign.
pub type Unlocked = SecretKey;

/// A key of this data folder, by its public half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Name of the key; the code of the person in lower case.
    pub name: String,
    /// Public half.
    pub public: PublicKey,
}

/// Makes a key for `code`. `passphrase` is `None` only where somebody decided so in words.
///
/// # Errors
/// When there is one already, or it cannot be written.
pub fn create(home: &Home, code: &PersonCode, passphrase: Option<&Passphrase>, here: &mut Here<'_>) -> Result<PublicKey, StepError> {
    let path = secret_path(home, code);
    if path.exists() {
        return Err(StepError::KeyExists { path });
    }
    let key = SecretKey::generate(code.as_str(), here.entropy)?;
    let text = key.to_openssh(passphrase, here.entropy)?;
    home.make_private(&home.keys()).map_err(|source| StepError::io(&home.keys(), source))?;
    // The public half first: a secret half without it would look like no key at all.
    save(&public_path(home, code), format!("{}\n", key.public()).as_bytes())?;
    save(&path, text.as_bytes())?;
    Ok(key.public())
}

/// Writes the public key of `code` as the list of one line by which others verify what it signs in `role`.
///
/// # Errors
/// When there is no such key, or another file lies there; it stays as it was.
pub fn hand_out(home: &Home, code: &PersonCode, role: Role, to: &Path) -> Result<PublicKey, StepError> {
    let public = public(home, code)?;
    let list = allowed::plain(&Trust::pinned(code.clone(), role, public.clone()));
    match fs::read_to_string(to) {
        Ok(found) if found == list => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            files::write_whole(to, list.as_bytes()).map_err(|source| StepError::io(to, source))?;
        }
        Ok(_) | Err(_) => return Err(StepError::TargetExists { path: to.to_owned() }),
    }
    Ok(public)
}

/// Unlocks the key of `code`.
///
/// # Errors
/// When there is none, or the passphrase does not open it.
pub fn unlock(home: &Home, code: &PersonCode, passphrase: Option<&Passphrase>) -> Result<SecretKey, StepError> {
    let path = secret_path(home, code);
    let text = match fs::read_to_string(&path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(StepError::NoKey { name: code.file_stem() }),
        Err(source) => return Err(StepError::Io { path, source }),
    };
    Ok(SecretKey::from_openssh(&text, passphrase)?)
}

/// Unlocks the key of `code` with what somebody typed; nothing typed is no passphrase.
///
/// # Errors
/// As [`unlock`].
pub fn unlock_typed(home: &Home, code: &PersonCode, typed: Zeroizing<String>) -> Result<SecretKey, StepError> {
    let passphrase = (!typed.is_empty()).then(|| Passphrase::entered(typed));
    unlock(home, code, passphrase.as_ref())
}

/// Whether the key of `code` asks for a passphrase.
///
/// # Errors
/// When there is none.
pub fn is_locked(home: &Home, code: &PersonCode) -> Result<bool, StepError> {
    match unlock(home, code, None) {
        Ok(_) => Ok(false),
        Err(StepError::Key(crate::bundle::key::KeyError::NeedsPassphrase)) => Ok(true),
        Err(error) => Err(error),
    }
}

/// Gives the key of `code` another passphrase.
///
/// # Errors
/// When the old one does not open it, or it cannot be written; it is then as before.
pub fn change_passphrase(
    home: &Home,
    code: &PersonCode,
    old: Option<&Passphrase>,
    new: &Passphrase,
    here: &mut Here<'_>,
) -> Result<(), StepError> {
    let key = unlock(home, code, old)?;
    let text = key.to_openssh(Some(new), here.entropy)?;
    save(&secret_path(home, code), text.as_bytes())
}

/// Takes the key of `code` out of use: both halves get a name that no command looks for. Bundles signed before stay valid; the
/// office must be told, and a new key enrolled (电子签名法 §15).
///
/// # Errors
/// When there is none, or it cannot be renamed.
pub fn retire(home: &Home, code: &PersonCode, here: &Here<'_>) -> Result<PublicKey, StepError> {
    let public = public(home, code)?;
    let stamp: String = here.now.to_string().chars().filter(char::is_ascii_digit).take(14).collect();
    for path in [secret_path(home, code), public_path(home, code)] {
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".retired-{stamp}"));
        fs::rename(&path, path.with_file_name(name)).map_err(|source| StepError::io(&path, source))?;
    }
    files::sync_folder(&home.keys()).map_err(|source| StepError::io(&home.keys(), source))?;
    Ok(public)
}

/// The public half of the key of `code`.
///
/// # Errors
/// When there is none, or its file is damaged.
pub fn public(home: &Home, code: &PersonCode) -> Result<PublicKey, StepError> {
    read_public(&public_path(home, code), &code.file_stem())
}

/// All keys of this data folder, by name.
///
/// # Errors
/// When a file of them is damaged.
pub fn list(home: &Home) -> Result<Vec<Known>, StepError> {
    let entries = match fs::read_dir(home.keys()) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(StepError::io(&home.keys(), source)),
    };
    let mut names: Vec<String> =
        entries.flatten().filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".pub").map(str::to_owned)).collect();
    names.sort();
    let read = |name: String| Ok(Known { public: read_public(&home.keys().join(format!("{name}.pub")), &name)?, name });
    names.into_iter().map(read).collect()
}

fn read_public(path: &Path, name: &str) -> Result<PublicKey, StepError> {
    let text = fs::read_to_string(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => StepError::NoKey { name: name.to_owned() },
        _ => StepError::io(path, source),
    })?;
    Ok(text.trim_end().parse()?)
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), StepError> {
    files::write_whole(path, bytes).map_err(|source| StepError::io(path, source))
}

fn secret_path(home: &Home, code: &PersonCode) -> PathBuf {
    home.keys().join(format!("{}.key", code.file_stem()))
}

fn public_path(home: &Home, code: &PersonCode) -> PathBuf {
    home.keys().join(format!("{}.pub", code.file_stem()))
}
