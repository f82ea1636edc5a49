/** A small model for speech that Tandem knows how to get: one file inside a Python package. */
export type SpeechCatalogueEntry = {
  /** As in `tandem models pull speech:vad`. */
  readonly id: string;
  readonly title: string;
  readonly license: string;
  /** Name in the cache folder's `speech`. */
  readonly fileName: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly wheel: {
    readonly package: string;
    readonly version: string;
    readonly wheelBytes: number;
    readonly member: string;
  };
};

/** Tells speech from other sounds; runs in sherpa-onnx. */
export const VAD_MODEL: SpeechCatalogueEntry = {
  id: "vad",
  title: "Silero VAD 6.2",
  license: "MIT",
  fileName: "silero_vad.onnx",
  bytes: 2_327_524,
  sha256: "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
  wheel: {
    package: "silero-vad",
    version: "6.2.3",
    wheelBytes: 11_317_527,
    member: "silero_vad/data/silero_vad.onnx",
  },
};

/** Recognisers themselves are the person's own: none is small, good and free to hand on in a package. */
export const SPEECH_CATALOGUE: readonly SpeechCatalogueEntry[] = [VAD_MODEL];
