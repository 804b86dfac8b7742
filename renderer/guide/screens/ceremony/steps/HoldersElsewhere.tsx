import { useDraft } from '../../../app/drafts.tsx';
import { useCall } from '../../../app/use-call.ts';
import { Button } from '../../../components/Button/Button.tsx';
import { Disclosure } from '../../../components/Disclosure/Disclosure.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';
import { ProblemBox } from '../../../components/ProblemBox/ProblemBox.tsx';
import { useView } from '../view.ts';
import { MakeInvitation } from './MakeInvitation.tsx';

/**
 * For holders who sit elsewhere: the invitation goes there, the sealed share comes back. It stays open,
 * with its codes, while one share after the other is given.
 */
export function HoldersElsewhere({ owner }: { owner: string | undefined }) {
  const { id, can, isOpen } = useView();
  const open = useCall('desk.open');
  const [used, setUsed] = useDraft(`${id} holders elsewhere`, false, isFlag);
  return (
    <Disclosure title="A holder is elsewhere: invite, and take a sealed share" startsOpen={used}>
      <Stack>
        <p>
          The invitation says which attempt is meant and which key a share may be sealed to. It has
          no secret and stands for four hours. The holder reads it in their own Keyturn.
          {owner !== undefined &&
            ` It says that ${owner} started the attempt, and alone can read its token.`}
        </p>
        <MakeInvitation closed={!can('give-share')} onMade={() => setUsed(true)} />
        <p>
          A holder whose laptop reaches Vault gives the share from there: it is seen here within
          seconds, and asked whose it is. Otherwise the holder’s laptop shows the share sealed, as
          QR codes or a file. That is opened here, once, and given to Vault like any other share.
        </p>
        <div>
          <Button
            icon="lock"
            busy={open.busy}
            isDisabled={!can('give-share')}
            onPress={() => {
              setUsed(true);
              void open.run({ page: 'scan', purpose: { kind: 'sealed-share', id } });
            }}
          >
            Read a sealed share
          </Button>
        </div>
        <p role="status">{isOpen('scan') && 'The reading page is open in its own window.'}</p>
        {open.problem && <ProblemBox problem={open.problem} title="The page did not open" />}
      </Stack>
    </Disclosure>
  );
}

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
