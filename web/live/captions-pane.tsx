import { Button } from "@fluentui/react-components";
import { type ReactElement, useLayoutEffect, useRef, useState } from "react";
import { CaptionLine } from "./caption-line.tsx";
import { usePage } from "./page-context.ts";
import type { RoomSession, RoomSnapshot } from "./room-session.ts";
import type { RoomLine, RoomState } from "./room-state.ts";
import { UnsentLines } from "./unsent-lines.tsx";

export type CaptionsPaneProps = { readonly snapshot: RoomSnapshot; readonly session: RoomSession };

/** How far from the end, in pixels, still counts as reading the newest line. */
const nearEnd = 48;

/** The lines in a pane whose height never depends on them; it follows the newest line unless the reader has scrolled up. */
export function CaptionsPane({ snapshot, session }: CaptionsPaneProps): ReactElement {
  const { say } = usePage();
  const pane = useRef<HTMLElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const lines = shownLines(snapshot);
  const { me, known, mode, joinedAtSeq } = snapshot.room;
  const toEnd = (): void => pane.current?.scrollTo({ top: pane.current.scrollHeight });

  // Every render may have made the lines longer.
  useLayoutEffect(() => {
    if (isAtEnd) toEnd();
  });

  function followScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = pane.current!;
    setIsAtEnd(scrollHeight - scrollTop - clientHeight < nearEnd);
  }

  const isEmpty = lines.length === 0 && snapshot.unsent.length === 0;
  return (
    <div className="captions">
      <section
        ref={pane}
        className="captions-scroll"
        aria-label={say("conversation")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={followScroll}
      >
        {isEmpty && <p className="empty">{say("emptyRoom")}</p>}
        <ol>
          {lines.map((line) => (
            <CaptionLine
              key={line.key}
              line={line}
              me={me}
              known={known}
              mode={mode}
              joinedAtSeq={joinedAtSeq}
            />
          ))}
          <UnsentLines snapshot={snapshot} session={session} />
        </ol>
      </section>
      {!isAtEnd && (
        <Button className="latest" appearance="primary" shape="circular" size="small" onClick={toEnd}>
          {say("latest")}
        </Button>
      )}
    </div>
  );
}

/** Without the line that is being typed here, and without those shown as unsent. */
function shownLines({ room, typing, unsent }: RoomSnapshot): RoomState["lines"] {
  const isHidden = ({ speaker, line, said }: RoomLine): boolean =>
    said === undefined &&
    speaker === room.me?.id &&
    (line === typing || unsent.some((each) => each.line === line));
  return room.lines.filter((line) => !isHidden(line));
}
