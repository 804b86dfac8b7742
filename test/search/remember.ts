import { Secret, type SecretKind } from '../../shared/secret.ts';
import type { KnownSecret } from './essence.ts';

/**
 * Remembers every secret that this process wraps from now on, of whatever kind and wherever it comes
 * from: nobody has to think of each. The app works as always.
 */
export function rememberSecrets(): readonly KnownSecret[] {
  const known = new Map<string, KnownSecret>();
  const wrap = Secret.of.bind(Secret);
  const list: KnownSecret[] = [];
  Secret.of = <K extends SecretKind>(kind: K, value: string): Secret<K> => {
    const key = `${kind} ${value}`;
    if (!known.has(key)) {
      known.set(key, { kind, value });
      list.push({ kind, value });
    }
    return wrap(kind, value);
  };
  return list;
}
