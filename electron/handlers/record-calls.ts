import type { GuideCalls, Office } from './handlers.ts';

/** What the guide may do with records: export, check, sign, and delete what has ended. */
export function recordCalls({ records }: Office): GuideCalls<'records'> {
  return {
    'records.export': async ({ id, paper, folder }) => {
      const exported = await records.export(id, paper, folder);
      return exported
        ? { kind: 'exported', folder: exported.folder, files: [...exported.files] }
        : { kind: 'cancelled' };
    },
    'records.check': ({ id }) => records.check(id),
    'records.others': () => records.listOthers(),
    'records.read': ({ id }) => records.read(id),
    'records.check-file': async (asked) => {
      const found = await records.checkFile(asked);
      return found ? { kind: 'checked', ...found } : { kind: 'cancelled' };
    },
    'records.foreign': async () => [...(await records.foreign.list())],
    'records.check-foreign': ({ id, ...known }) => records.checkForeign(id, known),
    'records.export-foreign': async ({ id, folder }) => {
      const exported = await records.exportForeign(id, folder);
      return exported
        ? { kind: 'exported', folder: exported.folder, files: [...exported.files] }
        : { kind: 'cancelled' };
    },
    'records.remove-foreign': ({ id }) => records.foreign.remove(id),
    'records.signatures': async ({ of }) => [...(await records.signing.list(of))],
    'records.sign': ({ id }) => records.signing.sign(id),
    'records.save-statement': async ({ of, ...order }) => {
      const saved = await records.signing.saveStatement(of, order);
      return saved.kind === 'saved' ? saved : { kind: 'cancelled' };
    },
    'records.add-signature': ({ of, ...brought }) => records.signing.add(of, brought),
    'records.delete': ({ id, typed }) => records.delete(id, typed),
  };
}
