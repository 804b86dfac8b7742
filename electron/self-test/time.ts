import type { Check } from '../../shared/self-test.ts';
import { answersOf } from './check.ts';
import type { System } from './system.ts';

const clock = answersOf('clock');
const zone = answersOf('time-zone');

/** A clock that shows an earlier day is wrong: this version did not exist then. */
const notBefore = Date.parse('2026-11-01T00:00:00Z');
const dayMs = 86_400_000;

/** Whether something keeps the clock right. Whether it *is* right only another clock can tell. */
export async function checkClock(system: System, now: Date): Promise<Check> {
  const says = now
    .toISOString()
    .replace(/\.\d+Z$/, ' UTC')
    .replace('T', ' ');
  if (now.getTime() < notBefore)
    return clock.stop(
      `The clock says ${says}: it is behind.`,
      'Set it. Certificates are refused and the record shows wrong times until then.',
    );
  const kept = await isKept(system);
  if (kept === true) return clock.fine(`The clock says ${says}, and a time service keeps it.`);
  const todo = 'Compare it with another clock, and set it where they differ.';
  return kept === false
    ? clock.look(`The clock says ${says}; no time service keeps it.`, todo)
    : clock.unknown(`The clock says ${says}; whether anything keeps it was not to be seen.`, todo);
}

async function isKept(system: System): Promise<boolean | undefined> {
  switch (system.platform) {
    case 'linux': {
      const said = await system.ask('timedatectl', 'show', '-p', 'NTPSynchronized', '--value');
      if (said === undefined) return undefined;
      return said.trim() === 'yes';
    }
    case 'win32': {
      const said = await system.ask('w32tm', '/query', '/source');
      if (said === undefined) return undefined;
      return !/local cmos clock|free-running/i.test(said);
    }
    default:
      // macOS tells only an administrator.
      return undefined;
  }
}

/** Which time people here read, and whether it is about to change. The record itself is in UTC. */
export function checkTimeZone(
  now: Date,
  name: string = Intl.DateTimeFormat().resolvedOptions().timeZone,
): Check {
  if (!isZone(name))
    return zone.look(
      'The system names no time zone.',
      'Set it: people compare the times on the screen with the clock on the wall.',
    );
  const here = offsetIn(name, now);
  const what = `${name}, now ${here}. The record keeps UTC.`;
  for (let days = 1; days <= 7; days += 1) {
    const later = offsetIn(name, new Date(now.getTime() + days * dayMs));
    if (later !== here)
      return zone.look(
        `${what} Within ${days === 1 ? 'a day' : `${days} days`} it changes to ${later}.`,
        'Say times in UTC if the ceremony falls into that night.',
      );
  }
  return zone.fine(what);
}

function isZone(name: string): boolean {
  try {
    return name !== '' && name !== 'Etc/Unknown' && offsetIn(name, new Date(0)) !== '';
  } catch {
    return false;
  }
}

/** As `GMT+01:00`; `GMT` for UTC itself. */
const offsetIn = (timeZone: string, at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';
