import type { SurfaceOptions } from './host.ts';

/** The guide's window, before the person changes it. */
export const guideWindow: SurfaceOptions = { title: 'Keyturn', width: 1180, height: 800 };
