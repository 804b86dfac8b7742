import type { Script, SiteScript } from './schema.ts';

/** The script a ceremony follows: the built-in one, with a site's own steps where it has any. */
export const scriptOf = (site: SiteScript | undefined): Script => ({
  version: 1,
  title: site?.title ?? 'Keyturn’s own script',
  steps,
  siteSteps: site?.steps ?? [],
});

const steps: Script['steps'] = [
  {
    id: 'preflight',
    title: 'Preflight',
    owner: 'operator',
    text: 'Look at the cluster: every node, its certificate, its part in replication, whether an attempt is open, whether the primary still answers.',
    challenge: 'Which cluster is it, and does anything stop us?',
    response: 'The operator reads the cluster’s name and every warning aloud.',
  },
  {
    id: 'people',
    title: 'People',
    owner: 'operator',
    text: 'Name the operator, the witness and the key holders. There are at least as many holders as shares are needed.',
    challenge: 'Who is here, and in which part?',
    response: 'Each person says their own name and part.',
  },
  {
    id: 'start',
    title: 'Start',
    owner: 'operator',
    text: 'Start the attempt. The server gives a nonce, which is read aloud, and an OTP, which is kept.',
    challenge: 'Is everybody ready to start the attempt?',
    response: 'Ready. The operator starts it and reads the nonce words aloud.',
  },
  {
    id: 'shares',
    title: 'Shares',
    owner: 'holder',
    text: 'Each holder compares the nonce words, then gives one share, alone at the share page.',
    challenge: 'Are your nonce words the same as those read aloud?',
    response: 'The same. I give one share.',
  },
  {
    id: 'decode',
    title: 'Decode',
    owner: 'operator',
    text: 'Decode the encoded token with the OTP, on this machine and without a network.',
    challenge: 'Are all shares in, and is the encoded token kept?',
    response: 'All in, and kept. The operator decodes.',
  },
  {
    id: 'promote',
    title: 'Promote',
    owner: 'second person',
    text: 'Say how the old primary is kept away. Compare what the server reports with what was pinned. Two people promote, once.',
    challenge: 'Is the old primary fenced, and is this the cluster we mean?',
    response: 'Fenced, and it is. The second person types the cluster’s name.',
  },
  {
    id: 'watch',
    title: 'Watch',
    owner: 'operator',
    text: 'Watch until the cluster answers as primary. Nothing is sent again.',
    challenge: 'Does the cluster answer as primary?',
    response: 'The operator reads the node and the time aloud.',
  },
  {
    id: 'after',
    title: 'After',
    owner: 'operator',
    text: 'Delete the DR operation token on the server, prove that it is gone, and close the ceremony.',
    challenge: 'Is the DR operation token deleted, and what is still open?',
    response: 'The operator reads the proof and every open item aloud.',
  },
];
