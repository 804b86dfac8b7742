import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Cell } from './cell.ts';
import { eventTypes } from './messages.ts';

const lineSchema = z.strictObject({
  part: z.string(),
  name: z.string(),
  cell: z.strictObject({
    state: z.string(),
    told: z.array(z.string()),
    lost: z.array(z.string()),
    next: z.string(),
    ended: z.string(),
    events: z.array(z.enum(eventTypes)),
  }),
});

/**
 * Every cell on disk once it is done, one line each: the whole takes long, and a run that was cut off,
 * or that found a broken cell, can go on from there.
 */
export class KeptCells {
  readonly #path: string;
  readonly #cells = new Map<string, Cell>();

  private constructor(path: string) {
    this.#path = path;
  }

  /** @param goOn with what an earlier run left; else from the beginning. */
  static async open(path: string, goOn: boolean): Promise<KeptCells> {
    const kept = new KeptCells(path);
    await mkdir(dirname(path), { recursive: true });
    if (!goOn || !existsSync(path)) await writeFile(path, '');
    await rm(`${path}.broken`, { force: true });
    for (const line of readFileSync(path, 'utf8')
      .split('\n')
      .filter((text) => text !== '')) {
      const { part, name, cell } = lineSchema.parse(JSON.parse(line));
      kept.#cells.set(`${part}/${name}`, { ...cell, events: new Set(cell.events) });
    }
    return kept;
  }

  get size(): number {
    return this.#cells.size;
  }

  /** The cell of an earlier run, or the one that is made now. */
  async cell(part: string, name: string, make: () => Promise<Cell>): Promise<Cell> {
    const known = this.#cells.get(`${part}/${name}`);
    if (known) return known;
    const cell = await make().catch(async (thrown: unknown) => {
      await appendFile(`${this.#path}.broken`, `${part}, ${name}: ${String(thrown)}\n`);
      throw thrown;
    });
    this.#cells.set(`${part}/${name}`, cell);
    const line = { part, name, cell: { ...cell, events: [...cell.events] } };
    await appendFile(this.#path, `${JSON.stringify(line)}\n`);
    return cell;
  }
}
