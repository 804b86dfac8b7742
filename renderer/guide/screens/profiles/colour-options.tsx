import { colours } from '../../../../shared/profile.ts';
import { ClusterMark, shapeNames } from '../../components/icons/ClusterMark.tsx';

/** The colours a cluster can have, each with its shape. */
export const colourOptions = colours.map((colour) => ({
  value: colour,
  label: `${colour.charAt(0).toUpperCase()}${colour.slice(1)} ${shapeNames[colour]}`,
  mark: <ClusterMark colour={colour} size={1.25} />,
}));
