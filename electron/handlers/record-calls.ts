import type { GuideCalls, Office } from './handlers.ts';

/** What the guide may do with the records of ceremonies: export, check, and delete what has ended. */
export function recordCalls({ records }: Office): GuideCalls<'records'> {
  return {
    'records.export': async ({ id, paper, folder }) => {
      const exported = await records.export(id, paper, folder);
      return exported
        ? { kind: 'exported', folder: exported.folder, files: [...exported.files] }
        : { kind: 'cancelled' };
    },
    'records.check': ({ id }) => records.check(id),
    'records.check-text': (asked) => records.checkText(asked),
    'records.others': () => records.listOthers(),
    'records.read': ({ id }) => records.read(id),
    'records.delete': ({ id, typed }) => records.delete(id, typed),
  };
}
