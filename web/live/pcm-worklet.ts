// Runs in the browser's audio thread; its globals are not in TypeScript's libraries.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** About an eighth of a second at 48 kHz: a message for each block of 128 samples would be 375 a second. */
const batch = 6_144;

class PcmTap extends AudioWorkletProcessor {
  private samples = new Float32Array(batch);
  private filled = 0;

  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    const block = inputs[0]?.[0];
    if (block === undefined) return true;
    if (this.filled + block.length > batch) this.flush();
    this.samples.set(block, this.filled);
    this.filled += block.length;
    return true;
  }

  private flush(): void {
    this.port.postMessage(this.samples.slice(0, this.filled));
    this.filled = 0;
  }
}

registerProcessor("pcm-tap", PcmTap);
