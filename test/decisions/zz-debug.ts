import { decisions } from "../../src/feedback/index.ts";
import { openFile, paragraphText } from "../../src/files/index.ts";
import { randomDocument } from "./random-document.ts";
import { decide, disturb, issueRandom } from "./simulate-return.ts";
const seed = Number(process.argv[2]);
const f = (await issueRandom("x", randomDocument(seed), seed))!;
const show = (b: Uint8Array) => openFile(b).paragraphs.map((p) => (p.markInserted? "+":"")+(p.markDeleted?"-":"")+paragraphText(p, "markup")).join("\n");
console.log("ISSUED\n" + show(f.bytes));
const r = decide(disturb(f));
console.log("\nRETURNED\n" + show(r.bytes), r.history);
for (const e of decisions(openFile(r.bytes), r.ledger)) {
  const t = r.truths.get(e.id)!;
  if (t.outcome !== e.outcome || process.argv[3]) console.log("\n", e.id, e.kind, JSON.stringify(e.before), "->", JSON.stringify(e.after), t, e.outcome, e.confidence, JSON.stringify(e.text), e.decidedBy);
}
