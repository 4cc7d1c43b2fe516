import { Fault } from '../errors.ts';
import type { Channel } from './channel.ts';

/**
 * Throws a Fault where a channel's settings name a department that nobody is: what comes there would go to another without a word. Knowledge without departments
 * has nothing to compare with. `existing`: their ids.
 */
export function checkDepartments(channels: Pick<Channel, 'departments'>[], existing: string[]): void {
  if (existing.length === 0) return;
  for (const { departments } of channels)
    for (const id of departments?.ids ?? [])
      if (!existing.includes(id))
        throw new Fault(
          'config.invalid',
          `${departments?.setting}: there is no department called ${id}.`,
          `departments.yaml has ${existing.join(', ')}.`,
        );
}
