import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { dayAndTime, withLocalTimes } from '../../../app/time.ts';
import { Facts } from '../../../components/Facts/Facts.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { HeadWords } from '../frame/HeadWords.tsx';
import { Step } from '../frame/Step.tsx';
import { lasting } from '../phrases.ts';
import { useView } from '../view.ts';
import { DoorBelow } from './DoorBelow.tsx';
import styles from './Aftercare.module.css';
import { summaryOf } from './summary.ts';

/** What happened, in one look, and where the record is. */
export function Ended({ state }: { state: StateIn<'ended'> }) {
  const { onHome, records, info } = useView();
  const { people, shares, promotedAfterMs, token } = summaryOf(records);
  const { title, lead } =
    state.purpose !== 'dr-operation-token' && state.outcome === 'closed'
      ? closedFor[state.purpose]
      : endings[state.outcome];
  return (
    <Step
      title={title(state.cluster.name)}
      lead={lead}
      verb={{ label: 'Home', icon: 'home', onDo: onHome }}
      below={<DoorBelow />}
    >
      {state.openItems.length > 0 && (
        <Notice tone="warning" title="Still open">
          <ul className={styles.list}>
            {state.openItems.map((item) => (
              <li key={item}>{withLocalTimes(item)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Facts
        facts={[
          ['From', dayAndTime(state.openedAt)],
          ['To', `${dayAndTime(state.lastAt)}, after ${lasting(between(state))}`],
          ...(people ? [['Present', people] as const] : []),
          ...(shares.length > 0 ? [['Shares given by', shares.join(', ')] as const] : []),
          ...(promotedAfterMs === undefined
            ? []
            : [['It was away for', lasting(promotedAfterMs)] as const]),
          ...(token ? [['Token', token] as const] : []),
        ]}
      />
      <HeadWords />
      <Remarks
        title="Deviations"
        none="None was recorded."
        lines={state.deviations.map(
          ({ what, why, agreedBy }) => `${what} Why: ${why} Agreed by ${agreedBy}.`,
        )}
      />
      <Remarks
        title="Notes"
        none="None was added."
        lines={state.notes.map(({ by, note }) => `${by}: ${note}`)}
      />
      <Stack gap="tight">
        <h2>The record</h2>
        <p>
          All {records.length} lines are kept as <code>{state.id}.jsonl</code> in the folder{' '}
          <code>records</code> of <code>{info.dataFolder}</code>. It shows what changed since it was
          written; it does not prove that what people typed is true.
        </p>
      </Stack>
    </Step>
  );
}

function Remarks({
  title,
  none,
  lines,
}: {
  title: string;
  none: string;
  lines: readonly string[];
}) {
  return (
    <Stack gap="tight">
      <h2>{title}</h2>
      {lines.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul className={styles.list}>
          {lines.map((line, place) => (
            <li key={place}>{line}</li>
          ))}
        </ul>
      )}
    </Stack>
  );
}

const between = (state: StateIn<'ended'>): number =>
  Date.parse(state.lastAt) - Date.parse(state.openedAt);

/** A root token or unsealing, closed: nothing was promoted. */
const closedFor = {
  'root-token': {
    title: (name: string) => `The root token of ${name} is settled`,
    lead: 'What became of it is below. OTP, encoded token and the keys of this ceremony were removed from this laptop.',
  },
  unseal: {
    title: (name: string) => `The nodes of ${name} are settled`,
    lead: 'Each is unsealed, or was left out by name and reason. No share was kept.',
  },
} as const;

const endings: Readonly<
  Record<StateIn<'ended'>['outcome'], { title: (name: string) => string; lead: string }>
> = {
  closed: {
    title: (name) => `${name} was promoted, and the ceremony is closed`,
    lead: 'OTP, encoded token and the keys of this ceremony were removed from this laptop.',
  },
  cancelled: {
    title: () => 'The ceremony was ended before a token was made',
    lead: 'Nothing was promoted. No attempt of this ceremony is open on the server.',
  },
  superseded: {
    title: () => 'The ceremony was ended: another attempt took its place',
    lead: 'Nothing was promoted from here. Whose attempt it was stays to be found out.',
  },
  gone: {
    title: () => 'The ceremony was ended: the server knew no attempt',
    lead: 'Nothing was promoted from here.',
  },
  abandoned: {
    title: () => 'The ceremony was left before promote',
    lead: 'Nothing was promoted. What became of the token is below.',
  },
  left: {
    title: () => 'The ceremony was left unfinished',
    lead: 'Something stays open on the server: it is the first thing below.',
  },
};
