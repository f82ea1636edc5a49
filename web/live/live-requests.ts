import type {
  AvailabilityAnswer,
  AvailabilityRequest,
} from "../../src/apps/server/protocol/live-requests.ts";

export type TranscriptFormat = "docx" | "vtt" | "tmx" | "txt";

/** An address of the server, which may live below a path: the page is at `<server>/live/`. */
export const serverUrl = (path: string, page: string): string => new URL(`../api/live/${path}`, page).href;

/** The socket's address: `wss:` for a page over https. */
export const socketUrl = (page: string): string => serverUrl("socket", page).replace(/^http/u, "ws");

export type LiveRequests = {
  transcript(format: TranscriptFormat): Promise<void>;
  invitation(): Promise<void>;
  sendAvailability(availability: AvailabilityRequest): Promise<AvailabilityAnswer>;
};

/** Requests beside the socket. They carry the token in a header, so that it is in no address and in no log. */
export function liveRequests(token: string, page: string): LiveRequests {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const type = init.body === undefined ? {} : { "content-type": "application/json" };
    const headers = { authorization: `Bearer ${token}`, ...type };
    const answer = await fetch(serverUrl(path, page), { ...init, headers, cache: "no-store" });
    if (!answer.ok) throw new Error(await refusalOf(answer));
    return answer;
  }
  return {
    transcript: async (format) => saveFile(await ask(`transcript?format=${format}`), `transcript.${format}`),
    invitation: async () => saveFile(await ask("invitation.ics"), "invitation.ics"),
    async sendAvailability(availability) {
      const answer = await ask("availability", { method: "POST", body: JSON.stringify(availability) });
      return (await answer.json()) as AvailabilityAnswer;
    },
  };
}

/** The server's own sentence, else the status. */
async function refusalOf(answer: Response): Promise<string> {
  const plain = `${answer.status} ${answer.statusText}`.trim();
  try {
    const { error } = (await answer.json()) as { readonly error?: { readonly message?: unknown } };
    return typeof error?.message === "string" ? error.message : plain;
  } catch {
    return plain;
  }
}

async function saveFile(answer: Response, standardName: string): Promise<void> {
  const given = /filename="([^"\\/]+)"/u.exec(answer.headers.get("content-disposition") ?? "")?.[1];
  const url = URL.createObjectURL(await answer.blob());
  const link = Object.assign(document.createElement("a"), { href: url, download: given ?? standardName });
  link.click();
  // The download starts after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
