import { Document } from "docxmlater";
import { measureJob } from "./measure-job.js";

await measureJob(async (bytes) => {
  const document = await Document.loadFromBuffer(Buffer.from(bytes));
  document.replaceText("within thirty days of the order", "within fourteen days of the order");
  return document.toBuffer();
});
