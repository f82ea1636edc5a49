import type { TmxMemory, TmxText } from "../../../../files/tmx/types.ts";
import type { TranscriptLine } from "./transcript-lines.ts";

/** The translated lines as a translation memory, without those whose check found what must not be used. Names nobody. */
export function transcriptMemory(lines: readonly TranscriptLine[]): TmxMemory {
  const units = lines.flatMap(({ seq, at, said, translation, findings }) => {
    if (translation === undefined || findings.some(({ severity }) => severity === "blocking")) return [];
    return [
      {
        id: String(seq),
        created: at.toISOString(),
        variants: [
          { language: said.language, content: plain(said.text) },
          { language: translation.language, content: plain(translation.text) },
        ],
      },
    ];
  });
  return { source: "*all*", units };
}

const plain = (text: string): TmxText => ({ text, spans: [], atoms: [] });
