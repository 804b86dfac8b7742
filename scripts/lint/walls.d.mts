import type { ESLint } from 'eslint';

/** What is wrong with an import, or nothing. `file` is relative to the project, with slashes. */
export function wallInTheWay(
  file: string,
  specifier: string,
  typeOnly: boolean,
): string | undefined;
export const walls: NonNullable<ESLint.Plugin['rules']>[string];
