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
import type { RoomError } from "./room-state.ts";
import { errorText } from "./server-words.ts";
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
  const { say } = usePage();
  const snapshot = useSyncExternalStore(session.subscribe, session.snapshot);
  const [isAsideOpen, setIsAsideOpen] = useState(false);
  const { room, status } = snapshot;
  if (room.phase === "refused") {
    const error = room.error ?? { code: "failed", message: say("disconnected") };
    return <Refused title={room.title} error={error} requests={requests} onRejoin={onRejoin} />;
  }
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
export function Refused({ title, error, requests, onRejoin }: RefusedProps): ReactElement {
  const page = usePage();
  const { say } = page;
  return (
    <main className="card">
      <h1>{title === "" ? say("disconnected") : <bdi>{title}</bdi>}</h1>
      <p role="alert">{errorText(error, page)}</p>
      {error.code === "room-closed" ? (
        <Transcript requests={requests} />
      ) : (
        <Button onClick={onRejoin}>{say("retryNow")}</Button>
      )}
    </main>
  );
}

export type RefusedProps = {
  readonly title: string;
  readonly error: RoomError;
  readonly requests: LiveRequests;
  readonly onRejoin: () => void;
};
