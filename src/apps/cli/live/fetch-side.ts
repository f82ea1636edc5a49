import { TandemError } from "../../../errors.ts";
import { type SideAnswer, sideAnswer } from "../../server/protocol/live-requests.ts";
import { callLiveServer, type LiveLink } from "./live-link.ts";

/**
 * Where a link leads. Throws where it leads nowhere; undefined where the server is not there, for which the connection to the
 * call has its own patience, and where it does not know the question.
 */
export async function fetchSide(link: LiveLink, signal: AbortSignal): Promise<SideAnswer | undefined> {
  try {
    const response = await callLiveServer({ url: link.apiUrl("side"), secret: link.token, signal });
    return sideAnswer.safeParse(await response.json()).data;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TandemError && error.code === "refused") throw error;
    return undefined;
  }
}
