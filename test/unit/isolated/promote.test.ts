import { describe, expect, test } from 'vitest';
import { comparison } from '../../../renderer/promote/comparison.ts';
import { emptyForm, readiness, type PromoteForm } from '../../../renderer/promote/readiness.ts';
import { promote } from '../../../shared/contract/isolated.ts';

const context = promote.calls['promote.context'].reply.parse({
  banner: { practice: true, cluster: 'Berlin DR', colour: 'teal', shareWord: 'unseal key' },
  operator: 'Olga Brandt',
  people: ['Olga Brandt', 'Wim de Vries'],
  server: {
    node: 'https://127.0.0.1:8200',
    mode: 'secondary',
    clusterId: 'cluster-1',
    secondaryId: 'berlin',
  },
  pinned: { clusterId: 'cluster-1', secondaryId: 'berlin' },
  fencing: { how: 'Firewall', confirmedBy: 'Wim de Vries', primary: 'not-visible' },
  rules: { secondIsNotOperator: true, factorRequired: false },
  folderDialog: false,
  forceOffered: true,
  forceSentence: 'I accept the loss.',
  stops: [],
});
const filled: PromoteForm = {
  ...emptyForm,
  clusterName: 'Berlin DR',
  secondPerson: ' Wim de Vries ',
};
const missing = (form: PromoteForm): readonly string[] => {
  const now = readiness(context, form);
  return now.state === 'wanting' ? now.missing.map(({ field }) => field) : [now.state];
};

describe('whether Promote may be sent', () => {
  test('nothing typed: everything is still needed', () => {
    expect(missing(emptyForm)).toEqual(['cluster-name', 'second-person']);
  });

  test('a PIN is asked of the person who set one, and of nobody else', () => {
    const withPin = { ...context, pin: { person: 'Wim de Vries', triesLeft: 5 } };
    const asked = (form: PromoteForm, tried = withPin) => readiness(tried, form);
    expect(asked(filled)).toMatchObject({ state: 'wanting', missing: [{ field: 'pin' }] });
    expect(asked({ ...filled, pin: 'open sesame' })).toMatchObject({
      state: 'ready',
      request: { secondPerson: 'Wim de Vries', pin: 'open sesame' },
    });
    const other = asked({ ...filled, secondPerson: 'Nadia', pin: 'open sesame' });
    expect(other.state === 'ready' && 'pin' in other.request).toBe(false);
    const used = { ...context, pin: { person: 'Wim de Vries', triesLeft: 0 } };
    expect(asked({ ...filled, pin: 'open sesame' }, used).state).toBe('wanting');
  });

  test('the rules of the site say who the second person may be', () => {
    const rules = (secondIsNotOperator: boolean, factorRequired: boolean) => ({
      ...context,
      rules: { secondIsNotOperator, factorRequired },
    });
    const operator = { ...filled, secondPerson: context.operator };
    expect(readiness(rules(true, false), operator).state).toBe('wanting');
    expect(readiness(rules(false, false), operator).state).toBe('ready');
    expect(readiness(rules(true, true), filled).state).toBe('wanting');
  });

  test('all typed: the request says what was typed, and main understands it', () => {
    const now = readiness(context, filled);
    expect(now).toEqual({
      state: 'ready',
      request: { clusterName: 'Berlin DR', secondPerson: 'Wim de Vries' },
    });
    const request = now.state === 'ready' ? now.request : undefined;
    expect(promote.calls['promote.confirm'].request.safeParse(request).success).toBe(true);
  });

  test.each(['berlin dr', 'Berlin', 'Berlin  DR', 'Berlin DR 2'])(
    'the cluster’s name must be exact, so not %j',
    (clusterName) => expect(missing({ ...filled, clusterName })).toEqual(['cluster-name']),
  );

  test.each(['Olga Brandt', ' olga  BRANDT ', 'Ｏlga Brandt', ' ', 'x'.repeat(121)])(
    'the second person is another person with a name, so not %j',
    (secondPerson) => expect(missing({ ...filled, secondPerson })).toEqual(['second-person']),
  );

  test('the address is optional, and must be one', () => {
    const address = (primaryClusterAddr: string) => missing({ ...filled, primaryClusterAddr });
    expect(address('https://vault.example.org:8201')).toEqual(['ready']);
    expect(address('https://[2001:db8::1]:8201')).toEqual(['ready']);
    for (const wrong of ['http://vault:8201', 'vault', 'https://vault/path', 'https://u@vault']) {
      expect(address(wrong)).toEqual(['address']);
    }
  });

  test('force needs its sentence to the letter', () => {
    const force = (forceAccepted: string) => missing({ ...filled, force: true, forceAccepted });
    expect(force('')).toEqual(['force']);
    expect(force('I accept the loss')).toEqual(['force']);
    expect(force('I accept the loss.')).toEqual(['ready']);
  });

  test('force is not sent where it was not offered, whatever was typed', () => {
    const now = readiness(
      { ...context, forceOffered: false },
      { ...filled, force: true, forceAccepted: 'I accept the loss.' },
    );
    expect(now.state).toBe('wanting');
  });

  test('a sentence typed and force unticked again is not sent', () => {
    const now = readiness(context, { ...filled, forceAccepted: 'I accept the loss.' });
    expect(now).toMatchObject({ state: 'ready' });
    expect(now.state === 'ready' && 'force' in now.request).toBe(false);
  });

  test('a stop closes the button, whatever is typed', () => {
    const now = readiness({ ...context, stops: ['No token is kept.'] }, filled);
    expect(now).toEqual({ state: 'closed', because: ['No token is kept.'] });
  });

  test.each([
    { clusterId: 'cluster-2' },
    { secondaryId: 'hamburg' },
    { mode: 'primary' },
    { mode: 'disabled' },
  ])('a server that is not the pinned one closes it too: %j', (part) => {
    const now = readiness({ ...context, server: { ...context.server, ...part } }, filled);
    expect(now.state).toBe('closed');
  });
});

describe('the server’s report beside the pins', () => {
  test('what could not be compared is never shown as a match', () => {
    const { clusterId: _, ...server } = context.server;
    const byName = (compared: ReturnType<typeof comparison>) =>
      Object.fromEntries(compared.map(({ name, verdict }) => [name, verdict]));
    expect(byName(comparison({ server, pinned: context.pinned }))).toMatchObject({
      Mode: 'matches',
      'Cluster id': 'not reported',
      'Secondary id': 'matches',
    });
    expect(byName(comparison({ server: context.server, pinned: undefined }))).toMatchObject({
      'Cluster id': 'not pinned',
      'Secondary id': 'not pinned',
    });
  });
});
