import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/Button/Button.tsx';
import { RadioGroup, Select } from '../../components/Choice/Choice.tsx';
import { Field, TextArea } from '../../components/Field/Field.tsx';
import { Card, Row, Stack } from '../../components/Layout/Layout.tsx';
import { emptyNeighbour, type FieldErrors, type NeighbourForm } from './form.ts';
import { colourOptions } from './colour-options.tsx';
import { leadersIn } from './read-others.ts';
import { OwnTls } from './TlsFields.tsx';

export interface OtherClustersProps {
  readonly others: readonly NeighbourForm[];
  readonly errors: FieldErrors;
  readonly onChange: (others: NeighbourForm[]) => void;
}

/** The clusters of the site that a failover leaves standing: added, described, taken away. */
export function OtherClusters({ others, errors, onChange }: OtherClustersProps) {
  const list = useRef<HTMLDivElement>(null);
  const [added, setAdded] = useState(0);
  // A cluster that was just added is the next thing to type.
  useEffect(() => {
    if (added > 0)
      list.current?.querySelector<HTMLElement>('[data-cluster]:last-of-type input')?.focus();
  }, [added]);

  return (
    <Stack>
      <div ref={list}>
        <Stack>
          {others.map((other, place) => (
            <OtherCluster
              key={place}
              place={place}
              other={other}
              others={others}
              errors={errors}
              onChange={(changed) => onChange(replaced(others, place, changed))}
              onRemove={() => {
                onChange(others.filter((_, n) => n !== place));
                list.current?.parentElement
                  ?.querySelector<HTMLElement>('[data-add] button')
                  ?.focus();
              }}
            />
          ))}
        </Stack>
      </div>
      <div data-add>
        <Row>
          <Button
            icon="plus"
            isDisabled={others.length >= 50}
            onPress={() => {
              onChange([...others, emptyNeighbour]);
              setAdded(added + 1);
            }}
          >
            Add another cluster of this site
          </Button>
        </Row>
      </div>
    </Stack>
  );
}

function OtherCluster({
  place,
  other,
  others,
  errors,
  onChange,
  onRemove,
}: {
  place: number;
  other: NeighbourForm;
  others: readonly NeighbourForm[];
  errors: FieldErrors;
  onChange: (other: NeighbourForm) => void;
  onRemove: () => void;
}) {
  const name = other.name.trim() || `cluster ${place + 1}`;
  const change = (part: Partial<NeighbourForm>) => onChange({ ...other, ...part });
  const leaders = leadersIn(others.filter((one) => one !== other));
  const follows = leaders.includes(other.follows) ? other.follows : '';
  return (
    <fieldset data-cluster>
      <legend className="visually-hidden">{`Other cluster: ${name}`}</legend>
      <Card>
        <Field
          label={`Name of cluster ${place + 1}`}
          value={other.name}
          error={errors[`others.${place}.name`]}
          maxLength={80}
          onChange={(text) => change({ name: text })}
        />
        <RadioGroup
          label={`What ${name} is`}
          options={roleOptions}
          value={other.role}
          onChange={(role) => change({ role })}
        />
        {other.role === 'dr-secondary' && (
          <Select
            label={`${name} follows`}
            options={[
              { value: '', label: 'The primary' },
              ...leaders.map((leader) => ({ value: leader, label: leader })),
            ]}
            value={follows}
            onChange={(leader) => change({ follows: leader })}
          />
        )}
        <Select
          label={`Colour of ${name}`}
          options={colourOptions.map(({ value, label }) => ({ value, label }))}
          value={other.colour}
          onChange={(colour) => change({ colour })}
        />
        <TextArea
          label={`Nodes of ${name}`}
          hint="Each by its own address, one a line. They are only looked at."
          rows={3}
          mono
          value={other.nodes}
          error={errors[`others.${place}.nodes`]}
          onChange={(nodes) => change({ nodes })}
        />
        <OwnTls
          of={name}
          tls={other.tls}
          errors={{
            caPem: errors[`others.${place}.tls.caPem`],
            serverName: errors[`others.${place}.tls.serverName`],
            clientCertFile: errors[`others.${place}.tls.clientCertFile`],
            clientKeyFile: errors[`others.${place}.tls.clientKeyFile`],
          }}
          onChange={(tls) => change({ tls })}
        />
        <Row>
          <Button icon="trash" onPress={onRemove} label={`Take it off the description: ${name}`}>
            Take it off
          </Button>
        </Row>
      </Card>
    </fieldset>
  );
}

/** A performance secondary that gets another name keeps its followers. */
function replaced(
  others: readonly NeighbourForm[],
  place: number,
  changed: NeighbourForm,
): NeighbourForm[] {
  const before = others[place]?.name.trim() ?? '';
  const after = changed.name.trim();
  return others.map((one, n) => {
    if (n === place) return changed;
    return before !== '' && one.follows === before ? { ...one, follows: after } : one;
  });
}

const roleOptions = [
  {
    value: 'performance-secondary' as const,
    label: 'A performance secondary',
    hint: 'It serves clients of its own and follows the primary.',
  },
  {
    value: 'dr-secondary' as const,
    label: 'A DR secondary',
    hint: 'It waits behind the primary or behind a performance secondary.',
  },
];
