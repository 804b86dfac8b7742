import type { ByHand } from '../../../../../shared/ceremony/by-hand.ts';
import { Command } from '../../../components/Command/Command.tsx';
import { Stack } from '../../../components/Layout/Layout.tsx';

/** What the server administrator does on every node, in order. */
export function DoorCommands({ steps }: { steps: readonly ByHand[] }) {
  return (
    <Stack>
      {steps.map((step, place) => (
        <Stack key={step.title} gap="tight">
          <p>
            <b>{place + 1}.</b> {step.title}
          </p>
          <Command label={place === 0 ? 'The line' : 'In a shell'} text={step.vault} />
        </Stack>
      ))}
    </Stack>
  );
}
