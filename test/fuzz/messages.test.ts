import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { z } from 'zod';
import { startApp } from '../../electron/app.ts';
import type { CallHandler, Host } from '../../electron/host/host.ts';
import { builtProgram } from '../../electron/self-test/packaged-program.ts';
import { contract } from '../../shared/contract.ts';
import { surfaces, type Slice, type Surface } from '../../shared/contract/define.ts';
import { problemSchema, type Result } from '../../shared/problem.ts';
import { keyringMissing, useKeyring, type PrivateKeyring } from '../fakes/keyring.ts';
import { anyJson, anyText, fuzz, nastyTexts } from './fuzz.ts';

/*
 * What a page that is not ours could send, to the whole app: its real handlers, keychain and disk, and
 * windows that are only names. Every message gets an answer, and none an error without a name.
 */
let keyring: PrivateKeyring | undefined;
let folder: string;
let quit: (() => Promise<void>) | undefined;
let send: CallHandler;
const places: Record<'profile' | 'ceremony', string> = { profile: 'x', ceremony: 'x' };

beforeAll(async () => {
  const missing = keyringMissing();
  if (missing === undefined) keyring = await useKeyring();
  else console.log(`fuzz: messages without a keychain (${missing})`);
  folder = await mkdtemp(join(tmpdir(), 'keyturn-fuzz-app-'));
  await mkdir(join(folder, 'usb'));
  await writeFile(join(folder, 'keyturn-verify.mjs'), '// the verifier');
  const host = new NamesOnly();
  await startApp({
    host,
    dataFolder: join(folder, 'data'),
    allowRealClusters: false,
    version: '0.0.0-fuzz',
    temporaryKeyring: true,
    verifier: join(folder, 'keyturn-verify.mjs'),
    program: builtProgram(folder),
  });
  quit = () => host.quit();
  send = (...message) => host.handler(...message);
  const started = z
    .object({ profile: z.object({ id: z.string() }) })
    .parse(await valueOf('practice.start', practice));
  places.profile = started.profile.id;
  const opened = z
    .object({ id: z.string() })
    .parse(await valueOf('ceremony.open', { profileId: places.profile }));
  places.ceremony = opened.id;
}, 60_000);
afterAll(async () => {
  await quit?.();
  await keyring?.stop();
  await rm(folder, { recursive: true, force: true });
});

const practice = { shares: 5, threshold: 3, outageSeconds: 5, version: '1.21.4', primary: 'gone' };

async function valueOf(name: string, request: unknown): Promise<unknown> {
  const result = await send('guide', name, JSON.stringify(request));
  if (result.ok) return result.value;
  throw new Error(`${name}: ${result.problem.known}`);
}

const slices: readonly (readonly [Surface, Slice])[] = surfaces.map((surface) => [
  surface,
  contract[surface],
]);
const calls = slices.flatMap(([surface, slice]) =>
  Object.entries(slice.calls).map(([name, { request }]) => ({ surface, name, request })),
);
/** They measure the whole machine, or wait for minutes on purpose. */
const slow = ['app.self-test'];

function answered(result: Result<unknown>, message: string): void {
  if (result.ok) return;
  const { code } = problemSchema.parse(result.problem);
  expect(code, message.slice(0, 600)).not.toBe('internal');
}

fuzz(
  `any text to each of ${calls.length} calls, and to calls that are not there`,
  800,
  fc.tuple(
    fc.constantFrom(...surfaces),
    fc.oneof(fc.constantFrom(...calls.map(({ name }) => name)), anyText),
    fc.oneof(
      anyText,
      anyJson.map((value) => JSON.stringify(value)),
      fc.constantFrom('{', '[[', '{"id":1,"id":2}', 'x'.repeat(3_000_000), '['.repeat(100_000)),
      fc.constant(undefined),
    ),
  ),
  async ([surface, name, payload]) => {
    const result = await send(surface, name, payload);
    answered(result, `${surface} ${name} ${payload ?? ''}`);
    if (!Object.hasOwn(contract[surface].calls, name)) expect(result.ok).toBe(false);
  },
);

fuzz(
  'messages of the right shape that say anything',
  250,
  fc
    .constantFrom(...calls.filter(({ name }) => !slow.includes(name)))
    .chain(({ surface, name, request }) =>
      shaped(z.toJSONSchema(request, { io: 'input', unrepresentable: 'any' })).map((value) => ({
        surface,
        name,
        payload: value === undefined ? undefined : JSON.stringify(value),
      })),
    ),
  async ({ surface, name, payload }) => {
    const here = payload
      ?.replaceAll('PROFILE', places.profile)
      .replaceAll('CEREMONY', places.ceremony)
      .replaceAll('FOLDER', folder);
    answered(await send(surface, name, here), `${surface} ${name} ${here ?? ''}`);
  },
);

/** What of a JSON Schema says which values fit. */
const shapeSchema = z.looseObject({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
});

const texts = fc.constantFrom(
  'PROFILE',
  'CEREMONY',
  'FOLDER/usb',
  'FOLDER/data/settings.json',
  '/nowhere/at/all',
  'Robin',
  'Wim',
  'Practice DR',
  'https://127.0.0.1:1',
  '2dbd10f1-8528-6246-09e7-82b25b8aba63',
  'ab'.repeat(32),
  '2026-11-23T03:15:00.000Z',
  'a'.repeat(44),
  ...nastyTexts.slice(0, 12),
);

function shaped(schema: unknown): fc.Arbitrary<unknown> {
  const shape = shapeSchema.safeParse(schema).data;
  if (!shape) return fc.constant(undefined);
  if (shape.enum) return fc.constantFrom(...shape.enum);
  if (shape.const !== undefined) return fc.constant(shape.const);
  const choices = shape.anyOf ?? shape.oneOf;
  if (choices) return fc.oneof(...choices.map(shaped));
  switch (shape.type) {
    case 'object': {
      // A record by name has its names under `required`, and one shape for all of them.
      const named = (shape.required ?? []).map((key) => [key, shape.additionalProperties] as const);
      const properties = shape.properties ?? Object.fromEntries(named);
      const members = Object.entries(properties).map(
        ([key, value]) => [key, shaped(value)] as const,
      );
      return fc.record(Object.fromEntries(members), { requiredKeys: [...(shape.required ?? [])] });
    }
    case 'array':
      return fc.array(shaped(shape.items), { maxLength: 4 });
    case 'string':
      return texts;
    case 'integer':
    case 'number':
      return fc.oneof(fc.nat(10), fc.integer());
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constant(undefined);
  }
}

/** A host whose windows are names: it carries calls, and that is all that is asked of it here. */
class NamesOnly implements Host {
  readonly kind = 'chromium';
  readonly note = '';
  handler: CallHandler = () => Promise.reject(new Error('nobody answers yet'));
  readonly #open = new Set<Surface>();
  readonly #closed: ((surface: Surface) => void)[] = [];
  readonly #quit: (() => Promise<void>)[] = [];

  openSurface(surface: Surface): Promise<void> {
    this.#open.add(surface);
    return Promise.resolve();
  }
  closeSurface(surface: Surface): Promise<void> {
    if (this.#open.delete(surface)) for (const tell of this.#closed) tell(surface);
    return Promise.resolve();
  }
  isOpen(surface: Surface): boolean {
    return this.#open.has(surface);
  }
  push(): void {}
  onCall(handler: CallHandler): void {
    this.handler = handler;
  }
  onSurfaceClosed(listener: (surface: Surface) => void): void {
    this.#closed.push(listener);
  }
  onInterruption(): void {}
  printToPdf(): Promise<Uint8Array> {
    return Promise.resolve(Buffer.from('%PDF'));
  }
  onQuit(listener: () => Promise<void>): void {
    this.#quit.push(listener);
  }
  async quit(): Promise<void> {
    for (const listener of this.#quit.splice(0)) await listener();
  }
}
