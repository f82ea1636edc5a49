import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits for a link or a header. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a token. Plain SHA-256 is enough for 256 random bits. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Compares two results of `hashToken` in a time that doesn't depend on them. */
export function isSameHash(hash: string, other: string): boolean {
  const [a, b] = [Buffer.from(hash, "hex"), Buffer.from(other, "hex")];
  return a.length === 32 && b.length === 32 && timingSafeEqual(a, b);
}

/** The token of `Authorization: Bearer …`. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer +([\w.~+/=-]{1,200})$/i.exec(header ?? "")?.[1];
}
