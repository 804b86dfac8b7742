import { expect } from '@playwright/test';
import { afterTitles, type AfterItemId } from '../../shared/ceremony/aftercare.ts';
import { patience, type Hands } from './hands.ts';
import { issueBatchToken } from './shift-desk.ts';

/** Everything that a person closes after a planned failover: at the end no item is open. */
export async function closeChecklist(
  hands: Hands,
  { cluster, token }: { readonly cluster: string; readonly token: string },
): Promise<void> {
  await say(hands, 'login', 'Yes, this person can', 'Logged in with the usual account.');
  await item(hands, 'client-request');
  await hands.press('With the practice operator’s token: Enter a client’s token');
  await isDone(hands, 'client-request');
  await look(hands, 'nodes');
  await say(hands, 'clients', 'It is done', 'The load balancer leads here, and clients arrive.');
  await say(hands, 'ports', 'It is done', '8201 both ways and 8200 were tried from both sides.');
  await look(hands, 'versions');
  await attach(hands);
  await newBatchToken(hands, cluster, token);
  await item(hands, 'fail-back');
  await hands.press('Describe the way back');
  await expect(hands.guide.getByText('is described').first()).toBeVisible(patience);
  await hands.picture('way-back');
  await say(hands, 'fail-back', 'It is done', 'In two weeks, on a Sunday at 6.');
  await expect(hands.guide.getByText('Everything on the list is seen to.')).toBeVisible(patience);
  await hands.picture('all-seen-to');
}

/** The old primary becomes the DR secondary of the new one, up to stream-wals. */
async function attach(hands: Hands): Promise<void> {
  await item(hands, 'follows');
  await hands.picture('attach');
  await hands.press('With the practice operator’s token: Get an activation token');
  await expect(hands.performer.verb(/^Attach with the batch token/).first()).toBeVisible(patience);
  await hands.picture('activated');
  await hands.performer
    .verb(/^Attach with the batch token/)
    .first()
    .click();
  await isDone(hands, 'follows');
  await hands.picture('attached');
}

/** To the shift desk with one press, and back to the ceremony that waits on Home. */
async function newBatchToken(hands: Hands, cluster: string, token: string): Promise<void> {
  await item(hands, 'batch-token');
  await hands.press('Go to the shift desk of the way back');
  await issueBatchToken(hands, token);
  await hands.go('Home');
  const name = `Take it up again: ${cluster}, opened`;
  await hands.guide.getByRole('button', { name }).click(patience);
  await look(hands, 'batch-token');
}

const titleOf = (id: AfterItemId): string => afterTitles[id];

async function item(hands: Hands, id: AfterItemId): Promise<void> {
  await hands.performer.verb(`${titleOf(id)}: open`).click(patience);
}

async function look(hands: Hands, id: AfterItemId): Promise<void> {
  await item(hands, id);
  const { performer } = hands;
  // A standby may come back a moment after the active node: people look again.
  await expect(async () => {
    const again = performer.verb('Look now');
    if (await again.isVisible()) await again.click();
    await expect(performer.verb(`${titleOf(id)}: done`)).toBeVisible({ timeout: 3_000 });
  }).toPass(patience);
}

async function say(hands: Hands, id: AfterItemId, verb: string, words: string): Promise<void> {
  const { guide } = hands;
  await item(hands, id);
  await guide
    .getByRole('textbox', { name: /^(Who |The owner)/ })
    .first()
    .fill('Nadia');
  await guide.getByLabel('How it was seen to, or why it is not').fill(words);
  await hands.picture(id);
  await hands.press(verb);
  await isDone(hands, id);
}

async function isDone(hands: Hands, id: AfterItemId): Promise<void> {
  await expect(hands.performer.verb(`${titleOf(id)}: done`)).toBeVisible(patience);
}
