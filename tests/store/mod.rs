//! The store's promises: nothing acknowledged is lost, nothing is lost silently, nothing is called saved that is not.

mod backups;
mod contract;
mod damage;
mod recovery;
mod speed;
