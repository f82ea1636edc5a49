const SHA256 = /^[0-9a-f]{64}$/;

/**
 * The SHA-256 that an index of files lists for a path (`en-pt/vocab.enpt.spm`), lower-case hex. Reads the usual forms: the
 * file's name as a key, beside the checksum in one object, or by role in two objects side by side. `undefined` when it
 * lists none.
 */
export function listedChecksum(index: unknown, path: string): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isName = (value: unknown): boolean =>
    typeof value === "string" && (value === name || value.endsWith(`/${name}`));
  const search = (value: unknown): string | undefined => {
    if (typeof value !== "object" || value === null) return undefined;
    const entries = Object.entries(value);
    for (const [key, inner] of entries) {
      if (isName(key)) return hashIn(inner) ?? search(inner);
    }
    if (entries.some(([, inner]) => isName(inner))) {
      const own = hashIn(Object.values(value).find((inner) => hashIn(inner) !== undefined));
      if (own !== undefined && entries.filter(([, inner]) => hashIn(inner)).length === 1) return own;
    }
    const byRole = hashByRole(entries, isName);
    if (byRole !== undefined) return byRole;
    for (const [, inner] of entries) {
      const found = search(inner);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(index);
}

function hashIn(value: unknown): string | undefined {
  if (typeof value === "string") return SHA256.test(value.toLowerCase()) ? value.toLowerCase() : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const hashes = Object.values(value).filter(
    (inner) => typeof inner === "string" && SHA256.test(inner.toLowerCase()),
  );
  return hashes.length === 1 ? hashIn(hashes[0]) : undefined;
}

/** `{ files: { model: "name" }, sha256: { model: "…" } }`. */
function hashByRole(
  entries: readonly (readonly [string, unknown])[],
  isName: (value: unknown) => boolean,
): string | undefined {
  const records = entries.flatMap(([, inner]) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? [inner as Record<string, unknown>]
      : [],
  );
  const role = records.flatMap((record) => Object.keys(record).filter((key) => isName(record[key])))[0];
  if (role === undefined) return undefined;
  const hash = records
    .map((record) => record[role])
    .find((value) => typeof value === "string" && SHA256.test(value));
  return hash as string | undefined;
}
