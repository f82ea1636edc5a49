const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Raised digits in letters of their own: 10⁶ and "the rate was 12¹" must not become 106 and 121. Text with anything
 * else in it stays as it is.
 */
export function superscript(text: string): string {
  return /^\s*\d+\s*$/.test(text) ? text.trim().replace(/\d/g, (digit) => raised[Number(digit)]!) : text;
}
