import { type ReactElement, useEffect, useRef, useState } from "react";
import { directionOf } from "./languages.ts";
import { type LineView, viewLine } from "./line-view.ts";
import { usePage } from "./page-context.ts";
import type { RoomLine, RoomState } from "./room-state.ts";

type Announcement = {
  readonly key: string;
  readonly who: string;
  readonly text: string;
  readonly language: string;
};

/** How many spoken lines stay in the live region: each is read when it is added, none needs to stay long. */
const kept = 3;

/** Tells screen readers final lines of the others, once each; neither words that may change nor history. */
export function Announcer({ room }: { readonly room: RoomState }): ReactElement {
  const { say } = usePage();
  const told = useRef(new Set<string>());
  const [announcements, setAnnouncements] = useState<readonly Announcement[]>([]);
  const { lines, historySeq, known } = room;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of the lines brings something to say
  useEffect(() => {
    const fresh = lines.flatMap((line) => {
      const view = viewLine(line, room);
      if (told.current.has(line.key) || !view.isFinal || view.isMine) return [];
      told.current.add(line.key);
      return isHistory(line, historySeq)
        ? []
        : [announce(line, view, known[line.speaker]?.name ?? say("someone"))];
    });
    if (fresh.length > 0) setAnnouncements((before) => [...before, ...fresh].slice(-kept));
  }, [lines]);

  return (
    <div className="unseen" aria-live="polite" aria-relevant="additions">
      {announcements.map(({ key, who, text, language }) => (
        <p key={key}>
          {who}:{" "}
          <span lang={language || undefined} dir={directionOf(language)}>
            {text}
          </span>
        </p>
      ))}
    </div>
  );
}

const isHistory = ({ said }: RoomLine, historySeq: number): boolean =>
  said !== undefined && said.seq <= historySeq;

const announce = (line: RoomLine, { main }: LineView, who: string): Announcement => ({
  key: line.key,
  who,
  text: main?.settled ?? "",
  language: main?.language ?? "",
});
