import { Button } from "@fluentui/react-components";
import type { ReactElement } from "react";
import { directionOf } from "./languages.ts";
import { usePage } from "./page-context.ts";
import { mostTries, type RoomSession, type RoomSnapshot } from "./room-session.ts";

import { errorText } from "./server-words.ts";

export type UnsentLinesProps = { readonly snapshot: RoomSnapshot; readonly session: RoomSession };

/** This person's lines that the server has not confirmed, as lines of the conversation. */
export function UnsentLines({ snapshot, session }: UnsentLinesProps): ReactElement[] {
  const page = usePage();
  const { say } = page;
  const { me } = snapshot.room;
  const isOpen = snapshot.status.kind === "open";
  return snapshot.unsent.map(({ line, text, tries, refusal }) => {
    const isGivenUp = tries >= mostTries;
    return (
      <li key={`${me?.id} ${line}`} className="line mine" data-final={false}>
        <div className="line-meta">
          <strong dir="auto">{me?.name ?? say("you")}</strong>
          <span className={isGivenUp ? "problem" : undefined}>
            {say(isGivenUp ? "notConfirmed" : isOpen ? "sending" : "waitingConnection")}
          </span>
        </div>
        <p className="line-text tail" dir={directionOf(me?.language)} lang={me?.language}>
          {text}
        </p>
        {refusal !== undefined && <p className="line-note problem">{errorText(refusal, page)}</p>}
        {isGivenUp && (
          <div className="line-actions">
            <Button size="small" onClick={() => session.sayAgain(line)}>
              {say("sendAgain")}
            </Button>
            <Button size="small" appearance="subtle" onClick={() => session.discard(line)}>
              {say("discard")}
            </Button>
          </div>
        )}
      </li>
    );
  });
}
