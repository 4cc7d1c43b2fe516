/** A short sound and a mark in the tab's title, for a reply that nobody is looking at. */
export interface Bell {
  ring(): void;
  /** Shows a text before the page's title while the page is hidden. */
  mark(text: string): void;
  stop(): void;
}

/** Makes the bell of a page. The sound is made here, so that nothing is fetched; browsers allow it once the visitor has touched the page. */
export function createBell(): Bell {
  let audio: AudioContext | undefined;
  let title: string | undefined;
  const restore = () => {
    if (document.hidden || title === undefined) return;
    document.title = title;
    title = undefined;
  };
  document.addEventListener('visibilitychange', restore);
  return {
    ring() {
      try {
        audio ??= new AudioContext();
        tone(audio, 660, 0);
        tone(audio, 880, 0.13);
      } catch {
        // No sound device: the mark and the number on the button remain.
      }
    },
    mark(text) {
      if (!document.hidden) return;
      title ??= document.title;
      document.title = text;
    },
    stop() {
      document.removeEventListener('visibilitychange', restore);
      if (title !== undefined) document.title = title;
      void audio?.close();
    },
  };
}

function tone(audio: AudioContext, frequency: number, after: number): void {
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  const begin = audio.currentTime + after;
  oscillator.frequency.value = frequency;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(0.12, begin + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.4);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(begin);
  oscillator.stop(begin + 0.45);
}
