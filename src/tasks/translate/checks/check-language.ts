import { languageName } from "../language-tag.ts";
import type { CheckedPair, CheckFinding, IdentifyText } from "./check-types.ts";

/**
 * The finding that a translation is in another language, where it is long enough to tell and its source was surely text of
 * the source language.
 */
export async function checkLanguage(
  { source, target, from, to }: CheckedPair,
  identify: IdentifyText,
): Promise<CheckFinding[]> {
  const [expected, given] = [to.toLowerCase().split("-")[0]!, from.toLowerCase().split("-")[0]!];
  if ((target.match(/[\p{L}\p{M}]+/gu)?.length ?? 0) < 6 || expected === given) return [];
  const { language, isReliable } = await identify(target);
  if (!isReliable || areClose(language, expected)) return [];
  // A sentence that was no text of the source language to begin with (a list of names) says nothing.
  if ((await identify(source)).language !== given) return [];
  return [{ kind: "language", severity: "serious", text: `looks like ${languageName(language)}` }];
}

const close = ["es gl ca", "pt gl", "no nb nn da sv", "hr bs sr sl", "cs sk", "id ms", "bg mk", "af nl"];

function areClose(a: string, b: string): boolean {
  return a === b || close.some((group) => group.split(" ").includes(a) && group.split(" ").includes(b));
}
