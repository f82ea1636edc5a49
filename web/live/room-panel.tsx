import { Button } from "@fluentui/react-components";
import { type ReactElement, useState } from "react";
import type { TextKey } from "../texts/texts.ts";
import { languageName } from "./languages.ts";
import { failureText, type LiveRequests, type TranscriptFormat } from "./live-requests.ts";
import { usePage } from "./page-context.ts";
import type { RoomState } from "./room-state.ts";
import { keptText } from "./server-words.ts";

export type RoomPanelProps = { readonly room: RoomState; readonly requests: LiveRequests };

/** Who is here, what this side's server keeps, where the text goes, and the transcript. */
export function RoomPanel({ room, requests }: RoomPanelProps): ReactElement {
  const page = usePage();
  const { say } = page;
  const { retention } = room;
  const isGone = room.phase === "closed" && retention?.kind === "until-closed";
  return (
    <>
      <People room={room} />
      <section className="panel" aria-labelledby="kept">
        <h2 id="kept">{say("whatIsKept")}</h2>
        {retention !== undefined && <p>{isGone ? say("errorCopyDeleted") : keptText(retention, page)}</p>}
        {room.engine !== undefined && (
          <>
            <p className={room.engine.isLocal ? "stays" : "goes-out"}>
              {say(room.engine.isLocal ? "staysHere" : "goesOut")}
            </p>
            <p className="quiet">{say("translatedBy", { engine: room.engine.id })}</p>
          </>
        )}
      </section>
      {!isGone && <Transcript requests={requests} />}
    </>
  );
}

function People({ room }: { readonly room: RoomState }): ReactElement {
  const { say, language: interfaceLanguage } = usePage();
  return (
    <section className="panel" aria-labelledby="people">
      <h2 id="people">{say("people")}</h2>
      <ul className="people">
        {Object.values(room.known).map(({ id, name, organisation, domain, language }) => (
          <li key={id} className={room.present.includes(id) ? undefined : "absent"}>
            <strong>
              <bdi>{name}</bdi>
            </strong>
            {id === room.me?.id && <span> ({say("you")})</span>}
            {!room.present.includes(id) && <span> ({say("absent")})</span>}
            <div className="quiet">
              <bdi>{organisation}</bdi> ·{" "}
              {domain !== undefined && (
                <>
                  <bdi>{domain}</bdi> ·{" "}
                </>
              )}
              {languageName(language, interfaceLanguage)}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

const formats: Readonly<Record<TranscriptFormat, TextKey>> = {
  docx: "formatWord",
  vtt: "formatCaptions",
  tmx: "formatMemory",
  txt: "formatText",
};

/** Downloads of this side's copy of the call. */
export function Transcript({ requests }: { readonly requests: LiveRequests }): ReactElement {
  const page = usePage();
  const { say } = page;
  const [problem, setProblem] = useState("");
  async function download(format: TranscriptFormat): Promise<void> {
    setProblem("");
    try {
      await requests.transcript(format);
    } catch (error) {
      setProblem(say("downloadFailed", { reason: failureText(error, page) }));
    }
  }
  return (
    <section className="panel" aria-labelledby="transcript">
      <h2 id="transcript">{say("transcript")}</h2>
      <div className="downloads">
        {Object.entries(formats).map(([format, name]) => (
          <Button
            key={format}
            size="small"
            aria-label={say("download", { format: say(name) })}
            onClick={() => void download(format as TranscriptFormat)}
          >
            {say(name)}
          </Button>
        ))}
      </div>
      <p className="problem" role="status">
        {problem}
      </p>
    </section>
  );
}
