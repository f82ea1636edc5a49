import { DOMParser, XMLSerializer } from "@xmldom/xmldom";
import JSZip from "jszip";
import { measureJob } from "./measure-job.js";

// The part is parsed to a tree, texts are changed, and the tree is written again.
await measureJob(async (bytes, edits) => {
  const afters = new Map(edits.map(({ before, after }) => [before, after]));
  const zip = await JSZip.loadAsync(bytes);
  const xml = await zip.file("word/document.xml").async("string");
  const tree = new DOMParser().parseFromString(xml, "text/xml");
  // A list of its own: the live one is gathered anew after each change.
  for (const text of Array.from(tree.getElementsByTagName("w:t"))) {
    const after = afters.get(text.textContent);
    if (after !== undefined) text.textContent = after;
  }
  zip.file("word/document.xml", new XMLSerializer().serializeToString(tree));
  return zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });
});
