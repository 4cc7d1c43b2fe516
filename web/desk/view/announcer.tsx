import { announced } from '../core/announce.ts';

/** Says to screen readers what happens beside the open conversation. */
export function Announcer() {
  return (
    <p class="hidden" role="status">
      {announced.value}
    </p>
  );
}
