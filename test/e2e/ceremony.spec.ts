import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launch, type RunningApp } from './driver/launch.ts';
import { Performer } from './driver/perform.ts';

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

test('a whole practice ceremony, from Practice to a promoted secondary', async () => {
  const performer = await Performer.of(app);
  await performer.practiceFromStartToEnd();
  await expect(performer.guide.getByRole('main')).toContainText('promoted');
});
