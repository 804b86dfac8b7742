import type { Token } from '../../../../../shared/ceremony/state.ts';
import { tokenWords } from '../../../../../shared/ceremony/purpose.ts';
import { Notice } from '../../../components/Notice/Notice.tsx';
import { Trouble } from '../frame/Trouble.tsx';
import { useView } from '../view.ts';
import { TokenForDeletion, wantsVaultToken } from './TokenForDeletion.tsx';

type Way = Token['tried'][number]['how'];

/** What became of the token, with every way that was tried and failed. */
export function TokenFate({ token }: { token: Token }) {
  const { purpose } = useView().state;
  const name = tokenWords(purpose);
  const gone = purpose === 'root-token' ? 'revoked' : 'deleted';
  const { fate, tried } = token;
  const failed = tried.map(({ how, problem }, place) => (
    <Trouble
      key={place}
      problem={problem}
      title={purpose === 'root-token' ? 'Not revoked' : `Not deleted ${byWay[how]}`}
    />
  ));
  switch (fate.kind) {
    case 'kept':
      return null;
    case 'deleting':
      return <>{failed}</>;
    case 'not-deleted':
      return (
        <>
          {failed}
          {wantsVaultToken(token) && <TokenForDeletion />}
        </>
      );
    case 'deleted':
      return (
        <Notice
          tone="good"
          title={`The ${name} was ${gone}${purpose === 'root-token' ? '' : ` ${byWay[fate.how]}`}`}
        >
          <p>Proof: {fate.proof}</p>
        </Notice>
      );
    case 'left':
      return (
        <Notice tone="warning" title={`The ${name} was not ${gone}`}>
          <p>
            {fate.owner} {purpose === 'root-token' ? 'revokes' : 'deletes'} it. Why it was left:{' '}
            {fate.why}
          </p>
        </Notice>
      );
    case 'lost':
      return (
        <Notice tone="warning" title={`The ${name} can no longer be read`}>
          <p>It may still exist on the server, without expiry. Why: {fate.why}</p>
        </Notice>
      );
  }
}

const byWay: Readonly<Record<Way, string>> = {
  'delete-endpoint': 'through its delete endpoint',
  'revoke-self': 'by revoking itself',
};
