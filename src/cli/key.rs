//! `pingyi key …`: Ed25519 keys in OpenSSH format, one file a person.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::json;
use zeroize::Zeroizing;

use crate::{
    bundle::{
        key::{PublicKey, SecretKey},
        passphrase::Passphrase,
    },
    cli::{Failure, Run, args::KeyCommand, out::Exit},
    domain::ids::PersonCode,
    msg,
};

/// `key …`.
pub(crate) fn run(run: &mut Run<'_>, command: KeyCommand) -> Result<Exit, Failure> {
    match command {
        KeyCommand::New { name, passphrase_file, no_passphrase } => new(run, &name, passphrase_file.as_deref(), no_passphrase),
        KeyCommand::Show { name } => show(run, &[code(&name)?.file_stem()]),
        KeyCommand::List => {
            let names = names(&run.home.join("keys"));
            show(run, &names)
        }
    }
}

fn new(run: &mut Run<'_>, name: &str, file: Option<&Path>, none: bool) -> Result<Exit, Failure> {
    let stem = code(name)?.file_stem();
    let folder = run.home.join("keys");
    let secret_path = folder.join(format!("{stem}.key"));
    if secret_path.exists() {
        return Err(Failure::bad_input(msg!("err-key-exists", path = secret_path.display()), msg!("rec-key-exists")));
    }
    let passphrase = if none { None } else { Some(Passphrase::chosen(entered(run, file)?)?) };
    let mut failed = None;
    let mut random = |buffer: &mut [u8]| {
        if let Err(error) = getrandom::fill(buffer) {
            failed = Some(error);
        }
    };
    let key = SecretKey::generate(name, &mut random)?;
    let text = key.to_openssh(passphrase.as_ref(), &mut random)?;
    if let Some(error) = failed {
        return Err(Failure::internal(msg!("err-no-random", cause = error), msg!("rec-no-random")));
    }
    let public = key.public();
    write_private(&folder, &secret_path, text.as_bytes())
        .and_then(|()| write_private(&folder, &folder.join(format!("{stem}.pub")), format!("{public}\n").as_bytes()))
        .map_err(|error| {
            Failure::bad_input(msg!("err-cannot-write", file = secret_path.display(), cause = error), msg!("rec-cannot-write"))
        })?;
    show(run, &[stem])
}

/// The passphrase from the first line of a file, or typed twice without echo.
fn entered(run: &Run<'_>, file: Option<&Path>) -> Result<Zeroizing<String>, Failure> {
    if let Some(file) = file {
        let text =
            Zeroizing::new(fs::read_to_string(file).map_err(|error| {
                Failure::bad_input(msg!("err-cannot-read", file = file.display(), cause = error), msg!("rec-cannot-read"))
            })?);
        return Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()));
    }
    let ask = |prompt| -> Result<Zeroizing<String>, Failure> { Ok(Zeroizing::new(rpassword::prompt_password(run.out.text(&prompt))?)) };
    let first = ask(msg!("ask-passphrase"))?;
    let again = ask(msg!("ask-passphrase-again"))?;
    if first == again { Ok(first) } else { Err(Failure::bad_input(msg!("err-passphrases-differ"), msg!("rec-passphrases-differ"))) }
}

fn show(run: &mut Run<'_>, stems: &[String]) -> Result<Exit, Failure> {
    let mut documents = Vec::new();
    for stem in stems {
        let path = run.home.join("keys").join(format!("{stem}.pub"));
        let text = fs::read_to_string(&path).map_err(|error| {
            Failure::bad_input(msg!("err-cannot-read", file = path.display(), cause = error), msg!("rec-no-key", name = stem))
        })?;
        let public: PublicKey = text.trim_end().parse()?;
        if run.out.json {
            documents.push(
                json!({ "name": stem, "public": public.to_string(), "fingerprint": public.fingerprint(), "groups": public.groups() }),
            );
        } else {
            run.out.line(&format!("{stem}  {}", public.groups()))?;
            run.out.line(&format!("    {}", public.fingerprint()))?;
            run.out.line(&format!("    {public}"))?;
        }
    }
    if run.out.json {
        run.out.json(&json!(documents))?;
    }
    Ok(Exit::Done)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let mut names: Vec<String> =
        entries.iter().filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".pub").map(str::to_owned)).collect();
    names.sort();
    names
}

fn code(name: &str) -> Result<PersonCode, Failure> {
    name.parse().map_err(|_| Failure::usage(msg!("err-not-an-id", found = name), msg!("rec-not-an-id")))
}

/// Writes a file that is there whole or not at all, in a folder that only the owner can enter. A temporary file is the owner's alone.
fn write_private(folder: &Path, path: &PathBuf, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    let mut file = tempfile::Builder::new().prefix(".new-").tempfile_in(folder)?;
    io::Write::write_all(&mut file, bytes)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path).map_err(|error| error.error)?;
    Ok(())
}
