import { Button, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { type ReactElement, type ReactNode, useEffect, useId, useState } from "react";
import type { SocketStatus } from "./live-socket.ts";
import { usePage } from "./page-context.ts";
import type { RoomSession, RoomSnapshot } from "./room-session.ts";
import { errorText } from "./server-words.ts";

export type NoticeProps = {
  readonly snapshot: RoomSnapshot;
  readonly session: RoomSession;
  readonly onRejoin: () => void;
};

/** What the person has to know about the room now. It lies over the captions, so that it takes no place from them. */
export function Notice({ snapshot, session, onRejoin }: NoticeProps): ReactElement {
  const page = usePage();
  const { say } = page;
  const { room, status } = snapshot;
  const [isWarned, setIsWarned] = useState(false);
  const isForgotten = room.retention?.kind === "until-closed";
  return (
    <div className="notice" role="alert">
      {room.phase === "closed" && (
        <Bar intent="info">{say(isForgotten ? "roomClosedDeleted" : "roomClosed")}</Bar>
      )}
      {room.phase === "joined" && isForgotten && !isWarned && (
        <Bar intent="warning" action={say("close")} onAction={() => setIsWarned(true)}>
          {say("keptUntilClosed")}
        </Bar>
      )}
      {room.phase === "joined" && status.kind === "ended" && (
        <Bar intent="info" action={say("comeBack")} onAction={onRejoin}>
          {say("left")}
        </Bar>
      )}
      {status.kind === "waiting" && (
        <Bar intent="warning" action={say("retryNow")} onAction={session.reconnect}>
          <Countdown status={status} />
        </Bar>
      )}
      {room.error !== undefined && (
        <Bar intent="error" action={say("close")} onAction={session.dismissError}>
          {errorText(room.error, page)}
        </Bar>
      )}
    </div>
  );
}

type BarProps = {
  readonly intent: "info" | "warning" | "error";
  readonly children: ReactNode;
  readonly action?: string;
  readonly onAction?: () => void;
};

function Bar({ intent, children, action, onAction }: BarProps): ReactElement {
  const id = useId();
  return (
    // By itself it names a title that is not there.
    <MessageBar intent={intent} layout="multiline" aria-labelledby={id}>
      <MessageBarBody>
        <div id={id} dir="auto">
          {children}
        </div>
        {action !== undefined && (
          <Button size="small" onClick={onAction}>
            {action}
          </Button>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}

/** Whole seconds until the next try. Spoken only once: the header says that the connection is lost. */
function Countdown({
  status,
}: {
  readonly status: Extract<SocketStatus, { kind: "waiting" }>;
}): ReactElement {
  const { say } = usePage();
  const [seconds, setSeconds] = useState(Math.ceil(status.milliseconds / 1_000));
  useEffect(() => {
    const due = Date.now() + status.milliseconds;
    const count = (): void => setSeconds(Math.max(0, Math.ceil((due - Date.now()) / 1_000)));
    count();
    const timer = setInterval(count, 500);
    return () => clearInterval(timer);
  }, [status]);
  return <span aria-live="off">{say("reconnecting", { seconds })}</span>;
}
