import { isBao } from './server.ts';

/** Where OpenBao and the practice cluster, which plays Vault, differ: why that is so, by the step's name. */
const onOpenBao: Readonly<Record<string, string>> = {
  'seal status':
    'OpenBao has commit_date in place of build_date, and no removed_from_cluster. The app reads none of them.',
  'unseal, unsealed already': 'The same fields as in the seal status.',
  'start, OTP too short': 'OpenBao words it "has incorrect length". The app never sends an OTP.',
  'start, again':
    'OpenBao adds "for this namespace". The app looks for the words that both have in common.',
  'update, no body':
    'OpenBao takes an empty body for one without a key. The app always sends a key.',
  'wrong share at the threshold':
    'The inner text differs by version. The app looks for "root generation aborted".',
};

/** No difference to Vault itself is explained: each is to be looked at. */
export const explained: Readonly<Record<string, string>> = isBao ? onOpenBao : {};
