/** What a page may send in one call. The largest honest request is a CA bundle of 256,000 characters. */
export const limits = { characters: 2 * 1024 * 1024, depth: 32 } as const;

/**
 * Measures JSON text before it is parsed: its length and how deep its brackets go. Text that is
 * not JSON at all is measured too and left to the parser.
 */
export function measureJson(text: string): 'fits' | 'too-large' | 'too-deep' {
  if (text.length > limits.characters) return 'too-large';
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > limits.depth) return 'too-deep';
    } else if (character === ']' || character === '}') depth -= 1;
  }
  return 'fits';
}
