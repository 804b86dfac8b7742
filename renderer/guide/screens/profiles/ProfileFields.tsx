import { shareWord } from '../../../../shared/profile.ts';
import { ruleSentences, siteRuleIds } from '../../../../shared/site-rules.ts';
import { Checkbox, RadioGroup } from '../../components/Choice/Choice.tsx';
import { Disclosure } from '../../components/Disclosure/Disclosure.tsx';
import { Field, TextArea } from '../../components/Field/Field.tsx';
import { Section, Stack } from '../../components/Layout/Layout.tsx';
import { CaField } from './CaField.tsx';
import { colourOptions } from './colour-options.tsx';
import type { FieldErrors, ProfileForm } from './form.ts';
import { OtherClusters } from './OtherClusters.tsx';
import { OwnTls } from './TlsFields.tsx';

export interface ProfileFieldsProps {
  readonly form: ProfileForm;
  readonly errors: FieldErrors;
  readonly onChange: (part: Partial<ProfileForm>) => void;
}

export function ProfileFields({ form, errors, onChange }: ProfileFieldsProps) {
  const rare = [
    form.clientCertFile,
    form.clientKeyFile,
    form.serverName,
    form.namespace,
    form.proxy,
  ];
  const rareErrors = [
    errors.clientCertFile,
    errors.clientKeyFile,
    errors.serverName,
    errors.namespace,
    errors.proxy,
  ];
  const rareOpen = rare.some((text) => text !== '') || rareErrors.some(Boolean);
  return (
    <Stack gap="wide">
      <Section title="The cluster">
        <Field
          label="Name"
          hint="As people say it. It is typed again before anything irreversible."
          value={form.name}
          error={errors.name}
          maxLength={80}
          onChange={(name) => onChange({ name })}
        />
        <RadioGroup
          label="Colour"
          hint="Shown with its shape wherever the name stands."
          layout="inline"
          options={colourOptions}
          value={form.colour}
          onChange={(colour) => onChange({ colour })}
        />
        <TextArea
          label="Nodes of the DR secondary"
          hint="Each node by its own address, one a line, such as https://vault-dr-1.example.net:8200. An attempt lives in one node's memory, so a load balancer's address does not do."
          value={form.nodes}
          error={errors.nodes}
          mono
          onChange={(nodes) => onChange({ nodes })}
        />
      </Section>

      <Section title="Its primary">
        <TextArea
          label="Nodes of the primary"
          optional
          hint="One a line. They are only looked at: whether the primary still answers before the promotion, and whether it comes back after it."
          rows={3}
          value={form.primaryNodes}
          error={errors.primaryNodes}
          mono
          onChange={(primaryNodes) => onChange({ primaryNodes })}
        />
        <RadioGroup
          label="The primary's seal"
          hint="The shares that are asked for are the primary's. Its seal decides what they are called."
          options={sealOptions}
          value={form.seal}
          error={errors.seal}
          onChange={(seal) => onChange({ seal })}
        />
        <OwnTls
          of="the primary"
          tls={form.primaryTls}
          errors={{
            caPem: errors['primaryTls.caPem'],
            serverName: errors['primaryTls.serverName'],
            clientCertFile: errors['primaryTls.clientCertFile'],
            clientKeyFile: errors['primaryTls.clientKeyFile'],
          }}
          onChange={(primaryTls) => onChange({ primaryTls })}
        />
      </Section>

      <Section title="The rest of the site">
        <Field
          label="Address that clients use"
          optional
          hint="A load balancer or a name. Nothing of a ceremony goes there; it shows at the end whether clients are served again."
          mono
          value={form.clientAddress}
          error={errors.clientAddress}
          onChange={(clientAddress) => onChange({ clientAddress })}
        />
        <p>
          Performance secondaries, and other DR secondaries: a failover leaves them standing, and
          they have to follow the new primary afterwards. They are shown on the map.
        </p>
        <OtherClusters
          others={form.others}
          errors={errors}
          onChange={(others) => onChange({ others })}
        />
      </Section>

      <Section title="Rules of the ceremony">
        {siteRuleIds.map((rule) => (
          <Checkbox
            key={rule}
            isSelected={form.rules[rule]}
            onChange={(kept) => onChange({ rules: { ...form.rules, [rule]: kept } })}
          >
            {ruleSentences[rule]}
          </Checkbox>
        ))}
        <p>On the night one rule can be set aside by a recorded deviation only.</p>
      </Section>

      <Section title="Certificates">
        <CaField
          value={form.caPem}
          error={errors.caPem}
          onChange={(caPem) => onChange({ caPem })}
        />
        <Disclosure title="Server name, client certificate, namespace, proxy" startsOpen={rareOpen}>
          <RareFields form={form} errors={errors} onChange={onChange} />
        </Disclosure>
      </Section>
    </Stack>
  );
}

function RareFields({ form, errors, onChange }: ProfileFieldsProps) {
  return (
    <>
      <Field
        label="Server name"
        optional
        hint="The name in the certificate, where it is not the one in the address."
        mono
        value={form.serverName}
        error={errors.serverName}
        onChange={(serverName) => onChange({ serverName })}
      />
      <Field
        label="Client certificate"
        optional
        hint="The path of a PEM file on this machine. It is read for each connection and never copied."
        mono
        value={form.clientCertFile}
        error={errors.clientCertFile}
        onChange={(clientCertFile) => onChange({ clientCertFile })}
      />
      <Field
        label="Client key"
        optional
        hint="The path of its key file."
        mono
        value={form.clientKeyFile}
        error={errors.clientKeyFile}
        onChange={(clientKeyFile) => onChange({ clientKeyFile })}
      />
      <Field
        label="Namespace"
        optional
        hint="Used on ordinary paths only. The ceremony's own paths belong to the root namespace."
        mono
        value={form.namespace}
        error={errors.namespace}
        onChange={(namespace) => onChange({ namespace })}
      />
      <Field
        label="Proxy"
        optional
        hint="Such as http://proxy.example.net:3128. While this is empty, none is used, whatever the environment says."
        mono
        value={form.proxy}
        error={errors.proxy}
        onChange={(proxy) => onChange({ proxy })}
      />
    </>
  );
}

const sealOptions = [
  {
    value: 'shamir' as const,
    label: 'Shamir',
    hint: `Holders are asked for their ${shareWord('shamir')}.`,
  },
  {
    value: 'auto-unseal' as const,
    label: 'Auto-unseal (KMS, HSM, transit)',
    hint: `Holders are asked for their ${shareWord('auto-unseal')}.`,
  },
];
