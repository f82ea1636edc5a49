/** Who wrote a line of Zoom's saved chat, and to whom when not to everyone. */
export type ZoomAddress = {
  readonly sender: string;
  readonly recipient?: string;
  readonly isPrivate: boolean;
};

/**
 * Reads the label of Zoom's saved chat: `From Ann Lee to Everyone`, `From Ann Lee  to  Bob(Direct Message)`,
 * `From Ann Lee (Privately to Bob)` of older clients, and plain `From Ann Lee`.
 */
export function readZoomAddress(label: string | undefined): ZoomAddress | undefined {
  if (label === undefined || !/^from\s/i.test(label)) return undefined;
  const body = label.slice(5).trim();
  const old = /^(.{1,120}?)\s*\(privately(?:\s+to\s+([^()]{1,120}))?\)$/i.exec(body);
  if (old?.[1] !== undefined) return address(old[1], old[2], true);
  const at = body.search(/\sto\s/i);
  if (at < 1) return address(body, undefined, false);
  const recipient = body.slice(at).trim().slice(2).trim();
  const name = recipient.replace(/\s*\((?:direct message|privately)\)$/i, "").trim();
  const isPrivate = name !== recipient || !/^(?:everyone|all|all panelists|meeting group chat)\b/i.test(name);
  return address(body.slice(0, at), name, isPrivate);
}

function address(sender: string, recipient: string | undefined, isPrivate: boolean): ZoomAddress {
  return {
    sender: sender.trim(),
    isPrivate,
    ...(recipient === undefined ? {} : { recipient: recipient.trim() }),
  };
}
