/**
 * Whether a text has no half of a surrogate pair. JSON and YAML can spell one, but it is no character: it
 * cannot go on a record (RFC 8785), into a header or to Vault.
 */
export const isWholeText = (text: string): boolean => !/\p{Surrogate}/u.test(text);
