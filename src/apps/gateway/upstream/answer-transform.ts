/** Changes an answer on its way, where a policy wants it (masked text put back, filter results added). */
export type AnswerTransform = {
  /** A whole answer's body. */
  readonly answer: (body: Buffer) => Buffer;
  /** Frames of a stream; a frame may become none or several. */
  readonly frames: (frames: readonly Buffer[]) => readonly Buffer[];
};
