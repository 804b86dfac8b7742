import { useState } from 'react';
import type { StartKeyChoice } from '../../../../../shared/contract/pgp.ts';
import type { PgpFingerprint } from '../../../../../shared/pgp/key.ts';
import { useCall } from '../../../app/use-call.ts';

export const startWays = ['otp', 'app', 'file', 'gpg'] as const;
export type StartWay = (typeof startWays)[number];

export interface NamedKey {
  readonly fingerprint: PgpFingerprint;
  readonly userIds: readonly string[];
}

/** How the token will be hidden until it is decoded: the choice at Start, and the key it takes. */
export function useStartKey(first: StartWay) {
  const [way, setWay] = useState<StartWay>(first);
  const [file, setFile] = useState<{ readonly text: string; readonly key: NamedKey }>();
  const [listed, setListed] = useState<NamedKey>();
  const read = useCall('pgp.read-key');
  const list = useCall('pgp.gpg-keys');
  const [keys, setKeys] = useState<readonly (NamedKey & { readonly onCard: boolean })[]>();

  const choose = (next: StartWay) => {
    setWay(next);
    read.clear();
    if (next === 'gpg' && !keys)
      void list.run(undefined).then((result) => {
        if (result.ok) setKeys(result.value);
      });
  };
  const takeFile = async (text: string) => {
    setFile(undefined);
    const result = await read.run({ text });
    if (result.ok) setFile({ text, key: result.value });
  };

  return {
    way,
    choose,
    takeFile,
    keys,
    pick: setListed,
    /** The person's own key, once it is known. */
    named: way === 'file' ? file?.key : way === 'gpg' ? listed : undefined,
    problem: way === 'file' ? read.problem : way === 'gpg' ? list.problem : undefined,
    busy: read.busy || list.busy,
    /** What to start with; `missing` while a key is still to be chosen. */
    choice: choiceOf(way, file?.text, listed?.fingerprint),
  };
}

export type StartKeyHandle = ReturnType<typeof useStartKey>;

function choiceOf(
  way: StartWay,
  text: string | undefined,
  fingerprint: PgpFingerprint | undefined,
): StartKeyChoice | 'otp' | 'missing' {
  switch (way) {
    case 'otp':
      return 'otp';
    case 'app':
      return { from: 'app' };
    case 'file':
      return text === undefined ? 'missing' : { from: 'file', text };
    case 'gpg':
      return fingerprint === undefined ? 'missing' : { from: 'gpg', fingerprint };
  }
}
