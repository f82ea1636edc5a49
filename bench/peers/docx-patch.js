import { PatchType, patchDocument, TextRun } from "docx";
import { measureJob } from "./measure-job.js";

// The words are taken as a placeholder, which is the only edit this library makes in a document that exists.
await measureJob((data) =>
  patchDocument({
    outputType: "uint8array",
    data,
    patches: {
      "thirty days": {
        type: PatchType.PARAGRAPH,
        children: [new TextRun("Delivery takes place within fourteen days of the order.")],
      },
    },
    placeholderDelimiters: { start: "Delivery takes place within ", end: " of the order." },
    keepOriginalStyles: true,
  }),
);
