import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { skipWithoutKeyring, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';
import { documentOf } from './document.ts';
import { KeptCells } from './kept-cells.ts';
import { Program } from './life.ts';
import { wholeMatrix } from './matrix.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const path = join(root, 'docs/fault-matrix.md');
/** With KEYTURN_MATRIX=go-on the cells that an earlier run left here are not played again. */
const cells = join(root, 'test-results/fault-matrix.jsonl');

describe.skipIf(skipWithoutKeyring('the crash and fault matrix'))('the matrix', () => {
  let keyring: PrivateKeyring;
  let program: Program;
  beforeAll(async () => {
    keyring = await useKeyring();
    program = await Program.build();
  });
  afterAll(async () => {
    await program.remove();
    await keyring.stop();
  });

  test('every crash and every fault, and the document of it', { timeout: 7_200_000 }, async () => {
    const kept = await KeptCells.open(cells, process.env['KEYTURN_MATRIX'] === 'go-on');
    const began = Date.now();
    const matrix = await wholeMatrix(program, kept);
    const config = await resolveConfig(path);
    await writeFile(path, await format(documentOf(matrix), { ...config, parser: 'markdown' }));
    console.log(
      `The crash and fault matrix: ${kept.size} cells in ${Math.round((Date.now() - began) / 60_000)} minutes, none broken. See docs/fault-matrix.md.`,
    );
    expect(kept.size).toBeGreaterThan(0);
  });
});
