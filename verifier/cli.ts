import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyRecordFile, type CheckOpenPgp } from '../electron/transcript/verify-file.ts';
import { printable, printableJson } from '../shared/transcript/printable.ts';
import { accepted } from '../shared/transcript/report.ts';
import { explain, headline } from '../shared/transcript/report-sentences.ts';
import { reportLines } from '../shared/transcript/report-text.ts';
import type { OpenPgpToCheck } from '../shared/transcript/verify.ts';
import { parseArguments, usage, type Asked } from './arguments.ts';

/**
 * The whole program: reads the arguments, checks the record, prints.
 *
 * @returns the exit code: 0 when nothing was found against the record, otherwise 1.
 */
export async function verifierCli(
  words: readonly string[],
  openPgp?: CheckOpenPgp,
): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    console.log(usage);
    return 0;
  }
  const asked = parseArguments(words);
  if (typeof asked === 'string') {
    console.error(`${printable(asked)}\n\n${usage}`);
    return 1;
  }
  try {
    return await check(asked, openPgp);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : 'unknown';
    console.error(`The record cannot be read: ${printable(said)}`);
    return 1;
  }
}

async function check(asked: Asked, openPgp: CheckOpenPgp | undefined): Promise<number> {
  const { file, fingerprints, heads, gapMs, json, openPgpFolder } = asked;
  const found: OpenPgpToCheck[] = [];
  const report = await verifyRecordFile(file, {
    trust: { fingerprints, heads },
    ...(gapMs === undefined ? {} : { gapMs }),
    ...(openPgp === undefined ? {} : { openPgp }),
    onOpenPgp: (signature) => found.push(signature),
  });
  const ok = accepted(report.verdict);
  if (json) {
    const { verdict } = report;
    const said = { headline: headline(verdict), explanation: explain(report).join(' ') };
    console.log(printableJson({ accepted: ok, ...said, ...report }));
  } else {
    console.log(reportLines(report).join('\n'));
  }
  if (openPgpFolder !== undefined) {
    const commands = await writeForGpg(openPgpFolder, found);
    if (!json) console.log(`\n${commands.map(printable).join('\n')}`);
  } else if (openPgp === undefined && found.length > 0 && !json) {
    console.log('\nOpenPGP signatures are not checked here: run it again with --openpgp DIR.');
  }
  return ok ? 0 : 1;
}

/** Three files for each signature, and the commands that check it with a keyring of its own. */
async function writeForGpg(
  folder: string,
  signatures: readonly OpenPgpToCheck[],
): Promise<readonly string[]> {
  if (signatures.length === 0) return ['There is no OpenPGP signature on this record.'];
  await mkdir(folder, { recursive: true });
  const commands: string[] = [];
  for (const { line, by, fingerprint, statement, key, signature } of signatures) {
    const name = join(folder, `signature-${line}`);
    await writeFile(`${name}.key`, key);
    await writeFile(`${name}.txt`, statement);
    await writeFile(`${name}.sig`, signature);
    const gpg = `gpg --no-default-keyring --keyring ${quoted(`${name}.kbx`)}`;
    commands.push(
      `Line ${line}, "${by}": gpg must say "Good signature" and the primary key fingerprint`,
      `  ${fingerprint.toUpperCase()}`,
      `  ${gpg} --import ${quoted(`${name}.key`)}`,
      `  ${gpg} --verify ${quoted(`${name}.sig`)} ${quoted(`${name}.txt`)}`,
    );
  }
  return commands;
}

const quoted = (path: string): string => `'${path.replaceAll("'", `'\\''`)}'`;
