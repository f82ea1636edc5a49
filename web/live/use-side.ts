import { useEffect, useState } from "react";
import type { SideAnswer } from "../../src/apps/server/protocol/live-requests.ts";
import { type LiveRequests, RequestError } from "./live-requests.ts";
import type { RoomError } from "./room-state.ts";

export type FoundSide = { readonly side?: SideAnswer; readonly refusal?: RoomError };

/** Asks once where the link leads. Nothing depends on it: where the server is not there, the connection tells. */
export function useSide(requests: LiveRequests, isNeeded: boolean): FoundSide {
  const [found, setFound] = useState<FoundSide>({});
  useEffect(() => {
    let isOver = false;
    const tell = (value: FoundSide): void => {
      if (!isOver) setFound(value);
    };
    if (isNeeded) {
      requests.side().then(
        (side) => tell({ side }),
        (error: unknown) => {
          if (!(error instanceof RequestError) || error.code !== "bad-token") return;
          tell({ refusal: { code: error.code, message: error.message } });
        },
      );
    }
    return () => {
      isOver = true;
    };
  }, [requests, isNeeded]);
  return found;
}
