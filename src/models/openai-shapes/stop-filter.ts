/** Cuts a text that comes in pieces at the first stop sequence. */
export type StopFilter = {
  /** What of the text so far can be given on: the end that may begin a stop sequence is kept back. */
  readonly push: (piece: string) => { readonly text: string; readonly isStopped: boolean };
  /** What was kept back. */
  readonly end: () => string;
};

/** A filter over these sequences; empty ones never stop anything. */
export function stopFilter(sequences: readonly string[]): StopFilter {
  const stops = sequences.filter((stop) => stop !== "");
  let held = "";
  return {
    push: (piece) => {
      held += piece;
      const places = stops.map((stop) => held.indexOf(stop)).filter((place) => place >= 0);
      if (places.length > 0) {
        const text = held.slice(0, Math.min(...places));
        held = "";
        return { text, isStopped: true };
      }
      const kept = longestBeginning(held, stops);
      const text = held.slice(0, held.length - kept);
      held = held.slice(held.length - kept);
      return { text, isStopped: false };
    },
    end: () => {
      const text = held;
      held = "";
      return text;
    },
  };
}

/** How many letters at the end of the text may be the beginning of a stop sequence. */
function longestBeginning(text: string, stops: readonly string[]): number {
  let longest = 0;
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(stop.slice(0, length))) longest = length;
    }
  }
  return longest;
}
