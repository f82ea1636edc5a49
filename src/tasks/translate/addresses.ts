const address = /\b(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+(?:\.[\w-]+)+\/\S*/giu;

/** Web and mail addresses of a text, without the punctuation behind them. */
export function addressesOf(text: string): string[] {
  return (text.match(address) ?? []).map((each) => each.replace(/[.,;:!?)\]}'"»”’]+$/u, ""));
}

/** The text without them. */
export function withoutAddresses(text: string): string {
  return text.replace(address, "");
}
