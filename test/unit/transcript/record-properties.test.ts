import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeTools } from '../../../electron/transcript/verify-file.ts';
import { eventSchema, type Recorded } from '../../../shared/ceremony/events.ts';
import { fold } from '../../../shared/ceremony/fold.ts';
import { accepted } from '../../../shared/transcript/report.ts';
import { reportLines } from '../../../shared/transcript/report-text.ts';
import type { Trust } from '../../../shared/transcript/trust.ts';
import {
  RecordVerifier,
  verifyRecord,
  type KnownEntry,
} from '../../../shared/transcript/verify.ts';
import { fileOf, hashOf, journalLines, newSigner, signed, walked } from '../../fakes/records.ts';

const signer = newSigner();
const trust: Trust = { fingerprints: [signer.identity.fingerprint], heads: [] };

/** A ceremony that went as it went, now and then with its end. */
const ceremonies = fc
  .array(fc.record({ pick: fc.nat(10_000), small: fc.nat(6) }), { minLength: 1, maxLength: 40 })
  .map(walked);

const exported = (records: readonly Recorded[]): Buffer => {
  const lines = journalLines(records.map(({ event }) => event));
  return fileOf(...lines, signed(lines, signer));
};
const verdict = (file: Uint8Array, given = trust) =>
  verifyRecord(file, nodeTools, { trust: given }).verdict;
const nothing = { fingerprints: [], heads: [] };

describe('for random ceremonies', () => {
  it('what was exported is intact, and its fold is the state it was made from', () => {
    fc.assert(
      fc.property(ceremonies, (records) => {
        const read: KnownEntry[] = [];
        const options = { trust, onEntry: (entry: KnownEntry) => read.push(entry) };
        const report = verifyRecord(exported(records), nodeTools, options);
        expect(report.verdict).toEqual({ kind: 'intact' });
        const again = read.map(({ seq, at, event }) => ({
          seq,
          at,
          event: eventSchema.parse(event),
        }));
        expect(fold(again)).toEqual(fold(records));
      }),
    );
  });

  it('every single-byte edit is caught: changed, put in or taken out', () => {
    const edits = fc.record({
      kind: fc.constantFrom('flip', 'set', 'insert', 'delete'),
      place: fc.nat(),
      byte: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0x20, max: 0x7e })),
    });
    fc.assert(
      fc.property(ceremonies, edits, (records, { kind, place, byte }) => {
        const file = exported(records);
        const at = place % file.length;
        const middle =
          kind === 'delete' ? [] : [kind === 'flip' ? (file[at] ?? 0) ^ (1 << (byte % 8)) : byte];
        const rest = file.subarray(kind === 'insert' ? at : at + 1);
        const edited = Buffer.concat([file.subarray(0, at), Buffer.from(middle), rest]);
        fc.pre(!edited.equals(file));
        expect(accepted(verdict(edited))).toBe(false);
        // The signature holds even against who was given nothing: no byte of it is free.
        expect(accepted(verdict(edited, nothing))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('every place of one record: no byte can be another', () => {
    const file = exported(walked([{ pick: 1, small: 0 }]));
    for (let at = 0; at < file.length; at += 1) {
      const edited = Buffer.from(file);
      edited[at] = (file[at] ?? 0) ^ 1;
      expect({ at, accepted: accepted(verdict(edited)) }).toEqual({ at, accepted: false });
    }
  });

  it('a file cut anywhere is caught by its signature, or by a known head', () => {
    fc.assert(
      fc.property(ceremonies, fc.nat(), (records, place) => {
        const lines = journalLines(records.map(({ event }) => event));
        const head = hashOf(lines.at(-1) ?? '');
        const signedFile = fileOf(...lines, signed(lines, signer));
        expect(accepted(verdict(signedFile.subarray(0, place % signedFile.length)))).toBe(false);
        const bare = fileOf(...lines);
        const known = { fingerprints: [], heads: [head.slice(0, 16)] };
        expect(accepted(verdict(bare.subarray(0, place % bare.length), known))).toBe(false);
        expect(verdict(bare, known)).toEqual({ kind: 'intact' });
      }),
    );
  });

  it('with nothing known, a record cut between two lines is never more than consistent', () => {
    fc.assert(
      fc.property(ceremonies, fc.nat(), (records, place) => {
        const lines = journalLines(records.map(({ event }) => event));
        const cut = lines.slice(0, 1 + (place % lines.length));
        expect(verdict(fileOf(...cut), nothing)).toEqual({ kind: 'consistent-origin-unknown' });
      }),
    );
  });

  it('the pieces in which a file is read do not matter', () => {
    fc.assert(
      fc.property(ceremonies, fc.array(fc.nat(3000), { minLength: 1 }), (records, sizes) => {
        const file = exported(records);
        const verifier = new RecordVerifier(nodeTools, { trust });
        const buffer = new Uint8Array(3000);
        for (let at = 0, i = 0; at < file.length; i += 1) {
          const piece = file.subarray(at, at + 1 + (sizes[i % sizes.length] ?? 0));
          buffer.set(piece.subarray(0, buffer.length)); // One buffer for all, as a reader of files has.
          const length = Math.min(piece.length, buffer.length);
          verifier.take(buffer.subarray(0, length));
          at += length;
        }
        expect(verifier.finish()).toEqual(verifyRecord(file, nodeTools, { trust }));
      }),
    );
  });
});

describe('for any bytes', () => {
  it('there is a verdict and a text, and never an exception', () => {
    const jsonLines = fc
      .array(
        fc.oneof(
          fc.json(),
          fc.record({
            v: fc.nat(3),
            signature: fc.anything(),
            kind: fc.constantFrom('ed25519', 'openpgp', 'x'),
          }),
          fc.record({ event: fc.jsonValue(), seq: fc.nat(3), v: fc.nat(3) }),
        ),
        { maxLength: 5 },
      )
      .map((values) =>
        fileOf(...values.map((one) => (typeof one === 'string' ? one : safeJson(one)))),
      );
    fc.assert(
      fc.property(fc.oneof(jsonLines, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        const report = verifyRecord(bytes, nodeTools);
        expect(accepted(report.verdict)).toBe(false);
        expect(reportLines(report).length).toBeGreaterThan(5);
      }),
    );
  });

  const safeJson = (value: unknown): string => {
    try {
      return JSON.stringify(value);
    } catch {
      return '{}';
    }
  };
});
