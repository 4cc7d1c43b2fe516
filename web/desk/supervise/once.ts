import { useRef } from 'preact/hooks';

/** An act of a form or a button: what is asked for while it is under way, as by a double click, is not done a second time. */
export function useOnce(act: () => Promise<void>): (event: Event) => void {
  const busy = useRef(false);
  return (event) => {
    event.preventDefault();
    if (busy.current) return;
    busy.current = true;
    void act().finally(() => {
      busy.current = false;
    });
  };
}
