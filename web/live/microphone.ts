import type { TextKey } from "../texts/texts.ts";
import { pcmEncoder, toBase64 } from "./pcm-frames.ts";
import workletUrl from "./pcm-worklet.ts?worker&url";

export type Microphone = { stop(): Promise<void> };

/** Why there is no sound; `text` is the sentence for the person. */
export class MicrophoneError extends Error {
  readonly text: TextKey;
  constructor(text: TextKey, cause?: unknown) {
    super(text, { cause });
    this.text = text;
  }
}

/** Starts to listen and hands over base64 of 16 kHz PCM about eight times a second until `stop`. */
export async function openMicrophone(onAudio: (audio: string) => void): Promise<Microphone> {
  const stream = await askForStream();
  const context = new AudioContext();
  try {
    await context.audioWorklet.addModule(workletUrl);
    const tap = new AudioWorkletNode(context, "pcm-tap", { numberOfOutputs: 0, channelCount: 1 });
    const encode = pcmEncoder(context.sampleRate);
    tap.port.onmessage = ({ data }: MessageEvent<Float32Array>) => onAudio(toBase64(encode(data)));
    context.createMediaStreamSource(stream).connect(tap);
    await context.resume();
  } catch (error) {
    stopTracks(stream);
    await context.close();
    throw new MicrophoneError("microphoneBusy", error);
  }
  return {
    async stop() {
      stopTracks(stream);
      await context.close();
    },
  };
}

async function askForStream(): Promise<MediaStream> {
  // Absent on pages that come over plain http.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (devices === undefined) throw new MicrophoneError("microphoneInsecure");
  try {
    return await devices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (error) {
    throw new MicrophoneError(refusal(error instanceof Error ? error.name : ""), error);
  }
}

function refusal(name: string): TextKey {
  if (name === "NotAllowedError" || name === "SecurityError") return "microphoneRefused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "microphoneMissing";
  return "microphoneBusy";
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
