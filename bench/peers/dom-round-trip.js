import { DOMParser, XMLSerializer } from "@xmldom/xmldom";
import JSZip from "jszip";
import { measureJob } from "./measure-job.js";

// The part is parsed to a tree, one text is changed, and the tree is written again.
await measureJob(async (bytes) => {
  const zip = await JSZip.loadAsync(bytes);
  const xml = await zip.file("word/document.xml").async("string");
  const tree = new DOMParser().parseFromString(xml, "text/xml");
  const texts = tree.getElementsByTagName("w:t");
  for (let index = 0; index < texts.length; index++) {
    const text = texts.item(index);
    if (text.textContent.includes("within thirty days of the order")) {
      text.textContent = text.textContent.replace("thirty", "fourteen");
      break;
    }
  }
  zip.file("word/document.xml", new XMLSerializer().serializeToString(tree));
  return zip.generateAsync({ type: "uint8array", compression: "DEFLATE" });
});
