import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { billOfMaterials } from '../../../scripts/package/sbom.mjs';

const root = join(import.meta.dirname, '../../..');
const json = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(root, name), 'utf8'));

/** The fields we write, as the schema of CycloneDX 1.6 has them; no field beside them. */
const licenceSchema = z.union([
  z.strictObject({ license: z.strictObject({ id: z.string().regex(/^[A-Za-z0-9.+-]+$/) }) }),
  z.strictObject({ license: z.strictObject({ name: z.string().min(1) }) }),
  z.strictObject({ expression: z.string().regex(/^[A-Za-z0-9.+() -]+$/) }),
]);
const refSchema = z.string().regex(/^pkg:npm\/(%40[^/]+\/)?[^/@]+@\d[^@]*$/);
const componentSchema = z.strictObject({
  type: z.enum(['application', 'framework', 'library']),
  'bom-ref': refSchema,
  group: z.string().optional(),
  name: z.string().min(1),
  version: z.string().min(1),
  description: z.string().optional(),
  scope: z.enum(['required', 'optional', 'excluded']).optional(),
  hashes: z
    .array(
      z.strictObject({
        alg: z.enum(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']),
        content: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/),
      }),
    )
    .optional(),
  licenses: z.array(licenceSchema).optional(),
  purl: refSchema,
});
const bomSchema = z.strictObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  serialNumber: z
    .string()
    .regex(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  version: z.literal(1),
  metadata: z.strictObject({
    lifecycles: z.array(z.strictObject({ phase: z.literal('build') })),
    component: componentSchema,
  }),
  components: z.array(componentSchema),
  dependencies: z.array(z.strictObject({ ref: refSchema, dependsOn: z.array(refSchema) })),
});

const made = async () =>
  bomSchema.parse(billOfMaterials(await json('package-lock.json'), await json('package.json')));

test('the schema that CycloneDX publishes takes it, and no damaged one', async () => {
  const official = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  const text = JSON.stringify(await made());
  expect(await official.validate(text)).toBeNull();
  for (const damaged of [
    text.replace('"alg":"SHA-512"', '"alg":"SHA-511"'),
    text.replace('"type":"framework"', '"type":"frame"'),
    text.replace('"purl":', '"pearl":'),
  ])
    expect(await official.validate(damaged)).not.toBeNull();
});

test('it names what ships with its hash, under its own name, and no tool', async () => {
  const { components } = await made();
  const refs = components.map((one) => one['bom-ref']);
  for (const part of [
    /^pkg:npm\/electron@/,
    /^pkg:npm\/%40github\/keytar@/,
    /^pkg:npm\/node-vault@/,
    /^pkg:npm\/react@/,
    /^pkg:npm\/%40scure\/base@/,
  ])
    expect(refs.filter((ref) => part.test(ref))).toHaveLength(1);
  for (const tool of ['vite', 'vitest', 'typescript', 'eslint', 'electron-builder'])
    expect(refs.filter((ref) => ref.startsWith(`pkg:npm/${tool}@`))).toEqual([]);
  expect(components.filter(({ hashes }) => hashes === undefined)).toEqual([]);
});

test('every reference is there once and leads to a component; the program reaches all of them', async () => {
  const { components, dependencies, metadata } = await made();
  const ours = metadata.component['bom-ref'];
  const refs = [ours, ...components.map((one) => one['bom-ref'])];
  expect(new Set(refs).size).toBe(refs.length);
  expect(dependencies.map(({ ref }) => ref).sort()).toEqual([...refs].sort());
  const below = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set<string>();
  const reach = (ref: string): void => {
    if (reached.has(ref)) return;
    reached.add(ref);
    for (const next of below.get(ref) ?? []) reach(next);
  };
  reach(ours);
  expect(refs.filter((ref) => !reached.has(ref))).toEqual([]);
});

test('the same lockfile gives the same bytes; another one another number', async () => {
  const [lock, manifest] = [await json('package-lock.json'), await json('package.json')];
  const first = billOfMaterials(lock, manifest);
  expect(JSON.stringify(billOfMaterials(lock, manifest))).toBe(JSON.stringify(first));
  const changed = JSON.parse(
    JSON.stringify(lock).replaceAll('"version":"19.3.1"', '"version":"19.3.2"'),
  );
  expect(bomSchema.parse(billOfMaterials(changed, manifest)).serialNumber).not.toBe(
    bomSchema.parse(first).serialNumber,
  );
});
