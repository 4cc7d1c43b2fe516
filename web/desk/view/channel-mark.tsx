import { nameOf } from '../words.ts';
import { Icon, type IconName } from './icon.tsx';

// A channel that is not here is shown by its name alone.
const icons: Record<string, IconName> = { web: 'chat', telegram: 'plane', discord: 'hash', email: 'mail' };

/** Where a contact writes from: a small picture, and its name for who cannot see it. */
export function ChannelMark({ channel, worded }: { channel: string; worded?: boolean }) {
  const icon = icons[channel];
  const name = nameOf('channel', channel);
  return (
    <span class="channel" title={worded ? undefined : name}>
      {icon && <Icon name={icon} />}
      <span class={icon && !worded ? 'hidden' : ''}>{name}</span>
    </span>
  );
}
