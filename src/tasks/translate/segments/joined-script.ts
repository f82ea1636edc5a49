/** True for a character of a script that is written without blanks between sentences, and for its punctuation. */
export function isJoinedScript(character: string | undefined): boolean {
  return (
    character !== undefined &&
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff01-\uff60“”‘’—…]/u.test(
      character,
    )
  );
}
