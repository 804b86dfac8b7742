/**
 * Keyturn's stand-alone verifier: checks the record of a ceremony, offline.
 *
 *   node keyturn-verify.mjs RECORD [--fingerprint "..."] [--words "..."] [--json]
 *
 * One file, Node 18 or newer, no dependency. OpenPGP signatures are shown and not checked: for
 * those it writes the files that gpg needs (--openpgp DIR).
 */
import { verifierCli } from './cli.ts';

process.exitCode = await verifierCli(process.argv.slice(2));
