//! JSON: an object a line, or lists of objects within a document, read as a stream.
//!
//! Where an object has several members of one name, the first is read and nobody is told of the others.

mod document;
mod lines;
mod members;
mod object;
mod rows;
mod scan;
mod value;

pub(super) use document::{Document, Place};
pub(super) use lines::Lines;
pub(super) use members::{Member, first_object, members, objects, tell};
pub(super) use object::Object;
pub(super) use rows::Objects;
pub(super) use value::{carried, unescaped, value};
