//! Passphrases: from a file, or typed without echo.

use std::{fs, path::Path};

use zeroize::Zeroizing;

use crate::{
    bundle::{key::SecretKey, passphrase::Passphrase},
    cli::{Failure, Run, args::PassphraseArgs},
    domain::{ids::PersonCode, text::Message},
    msg,
    workflow::keys,
};

/// A passphrase for a new key: from the first line of `file`, or typed twice.
pub(crate) fn chosen(run: &Run<'_>, file: Option<&Path>) -> Result<Passphrase, Failure> {
    let text = match file {
        Some(file) => first_line(file)?,
        None => {
            let (first, again) = (ask(run, &msg!("ask-passphrase"))?, ask(run, &msg!("ask-passphrase-again"))?);
            if first != again {
                return Err(Failure::bad_input(msg!("err-passphrases-differ"), msg!("rec-passphrases-differ")));
            }
            first
        }
    };
    Ok(Passphrase::chosen(text)?)
}

/// The passphrase of the key of `code`; `None` where it has none.
pub(crate) fn entered(run: &Run<'_>, code: &PersonCode, arguments: &PassphraseArgs) -> Result<Option<Passphrase>, Failure> {
    if !keys::is_locked(&run.home, code)? {
        return Ok(None);
    }
    let text = match &arguments.passphrase_file {
        Some(file) => first_line(file)?,
        None => ask(run, &msg!("ask-passphrase-of", code = code))?,
    };
    Ok(Some(Passphrase::entered(text)))
}

/// The unlocked key of `code`.
pub(crate) fn unlock(run: &Run<'_>, code: &PersonCode, arguments: &PassphraseArgs) -> Result<SecretKey, Failure> {
    let passphrase = entered(run, code, arguments)?;
    Ok(keys::unlock(&run.home, code, passphrase.as_ref())?)
}

fn first_line(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = Zeroizing::new(
        fs::read_to_string(file)
            .map_err(|error| Failure::bad_input(msg!("err-cannot-read", file = file.display(), cause = error), msg!("rec-cannot-read")))?,
    );
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}

fn ask(run: &Run<'_>, prompt: &Message) -> Result<Zeroizing<String>, Failure> {
    // Without a terminal nobody can type; that is no failure of the output, and a file can take its place.
    let typed = rpassword::prompt_password(run.out.text(prompt));
    typed.map(Zeroizing::new).map_err(|_| Failure::usage(msg!("err-no-passphrase-typed"), msg!("rec-no-passphrase-typed")))
}
