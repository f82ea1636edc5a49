import { BadRequestError } from "../../errors.ts";

/** The bytes of a picture given as a data URL in base64 (RFC 2397). Throws `BadRequestError` for anything else. */
export function decodeImage(url: string): Uint8Array {
  const match = /^data:image\/[\w.+-]+;base64,([A-Za-z0-9+/\s]+=*\s*)$/.exec(url);
  try {
    if (match !== null) return Uint8Array.from(atob(match[1]!), (character) => character.charCodeAt(0));
  } catch {
    // The hint below says it all.
  }
  throw new BadRequestError(`"${url.slice(0, 40)}" is no picture as a data URL`, {
    hint: "write data:image/png;base64,…; tandem edit --changes also takes the name of a file",
  });
}
