import { readTranscript } from "../src/files/index.ts";
import { openPackage, readPart } from "../src/files/opc/opc-package.ts";
import { decodePart, encodePart } from "../src/files/opc/part-text.ts";
import { scanXml } from "../src/files/xml/scan-xml.ts";
import { editWithTandem } from "./edit-job.ts";
import { measure } from "./measure.ts";

const part = "/word/document.xml";

export type FilesResult = {
  readonly partBytes: number;
  /** Open, one tracked edit and save, in milliseconds. */
  readonly edit: number;
  /** Inflating, scanning and deflating the part alone. */
  readonly floor: number;
  readonly inflate: number;
  readonly scan: number;
  readonly deflate: number;
};

/** Our edit of the large document beside what no editor can do without, in one process. */
export function measureFiles(bytes: Uint8Array): FilesResult {
  const opc = openPackage(bytes);
  const data = readPart(opc, part);
  const text = decodePart(data, part);
  const times = measure(
    {
      edit: () => editWithTandem(bytes),
      floor: () => {
        const read = decodePart(readPart(openPackage(bytes), part), part);
        scanXml(read.text);
        opc.codec.deflate(encodePart(read));
      },
      inflate: () => decodePart(readPart(opc, part), part),
      scan: () => scanXml(text.text),
      deflate: () => opc.codec.deflate(encodePart(text)),
    },
    15,
  );
  return { partBytes: data.length, ...times };
}

/** Reading a call of three hours: milliseconds and the number of cues. */
export function measureTranscript(): { readonly milliseconds: number; readonly cues: number } {
  const time = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 23);
  const cues = Array.from({ length: 5000 }, (_, index) => {
    const start = index * 2.1;
    const speaker = index % 3 === 0 ? "Ada Byron" : "Grace Murray";
    return `${time(start)} --> ${time(start + 2)}\n<v ${speaker}>We will send item ${index} by the end of next week.</v>\n`;
  });
  const vtt = `WEBVTT\n\n${cues.join("\n")}`;
  const found = readTranscript(vtt).cues.length;
  return { milliseconds: measure({ read: () => readTranscript(vtt) }, 9).read, cues: found };
}
