import type { DeskMessage } from '../../../src/server/desk/talk-protocol.ts';
import { type Key, nameOf, say } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';

const icons: Record<string, IconName> = {
  pending: 'clock',
  sending: 'arrow',
  sent: 'check',
  uncertain: 'fault',
  failed: 'fault',
  withdrawn: 'close',
};

/** How far a reply got, in words; a failure with its reason. */
export function DeliveryMark({ delivery, failure }: { delivery: NonNullable<DeskMessage['delivery']>; failure?: string }) {
  const why = delivery === 'failed' && failure ? `: ${nameOf('failure', failure)}` : '';
  return (
    <span class={`delivery ${delivery}`} title={delivery === 'uncertain' ? say('delivery_uncertain_title') : undefined}>
      <Icon name={icons[delivery] ?? 'clock'} />
      {say(`delivery_${delivery}` as Key)}
      {why}
    </span>
  );
}
