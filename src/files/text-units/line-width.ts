/** Columns that a text takes where East Asian characters take two and combining marks none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text)
    columns += isWide(character) ? 2 : /\p{Mn}|\p{Me}|\p{Cf}/u.test(character) ? 0 : 1;
  return columns;
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function isWide(character: string): boolean {
  return wide.test(character);
}

/** True for a character of a script that needs no blank between words; Korean does. */
export function isIdeographic(character: string | undefined): boolean {
  return (
    character !== undefined &&
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff01-\uff60]/u.test(
      character,
    )
  );
}

/** What parts two lines of a paragraph once they are one: nothing between ideographs, else a blank. */
export function lineJoint(before: string, after: string): string {
  return isIdeographic(before.at(-1)) && isIdeographic(after[0]) ? "" : " ";
}
