import { Button } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { TextKey } from "../texts/texts.ts";
import type { SocketStatus } from "./live-socket.ts";
import { usePage } from "./page-context.ts";
import type { RoomSession, RoomSnapshot } from "./room-session.ts";

export type RoomHeaderProps = {
  readonly snapshot: RoomSnapshot;
  readonly session: RoomSession;
  readonly isAsideOpen: boolean;
  readonly onToggleAside: () => void;
};

/** Title, state of the connection, and, where the window is narrow, the way to the other half of the page. */
export function RoomHeader({ snapshot, session, isAsideOpen, onToggleAside }: RoomHeaderProps): ReactElement {
  const { say } = usePage();
  const { room, status } = snapshot;
  return (
    <header className="header">
      <h1>
        <bdi>{room.title || say("appName")}</bdi>
      </h1>
      <ConnectionStatus status={status} />
      <Button
        className="aside-toggle"
        size="small"
        aria-expanded={isAsideOpen}
        aria-controls="aside"
        onClick={onToggleAside}
      >
        {say(isAsideOpen ? "backToConversation" : "roomAndMeeting")}
      </Button>
      {status.kind !== "ended" && (
        <Button size="small" onClick={() => session.leave()}>
          {say("leave")}
        </Button>
      )}
    </header>
  );
}

/** How long it takes to the next try stands in the notice over the captions. */
function ConnectionStatus({ status }: { readonly status: SocketStatus }): ReactElement {
  const { say } = usePage();
  return (
    <div className="status" role="status">
      <span className={`dot ${status.kind}`} aria-hidden="true" />
      <span className="status-text">{say(statusTexts[status.kind])}</span>
    </div>
  );
}

const statusTexts: Readonly<Record<SocketStatus["kind"], TextKey>> = {
  open: "connected",
  connecting: "connecting",
  waiting: "disconnected",
  ended: "disconnected",
};
