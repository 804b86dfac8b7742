import type { EventType } from '../../shared/ceremony/events.ts';
import type { Cell } from './cell.ts';
import { momentTitles, moments, type Moment, type WayName } from './messages.ts';
import { quiet } from './places.ts';
import { ways } from './ways.ts';

/** One way that was killed at every boundary of its events. */
export interface KilledWay {
  readonly way: WayName;
  /** `share.intended 2`, and the cell of each moment. */
  readonly rows: readonly {
    readonly event: string;
    readonly cells: ReadonlyMap<Moment, Cell>;
  }[];
  readonly replies: readonly { readonly call: string; readonly cell: Cell }[];
}

export interface Matrix {
  readonly killed: readonly KilledWay[];
  readonly disk: readonly { readonly what: string; readonly cell: Cell }[];
  readonly struck: readonly {
    readonly place: string;
    readonly rows: readonly { readonly fault: string; readonly cell: Cell }[];
  }[];
  /** Types that no way leaves where nothing happens; what left them, where a cell did. */
  readonly others: readonly { readonly type: EventType; readonly by: string }[];
}

/** The whole matrix as Markdown, not yet laid out by Prettier. */
export function documentOf(matrix: Matrix): string {
  const sentences = new Numbered('S');
  const losses = new Numbered('L');
  const short = (cell: Cell): string =>
    `${cell.state}, ${lossOf(cell, losses)}, ${toldOf(cell, sentences)}, ${cell.next}${cell.ended === usualEnd ? '' : `, ${cell.ended}`}`;
  const body = [
    ...matrix.killed.flatMap((killed) => killedPart(killed, short)),
    '## Every other write, fsync, cut, link, rename and removal',
    'Each event is written and synced on its own: those two are the columns of the parts above. This is what a ceremony does on the disk besides, killed right before it: the lock of the data folder, the making of the journal, the signatures, as the way with the fewest events does them (a batch token); what only another way does (the settings, in which a preflight keeps how far the clusters are apart; the snapshot), in that way; and what a start does after a kill that left half a line: the lock is taken over, the torn line is put aside and cut off. A copy of a record that somebody changed is put aside in the same way as a torn line; no crash leads there. Everything else that is kept is in the keychain, whose writes are its own; an export is no part of a ceremony.',
    table(
      ['Killed before', 'After the restart'],
      matrix.disk.map(({ what, cell }) => [what, short(cell)]),
    ),
    ...matrix.struck.flatMap(({ place, rows }) => [
      `## Fault: ${place}`,
      table(
        ['Fault', 'State', 'Lost', 'Told', 'Next', 'End'],
        rows.map(({ fault, cell }) => [
          fault,
          cell.state,
          lossOf(cell, losses),
          toldOf(cell, sentences),
          cell.next,
          cell.ended,
        ]),
      ),
    ]),
    '## Events at which no way above is cut',
    'They follow from troubles and from choices that the ways above do not make. The second column says which part of the matrix leaves them nevertheless.',
    table(
      ['Event', 'Left by'],
      matrix.others.map(({ type, by }) => [type, by]),
    ),
    '## Losses',
    losses.list(),
    '## Sentences',
    'What differs from run to run is shown as ‹node›, ‹nonce› and ‹time›.',
    sentences.list(),
  ];
  return [head(matrix), ...body].join('\n\n');
}

const usualEnd = 'closed, promoted';

function head({ killed, disk, struck, others }: Matrix): string {
  const boundaries = killed.reduce((sum, { rows }) => sum + rows.length, 0);
  const kills = killed.reduce(
    (sum, { rows }) => sum + rows.reduce((cells, row) => cells + row.cells.size, 0),
    0,
  );
  const replies = killed.reduce((sum, one) => sum + one.replies.length, 0);
  const faults = struck.reduce((sum, { rows }) => sum + rows.length, 0);
  return `# Crash and fault matrix

Made by \`npm run test:deep\`; not written by hand. \`npm test\` checks that its rows and columns are the events, the steps
and the faults of the code, and that no cell is empty; and it plays a share of it again.

| What                                            | Cells |
| - | - |
| Killed around an event (${boundaries} events in ${killed.length} ways) | ${kills} |
| Killed with a reply on its way                  | ${replies} |
| Killed before another act on the disk           | ${disk.length} |
| A fault at a step (${struck.length} steps)       | ${faults} |

Each cell is a ceremony of its own on practice clusters of its own, with the real conductor, journal and keychain. In the
first three parts the app is a process that ends by SIGKILL; the servers outlive it. It is started again, takes the
ceremony up, and people go on by what the screen offers until the ceremony is over. In the last part the fault strikes
right before the step, the step is taken, and the app is started again with the fault still there; then what an
administrator can mend is mended, and people go on. Some faults wait for one call: the one that the step is about, at the
node that it talks to; the run fails where that call does not come. A step to which no way comes by itself is led to by a
trouble at an earlier step. At a step that sends none they cannot strike, which
the run proves by the requests of the step, and the row says so.

A cell names, in this order: the phase after the restart; what was lost; what people are told, first by the resume, then
by every refusal on the way to the end; the step they are asked for next. Where nothing else is said, the ceremony ended
closed and promoted.

In every cell these hold, or there would be no document:

- What changes a server was never sent twice: starts, shares, cancellations, promotions, demotions, activations,
  attachings and deletions at the site are no more than the intents on the record, and a resume by itself sent none.
- The ceremony could be brought to an end.
- At the end no OTP, encoded token or DR operation token of it was in the keychain.
- The record is signed and verifies.

What it does not show: a disk that loses what it said was synced (SIGKILL does not take the page cache with it; the
half-written line stands for the power cut), two troubles at once, a fault that comes while a call is on its way and not
right before its step (the ones that wait for one call aside), and a real Vault.

Of the steps that people take here these are struck by no fault, since they ask no server anything and only write down what
a person says or does, or what is in the keychain: ${quiet.join(', ')}. Where a way takes one of them by itself, the run
fails if it sends a request.

${others.length} kinds of event are not in these ways; they stand at the end.`;
}

function killedPart(
  { way, rows, replies }: KilledWay,
  short: (cell: Cell) => string,
): readonly string[] {
  const cellAt = (moment: Moment, cells: ReadonlyMap<Moment, Cell>): string => {
    const cell = cells.get(moment);
    if (!cell) throw new Error(`There is no cell ${moment}.`);
    return short(cell);
  };
  return [
    `## Killed: ${ways[way].title}`,
    table(
      ['Event', ...moments.map((moment) => momentTitles[moment])],
      rows.map(({ event, cells }) => [event, ...moments.map((moment) => cellAt(moment, cells))]),
    ),
    ...(replies.length === 0
      ? []
      : [
          'The server acted, and the app was killed before it read the reply:',
          table(
            ['Call', 'After the restart'],
            replies.map(({ call, cell }) => [call, short(cell)]),
          ),
        ]),
  ];
}

const lossOf = ({ lost }: Cell, losses: Numbered): string =>
  lost.length === 0 ? 'nothing' : lost.map((loss) => losses.of(loss)).join(' ');

const toldOf = ({ told }: Cell, sentences: Numbered): string =>
  told.length === 0
    ? 'nothing to tell'
    : [...new Set(told.map((text) => sentences.of(text)))].join(' ');

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '-'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

/** Texts that come up again and again, each told once at the end. */
class Numbered {
  readonly #letter: string;
  readonly #texts: string[] = [];

  constructor(letter: string) {
    this.#letter = letter;
  }

  of(text: string): string {
    const plain = withoutWhatDiffers(text);
    const known = this.#texts.indexOf(plain);
    const place = known >= 0 ? known : this.#texts.push(plain) - 1;
    return `${this.#letter}${place + 1}`;
  }

  list(): string {
    const lines = this.#texts.map((text, place) => `- ${this.#letter}${place + 1}: ${text}`);
    return lines.join('\n');
  }
}

const withoutWhatDiffers = (text: string): string =>
  text
    .replaceAll(/https:\/\/127\.0\.0\.1:(?!9\b)\d+/g, '‹node›')
    .replaceAll(/127\.0\.0\.1:\d{4,}/g, '‹node›')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '‹nonce›')
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?( UTC|Z)?/g, '‹time›')
    .replaceAll(/\d\d:\d\d:\d\d UTC on [A-Z][a-z]+, \d{1,2} [A-Z][a-z]+ \d{4}/g, '‹time›')
    .replaceAll(/[*_<>`|]/g, (sign) => `\\${sign}`)
    .replaceAll(/\s+/g, ' ');
