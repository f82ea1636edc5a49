import { WireError } from "./wire-error.ts";

/** For an address or a method of a part of the API that nothing is served for. */
export function noSuchAddress(): WireError {
  return new WireError({ status: 404, code: "unknown_url", message: "Nothing is served at this address." });
}
