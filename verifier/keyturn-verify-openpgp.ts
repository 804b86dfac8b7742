/** The same verifier for who has the project: it checks OpenPGP signatures as well. */
import { checkOpenPgp } from '../electron/transcript/openpgp.ts';
import { verifierCli } from './cli.ts';

process.exitCode = await verifierCli(process.argv.slice(2), checkOpenPgp);
