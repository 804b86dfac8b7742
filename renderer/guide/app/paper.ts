import type { Paper } from '../../../shared/report/style.ts';

/** Letter where this system speaks North American English or French, else A4. */
export const usualPaper = (): Paper => (/-(US|CA)$/.test(navigator.language) ? 'Letter' : 'A4');
