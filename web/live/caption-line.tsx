import { Button, Tooltip } from "@fluentui/react-components";
import { WarningRegular } from "@fluentui/react-icons/svg/warning";
import { type MemoExoticComponent, memo, type ReactElement, useState } from "react";
import type { LiveDoubt } from "../../src/apps/server/protocol/live-messages.ts";
import { directionOf, languageName } from "./languages.ts";
import { type Reader, type ShownText, viewLine } from "./line-view.ts";
import { usePage } from "./page-context.ts";
import type { RoomLine } from "./room-state.ts";
import { doubtText, reasonText } from "./server-words.ts";

export type CaptionLineProps = Reader & { readonly line: RoomLine };

/** One line: who and when, then what is read, large, then the words as they were said, small. */
export const CaptionLine: MemoExoticComponent<(props: CaptionLineProps) => ReactElement> = memo(
  function CaptionLine({ line, ...reader }: CaptionLineProps): ReactElement {
    const page = usePage();
    const { say, language, preferences } = page;
    const { isMine, isFinal, main, original, reason, doubts } = viewLine(line, reader);
    return (
      <li className={isMine ? "line mine" : "line"} data-final={isFinal}>
        <div className="line-meta">
          <Who line={line} known={reader.known} isMine={isMine} />
          {doubts.length > 0 && <Doubts doubts={doubts} />}
        </div>
        <CaptionText className="line-text" text={main} waiting={say("waitingTranslation")} />
        {reason !== undefined && (
          <details className="line-note">
            <summary>{say("notTranslated")}</summary>
            <p>{reasonText(reason, page)}</p>
            {language !== "en" && (
              <p className="quiet" dir="ltr" lang="en">
                {reason.text}
              </p>
            )}
          </details>
        )}
        {preferences.showOriginal && original !== undefined && (
          <CaptionText
            className="line-original"
            text={original}
            label={say("originalIn", { language: languageName(original.language, language) })}
          />
        )}
      </li>
    );
  },
);

type WhoProps = Pick<Reader, "known"> & { readonly line: RoomLine; readonly isMine: boolean };

function Who({ line: { speaker: id, said }, known, isMine }: WhoProps): ReactElement {
  const { say, locale } = usePage();
  const speaker = known[id];
  return (
    <>
      <strong dir="auto">{speaker?.name ?? say("someone")}</strong>
      {isMine && <span>({say("you")})</span>}
      {speaker !== undefined && <span dir="auto">{speaker.organisation}</span>}
      {said !== undefined && <time dateTime={said.at}>{timeOfDay(said.at, locale)}</time>}
    </>
  );
}

type CaptionTextProps = {
  readonly className: string;
  readonly text: ShownText | undefined;
  readonly label?: string;
  readonly waiting?: string;
};

function CaptionText({ className, text, label, waiting }: CaptionTextProps): ReactElement {
  if (text === undefined) return <p className={`${className} waiting`}>{waiting}…</p>;
  return (
    <p className={className} dir={directionOf(text.language)} lang={text.language || undefined}>
      {label !== undefined && <span className="unseen">{label}: </span>}
      {text.settled}
      {text.tail !== "" && <span className="tail">{text.tail}</span>}
    </p>
  );
}

/** The sentences stand in the button's name too: a tooltip is not read everywhere, and not shown by every touch. */
function Doubts({ doubts }: { readonly doubts: readonly LiveDoubt[] }): ReactElement {
  const page = usePage();
  const { say } = page;
  const [isShown, setIsShown] = useState(false);
  const text = [...new Set(doubts.map((doubt) => doubtText(doubt, page)))].join(" ");
  return (
    <Tooltip
      content={text}
      relationship="inaccessible"
      visible={isShown}
      onVisibleChange={(_, { visible }) => setIsShown(visible)}
      withArrow
    >
      <Button
        className="doubt"
        appearance="transparent"
        size="small"
        icon={<WarningRegular />}
        aria-label={`${say("doubt")}: ${text}`}
        onClick={() => setIsShown(true)}
      />
    </Tooltip>
  );
}

function timeOfDay(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(new Date(at));
}
