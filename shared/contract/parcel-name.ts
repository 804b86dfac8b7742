import { z } from 'zod';

/** By this main knows what is ready to leave the laptop as codes or a file. */
export const parcelName = z.string().regex(/^[0-9a-f]{16}$/);
