import { expect } from '@playwright/test';
import { patience, type Hands } from './hands.ts';

/** At the shift desk, while the primary works: the shift, the policy, the role, the token. */
export async function issueBatchToken(hands: Hands, label: string): Promise<void> {
  const { guide, performer } = hands;
  const take = performer.verb('Take the shift');
  const issue = performer.verb('Issue the batch token');
  const token = performer.verb("Use the practice operator's token");
  await expect(take.or(token).or(issue).first()).toBeVisible(patience);
  await hands.picture('shift-desk');
  if (await take.isVisible()) {
    await guide.getByLabel('Your name').fill('Robin');
    await take.click();
  }
  await expect(token.or(issue).first()).toBeVisible(patience);
  if (await token.isVisible()) await token.click();
  for (const [place, part] of ['policy', 'role'].entries()) {
    await hands.press(`Compare the ${part}`);
    const write = performer.verb(`Yes, write the ${part}`);
    const fine = guide.getByText('As it should be').nth(place);
    await expect(write.or(fine).first()).toBeVisible(patience);
    await hands.picture(`shift-${part}`);
    if (await write.isVisible()) await write.click();
    await expect(fine).toBeVisible(patience);
  }
  await guide.getByLabel('What to call it').fill(label);
  await issue.click();
  await expect(guide.getByText(label).first()).toBeVisible(patience);
  await hands.picture('shift-token');
}
