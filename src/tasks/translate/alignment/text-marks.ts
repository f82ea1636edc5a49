/** Quotation marks of all kinds, as one word. */
export const quoteMark: RegExp = /^["'«»„“”‚‘’「」『』《》]$/;

/** Brackets that the text opens less those it closes. */
export function openBrackets(text: string): number {
  let open = 0;
  for (const letter of text)
    if ("([{（「『【《«".includes(letter)) open++;
    else if (")]}）」』】》»".includes(letter)) open--;
  return open;
}

/** Quotation marks of which one looks like the other. */
export function quoteCount(text: string): number {
  let count = 0;
  for (const letter of text) if ('"“”„'.includes(letter)) count++;
  return count;
}
