import { Button } from '../../components/Button/Button.tsx';
import { Row, Section } from '../../components/Layout/Layout.tsx';
import { Notice } from '../../components/Notice/Notice.tsx';
import { useHolder } from '../holder/use-holder.ts';

/** For whoever holds a share of a ceremony that another laptop conducts. */
export function HolderSection({ onOpen }: { onOpen: () => void }) {
  const { view } = useHolder();
  if (view?.kept)
    return (
      <Notice
        tone="danger"
        title={`An encoded token for ${view.kept.operator} waits on this laptop`}
        actions={
          <Button kind="primary" icon="forward" onPress={onOpen}>
            Hand it back
          </Button>
        }
      >
        <p>Vault has no copy of it: {view.kept.cluster} is promoted with it.</p>
      </Notice>
    );
  return (
    <Section title="I hold a share">
      <Row spread>
        <p>Another laptop conducts the ceremony, and you were sent an invitation.</p>
        <Button icon="key" onPress={onOpen}>
          Follow an invitation
        </Button>
      </Row>
    </Section>
  );
}
