type Now<T> = T | Promise<T>;

/** Changes one answer on its way to the caller, where a policy wants it. */
export type AnswerTransform = {
  /** A whole answer's JSON. */
  readonly answer: (json: string) => Now<string>;
  /** Frames of a stream, in order; some may be held back for a while, then they come with later ones. */
  readonly frames: (frames: readonly Buffer[]) => Now<readonly Buffer[]>;
  /** What was held when the stream ended. */
  readonly end: () => Now<readonly Buffer[]>;
};

/** One transform after the other. */
export function inOrder(transforms: readonly AnswerTransform[]): AnswerTransform {
  return {
    answer: async (json) => {
      let changed = json;
      for (const { answer } of transforms) changed = await answer(changed);
      return changed;
    },
    frames: async (frames) => {
      let changed = frames;
      for (const each of transforms) changed = await each.frames(changed);
      return changed;
    },
    end: async () => {
      let rest: readonly Buffer[] = [];
      for (const each of transforms) {
        const passed = rest.length === 0 ? [] : await each.frames(rest);
        rest = [...passed, ...(await each.end())];
      }
      return rest;
    },
  };
}
