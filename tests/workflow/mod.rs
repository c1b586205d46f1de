//! From the package folder to signed score bundles, and what anybody can prove of them.

mod demo;
