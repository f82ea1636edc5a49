import { useEffect, useRef, useState } from "react";
import type { TextKey } from "../texts/texts.ts";
import { type Microphone, MicrophoneError, openMicrophone } from "./microphone.ts";
import type { RoomSession } from "./room-session.ts";

export type MicrophoneState = {
  readonly isOn: boolean;
  readonly problem: TextKey | undefined;
  readonly toggle: () => void;
};

/** The microphone of this page, sending to the room while it is on; off when the component goes. */
export function useMicrophone(session: RoomSession): MicrophoneState {
  const microphone = useRef<Promise<Microphone>>(undefined);
  const [isOn, setIsOn] = useState(false);
  const [problem, setProblem] = useState<TextKey>();

  async function start(): Promise<void> {
    setProblem(undefined);
    setIsOn(true);
    microphone.current = openMicrophone((audio) => session.sendAudio(audio));
    try {
      await microphone.current;
    } catch (error) {
      microphone.current = undefined;
      setIsOn(false);
      setProblem(error instanceof MicrophoneError ? error.text : "microphoneBusy");
    }
  }

  async function stop(): Promise<void> {
    const opened = microphone.current;
    microphone.current = undefined;
    setIsOn(false);
    if (opened === undefined) return;
    await (await opened).stop();
    session.commitAudio();
  }

  useEffect(
    () => () => {
      microphone.current?.then((opened) => opened.stop()).catch(() => undefined);
    },
    [],
  );
  return { isOn, problem, toggle: () => void (isOn ? stop() : start()) };
}
