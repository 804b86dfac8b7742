import type { FieldErrors, NeighbourForm, ProfileForm } from './form.ts';
import { errorsAt, readLines, tlsErrors, tlsOf, type ReadAddress } from './read-parts.ts';

/** The site's other clusters as they were typed, for the schema to read, and what is wrong with them. */
export async function readOthers(
  form: Pick<ProfileForm, 'others' | 'name'>,
  readAddress: ReadAddress,
): Promise<{ neighbours: readonly object[]; errors: FieldErrors }> {
  const leaders = leadersIn(form.others);
  const read = await Promise.all(
    form.others.map(async (other, place) => {
      const nodes = await readLines(other.nodes, readAddress);
      const errors = {
        ...plainErrors(form, other, place),
        ...(nodes.error ? { nodes: nodes.error } : {}),
      };
      const { name, colour, role, tls } = other;
      const follows =
        role === 'dr-secondary' && leaders.includes(other.follows) ? other.follows : undefined;
      return {
        errors: {
          ...errorsAt(`others.${place}`, errors),
          ...(tls ? errorsAt(`others.${place}.tls`, { ...tlsErrors(tls) }) : {}),
        },
        neighbour: {
          name,
          colour,
          role,
          nodes: nodes.addresses,
          ...(follows === undefined ? {} : { follows }),
          ...(tls ? { tls: tlsOf(tls) } : {}),
        },
      };
    }),
  );
  return {
    neighbours: read.map(({ neighbour }) => neighbour),
    errors: read.reduce<FieldErrors>((all, { errors }) => ({ ...all, ...errors }), {}),
  };
}

function plainErrors(
  form: Pick<ProfileForm, 'others' | 'name'>,
  other: NeighbourForm,
  place: number,
): Record<string, string> {
  const errors: Record<string, string> = {};
  const name = other.name.trim();
  const before = [form.name, ...form.others.slice(0, place).map((one) => one.name)];
  if (name === '') errors['name'] = 'A name belongs here.';
  else if (before.some((taken) => taken.trim() === name))
    errors['name'] = 'Another cluster of this site has this name.';
  if (other.nodes.trim() === '')
    errors['nodes'] = 'At least one node belongs here, by its own address.';
  return errors;
}

/** The performance secondaries that a DR secondary could follow. */
export const leadersIn = (others: readonly NeighbourForm[]): readonly string[] => [
  ...new Set(
    others
      .filter(({ role, name }) => role === 'performance-secondary' && name.trim() !== '')
      .map(({ name }) => name.trim()),
  ),
];
