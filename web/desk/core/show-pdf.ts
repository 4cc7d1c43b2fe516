import type { Refusal } from '../../../src/server/desk/protocol.ts';
import { explain } from './explain.ts';
import { asRefused, Refused } from './refused.ts';
import { tell } from './toast.ts';

/** Shows a PDF in a tab of its own, with the browser's own viewer: as bytes in memory, so that it is no page of ours and nothing of it stays. */
export async function showPdf(path: string): Promise<void> {
  // Opened while the click counts; after the fetch a browser would take it for a pop-up.
  const tab = window.open('about:blank');
  try {
    const answer = await fetch(path);
    if (!answer.ok) {
      const { code, message } = (await answer.json()) as Refusal;
      throw new Refused(code, answer.status, message);
    }
    const address = URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type: 'application/pdf' }));
    if (tab) tab.location.href = address;
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (error) {
    tab?.close();
    tell(explain(asRefused(error)), { bad: true });
  }
}
