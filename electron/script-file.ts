import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parseDocument, type YAMLError } from 'yaml';
import { digestSchema, type Digest } from '../shared/ids.ts';
import { Trouble } from '../shared/problem.ts';
import { scriptOf } from '../shared/script/default.ts';
import { siteScriptSchema, type Script } from '../shared/script/schema.ts';
import { canonical } from '../shared/transcript/canonical.ts';
import { FileTooLarge, readRegularFile } from './transcript/regular-file.ts';

/** Where a site keeps its own steps, below the data folder (docs/script-format.md). */
export const scriptFileName = 'script.yaml';
/** Bytes. Fifty steps with every text at its longest are less than half of it. */
const largestFile = 512 * 1024;

/**
 * The script a ceremony follows now: the built-in one, with the site's steps where the file is there.
 *
 * @param folder the data folder.
 * @throws Trouble `input.invalid` where the file cannot be read or is not a script: a person then
 *   chooses, by renaming it, to go on without it.
 */
export async function readScript(folder: string): Promise<Script> {
  const file = join(folder, scriptFileName);
  const text = await readIfThere(file);
  if (text === undefined) return scriptOf(undefined);
  const parsed = siteScriptSchema.safeParse(parseYaml(file, text));
  if (parsed.success) return scriptOf(parsed.data);
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  throw unfit(file, `${where === '' ? 'The file' : where}: ${issue?.message ?? 'not a script'}`);
}

/** SHA-256 over the canonical JSON of a script. */
export const hashOfScript = (script: Script): Digest =>
  digestSchema.parse(createHash('sha256').update(canonical(script), 'utf8').digest('hex'));

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readRegularFile(file, largestFile))?.toString('utf8');
  } catch (cause) {
    if (cause instanceof FileTooLarge) throw unfit(file, 'It is larger than 512 KiB.');
    throw unfit(file, 'It cannot be read as a file; a link is not followed.');
  }
}

/**
 * No aliases: a few lines of them could stand for gigabytes. What the library would only warn of is
 * refused too (a tag it does not know); its warnings print a part of the file.
 */
function parseYaml(file: string, text: string): unknown {
  const document = parsed(file, text);
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw notYaml(file, fault);
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return value;
  } catch {
    throw notYaml(file);
  }
}

function parsed(file: string, text: string) {
  try {
    return parseDocument(text, { schema: 'core', prettyErrors: true, logLevel: 'error' });
  } catch {
    throw notYaml(file); // Nested deeper than the library can follow.
  }
}

const notYaml = (file: string, fault?: YAMLError): Trouble => {
  const line = fault?.linePos?.[0].line;
  return unfit(file, line === undefined ? 'It is not YAML.' : `Line ${line} is not YAML.`);
};

const unfit = (file: string, why: string): Trouble =>
  new Trouble({
    code: 'input.invalid',
    known: `The script of this site, ${file}, cannot be used. ${why}`.slice(0, 4000),
    safe: 'The file was left as it is, and nothing was sent.',
    next: 'Correct it (docs/script-format.md), or rename it to go on with the built-in script.',
  });
