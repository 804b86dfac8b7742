import type { Slice, Surface } from './contract/define.ts';
import { guide } from './contract/guide.ts';
import { scan } from './contract/offline.ts';
import { promote, secretEntry, shareEntry } from './contract/isolated.ts';

/**
 * Everything a page may ask of main and main may tell a page: main, preloads, renderer and tests
 * derive from this one object. A secret can enter through `share-entry`, `secret-entry` and, as the
 * second person's PIN, `promote` only; no reply or push of the guide has a place for one.
 */
export const contract = {
  guide,
  'share-entry': shareEntry,
  'secret-entry': secretEntry,
  promote,
  scan,
} as const satisfies Record<Surface, Slice>;

export type Contract = typeof contract;
export type CallName<S extends Surface> = keyof Contract[S]['calls'] & string;
export type PushName<S extends Surface> = keyof Contract[S]['pushes'] & string;
