import { hash, randomBytes } from "node:crypto";

/** A new secret: `tdm_` and 43 characters that carry 256 random bits. */
export function newSecret(): string {
  return `tdm_${randomBytes(32).toString("base64url")}`;
}

/** What is stored in place of a secret. A secret of 256 random bits needs no slow hash: it can't be guessed. */
export function hashSecret(secret: string): string {
  return hash("sha256", secret, "hex");
}
