//! The store's promises: nothing acknowledged is lost, nothing is lost silently, nothing is called saved that is not.

mod backups;
mod child;
mod contract;
mod damage;
mod faults;
mod power;
mod recovery;
mod speed;
