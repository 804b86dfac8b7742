import { inForce } from '../../../../../shared/ceremony/in-force.ts';
import { samePerson } from '../../../../../shared/ceremony/people.ts';
import type { Roster } from '../../../../../shared/ceremony/roster.ts';
import { isByBatchToken } from '../../../../../shared/ceremony/ways.ts';
import type { StateIn } from '../../../../../shared/ceremony/state.ts';
import { shareWord } from '../../../../../shared/profile.ts';
import { count } from '../../../app/time.ts';
import { useCall } from '../../../app/use-call.ts';
import { Field, TextArea } from '../../../components/Field/Field.tsx';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Step } from '../frame/Step.tsx';
import { useFields } from '../use-fields.ts';
import { useView } from '../view.ts';
import { draftOfPeople, draftOfRoster, faultOfLines, holdersIn } from './names.ts';
import { SiteRules } from './SiteRules.tsx';

/** Who takes part. The names go on the record; nobody's identity is proved by them. */
export function People({ state }: { state: StateIn<'roster' | 'ready'> }) {
  const { id, can, show } = useView();
  const call = useCall('ceremony.set-roster');
  const known = state.phase === 'ready' ? state.roster : undefined;
  const practice = state.cluster.kind === 'practice';
  const fields = useFields(draftOfPeople(id), startFrom(known, practice));
  const { operator, witness, holders } = fields.values;
  const { required } = state.preflight;
  const noHolders = isByBatchToken(state);
  const fault = noHolders ? undefined : faultOfLines(holders, required);
  const noSecond = noHolders && witness.trim() === '';
  const sameTwice =
    witness.trim() !== '' &&
    samePerson(witness, operator) &&
    inForce(state, 'operator-is-not-witness');

  const keep = () => {
    const right = {
      operator: operator.trim() !== '',
      witness: !sameTwice && !noSecond,
      holders: !fault,
    };
    if (!fields.check(right)) return;
    const roster: Roster = {
      operator: operator.trim(),
      holders: noHolders ? [] : holdersIn(holders),
      ...(witness.trim() ? { witness: witness.trim() } : {}),
    };
    void call.run({ id, roster }).then((result) => result.ok && show(undefined));
  };

  return (
    <Step
      owner="Operator"
      title="Who takes part"
      lead={
        practice
          ? 'The names go on the record. For practice some are filled in; change them as you like.'
          : 'The names go on the record, so write them as an auditor will look for them.'
      }
      problem={call.problem}
      problemTitle="The names were not kept"
      below={<SiteRules />}
      verb={{
        label: 'Keep these names',
        onDo: keep,
        busy: call.busy,
        closed: !can('set-roster'),
      }}
    >
      <Field
        label="Operator"
        hint="Who sits at this laptop."
        maxLength={120}
        value={operator}
        onChange={(text) => fields.set('operator', text)}
        error={fields.wrong('operator', 'Enter the name of whoever sits at this laptop.')}
      />
      <Field
        label={noHolders ? 'Second person' : 'Witness'}
        optional={!noHolders}
        hint="Who watches, and is the second person at the steps that cannot be undone."
        maxLength={120}
        value={witness}
        onChange={(text) => fields.set('witness', text)}
        error={fields.wrong(
          'witness',
          noSecond
            ? 'Enter the name of the second person: a batch token is used by two.'
            : 'The rule of this site: operator and witness are two people.',
        )}
      />
      {noHolders ? (
        <Notice title="No key holders are needed">
          <p>
            The batch token promotes by itself. If it is refused, the ceremony is next, and the
            holders are named then: it is good to have them on the way.
          </p>
        </Notice>
      ) : (
        <TextArea
          label="Key holders"
          hint={holdersHint(shareWord(state.cluster.seal), required)}
          rows={6}
          value={holders}
          onChange={(text) => fields.set('holders', text)}
          error={fields.wrong('holders', fault ?? '')}
        />
      )}
    </Step>
  );
}

const holdersHint = (word: string, required: number | undefined): string =>
  [
    `One on each line: everybody who may give one of the primary's ${word}s.`,
    'After the name, if wanted: organisation and custody bag, with semicolons, as in “Ana; Acme; 114”.',
    ...(required === undefined
      ? []
      : [`${count(required, 'share')} ${required === 1 ? 'is' : 'are'} needed.`]),
  ].join(' ');

function startFrom(roster: Roster | undefined, practice: boolean) {
  if (roster)
    return roster.holders.length === 0 && practice
      ? { ...draftOfRoster(roster), holders: practiceHolders }
      : draftOfRoster(roster);
  return practice
    ? { operator: 'Robin', witness: 'Wanda', holders: practiceHolders }
    : { operator: '', witness: '', holders: '' };
}

const practiceHolders = 'Ana\nBen\nChidi\nDana\nEmil';
