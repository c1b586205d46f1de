//! Attachments of a folder find their applications by name, as offices receive them: a file or a folder is called after the
//! application's number or title.

mod matching;
mod names;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    digest,
    domain::{
        application::{Application, AttachmentEntry},
        ids::ApplicationId,
        text::Bilingual,
    },
    workflow::{
        StepError, files,
        tables::{
            TableError, application_text,
            overlay::Overlay,
            plan::{self, Planned},
            save,
            standing::{Standing, standing},
        },
    },
};

pub use matching::Unmatched;

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is copied to this application under this name.
    New {
        /// Application.
        application: ApplicationId,
        /// Name below `attachments/<application>/`.
        file: String,
    },
    /// The same bytes lie there already.
    Unchanged {
        /// Application.
        application: ApplicationId,
        /// Name below `attachments/<application>/`.
        file: String,
    },
    /// A file of that name and other bytes lies there.
    Conflict {
        /// Application.
        application: ApplicationId,
        /// Name below `attachments/<application>/`.
        file: String,
    },
    /// No single application is meant.
    Unmatched(Unmatched),
}

/// A file of the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name below the folder.
    pub name: String,
    /// What becomes of it.
    pub fate: Fate,
}

/// What would happen.
#[derive(Debug, Default)]
pub struct Gathering {
    /// The files, by name.
    pub files: Vec<Found>,
    /// What would be wrong with the package folder then.
    pub standing: Standing,
    copies: Vec<Copy>,
    planned: Vec<Planned>,
}

#[derive(Debug)]
struct Copy {
    from: PathBuf,
    to: PathBuf,
}

/// What gathering the files of `from` into the package folder `into` would do.
///
/// # Errors
/// When either folder cannot be read, or applications in it cannot.
pub fn preview(from: &Path, into: &Path) -> Result<Gathering, StepError> {
    files::must_be_folder(from)?;
    files::must_be_folder(into)?;
    let mut applications = applications(into)?;
    let mut gathering = Gathering::default();
    let mut listed = Vec::new();
    list(from, "", 0, &mut listed).map_err(|source| StepError::io(from, source))?;
    listed.sort();
    let known: Vec<(ApplicationId, String)> = applications.iter().map(|one| (one.now.id.clone(), one.now.title.zh.clone())).collect();
    for name in listed {
        let fate = match matching::application_of(&name, &known) {
            Err(why) => Fate::Unmatched(why),
            Ok(id) => {
                let at = applications.iter_mut().find(|one| one.now.id == id);
                at.map_or_else(|| Ok(Fate::Unmatched(Unmatched::None)), |one| place(&mut gathering, from, into, &name, one))?
            }
        };
        gathering.files.push(Found { name, fate });
    }
    for one in applications.into_iter().filter(|one| one.added > 0) {
        let name = format!("applications/{}.toml", one.now.id.file_stem());
        let bytes = with_attachments(&one).into_bytes();
        gathering.planned.push(Planned { path: into.join(&name), name, before: Some(one.text.into_bytes()), bytes });
    }
    check(&mut gathering, into);
    Ok(gathering)
}

/// An application, its file, and how many attachments were added to it.
struct Target {
    now: Application,
    text: String,
    added: usize,
}

fn applications(into: &Path) -> Result<Vec<Target>, StepError> {
    let folder = into.join("applications");
    let failed = |source| StepError::io(&folder, source);
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|source| StepError::io(&path, source))?;
        let now = toml::from_str(&text).map_err(|error| StepError::io(&path, io::Error::other(error)))?;
        found.push(Target { now, text, added: 0 });
    }
    found.sort_by(|one, other| one.now.id.cmp(&other.now.id));
    Ok(found)
}

/// All files below `folder`, two folders deep, without what other programs leave behind.
fn list(folder: &Path, prefix: &str, depth: usize, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type()?;
        let is_litter = name.starts_with('.') || name.starts_with("~$") || ["Thumbs.db", "desktop.ini"].contains(&name.as_str());
        if kind.is_file() && !is_litter {
            found.push(format!("{prefix}{name}"));
        } else if kind.is_dir() && !is_litter && depth < 3 {
            list(&entry.path(), &format!("{prefix}{name}/"), depth.saturating_add(1), found)?;
        }
    }
    Ok(())
}

/// Where a file goes in its application's folder, and whether something lies there.
fn place(gathering: &mut Gathering, from: &Path, into: &Path, name: &str, target: &mut Target) -> Result<Fate, StepError> {
    let source = from.join(name);
    let original = name.rsplit('/').next().unwrap_or(name);
    let stem = original.rsplit_once('.').map_or(original, |(stem, _)| stem);
    let application = target.now.id.clone();
    let folder = into.join("attachments").join(application.file_stem());
    let listed = target.now.attachments.iter().find(|entry| entry.file == original || entry.title.zh == stem);
    if let Some(entry) = listed {
        let file = entry.file.clone();
        let planned = gathering.copies.iter().find(|copy| copy.to == folder.join(&file)).map(|copy| copy.from.clone());
        let there = planned.unwrap_or_else(|| folder.join(&file));
        let same = there.exists() && digest_of(&there)? == digest_of(&source)?;
        return Ok(if same { Fate::Unchanged { application, file } } else { Fate::Conflict { application, file } });
    }
    let taken = |file: &str| target.now.attachments.iter().any(|entry| entry.file == file) || folder.join(file).exists();
    let file = names::travelling(original, &application, &taken);
    let title = Bilingual { zh: stem.to_owned(), en: stem.to_owned() };
    target.now.attachments.push(AttachmentEntry { file: file.clone(), title, proves: Vec::new() });
    target.added = target.added.saturating_add(1);
    gathering.copies.push(Copy { from: source, to: folder.join(&file) });
    Ok(Fate::New { application, file })
}

fn digest_of(path: &Path) -> Result<(String, u64), StepError> {
    let failed = |source| StepError::io(path, source);
    digest::sha256_reader(&mut fs::File::open(path).map_err(failed)?).map_err(failed)
}

/// The application's file with the new attachments listed: put in before the narrative or at the end, so that everything somebody
/// wrote stays as it is; written anew only where neither gives the same application.
fn with_attachments(target: &Target) -> String {
    let first = target.now.attachments.len().saturating_sub(target.added);
    let added: String = target.now.attachments.iter().skip(first).map(names::entry).collect();
    let before_narrative = target.text.find("\n[narrative]").map(|at| {
        let (head, tail) = target.text.split_at(at);
        format!("{head}\n{}{tail}", added.trim_end_matches('\n').to_owned() + "\n")
    });
    let at_the_end = format!("{}\n{added}", target.text);
    let is_right = |text: &String| toml::from_str::<Application>(text).is_ok_and(|read| read == target.now);
    before_narrative.filter(is_right).or(Some(at_the_end).filter(is_right)).unwrap_or_else(|| application_text(&target.now))
}

/// All checks of the package folder on what it would be.
fn check(gathering: &mut Gathering, into: &Path) {
    let name = |path: &Path| {
        path.strip_prefix(into).unwrap_or(path).components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    let copies: BTreeMap<String, PathBuf> = gathering.copies.iter().map(|copy| (name(&copy.to), copy.from.clone())).collect();
    let overlay = Overlay::new(into, &gathering.planned).with_copies(copies);
    gathering.standing = standing(into, &overlay, &mut |_| false);
}

impl Gathering {
    /// Number of errors that the files would bring into the package folder.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.standing.errors()
    }

    /// Number of files that would be copied.
    #[must_use]
    pub fn copied(&self) -> usize {
        self.copies.len()
    }

    /// Copies what the preview shows, and lists it in the applications.
    ///
    /// # Errors
    /// When the folder would not be sound, or something in it changed since. Everything is then as before.
    pub fn take_in(&self) -> Result<usize, StepError> {
        if self.errors() > 0 {
            return Err(TableError::Unsound { count: self.errors() }.into());
        }
        for file in &self.planned {
            if plan::present(&file.path)? != file.before {
                return Err(TableError::Moved { path: file.path.clone() }.into());
            }
        }
        let mut done: Vec<&Copy> = Vec::new();
        let mut made = Vec::new();
        let outcome = self.copies.iter().try_for_each(|copy| {
            let failed = |source| StepError::io(&copy.to, source);
            made.push(files::Target::make(copy.to.parent().unwrap_or(&copy.to)).map_err(failed)?);
            copy_new(&copy.from, &copy.to).map_err(failed)?;
            done.push(copy);
            Ok(())
        });
        match outcome.and_then(|()| save::all(&self.planned)) {
            Ok(()) => {
                made.into_iter().for_each(files::Target::keep);
                Ok(self.copies.len())
            }
            Err(error) => {
                // What cannot be removed is listed nowhere, and the next check of the folder tells of it.
                done.iter().for_each(|copy| drop(fs::remove_file(&copy.to)));
                Err(error)
            }
        }
    }
}

/// Copies a file to a name that nothing has yet: whole or not at all.
fn copy_new(from: &Path, to: &Path) -> io::Result<()> {
    let folder = to.parent().unwrap_or(to);
    let mut file = tempfile::Builder::new().prefix(".pingyi-").tempfile_in(folder)?;
    io::copy(&mut fs::File::open(from)?, &mut file)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(to).map_err(|error| error.error)?;
    files::sync_folder(folder)
}
