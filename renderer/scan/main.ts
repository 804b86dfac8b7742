import type { ReplyOf } from '../../shared/contract/define.ts';
import type { scan } from '../../shared/contract/offline.ts';
import type { Result } from '../../shared/problem.ts';
import { connectTrusting, type Client } from '../bridge.ts';
import { actions, button, el, heading } from '../isolated/el.ts';
import { openPage } from '../isolated/page.ts';
import { problemView } from '../isolated/problem-view.ts';
import { cameraView } from './camera.ts';
import { largestFile, readPicture } from './read-picture.ts';

type ScanClient = Client<typeof scan>;
type ScanContext = ReplyOf<(typeof scan)['calls']['scan.context']>;

const client: ScanClient = connectTrusting<typeof scan>();
const close = (): Promise<Result<unknown>> => client.call('scan.close', undefined);

const context = await client.call('scan.context', undefined);
if (context.ok) begin(context.value);
else openPage(undefined, close).showProblem('This window cannot open now', context.problem);

function begin({ banner, what }: ScanContext): void {
  const page = openPage(banner, close);
  const bar = el('progress', { max: 1, value: 0, 'aria-label': 'Parts read', hidden: true });
  const says = el('p', { role: 'status' });
  const trouble = el('div', {});
  let done = false;
  const isDone = (): boolean => done;

  const take = async (texts: readonly string[]): Promise<void> => {
    if (isDone()) return;
    const result = await client.call('scan.take', { texts: [...texts] });
    if (isDone()) return;
    trouble.replaceChildren();
    if (!result.ok) {
      trouble.replaceChildren(problemView(result.problem));
    } else if (result.value.state === 'more') {
      const { have, need } = result.value;
      bar.hidden = false;
      bar.max = need;
      bar.value = have;
      forget.hidden = false;
      says.textContent = `${have} of ${need} parts read. Go on.`;
    } else {
      done = true;
      camera.stop();
      page.show(
        heading('h1', 'Read'),
        el('p', { class: 'notice good', role: 'status' }, result.value.says),
        actions(button('primary', 'Close', page.close)),
      );
    }
  };

  const takeFiles = async (files: readonly File[]): Promise<void> => {
    trouble.replaceChildren();
    const texts: string[] = [];
    for (const file of files) {
      says.textContent = `Reading ${file.name}…`;
      texts.push(...(await textsOf(file)));
    }
    says.textContent = '';
    if (texts.length > 0) return take(texts.slice(0, 300));
    says.textContent =
      'No code was found there. Take the picture closer, straight and without glare, or choose the file that Keyturn wrote.';
  };

  const file = el('input', {
    type: 'file',
    multiple: true,
    hidden: true,
    'aria-label': 'Pictures or a file',
    tabindex: -1,
  });
  file.addEventListener('change', () => {
    const chosen = [...(file.files ?? [])];
    file.value = '';
    if (chosen.length > 0) void takeFiles(chosen);
  });
  document.addEventListener('drop', (event) => {
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (dropped.length > 0) void takeFiles(dropped);
  });
  const camera = cameraView((text) => void take([text]));
  const again = (): void => {
    void client.call('scan.again', undefined).then(() => {
      bar.hidden = true;
      forget.hidden = true;
      says.textContent = 'What was read is forgotten. Begin with any part.';
      trouble.replaceChildren();
    });
  };

  const forget = button('plain', 'Begin again', again);
  forget.hidden = true;

  page.show(
    heading('h1', `Read ${what}`),
    el(
      'p',
      {},
      'From pictures of its QR codes, from the file that Keyturn wrote, or with a camera. A sequence of codes may be read in any order.',
    ),
    actions(button('primary', 'Choose pictures or a file', () => file.click())),
    file,
    camera.node,
    el('div', { class: 'reading' }, bar, says),
    trouble,
    actions(forget, button('quiet', 'Close', page.close)),
  );
}

/** Bytes of a text file: what Keyturn writes is a few thousand. */
const largestText = 256 * 1024;

/** A picture's one code, or the lines of a text. */
async function textsOf(file: File): Promise<readonly string[]> {
  if (file.size > largestFile) return [];
  const seen = await readPicture(file);
  if (seen.kind === 'code') return [seen.text];
  if (seen.kind !== 'not-a-picture' || file.size > largestText) return [];
  const text = await file.text().catch(() => '');
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line.length <= 2000);
}
