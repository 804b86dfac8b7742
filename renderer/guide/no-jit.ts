// Before any schema is made: they are walked, not compiled, since the page's policy allows no code
// made from text. Zod looks at this when a schema is defined, so the import stands first.
import { config } from 'zod';

config({ jitless: true });
