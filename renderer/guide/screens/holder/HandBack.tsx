import type { SubmitEvent } from 'react';
import type { HolderView } from '../../../../shared/contract/holder.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../components/Button/Button.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Facts } from '../../components/Facts/Facts.tsx';
import { Field, TextArea } from '../../components/Field/Field.tsx';
import { Stack } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { ProblemBox } from '../../components/ProblemBox/ProblemBox.tsx';
import { useFields } from '../ceremony/use-fields.ts';
import { Parcel } from '../offline/Parcel.tsx';

type Kept = NonNullable<HolderView['kept']>;

/** The encoded token that came back to this laptop: show it, hear that it arrived, forget it. */
export function HandBack({ kept }: { kept: Kept }) {
  if (kept.where === 'memory') return <KeepIt />;
  return (
    <Stack>
      <Notice tone="warning" title="It is kept in the keychain of this laptop">
        <p>
          Vault has no copy of it. It stays here, also when Keyturn is closed, until you say that it
          arrived.
        </p>
      </Notice>
      <Facts
        facts={[
          ['Cluster', kept.cluster],
          ['Ceremony', kept.ceremony],
          ['Last share', kept.holder],
        ]}
      />
      <Offer kept={kept} />
      {kept.offered && <Arrived to={kept.offered.to} />}
      <Forget />
    </Stack>
  );
}

/** The keychain refused, and nothing else goes on until it takes it. */
function KeepIt() {
  const keep = useCall('holder.keep-token');
  return (
    <Stack>
      <Notice tone="danger" title="It is in memory only: do not close Keyturn" announce>
        <p>The keychain did not take it. Unlock the keychain, then keep it.</p>
      </Notice>
      {keep.problem && <ProblemBox problem={keep.problem} title="It is still in memory only" />}
      <div>
        <Button
          kind="primary"
          size="large"
          icon="lock"
          busy={keep.busy}
          onPress={() => void keep.run(undefined)}
        >
          Keep the encoded token
        </Button>
      </div>
    </Stack>
  );
}

function Offer({ kept: { operator, offered } }: { kept: Kept }) {
  const offer = useCall('holder.offer-token');
  return (
    <>
      {offer.problem && <ProblemBox problem={offer.problem} title="It could not be shown" />}
      {offered && <Parcel name={offered.parcel} />}
      <div>
        <Button
          kind={offered ? 'plain' : 'primary'}
          size={offered ? 'normal' : 'large'}
          icon="eye"
          busy={offer.busy}
          onPress={() => void offer.run({ to: operator })}
        >
          {offered ? 'Make the codes again' : `Show it for ${operator}`}
        </Button>
      </div>
    </>
  );
}

function Arrived({ to }: { to: string }) {
  const handed = useCall('holder.token-handed');
  const fields = useFields('holder token handed', { by: '' });
  const { by } = fields.values;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (fields.check({ by: by.trim() !== '' })) void handed.run({ to, by: by.trim() });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Field
          label="Your name"
          hint={`You heard from ${to} that their screen shows it as read. It is then removed from this laptop.`}
          maxLength={120}
          value={by}
          onChange={(text) => fields.set('by', text)}
          error={fields.wrong('by', 'Who heard it? Enter a name.')}
        />
        {handed.problem && <ProblemBox problem={handed.problem} title="It is still kept here" />}
        <div>
          <Button type="submit" kind="primary" icon="check" busy={handed.busy}>
            {`${to} has it`}
          </Button>
        </div>
      </Stack>
    </form>
  );
}

/** The way out where nobody can use it any more. */
function Forget() {
  const forget = useCall('holder.forget-token');
  const fields = useFields('holder token forgotten', { by: '', why: '' });
  const { by, why } = fields.values;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (fields.check({ by: by.trim() !== '', why: why.trim() !== '' }))
      void forget.run({ by: by.trim(), why: why.trim() });
  };
  return (
    <Disclosure title="Nobody needs it any more">
      <form onSubmit={submit} noValidate>
        <Stack>
          <p>
            Without it nobody can read the DR operation token of that attempt, and the token exists
            on the server. That stays as an open item on the record.
          </p>
          <TextArea
            label="Why it is not needed"
            rows={2}
            maxLength={2000}
            value={why}
            onChange={(text) => fields.set('why', text)}
            error={fields.wrong('why', 'Say why, in a few words.')}
          />
          <Field
            label="Decided by"
            maxLength={120}
            value={by}
            onChange={(text) => fields.set('by', text)}
            error={fields.wrong('by', 'Who decides it? Enter a name.')}
          />
          {forget.problem && <ProblemBox problem={forget.problem} title="It is still kept here" />}
          <div>
            <Button type="submit" kind="danger" icon="trash" busy={forget.busy}>
              Forget the encoded token
            </Button>
          </div>
        </Stack>
      </form>
    </Disclosure>
  );
}
