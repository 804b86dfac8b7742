/**
 * Text without half a surrogate pair: JSON and YAML can spell one, but it is no character and has no place
 * in canonical JSON (RFC 8785), so nothing that goes on a record may hold one.
 */
export const wholeText = /^\P{Surrogate}*$/u;
