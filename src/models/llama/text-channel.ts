/** Carries pieces of text from a callback to one reader that waits for them. */
export class TextChannel {
  readonly #waiting: string[] = [];
  #isClosed = false;
  #wake: () => void = () => {};

  push(text: string): void {
    this.#waiting.push(text);
    this.#wake();
  }

  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (;;) {
      const text = this.#waiting.splice(0).join("");
      if (text !== "") yield text;
      else if (this.#isClosed) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
