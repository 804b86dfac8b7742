import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch, type RunningApp } from './driver/launch.ts';
import { holders, Performer } from './driver/perform.ts';

let app: RunningApp;
let dataFolder: string;
test.beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'keyturn-e2e-'));
  app = await launch({ dataFolder });
});
test.afterEach(async () => {
  await app.close();
  await rm(dataFolder, { recursive: true, force: true });
});

test('a whole practice ceremony, from Practice to a promoted secondary; and a root token with the same people', async () => {
  const performer = await Performer.of(app);
  const { guide } = performer;
  await performer.practiceToTheChecklist('Wilma');

  // Nobody can log in: one press leads to the next ceremony, and the people come along.
  await performer.verb('Somebody can log in to the new primary: open').click();
  const sameTeam = performer.verb('Make a root token with the same people');
  await expect(sameTeam).toHaveCount(0);
  await guide.getByLabel('How it was seen to, or why it is not').fill('The login is refused.');
  await performer.verb('No, nobody can yet').click();
  await sameTeam.click();
  await performer.preflight();
  await expect(guide.getByLabel('Operator', { exact: true })).toHaveValue('Robin');
  await expect(guide.getByLabel('Witness')).toHaveValue('Wilma');
  await expect(guide.getByLabel('Key holders')).toHaveValue(holders.join('\n'));
  await performer.people();

  // Both wait on Home, told apart by what they are for.
  await performer.verb(/^Stop safely/).click();
  await expect(performer.verb(/^Take it up again: Practice DR, root token, opened/)).toBeVisible();
  await performer.verb(/^Take it up again: Practice DR, opened/).click();
  await performer.end();
  await expect(guide.getByRole('main')).toContainText('promoted');
});
