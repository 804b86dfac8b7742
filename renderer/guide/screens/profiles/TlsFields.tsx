import { RadioGroup } from '../../components/Choice/Choice.tsx';
import { Field } from '../../components/Field/Field.tsx';
import { CaField } from './CaField.tsx';
import { emptyTls, type TlsForm } from './form.ts';

export interface OwnTlsProps {
  /** Absent: as the DR secondary's. */
  readonly tls: TlsForm | undefined;
  readonly errors: Partial<Record<keyof TlsForm, string | undefined>>;
  readonly onChange: (tls: TlsForm | undefined) => void;
  /** Whose certificates these are, such as "the primary": two fields of one page have two names. */
  readonly of: string;
}

/** Whether another cluster shows itself as the DR secondary does; where not, how. */
export function OwnTls({ tls, errors, onChange, of }: OwnTlsProps) {
  return (
    <>
      <RadioGroup
        label={`Certificates of ${of}`}
        layout="inline"
        options={[
          { value: 'same', label: 'As the DR secondary’s' },
          { value: 'own', label: 'Its own' },
        ]}
        value={tls === undefined ? 'same' : 'own'}
        onChange={(chosen) => onChange(chosen === 'own' ? (tls ?? emptyTls) : undefined)}
      />
      {tls && (
        <>
          <CaField
            label={`CA certificates of ${of}`}
            value={tls.caPem}
            error={errors.caPem}
            onChange={(caPem) => onChange({ ...tls, caPem })}
          />
          <FileFields tls={tls} errors={errors} onChange={onChange} of={of} />
        </>
      )}
    </>
  );
}

function FileFields({ tls, errors, onChange, of }: OwnTlsProps & { readonly tls: TlsForm }) {
  return (
    <>
      <Field
        label={`Server name of ${of}`}
        optional
        hint="The name in the certificate, where it is not the one in the address."
        mono
        value={tls.serverName}
        error={errors.serverName}
        onChange={(serverName) => onChange({ ...tls, serverName })}
      />
      <Field
        label={`Client certificate for ${of}`}
        optional
        hint="The path of a PEM file on this machine."
        mono
        value={tls.clientCertFile}
        error={errors.clientCertFile}
        onChange={(clientCertFile) => onChange({ ...tls, clientCertFile })}
      />
      <Field
        label={`Client key for ${of}`}
        optional
        hint="The path of its key file."
        mono
        value={tls.clientKeyFile}
        error={errors.clientKeyFile}
        onChange={(clientKeyFile) => onChange({ ...tls, clientKeyFile })}
      />
    </>
  );
}
