/** Samples a second that the server hears. */
export const heardRate = 16_000;

/**
 * Brings mono samples between -1 and 1 from `inputRate` to 16 kHz, 16 bit. Each output sample is the mean of the stretch of
 * input that it covers, which also keeps the worst aliases out. What is left of a block is carried to the next one.
 */
export function pcmEncoder(inputRate: number): (samples: Float32Array) => Int16Array {
  const step = inputRate / heardRate;
  let filled = 0;
  let sum = 0;
  return (samples) => {
    const out: number[] = [];
    for (const sample of samples) {
      let left = 1;
      while (left > 0) {
        const taken = Math.min(left, step - filled);
        sum += sample * taken;
        filled += taken;
        left -= taken;
        if (filled < step - 1e-9) break;
        out.push(toInt16(sum / step));
        filled = sum = 0;
      }
    }
    return Int16Array.from(out);
  };
}

const toInt16 = (sample: number): number => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767);

/** Samples as base64 of little-endian bytes, whatever the machine. */
export function toBase64(samples: Int16Array): string {
  const bytes = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, index) => {
    bytes.setInt16(index * 2, sample, true);
  });
  let text = "";
  for (let at = 0; at < bytes.byteLength; at += 1) text += String.fromCharCode(bytes.getUint8(at));
  return btoa(text);
}
