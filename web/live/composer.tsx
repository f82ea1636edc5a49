import { Button, MessageBar, MessageBarBody, Textarea } from "@fluentui/react-components";
import { MicFilled } from "@fluentui/react-icons/svg/mic";
import { MicOffRegular } from "@fluentui/react-icons/svg/mic-off";
import { SendRegular } from "@fluentui/react-icons/svg/send";
import { type KeyboardEvent, type ReactElement, useId, useState } from "react";
import type { MAX_LINE_LENGTH } from "../../src/apps/server/protocol/live-messages.ts";
import { directionOf } from "./languages.ts";
import type { KeptStore } from "./outbox.ts";
import { usePage } from "./page-context.ts";
import type { RoomSession, RoomSnapshot } from "./room-session.ts";
import { type MicrophoneState, useMicrophone } from "./use-microphone.ts";

export type ComposerProps = {
  readonly session: RoomSession;
  readonly snapshot: RoomSnapshot;
  readonly kept: KeptStore;
};

const longest: typeof MAX_LINE_LENGTH = 4_000;

/** The box to write in and the microphone. Its height is fixed, so that the captions above do not move. */
export function Composer({ session, snapshot, kept }: ComposerProps): ReactElement {
  const { say, preferences } = usePage();
  const [text, setText] = useState(kept.read().draft);
  const hint = useId();
  const microphone = useMicrophone(session);
  const { hears, me } = snapshot.room;

  function change(value: string): void {
    setText(value);
    kept.write({ draft: value });
    if (preferences.sendWhileTyping) session.sayPartial(value.trim());
  }

  function send(): void {
    const line = text.trim();
    if (line === "") return;
    session.say(line);
    setText("");
    kept.write({ draft: "" });
  }

  /** Enter also ends a word in an input method (Chinese, Japanese); that one is not ours. */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        className="composer-text"
        aria-label={say("write")}
        aria-describedby={hint}
        placeholder={say("write")}
        value={text}
        // Where there is no mouse, a focus would bring up a keyboard over half of the screen.
        autoFocus={matchMedia("(pointer: fine)").matches}
        rows={2}
        maxLength={longest}
        dir={directionOf(me?.language)}
        lang={me?.language}
        onChange={(_, { value }) => change(value)}
        onKeyDown={onKeyDown}
      />
      <div className="composer-buttons">
        {hears && <MicrophoneButton microphone={microphone} />}
        <Button
          type="submit"
          appearance="primary"
          icon={<SendRegular className="turns" />}
          disabled={text.trim() === ""}
          aria-label={say("send")}
        />
      </div>
      <p className="composer-hint" id={hint}>
        {text.length > longest - 500
          ? say("tooLong", { count: text.length, most: longest })
          : say(microphone.isOn ? "listening" : "writeHint")}
      </p>
      <MicrophoneProblem microphone={microphone} isOpen={snapshot.status.kind === "open"} />
    </form>
  );
}

function MicrophoneButton({ microphone }: { readonly microphone: MicrophoneState }): ReactElement {
  const { say } = usePage();
  const { isOn, toggle } = microphone;
  return (
    <Button
      type="button"
      appearance={isOn ? "primary" : "secondary"}
      icon={isOn ? <MicOffRegular /> : <MicFilled />}
      aria-label={say(isOn ? "microphoneOff" : "microphoneOn")}
      onClick={toggle}
    />
  );
}

type MicrophoneProblemProps = { readonly microphone: MicrophoneState; readonly isOpen: boolean };

/** Over the end of the captions, so that it takes no place from them. */
function MicrophoneProblem({ microphone, isOpen }: MicrophoneProblemProps): ReactElement {
  const { say } = usePage();
  const id = useId();
  const problem = microphone.isOn && !isOpen ? "microphoneDeaf" : microphone.problem;
  return (
    <div className="microphone-problem" role="status">
      {problem !== undefined && (
        <MessageBar intent="warning" layout="multiline" aria-labelledby={id}>
          <MessageBarBody id={id}>{say(problem)}</MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
