/** What left, to whom, for which job. The text itself is not kept. */
export type EgressRecord = {
  readonly job: string;
  readonly provider: string;
  readonly target: string;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly at: Date;
};

/** Where it is written down. */
export interface EgressLedger {
  record(entry: EgressRecord): void | Promise<void>;
}

export type RecordingFetchOptions = Pick<EgressRecord, "job" | "provider" | "target"> & {
  readonly ledger: EgressLedger;
  readonly now: () => Date;
  /** Defaults to the global one. */
  readonly fetch?: typeof fetch;
};

/**
 * A `fetch` that writes down the exact bytes of each request's body before they are sent; what cannot be written down is
 * not sent. Give it to a connector (`fetch` in its options).
 */
export function recordingFetch(options: RecordingFetchOptions): typeof fetch {
  const { ledger, now, job, provider, target } = options;
  const send = options.fetch ?? fetch;
  return async (input, init) => {
    const given = input instanceof Request ? input : undefined;
    const body = init?.body ?? given?.body ?? undefined;
    if (body === undefined || body === null) return send(input, init);
    // A form or a stream becomes bytes once, so that what is counted is what is sent.
    const encoded = new Response(body);
    const bytes = new Uint8Array(await encoded.arrayBuffer());
    const headers = new Headers(init?.headers ?? given?.headers);
    const type = encoded.headers.get("content-type");
    if (!headers.has("content-type") && type !== null) headers.set("content-type", type);
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    await ledger.record({ job, provider, target, sha256, bytes: bytes.length, at: now() });
    return send(input, { ...init, headers, body: bytes });
  };
}
