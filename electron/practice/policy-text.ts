import type { NamedCapabilities, ReadRules } from './policy.ts';

/** Reads the HCL of a policy: `path "…" { capabilities = ["…", …] }`, with comments. */
export function readHcl(text: string): ReadRules {
  const words = wordsOf(text);
  if (words === undefined) return failed('illegal character');
  const rules: NamedCapabilities[] = [];
  let at = 0;
  const take = (expected: string): boolean => words[at] === expected && (at += 1) > 0;
  while (at < words.length) {
    const path = words[at + 1];
    if (words[at] !== 'path') return failed(`invalid key "${words[at] ?? ''}"`);
    at += 2;
    if (path === undefined || !isQuoted(path) || !take('{')) return failed('expected a path');
    const names: string[] = [];
    while (!take('}')) {
      if (!take('capabilities')) return failed(`invalid key "${words[at] ?? ''}"`);
      if (!take('=') || !take('[')) return failed('expected a list of capabilities');
      while (!take(']')) {
        const name = words[at];
        if (name === undefined || !isQuoted(name)) return failed('expected a capability');
        names.push(unquoted(name));
        at += 1;
        if (!take(',') && words[at] !== ']') return failed('expected a comma');
      }
    }
    rules.push({ path: unquoted(path), names });
  }
  return { ok: true, rules };
}

/** Strings, names and signs without the comments; undefined for what is none of them. */
function wordsOf(text: string): readonly string[] | undefined {
  const word = /\s+|(?:#|\/\/)[^\n]*|\/\*[^]*?\*\/|("(?:[^"\\\n]|\\.)*"|[A-Za-z_]+|[{}[\]=,])/y;
  const words: string[] = [];
  while (word.lastIndex < text.length) {
    const match = word.exec(text);
    if (match === null) return undefined;
    if (match[1] !== undefined) words.push(match[1]);
  }
  return words;
}

const isQuoted = (word: string): boolean => word.startsWith('"');

const unquoted = (word: string): string => word.slice(1, -1).replace(/\\(.)/g, '$1');

const failed = (error: string): ReadRules => ({ ok: false, error });
