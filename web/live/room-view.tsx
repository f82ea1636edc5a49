import { Button } from "@fluentui/react-components";
import { type ReactElement, useState, useSyncExternalStore } from "react";
import { Announcer } from "./announcer.tsx";
import { CaptionsPane } from "./captions-pane.tsx";
import { Composer } from "./composer.tsx";
import type { LiveRequests } from "./live-requests.ts";
import { MeetingPanel } from "./meeting-panel.tsx";
import { Notice } from "./notice.tsx";
import type { KeptStore } from "./outbox.ts";
import { usePage } from "./page-context.ts";
import { RoomHeader } from "./room-header.tsx";
import { RoomPanel, Transcript } from "./room-panel.tsx";
import type { RoomSession } from "./room-session.ts";
import type { RoomState } from "./room-state.ts";
import { SettingsPanel } from "./settings-panel.tsx";

export type RoomViewProps = {
  readonly session: RoomSession;
  readonly requests: LiveRequests;
  readonly kept: KeptStore;
  /** Joins again after leaving. */
  readonly onRejoin: () => void;
};

/** The room: conversation on one side; meeting, people and settings on the other, or behind a button where it is narrow. */
export function RoomView({ session, requests, kept, onRejoin }: RoomViewProps): ReactElement {
  const snapshot = useSyncExternalStore(session.subscribe, session.snapshot);
  const [isAsideOpen, setIsAsideOpen] = useState(false);
  const { room, status } = snapshot;
  if (room.phase === "refused") return <Refused room={room} requests={requests} onRejoin={onRejoin} />;
  return (
    <div className={isAsideOpen ? "room aside-open" : "room"}>
      <RoomHeader
        snapshot={snapshot}
        session={session}
        isAsideOpen={isAsideOpen}
        onToggleAside={() => setIsAsideOpen(!isAsideOpen)}
      />
      <main className="conversation">
        <CaptionsPane snapshot={snapshot} session={session} />
        <Notice snapshot={snapshot} session={session} onRejoin={onRejoin} />
        {status.kind !== "ended" && <Composer session={session} snapshot={snapshot} kept={kept} />}
      </main>
      <aside className="aside" id="aside">
        <MeetingPanel room={room} session={session} requests={requests} />
        <RoomPanel room={room} requests={requests} />
        <SettingsPanel session={session} language={room.me?.language ?? kept.read().language} />
      </aside>
      <Announcer room={room} />
    </div>
  );
}

/** Nobody gets in with this link now; a call that is over may still have its transcript. */
function Refused({ room, requests, onRejoin }: RefusedProps): ReactElement {
  const { say } = usePage();
  return (
    <main className="card">
      <h1>{say("disconnected")}</h1>
      <div role="alert" dir="auto">
        <p>{room.error?.message}</p>
        <p className="quiet">{room.error?.hint}</p>
      </div>
      {room.error?.code === "room-closed" ? (
        <Transcript requests={requests} />
      ) : (
        <Button onClick={onRejoin}>{say("retryNow")}</Button>
      )}
    </main>
  );
}

type RefusedProps = {
  readonly room: RoomState;
  readonly requests: LiveRequests;
  readonly onRejoin: () => void;
};
