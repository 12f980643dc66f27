"""What others say and the core passes on: the system, and the libraries that read files."""

from __future__ import annotations

SENTENCES = (
    "[Errno {number}] {reason}: {path}",
    "[Errno {number}] {reason}",
    "It should be a whole number.",
    "It should be a number.",
    "It should be true or false.",
    "It should be text.",
    "It should be greater than or equal to {limit}.",
    "It should be less than or equal to {limit}.",
    "It should be greater than {limit}.",
    "It should be less than {limit}.",
    "It should be a list.",
    "It should be a group of settings.",
    "It should be a finite number.",
    "It should be {names} or {name}.",
    "It should be {value}.",
    "It should have at least {least} character.",
    "It should have at least {least} characters.",
    "It should have at most {most} characters.",
    "It should have at least {least} item, not {found}.",
    "It should have at least {least} items, not {found}.",
    "It should have at most {most} items, not {found}.",
)
OF_THE_SYSTEM = (
    "No such file or directory",
    "Permission denied",
    "Is a directory",
    "Not a directory",
    "No space left on device",
    "Disk quota exceeded",
    "Read-only file system",
    "Input/output error",
    "File too large",
    "File name too long",
    "Too many levels of symbolic links",
    "Too many open files",
    "Operation not permitted",
    "Stale file handle",
)
OF_YAML = (
    "mapping values are not allowed here",
    "could not find expected ':'",
    "expected {wanted}, but found {found}",
    "expected {wanted}, but got {found}",
    "found character {sign} that cannot start any token",
    "found unexpected end of stream",
    "found unknown escape character {sign}",
    "unacceptable character {sign}: special characters are not allowed",
)
OF_ZIP = (
    "File is not a zip file",
    "Bad CRC-32 for file {name}",
    "Bad magic number for file header",
    "Bad magic number for central directory",
    "Truncated file header",
)
OF_JSON = (
    "Input data was truncated",
    "JSON is malformed: {reason} (byte {byte})",
    "Expected `{wanted}`, got `{found}`",
    "Expected `{wanted}`, got `{found}` - at `{place}`",
    "Object missing required field `{name}`",
    "Object missing required field `{name}` - at `{place}`",
)
OF_BYTES = (
    "'{encoding}' codec can't decode byte {byte} in position {place}: {reason}",
    "invalid start byte",
    "invalid continuation byte",
    "unexpected end of data",
    "Error while deserializing header: {reason}",
)
PHRASES = OF_THE_SYSTEM + OF_YAML + OF_ZIP + OF_JSON + OF_BYTES
