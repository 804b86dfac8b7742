/** The two numbers as they were typed. */
export interface NumberTexts {
  readonly shares: string;
  readonly threshold: string;
}

export type ReadNumbers =
  | { readonly ok: true; readonly numbers: { shares: number; threshold: number } }
  | { readonly ok: false; readonly errors: { shares?: string; threshold?: string } };

/** Reads n and k: whole numbers from 1 to 20, and Vault's own rules: k ≤ n, and no 1 of many. */
export function readNumbers(texts: NumberTexts): ReadNumbers {
  const shares = wholeNumber(texts.shares);
  const threshold = wholeNumber(texts.threshold);
  if (shares === undefined || threshold === undefined)
    return {
      ok: false,
      errors: {
        ...(shares === undefined ? { shares: range } : {}),
        ...(threshold === undefined ? { threshold: range } : {}),
      },
    };
  if (threshold > shares)
    return {
      ok: false,
      errors: { threshold: `There are ${shares} shares, so at most ${shares} can be needed.` },
    };
  if (threshold === 1 && shares > 1)
    return {
      ok: false,
      errors: { threshold: 'With more than one share, Vault asks for at least 2.' },
    };
  return { ok: true, numbers: { shares, threshold } };
}

const range = 'A whole number from 1 to 20 belongs here.';

function wholeNumber(text: string): number | undefined {
  if (!/^\s*[0-9]{1,2}\s*$/.test(text)) return undefined;
  const number = Number(text);
  return number >= 1 && number <= 20 ? number : undefined;
}
