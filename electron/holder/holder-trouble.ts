import type { Finding } from '../../shared/ceremony/findings.ts';
import { Trouble, type Problem } from '../../shared/problem.ts';
import type { Pins } from '../../shared/profile.ts';

/* What can go wrong on a holder's laptop, in the words that are shown. */

const kept = 'Your share was not sent.';

export const noLeader = (stop: Finding | undefined): Trouble =>
  new Trouble({
    code: 'vault.standby',
    known: stop?.what ?? 'No node says that it leads the cluster.',
    safe: kept,
    next: `${stop && stop.todo !== 'Nothing.' ? `${stop.todo} ` : ''}Until then the share can be sealed for the operator.`,
  });

export const otherCluster = (
  name: string,
  pins: Pins,
  seen: { readonly mode: string; readonly clusterId?: string | undefined },
): Trouble =>
  new Trouble({
    code: 'profile.pin-mismatch',
    known: `What answers at the addresses of ${name} is not the DR secondary that was pinned on ${pins.at.slice(0, 10)}.`,
    safe: kept,
    next: 'Tell the operator on a number that you already know. Give no share until it is clear what answers there.',
    facts: {
      'Pinned cluster id': pins.clusterId,
      'Reported cluster id': seen.clusterId ?? 'none',
      'Reported DR mode': seen.mode,
    },
  });

export const otherAttempt = (words: readonly string[]): Trouble =>
  new Trouble({
    code: 'ceremony.superseded',
    known: `Vault shows another attempt than the one in the invitation${words.length > 0 ? `: ${words.slice(0, 4).join(' ')} …` : ''}. A share given now would help whoever started it.`,
    safe: kept,
    next: 'Tell the operator on a number that you already know. For a new attempt there is a new invitation.',
  });

export const noAttempt = new Trouble({
  code: 'ceremony.gone',
  known:
    'Vault knows no attempt now. It may have been completed or cancelled, or its node may have restarted or lost the lead.',
  safe: kept,
  next: 'Ask the operator how it stands. For a new attempt there is a new invitation.',
});

export const tokenDemanded: Problem = {
  code: 'vault.permission-denied',
  known:
    'This Vault asks for a Vault token beside the share. The operator has one, and it stays with the operator.',
  safe: kept,
  next: 'Seal the share for the operator: choose “Seal my share for the operator” in the other window.',
};

export const lastShare = (required: number): Problem => ({
  code: 'rule.not-now',
  known: `The next share is the last of ${required}. Only the reply to it carries the encoded token, and that belongs on the operator’s laptop.`,
  safe: kept,
  next: 'Give it at the operator’s laptop, or seal it for the operator: choose “Seal my share for the operator” in the other window.',
});

const notNow = (known: string, next: string): Trouble =>
  new Trouble({ code: 'rule.not-now', known, safe: kept, next });

export const wordsNotCompared = notNow(
  'The words have not been compared under this name.',
  'Compare the words with the operator by voice first.',
);

export const underWay = notNow(
  'A share was sent from here, and it is not known yet whether Vault counted it.',
  'Check with Vault first: the status may tell.',
);

export const tokenWaits = notNow(
  'An encoded token is kept on this laptop and waits to be handed to its operator.',
  'Hand it over first, or have it forgotten by name.',
);

export const noToken = new Trouble({
  code: 'rule.not-now',
  known: 'No encoded token is kept on this laptop.',
  safe: 'Nothing was shown and nothing was removed.',
  next: 'Go on with the step that is shown now.',
});

export const tokenGone = new Trouble({
  code: 'keychain.entry-missing',
  known: 'The encoded token is no longer in the keychain of this laptop.',
  safe: 'It is on the record as missing, and nothing else was changed.',
  next: 'Tell the operator: the token of that attempt exists, and nobody can read it from here. A new attempt makes another.',
});

export const notKept = (cause: Problem): Trouble =>
  new Trouble({
    code: cause.code,
    known: `Yours was the last share. Vault handed out the encoded token, and the keychain did not take it. ${cause.known}`,
    safe: 'The encoded token is in this app’s memory. Vault has forgotten it: it is lost when the app is closed.',
    next: `Do not close the app. ${cause.next} Then choose “Keep the encoded token” in the other window.`,
  });

export const completeWithoutToken: Problem = {
  code: 'ceremony.outcome-unknown',
  known: 'Vault says that the attempt is complete, but its reply has no encoded token.',
  safe: 'Your share is not sent again. A DR operation token without expiry probably exists that nobody can read.',
  next: 'Tell the operator: a new attempt is needed, and the same holders give their shares again.',
};

export const notRecorded: Problem = {
  code: 'ceremony.outcome-unknown',
  known: 'What Vault answered could not be written to the record.',
  safe: 'The share is not sent again by itself.',
  next: 'Check with Vault: the status may tell whether it was counted.',
};

export const notOffered = new Trouble({
  code: 'rule.not-now',
  known: 'The encoded token was not shown or saved for this person.',
  safe: 'It is still in the keychain of this laptop.',
  next: 'Show it or save it for them first.',
});
