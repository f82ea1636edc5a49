import type {
  AvailabilityAnswer,
  AvailabilityRequest,
  SideAnswer,
} from "../../src/apps/server/protocol/live-requests.ts";
import type { Page } from "./page-context.ts";
import { errorText } from "./server-words.ts";
import { ownTimeZone } from "./slot-text.ts";

export type TranscriptFormat = "docx" | "vtt" | "tmx" | "txt";

/** An address of the server, which may live below a path: the page is at `<server>/live/`. */
export const serverUrl = (path: string, page: string): string => new URL(`../api/live/${path}`, page).href;

/** The socket's address: `wss:` for a page over https. */
export const socketUrl = (page: string): string => serverUrl("socket", page).replace(/^http/u, "ws");

export type LiveRequests = {
  /** Where the link leads, before joining. */
  side(): Promise<SideAnswer>;
  transcript(format: TranscriptFormat): Promise<void>;
  invitation(): Promise<void>;
  sendAvailability(availability: AvailabilityRequest): Promise<AvailabilityAnswer>;
};

type Refusal = { readonly code: string; readonly message: string };

/** What the server refused, with its code. */
export class RequestError extends Error {
  readonly code: string;
  constructor({ code, message }: Refusal) {
    super(message);
    this.code = code;
  }
}

/** Why a request failed, in the page's language where the server gave a code that is known. */
export function failureText(error: unknown, page: Page): string {
  if (error instanceof RequestError) return errorText(error, page);
  // Browsers say of a server that is not there only that the fetch failed.
  return page.say("errorUnreachable");
}

/** Requests beside the socket. They carry the token in a header, so that it is in no address and in no log. */
export function liveRequests(token: string, page: string): LiveRequests {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const type = init.body === undefined ? {} : { "content-type": "application/json" };
    const headers = { authorization: `Bearer ${token}`, ...type };
    const answer = await fetch(serverUrl(path, page), { ...init, headers, cache: "no-store" });
    if (!answer.ok) throw new RequestError(await refusalOf(answer));
    return answer;
  }
  const zone = `timeZone=${encodeURIComponent(ownTimeZone())}`;
  return {
    side: async () => (await (await ask("side")).json()) as SideAnswer,
    transcript: async (format) =>
      saveFile(await ask(`transcript?format=${format}&${zone}`), `transcript.${format}`),
    invitation: async () => saveFile(await ask(`invitation.ics?${zone}`), "invitation.ics"),
    async sendAvailability(availability) {
      const answer = await ask("availability", { method: "POST", body: JSON.stringify(availability) });
      return (await answer.json()) as AvailabilityAnswer;
    },
  };
}

/** The server's own words, else the status. */
async function refusalOf(answer: Response): Promise<Refusal> {
  const plain = { code: "", message: `${answer.status} ${answer.statusText}`.trim() };
  try {
    const { error } = (await answer.json()) as { readonly error?: Partial<Refusal> };
    const { code = "", message } = error ?? {};
    return typeof message === "string" ? { code: String(code), message } : plain;
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
