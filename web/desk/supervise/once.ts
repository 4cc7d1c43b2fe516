import { useRef } from 'preact/hooks';

/** Acts of one place one after another: what is asked for while one is under way, as by a double click, is not done a second time. */
export function useOnce(): (act: () => Promise<void>) => Promise<void> {
  const busy = useRef(false);
  return async (act) => {
    if (busy.current) return;
    busy.current = true;
    try {
      await act();
    } finally {
      busy.current = false;
    }
  };
}
