import { mayDemote } from '../../shared/ceremony/fold-preflight.ts';
import { Trouble } from '../../shared/problem.ts';
import type { Errand } from './entry-desk.ts';
import type { GuideCalls, Office } from './handlers.ts';

const sizes = {
  'share-entry': { title: 'Keyturn: give a share', width: 720, height: 780 },
  'secret-entry': { title: 'Keyturn: one secret', width: 720, height: 640 },
  promote: { title: 'Keyturn: promote', width: 760, height: 820 },
  scan: { title: 'Keyturn: read a code', width: 720, height: 780 },
} as const;

const shownIn = {
  'show-otp': 'collecting',
  'show-encoded': 'complete',
  'show-root-token': 'in-hand',
} as const;

/** The guide may ask for an isolated page to be opened or closed; what happens there it never sees. */
export function surfaceCalls(office: Office): GuideCalls<'surface'> {
  const { host, ceremonies } = office;
  return {
    'surface.open-share-entry': async ({ id }) => {
      await mustBe(id, 'collecting', 'unsealing');
      await open({ surface: 'share-entry', id });
    },
    'surface.open-promote': async ({ id }) => {
      await mustBe(id, 'decoded', 'armed', 'watching');
      await open({ surface: 'promote', id });
    },
    'surface.open-secret-entry': async ({ id, what }) => {
      switch (what.kind) {
        case 'vault-token':
        case 'otp':
          return open({ surface: 'secret-entry', id, what: what.kind });
        case 'pgp-key':
          await mustBe(id, 'complete');
          return open({ surface: 'secret-entry', id, what: 'pgp-key' });
        case 'pin':
          await mustBe(id, 'ready');
          return open({ surface: 'secret-entry', id, what: 'pin', person: what.person });
        case 'show-otp':
        case 'show-encoded':
        case 'show-root-token':
          await mustBe(id, shownIn[what.kind]);
          return open({
            surface: 'secret-entry',
            id,
            what: what.kind,
            to: what.to,
            agreedBy: what.agreedBy,
          });
        case 'after': {
          const { task } = what;
          const { state } = await ceremonies.take(id);
          const { name } = state.cluster;
          if (task.kind !== 'snapshot' || !mayDemote(state)) await mustBe(id, 'aftercare');
          if (task.kind === 'demote' && task.typed.trim() !== name)
            throw new Trouble(otherName(name));
          return open({ surface: 'secret-entry', id, what: 'after', task });
        }
        case 'demote': {
          const { by, secondPerson } = what;
          const { cluster } = (await ceremonies.take(id)).state;
          if (what.typed.trim() !== cluster.name) throw new Trouble(otherName(cluster.name));
          return open({ surface: 'secret-entry', id, what: 'demote', by, secondPerson });
        }
      }
    },
    'surface.close': ({ surface }) =>
      surface === 'guide' ? Promise.resolve() : host.closeSurface(surface),
  };

  function open(errand: Errand): Promise<void> {
    return openEntry(office, errand);
  }

  async function mustBe(
    id: Parameters<typeof ceremonies.take>[0],
    ...phases: readonly string[]
  ): Promise<void> {
    const { phase } = (await ceremonies.take(id)).state;
    if (phases.includes(phase)) return;
    throw new Trouble({
      code: 'rule.not-now',
      known: `This page has no use in the phase "${phase}".`,
      safe: 'No page was opened.',
      next: 'Go on with the step that is shown now.',
    });
  }
}

/** The same errand again shows its page, with what is typed there. Another destroys it first: no page serves two. */
export async function openEntry(
  { host, entries }: Pick<Office, 'host' | 'entries'>,
  errand: Errand,
): Promise<void> {
  if (!host.isOpen(errand.surface) || !entries.serves(errand))
    await host.closeSurface(errand.surface);
  entries.assign(errand);
  await host.openSurface(errand.surface, sizes[errand.surface]);
  host.push('guide', 'surface.state', { surface: errand.surface, open: true });
}

const otherName = (name: string) =>
  ({
    code: 'input.invalid',
    known: `The name typed is not "${name}".`,
    safe: 'No page was opened, and nothing was demoted.',
    next: 'Type the cluster’s name exactly as it stands on top, or leave this step.',
  }) as const;
